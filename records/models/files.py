"""Stored files: scans, photos, minutes. Private; they leave only through a view that asks for rights."""

import uuid
from pathlib import PurePath

from django.db import models
from django.utils import timezone

from records.models.figures import LATITUDE, LONGITUDE, point_on_earth


def stored_path(stored, filename: str) -> str:
    """A name that tells nothing and cannot be guessed; the person's own name of the file is a column."""
    return f"files/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class StoredFile(models.Model):
    """One file as it was stored, with its hash. Rows are never changed; a better scan is a new row.

    Which row it belongs to, and so who may read it, is said by the noun that points here.
    """

    class Type(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "Foto (JPEG)"
        PNG = "image/png", "Gambar (PNG)"

    file = models.FileField("berkas", upload_to=stored_path, max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveIntegerField("ukuran (byte)")
    type = models.CharField("jenis berkas", max_length=40, choices=Type)
    name = models.CharField("nama berkas", max_length=120)
    caption = models.CharField("keterangan", max_length=200, blank=True)
    taken_at = models.DateField("tanggal pengambilan", null=True, blank=True)
    place = models.CharField("tempat", max_length=120, blank=True)
    # What the camera wrote into the photo itself; the stored picture carries no metadata any more.
    taken_time = models.TimeField("jam pengambilan", null=True, blank=True)
    lat = models.DecimalField(
        "lintang", max_digits=8, decimal_places=5, null=True, blank=True, validators=LATITUDE.validators
    )
    lng = models.DecimalField(
        "bujur", max_digits=8, decimal_places=5, null=True, blank=True, validators=LONGITUDE.validators
    )
    stored_at = models.DateTimeField("disimpan pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        constraints = [point_on_earth("stored_file_point_whole_and_on_earth")]

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.type != self.Type.PDF

    def erase(self):
        """Takes the bytes from the disk, when no row tells of them any more."""
        self.file.storage.delete(str(self.file.name))
