"""Stored files: scans, photos, minutes. Private; only a view that checks rights serves them."""

import uuid
from pathlib import PurePath

from django.db import models
from django.utils import timezone

from records.models.figures import LATITUDE, LONGITUDE, point_on_earth


def stored_path(stored, filename: str) -> str:
    """A random path that cannot be guessed; the user's name of the file is a column."""
    return f"files/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class StoredFile(models.Model):
    """One file as it was stored, with its hash. Rows are never changed; a better scan is a new row.

    The row that refers to it decides who may read it.
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
    # Metadata of the camera; the stored image has none.
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
        """Deletes the bytes from the disk once no row refers to them."""
        self.file.storage.delete(str(self.file.name))
