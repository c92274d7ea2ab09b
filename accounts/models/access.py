"""Changes of access: who created an account, set its password, reopened it, or granted the right to approve."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.users import User


class AccessChange(models.Model):
    """A change that lets its author act as this account, or lets the account approve.

    Rows are only added, and confirmed once by another admin, who has spoken with the owner of the account.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", "Akun dibuat"
        PASSWORD = "password", "Kata sandi dibuat"
        REOPENED = "reopened", "Akun diaktifkan lagi"
        APPROVER = "approver", "Hak menyetujui diberikan"

    PART_OF = "user"

    user = models.ForeignKey(User, models.PROTECT, verbose_name="akun", related_name="access_changes")
    kind = models.CharField("perubahan", max_length=10, choices=Kind)
    # Empty where that account was a demo account and has been removed.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, related_name="+")
    at = models.DateTimeField("pada", default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dikonfirmasi oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("dikonfirmasi pada", null=True, blank=True)

    class Meta:
        verbose_name = "perubahan akses"
        verbose_name_plural = "perubahan akses"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False),
                name="access_change_confirmed_with_time",
                violation_error_message="Konfirmasi akun mempunyai nama dan waktunya.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("by")) & ~Q(confirmed_by=F("user"))),
                name="access_change_confirmed_by_another",
                violation_error_message="Konfirmasi diberikan admin lain, bukan yang mengubah akun atau pemiliknya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.user}"
