"""Dated steps of a plan, and signers on paper."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.formats import date_id
from records.models import Event

REASON_MISSING = "Tulis alasan pencabutan."
NOTE_MISSING = "Tulis catatan perbaikan agar kelompok tahu apa yang harus diubah."


@dataclass(frozen=True)
class SignedPaper:
    """Signers of a plan on paper, with the scan."""

    signer_name: str
    signer_office: str
    signed_on: date
    scan: models.Model

    def __str__(self):
        return f"{self.signer_name}, {self.signer_office}, {date_id(self.signed_on)}"

    @property
    def columns(self) -> dict:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class PlanStep(models.Model):
    """A step of a plan with its day and the moment of recording. Rows are only added."""

    class Action(models.TextChoices):
        SUBMIT = "submit", "Diajukan"
        CHECK = "check", "Diperiksa"
        APPROVE = "approve", "Disetujui"
        RETURN = "return", "Dikembalikan"
        SUPERSEDE = "supersede", "Digantikan"
        WITHDRAW = "withdraw", "Persetujuan dicabut"
        RESTORE = "restore", "Berlaku kembali"

    VERBS = {
        Action.SUBMIT: Event.Verb.SUBMIT,
        Action.CHECK: Event.Verb.CHECK,
        Action.APPROVE: Event.Verb.APPROVE,
        Action.RETURN: Event.Verb.RETURN,
        Action.SUPERSEDE: Event.Verb.CLOSE,
        Action.WITHDRAW: Event.Verb.WITHDRAW,
        Action.RESTORE: Event.Verb.REOPEN,
    }

    plan = models.ForeignKey("WorkPlan", models.PROTECT, verbose_name="rencana kerja", related_name="steps")
    action = models.CharField("langkah", max_length=10, choices=Action)
    on = models.DateField("tanggal")
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, related_name="+")
    note = models.TextField("catatan", blank=True)
    # For an approval recorded from signed paper; all empty for an approval in the portal.
    signer_name = models.CharField("nama penanda tangan", max_length=120, blank=True)
    signer_office = models.CharField("jabatan penanda tangan", max_length=120, blank=True)
    signed_on = models.DateField("tanggal tanda tangan", null=True, blank=True)
    scan = models.ForeignKey(
        "PlanScan", models.PROTECT, verbose_name="pindaian", null=True, blank=True, related_name="steps"
    )

    class Meta:
        verbose_name = "langkah rencana kerja"
        verbose_name_plural = "langkah rencana kerja"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signer_name="", signer_office="", signed_on=None, scan=None)
                | (
                    Q(action="approve", signed_on__isnull=False, scan__isnull=False)
                    & ~Q(signer_name="")
                    & ~Q(signer_office="")
                ),
                name="plan_step_signed_whole",
                violation_error_message="Persetujuan dari naskah mempunyai pindaian, nama, jabatan, dan tanggalnya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {date_id(self.on)}"

    @property
    def word(self) -> str:
        """Label of the step; approving has the term of the kabupaten."""
        approved = self.action == self.Action.APPROVE
        return self.plan.called(self.plan.Status.APPROVED) if approved else self.get_action_display()

    @property
    def paper(self) -> SignedPaper | None:
        """The signatures of an approval recorded from paper."""
        if self.signed_on is None or self.scan is None:
            return None
        return SignedPaper(self.signer_name, self.signer_office, self.signed_on, self.scan)
