"""Lists of the installation that the plans choose from."""

from django.db import models

from records.models import limits
from records.models.figures import ORDER


class WorkArea(models.Model):
    """Work area (bidang): a heading A-G of the plan; the list belongs to the installation."""

    code = models.CharField("kode", max_length=2, unique=True)
    label = models.CharField("bidang", max_length=80)
    order = models.PositiveSmallIntegerField("urutan", default=0, validators=ORDER.validators)

    class Meta:
        verbose_name = "bidang"
        verbose_name_plural = "bidang"
        ordering = ["order", "code"]
        constraints = [limits("work_area_limits", order=ORDER)]

    def __str__(self):
        return f"{self.code}. {self.label}"


class FundingSource(models.Model):
    """Funding source (sumber dana). `is_fee` marks the fee of the users (iuran), which the fee check uses."""

    code = models.CharField("kode", max_length=20, unique=True)
    label = models.CharField("sumber dana", max_length=60)
    order = models.PositiveSmallIntegerField("urutan", default=0, validators=ORDER.validators)
    in_kind = models.BooleanField("in-kind", default=False)
    is_fee = models.BooleanField("iuran", default=False)

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["order", "code"]
        constraints = [limits("funding_source_limits", order=ORDER)]

    def __str__(self):
        return self.label
