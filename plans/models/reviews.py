"""Notes on the lines of a submitted plan, and scans of the signed plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.work_plans import UNANSWERED, WorkPlan
from records.models import Editable, Once, StoredFile

# Line number of notes on the plan as a whole.
WHOLE_PLAN = 0


class PlanPartQuerySet(models.QuerySet):
    """Parts of a plan with the scope of the plan."""

    def visible_to(self, user):
        return self.filter(plan__in=WorkPlan.objects.visible_to(user))


class LineNoteQuerySet(PlanPartQuerySet):
    def unanswered(self):
        return self.filter(UNANSWERED)

    def editable_by(self, user):
        """Notes that this account may answer: the writers of the plan, until it is decided."""
        plans = WorkPlan.objects.editable_by(user).filter(status__in=[*WorkPlan.OPEN, WorkPlan.Status.SUBMITTED])
        return self.filter(plan__in=plans)


class LineNote(Editable):
    """A reviewer's note on one line (its number stays the same across revisions) and the writer's answer.

    Line WHOLE_PLAN is for notes on the plan itself.
    """

    PART_OF = "plan"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, verbose_name="rencana kerja", related_name="line_notes")
    line = models.PositiveIntegerField("baris", editable=False)
    text = models.CharField("catatan", max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField("ditulis pada", default=timezone.now, editable=False)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dijawab oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    answered_at = models.DateTimeField("dijawab pada", null=True, editable=False)

    objects = LineNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan kegiatan"
        verbose_name_plural = "catatan kegiatan"
        ordering = ["line", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="line_note_not_empty",
                violation_error_message="Tulis catatannya.",
            )
        ]

    def __str__(self):
        about = f"kegiatan baris {self.line}" if self.line else "rencana kerja"
        return f"Catatan {about}: {self.text}"

    def get_absolute_url(self):
        return self.plan.get_absolute_url()


class PlanScan(Once):
    """The signed plan as scan or photo, the proof of the approval."""

    PART_OF = "plan"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, verbose_name="rencana kerja", related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="berkas", related_name="+")
    signed_on = models.DateField("tanggal tanda tangan", null=True, blank=True)
    note = models.CharField("keterangan", max_length=160, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="diunggah oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField("diunggah pada", default=timezone.now, editable=False)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = "pindaian rencana kerja"
        verbose_name_plural = "pindaian rencana kerja"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return str(self.file)

    def get_absolute_url(self):
        return self.plan.get_absolute_url()
