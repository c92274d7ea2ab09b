"""Cache of the chain, for very many villages."""

from django.db import models

from villages.models import Village


class ChainCache(models.Model):
    """Cached states of the chain of one village, for counting very many villages at once.

    It has no data of its own: monitoring.services.chain_cache computes it from the chain and records the moment.
    `cohort_year`: the grants that decide which trainings count, 0 for all of them.
    `event`: the last Event that is included.
    """

    village = models.ForeignKey(Village, models.CASCADE, verbose_name="desa", related_name="chain_cache")
    cohort_year = models.PositiveSmallIntegerField("desa sasaran TA", default=0)
    trained = models.CharField("terlatih", max_length=8)
    legal = models.CharField("kelompok ber-SK", max_length=8)
    plan = models.CharField("rencana kerja", max_length=8)
    facility = models.CharField("SPAM berfungsi", max_length=8)
    event = models.BigIntegerField("perubahan terakhir", db_index=True)
    counted_at = models.DateTimeField("dihitung pada")

    class Meta:
        verbose_name = "keadaan desa"
        verbose_name_plural = "keadaan desa"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "cohort_year"],
                name="chain_cache_once",
                violation_error_message="Keadaan desa ini sudah dihitung untuk tahun itu.",
            )
        ]
        indexes = [
            models.Index(
                fields=["cohort_year", "village", "trained", "legal", "plan", "facility"], name="chain_cache_counts"
            )
        ]

    def __str__(self):
        return f"{self.village} TA {self.cohort_year}"
