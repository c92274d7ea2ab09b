"""Lines of a work plan and their funding."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import Q

from plans.models.lists import FundingSource, WorkArea
from plans.models.work_plans import WorkPlan
from plans.rules.months import mask_to_months
from records.models import Limit, RupiahField, limits
from records.models.figures import RUPIAH, VOLUME
from villages.models import Facility

MONTH_SET = Limit(0, 4095, "Pilih bulan antara Januari dan Desember.")


class Activity(models.Model):
    """Activity (kegiatan): a line of the plan. Its history is recorded at the plan, which is edited as a whole.

    `line` stays the same across revisions; `amount` is volume x unit price in whole rupiah, half up, never typed.
    """

    class Mode(models.TextChoices):
        SELF = "swakelola", "Swakelola"
        BETWEEN = "antar_desa", "Kerja sama antardesa"
        THIRD = "pihak_ketiga", "Pihak ketiga"

    class CostClass(models.TextChoices):
        ROUTINE = "rutin", "Operasional rutin"
        REPAIR = "perbaikan", "Perbaikan/pengembangan"

    PART_OF = "plan"

    plan = models.ForeignKey(WorkPlan, models.CASCADE, verbose_name="rencana kerja", related_name="activities")
    line = models.PositiveIntegerField("baris", editable=False)
    position = models.PositiveIntegerField("nomor", editable=False)
    area = models.ForeignKey(WorkArea, models.PROTECT, verbose_name="bidang", related_name="activities")
    title = models.CharField("kegiatan", max_length=200)
    location = models.CharField("lokasi", max_length=120, blank=True)
    target = models.CharField("sasaran/manfaat", max_length=200, blank=True)
    volume = models.DecimalField("volume", max_digits=12, decimal_places=2, validators=VOLUME.validators)
    unit = models.CharField("satuan", max_length=30)
    unit_price = RupiahField("harga satuan (Rp)")
    amount = RupiahField("jumlah (Rp)", editable=False)
    months = models.PositiveSmallIntegerField("bulan", default=0, validators=MONTH_SET.validators)
    responsible = models.CharField("penanggung jawab", max_length=80, blank=True)
    mode = models.CharField("pola pelaksanaan", max_length=12, choices=Mode, blank=True)
    cost_class = models.CharField("jenis biaya", max_length=10, choices=CostClass, default=CostClass.ROUTINE)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", null=True, blank=True, related_name="activities"
    )
    carried_over = models.BooleanField("lanjutan tahun lalu", default=False)
    note = models.CharField("keterangan", max_length=200, blank=True)

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["area__order", "area__code", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "line"],
                name="activity_line_once",
                violation_error_message="Baris kegiatan ini sudah ada dalam rencana kerja.",
            ),
            limits("activity_limits", volume=VOLUME, unit_price=RUPIAH, amount=RUPIAH, months=MONTH_SET),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.amount = self.cost(self.volume, self.unit_price)
        super().save(*args, **kwargs)

    @staticmethod
    def cost(volume, unit_price) -> int:
        """The amount in whole rupiah, rounded half up in Python, because SQLite rounds differently."""
        return int((Decimal(volume) * Decimal(unit_price)).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def month_list(self) -> list[int]:
        return mask_to_months(self.months)


class ActivityFunding(models.Model):
    """The amount of one source for one activity (rupiah); their sum equals that of the activity, checked at
    submission.
    """

    class Security(models.TextChoices):
        PROPOSED = "diusulkan", "Diusulkan"
        IN_RKP = "rkp", "Masuk RKP Desa"
        IN_BUDGET = "apbdes", "Masuk APBDes/DPA"
        PAID = "cair", "Cair"
        NOT_FUNDED = "tidak", "Tidak didanai"

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="kegiatan", related_name="fundings")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="sumber dana", related_name="fundings")
    amount = RupiahField("jumlah (Rp)")
    security = models.CharField("kepastian", max_length=10, choices=Security, default=Security.PROPOSED)

    class Meta:
        verbose_name = "pendanaan kegiatan"
        verbose_name_plural = "pendanaan kegiatan"
        ordering = ["source__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source"],
                name="activity_source_once",
                violation_error_message="Sumber dana ini sudah dipakai pada kegiatan itu.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="activity_funding_positive",
                violation_error_message="Jumlah dari sebuah sumber dana harus lebih dari nol.",
            ),
            limits("activity_funding_limits", amount=RUPIAH),
        ]

    def __str__(self):
        return f"{self.source}: {self.amount}"
