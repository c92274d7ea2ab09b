"""Outlines of places on the map."""

from django.db import models
from django.utils import timezone


class Boundary(models.Model):
    """Outline of a place on the map, by its official code. GeoJSON geometry in degrees (WGS 84), as imported."""

    code = models.CharField("kode wilayah", max_length=13, unique=True)
    geometry = models.JSONField("garis batas")
    source = models.CharField("sumber", max_length=160)
    imported_at = models.DateTimeField("diimpor pada", default=timezone.now)

    class Meta:
        verbose_name = "batas wilayah"
        verbose_name_plural = "batas wilayah"
        ordering = ["code"]

    def __str__(self):
        return f"Batas {self.code}"
