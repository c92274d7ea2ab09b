"""Token buckets of the login throttle, one per key (accounts/throttle.py has the rules)."""

from django.db import models
from django.utils import timezone


class LoginBucket(models.Model):
    """Attempts left for one key. The key is a keyed hash: no name and no address is stored."""

    key = models.CharField("kunci", max_length=80, unique=True)
    tokens = models.FloatField("sisa percobaan")
    at = models.DateTimeField("dihitung pada", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "rem masuk"
        verbose_name_plural = "rem masuk"
        constraints = [
            models.CheckConstraint(condition=models.Q(tokens__gte=0), name="login_bucket_never_below_zero"),
        ]

    def __str__(self):
        return self.key
