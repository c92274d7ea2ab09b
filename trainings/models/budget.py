"""Budget of a training, line by line."""

from django.db import models

from records.models import Editable, RupiahField, limits
from records.models.figures import RUPIAH
from trainings.models.trainings import Training


class BudgetLine(Editable):
    """One line of the DPA that pays for the training (rupiah)."""

    PART_OF = "training"

    training = models.ForeignKey(Training, models.CASCADE, verbose_name="pelatihan", related_name="budget_lines")
    source = models.CharField("sumber dana", max_length=60, default="APBD Kabupaten")
    sub_activity = models.CharField("sub kegiatan", max_length=160, blank=True)
    account_code = models.CharField("kode rekening", max_length=40, blank=True)
    dpa_number = models.CharField("No. DPA", max_length=60, blank=True)
    title = models.CharField("uraian", max_length=160)
    ceiling = RupiahField("pagu (Rp)", default=0)
    realised = RupiahField("realisasi (Rp)", null=True, blank=True)

    class Meta:
        verbose_name = "baris anggaran"
        verbose_name_plural = "baris anggaran"
        ordering = ["account_code", "pk"]
        constraints = [limits("budget_line_limits", ceiling=RUPIAH, realised=RUPIAH)]

    def __str__(self):
        return self.title
