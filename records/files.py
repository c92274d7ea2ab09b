"""Uploaded files (scans, photos, minutes): checked (records.judging), stored, and served to accounts that may see them.

The noun that points at a StoredFile decides who may read it; the view of that noun answers with `serve`.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from records import history
from records.editing import EditForm
from records.judging import MAX_BYTES, Judged, judge
from records.models import Event, StoredFile
from records.pictures import EMPTY_SHOT, Shot, redrawn_jpeg

logger = logging.getLogger(__name__)

SMALL_SIDE = 320  # pixels of the thumbnail in a page
MAX_PHOTOS = 6
_LARGEST = f"paling besar {MAX_BYTES // 2**20} MB"
HELP = f"PDF atau foto (JPEG, PNG, WEBP), {_LARGEST}."
HELP_PHOTOS = f"JPEG, PNG, atau WEBP, paling banyak {MAX_PHOTOS} foto, masing-masing {_LARGEST}."
AGAIN = "Berkas ikut menunggu isian lain yang belum benar. Bila kolom ini kosong, pilih berkasnya sekali lagi."
NOT_SENT = "Foto tidak ikut terkirim. Pilih lagi fotonya, lalu simpan."  # 0 bytes: a browser that resends a form


class UploadField(forms.FileField):
    """A field of one file; its clean value is a Judged, or None."""

    def __init__(self, *, pictures_only: bool = False, **kwargs):
        self.pictures_only = pictures_only
        # Without "capture" a phone offers camera and gallery: photos are often sent later, where there is signal.
        accept = "image/*" if pictures_only else "application/pdf,image/*"
        kwargs.setdefault("widget", forms.FileInput({"accept": accept}))
        kwargs.setdefault("help_text", HELP_PHOTOS if pictures_only else HELP)
        super().__init__(**kwargs)
        if pictures_only:
            self.error_messages["empty"] = NOT_SENT

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return judge(upload, pictures_only=self.pictures_only) if upload else None


class MultipleFilesInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(UploadField):
    """A field of several photos; its clean value is a list of Judged.

    `keeps`: which metadata of the camera is kept. Place and time are facts of progress, damage, visits and checks; of
    the scan of a form, or of a meeting, they would show where somebody lives or was.
    """

    NOTHING, DAY, PLACE = "nothing", "day", "place and time"
    is_additive = True  # later photos are added to the existing ones

    def __init__(self, *, keeps: str = NOTHING, **kwargs):
        self.keeps = keeps
        kwargs.setdefault("widget", MultipleFilesInput({"accept": "image/*"}))
        super().__init__(pictures_only=True, **kwargs)

    def clean(self, data, initial=None):
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MAX_PHOTOS:
            raise ValidationError(f"Paling banyak {MAX_PHOTOS} foto sekaligus; Anda memilih {len(uploads)}.")
        if not uploads:
            super().clean(None, initial)
        judged, errors = [], []
        for upload in uploads:
            try:
                judged.append(self._without_more(super().clean(upload, initial)))
            except ValidationError as error:
                errors += [f"{upload.name}: {sentence}" for sentence in error.messages]
        if errors:
            raise ValidationError(errors)
        return judged

    def _without_more(self, photo: Judged) -> Judged:
        if self.keeps == self.PLACE:
            return photo
        return replace(photo, shot=Shot(day=photo.shot.day) if self.keeps == self.DAY else EMPTY_SHOT)


class ReselectFilesMixin:
    """A form with uploads: with errors, it says that the files have to be chosen again.

    Precedes the form class in the bases. `uploads`: the names of the fields.
    """

    uploads: tuple[str, ...] = ("upload",)

    def _clean_fields(self):
        super()._clean_fields()  # type: ignore[misc]  # Django's own hook, unknown to its types
        self.brought = {name: self.cleaned_data[name] for name in self.uploads if self.cleaned_data.get(name)}

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, unknown to its types
        if self.errors:
            self.request_files_again()

    def request_files_again(self):
        for name in self.uploads:
            if self.cleaned_data.get(name):
                self.add_error(name, AGAIN)

    def add_photos(self, row, by) -> int:
        """Adds the photos of this form to a stored row; returns the number of new ones."""
        added = 0
        for name in self.uploads:
            if getattr(self.fields.get(name), "is_additive", False) and hasattr(row, "photos"):
                added += len(add_photos(row, self.brought.get(name, []), by=by))
                self.brought.pop(name, None)
                self.cleaned_data.pop(name, None)  # stored now: no need to choose them again
        return added


class FileForm(ReselectFilesMixin, EditForm):
    """A form of a row with one file: `upload` sets it, `upload_remove` removes it.

    `file_column`: the key of the row to StoredFile; leave it out of Meta.fields. The previous file is
    deleted when no other row refers to it; the history keeps its name.
    """

    file_column = "file"

    upload = UploadField(required=False)
    upload_remove = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        column = self._meta.model._meta.get_field(self.file_column)
        self.fields["upload"].label = str(column.verbose_name).capitalize()
        self.before = getattr(self.instance, self.file_column)
        if self.before is None:
            del self.fields["upload_remove"]
        else:
            self.fields["upload"].help_text = f"Kosongkan bila “{self.before.name}” tetap dipakai. {HELP}"
            self.fields["upload_remove"].label = f"Hapus “{self.before.name}”"

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("upload") and data.get("upload_remove"):
            self.add_error("upload_remove", "Hapus centang ini: berkas baru sudah menggantikan yang lama.")
        return data

    def save_by(self, user):
        """Saves row and file together. Raises Conflict and ValidationError as EditForm; no file is left then."""
        chosen = self.cleaned_data.get("upload")
        if not chosen and not self.cleaned_data.get("upload_remove"):
            return super().save_by(user)
        kept = None
        try:
            with transaction.atomic():
                kept = chosen.keep() if chosen else None
                setattr(self.instance, self.file_column, kept)
                row = super().save_by(user)
                if kept and getattr(row, f"{self.file_column}_id") != kept.pk:
                    drop_unused(kept)  # the same request stored the file already
                elif self.before:
                    drop_unused(self.before)
        except BaseException as error:
            if kept:
                kept.erase()
            if isinstance(error, Exception):
                self.request_files_again()
            raise
        return row


def keep_photos(row, photos: list[Judged]) -> list[str]:
    """Adds photos to a row (its `photos` have a `file`) and returns their names; each photo is stored once."""
    if not photos:
        return []
    known = set(row.photos.values_list("file__sha256", flat=True))
    fresh = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    return [stored.name for stored in keep_each((row, photo) for photo in fresh.values())]


def add_photos(row, photos: list[Judged], *, by) -> list[str]:
    """As keep_photos, with an event: photos that come later than the text."""
    with transaction.atomic():
        names = keep_photos(row, photos)
        if names:
            history.record(row, Event.Verb.CHANGE, by=by, changes={"foto": ["", ", ".join(names)]})
    return names


def keep_each(pairs: Iterable[tuple[Any, Judged]]) -> list[StoredFile]:
    """Stores each photo at its row; after a failure no file is left."""
    kept: list[StoredFile] = []
    try:
        with transaction.atomic():
            for row, photo in pairs:
                kept.append(photo.keep())
                row.photos.create(file=kept[-1])
    except BaseException:
        for stored in kept:
            stored.erase()
        raise
    return kept


def drop_unused(stored: StoredFile):
    """Deletes a file without a row; the bytes are deleted when the transaction commits."""
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return
    transaction.on_commit(stored.erase)


def serve(request, stored: StoredFile, back) -> HttpResponse:
    """The response with the file, for a view that has checked scope and rights. `back`: redirect for a missing file.

    An image is shown, as a thumbnail with "?kecil"; a PDF is a download, because a foreign PDF must not run in a page.
    """
    try:
        content = stored.file.open("rb").read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        logger.error("stored file %s is missing or changed on disk", stored.pk)
        messages.error(request, f"Berkas “{stored.name}” hilang atau rusak di server. Unggahlah sekali lagi.")
        return redirect(back)
    if stored.is_picture and "kecil" in request.GET:
        content = redrawn_jpeg(ContentFile(content), max_side=SMALL_SIDE)[0].read()
    return HttpResponse(
        content,
        content_type=stored.type,
        headers={
            "Content-Disposition": content_disposition_header(not stored.is_picture, stored.name),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
