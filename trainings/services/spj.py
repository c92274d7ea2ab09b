"""Documents and photos of a training. They follow the event: a closed training accepts them, a cancelled one not."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from records import history
from records.files import Judged, drop_unused
from records.models import Event
from trainings.models import SpjItem, Training, TrainingFile

UNDATED = (
    "Isi juga tanggal suratnya: nomor dan tanggal dicatat bersama dari buku agenda. Bila belum bernomor, kosongkan "
    "keduanya; surat tercetak dengan titik-titik."
)
CANCELLED = "{noun} ini dibatalkan. Buka kembali dahulu, lalu ulangi."


def refuse_cancelled(training: Training):
    """Raises ValidationError when the training was cancelled."""
    if training.state == Training.State.CANCELLED:
        raise ValidationError(CANCELLED.format(noun=training.noun.capitalize()))


def lock_for_documents(training: Training) -> Training:
    """The row, locked until the transaction ends; a closed training still accepts documents.

    Raises ValidationError when it was cancelled.
    """
    held = Training.objects.select_for_update().select_related("district").get(pk=training.pk)
    refuse_cancelled(held)
    return held


@transaction.atomic
def record_letter(
    training: Training, document: SpjItem.Document, *, number: str, dated_on: date | None, by: User
) -> SpjItem | None:
    """Records number and date of a letter; None if both are empty and none was recorded.

    Raises ValidationError when the training was cancelled, and the errors of `check_letter`.
    """
    training = lock_for_documents(training)
    check_letter(number, dated_on)
    row = training.spj_items.filter(document=document).first() or SpjItem(training=training, document=document)
    if (row.number, row.dated_on) == (number, dated_on):
        return row if row.pk else None
    row.number, row.dated_on = number, dated_on
    if row.pk is None:
        return row.add(by=by)
    row.change(by=by)
    return row


def check_letter(number: str, dated_on: date | None) -> None:
    """Raises ValidationError, for the field of the date, for a number without a date and for a date after next year.

    Both come from one line of the agenda book. A letter printed with them counts as sent
    (reports.services.sent_letters), and a surat perubahan cites both.
    """
    if number and dated_on is None:
        raise ValidationError({"dated_on": UNDATED})
    if dated_on and dated_on.year > localdate().year + 1:
        raise ValidationError({"dated_on": "Periksa tahunnya: tanggal ini masih jauh di depan."})


def add_photos(training: Training, photos: list[Judged], *, caption: str, place: str, taken_on, by: User) -> list:
    """Stores photos of the training, all or none; existing ones are not added again.

    `taken_on` is used for photos without a date from the camera. Raises ValidationError when the training was
    cancelled.
    """
    kept, made = [], []
    try:
        with transaction.atomic():
            training = lock_for_documents(training)
            known = set(training.files.filter(kind=TrainingFile.Kind.PHOTO).values_list("file__sha256", flat=True))
            for judged in photos:
                if judged.sha256 in known:
                    continue
                known.add(judged.sha256)
                stored = judged.keep(caption=caption, place=place)
                kept.append(stored)
                row = TrainingFile(
                    training=training,
                    kind=TrainingFile.Kind.PHOTO,
                    file=stored,
                    caption=caption,
                    place=place,
                    taken_on=judged.shot.day or taken_on,
                )
                made.append(row.add(by=by))
    except BaseException:
        for stored in kept:
            stored.erase()
        raise
    return made


@transaction.atomic
def remove_photo(photo: TrainingFile, *, by: User) -> None:
    """Deletes a photo with its file; caption and file name remain in the history."""
    lock_for_documents(photo.training)
    stored = photo.file
    history.record(
        photo.training, Event.Verb.CHANGE, by=by, changes={"foto dokumentasi": [photo.caption or stored.name, ""]}
    )
    photo.remove(by=by)
    drop_unused(stored)
