"""Checks of uploads: the type of a file follows from its first bytes, never from its name. Images are re-encoded."""

import hashlib
import re
import weakref
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from records.models import StoredFile
from records.pictures import EMPTY_SHOT, HEIC, Shot, is_heic, redrawn_jpeg

MAX_BYTES = 10 * 2**20
MAX_SIDE = 1600  # pixels: an A4 sheet at 140 dots an inch stays legible, a photo stays below half a megabyte
NAME_LENGTH = 120
ENDINGS = {StoredFile.Type.PDF: ".pdf", StoredFile.Type.JPEG: ".jpg", StoredFile.Type.PNG: ".png"}
PDF_END = 2048  # bytes at the end of a PDF within which its end marker must be
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_PROGRAM = re.compile(rb"/(?:JavaScript|JS|Launch)[\s/(<\[]")
_LOCK = re.compile(rb"/Encrypt[\s<]")


@dataclass(frozen=True)
class Judged:
    """A checked upload that is not stored yet. `shot`: metadata of the camera."""

    content: bytes
    type: str
    name: str
    shot: Shot = EMPTY_SHOT

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def keep(self, *, caption: str = "", place: str = "") -> StoredFile:
        """Writes the file and its row. Call it in the transaction of the row that will point at it."""
        stored = StoredFile(
            sha256=self.sha256,
            bytes=len(self.content),
            type=self.type,
            name=self.name,
            caption=caption,
            taken_at=self.shot.day,
            taken_time=self.shot.time,
            lat=self.shot.lat,
            lng=self.shot.lng,
            place=place,
        )
        stored.file.save(self.name, ContentFile(self.content), save=False)
        transaction.on_commit(_BytesOfARow(stored))
        try:
            stored.save()
        except BaseException:
            stored.erase()
            raise
        return stored


class _BytesOfARow:
    """Deletes the bytes from the disk when the transaction of their row is rolled back.

    Django calls no hook after a rollback, but it drops the callbacks of the commit: dropped uncalled means rolled back.
    """

    def __init__(self, stored: StoredFile):
        self._undo = weakref.finalize(self, stored.file.storage.delete, stored.file.name)
        self._undo.atexit = False  # at the end of the process the outcome is unknown

    def __call__(self):
        self._undo.detach()


def judge(upload, *, pictures_only: bool = False) -> Judged:
    """Reads an upload: a PDF unchanged, an image re-encoded as JPEG.

    Time and place are kept of photos; of the scan of a document they would show where somebody works or lives.

    Raises ValidationError, in words for people, for what is too large, empty, broken or of another kind.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            f"Berkas ini lebih besar dari {MAX_BYTES // 2**20} MB. Kecilkan dahulu, lalu unggah lagi."
        )
    upload.seek(0)
    start = upload.read(16)
    if _is_picture(start):
        content, shot = redrawn_jpeg(upload, max_side=MAX_SIDE, max_bytes=MAX_BYTES)
        name = _clean_name(upload.name, StoredFile.Type.JPEG)
        return Judged(content.read(), StoredFile.Type.JPEG, name, shot if pictures_only else EMPTY_SHOT)
    if is_heic(start):
        raise ValidationError(HEIC)
    if pictures_only:
        raise ValidationError("Berkas ini bukan foto JPEG, PNG, atau WEBP. Pilih foto lain.")
    if not start.startswith(b"%PDF-"):
        raise ValidationError("Berkas ini bukan PDF dan bukan foto JPEG, PNG, atau WEBP. Pilih berkas lain.")
    upload.seek(0)
    content = upload.read()
    _check_pdf(content)
    return Judged(content, StoredFile.Type.PDF, _clean_name(upload.name, StoredFile.Type.PDF))


def _check_pdf(content: bytes) -> None:
    """Raises ValidationError for a PDF that is cut off, that is locked, or that runs programs.

    Compressed objects are not inspected; a PDF is served as a download and never opened in pages of the portal.
    """
    end = content[-PDF_END:]
    if b"%%EOF" not in end or b"startxref" not in end:
        raise ValidationError("PDF ini tidak utuh. Pindai atau simpan ulang, lalu unggah lagi.")
    plain = _STREAM.sub(b"", content)
    if _LOCK.search(plain):
        raise ValidationError("PDF ini terkunci. Simpan salinannya tanpa kata sandi, lalu unggah salinan itu.")
    if _PROGRAM.search(plain):
        raise ValidationError("PDF ini memuat program. Cetak ulang menjadi PDF biasa, lalu unggah hasilnya.")


def _is_picture(start: bytes) -> bool:
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    )


def _clean_name(name: str, type_: str) -> str:
    """The user's name of the file, on one line, with the extension of the stored type."""
    plain = "".join(sign for sign in PurePosixPath(name.replace("\\", "/")).stem if sign.isprintable())
    ending = ENDINGS[StoredFile.Type(type_)]
    return (" ".join(plain.split()) or "berkas")[: NAME_LENGTH - len(ending)] + ending
