"""Subdistricts (kecamatan), the parts of a kabupaten."""

from django.core.validators import RegexValidator
from django.db import models

from accounts.models.offices import District
from accounts.rights import Reach, reach_of


class SubdistrictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the account's kabupaten; for an account of one kecamatan only that one."""
        rows = self.filter(district__in=District.objects.visible_to(user))
        return rows.filter(pk=user.subdistrict_id) if reach_of(user) == Reach.SUBDISTRICT else rows


class Subdistrict(models.Model):
    """Kecamatan. Always printed with its level: names repeat those of the kabupaten and of villages."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="subdistricts")
    code = models.CharField(
        "kode wilayah",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d\d\.\d\d\.\d\d$", "Tulis kode kecamatan seperti 18.11.01.")],
    )
    name = models.CharField("nama", max_length=80)

    objects = SubdistrictQuerySet.as_manager()

    class Meta:
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        ordering = ["code"]

    def __str__(self):
        return f"Kecamatan {self.name}"
