"""RKTL: what each village promised at the end of a training, followed until it is done."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.rights import Right, may
from kpspams.models import KpspamsGroup
from plans.models import WorkPlan
from records.models import Editable
from trainings.models.trainings import Training
from villages.models import Person, Village


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Follow-ups are visible with their village."""
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        if not may(user, Right.EDIT_FOLLOW_UPS):
            return self.none()
        return self.filter(village__in=Village.objects.editable_by(user))

    def open(self):
        return self.filter(done_on=None, dropped_on=None)

    def late(self, on=None):
        """Open follow-ups past their due date."""
        return self.open().filter(due_on__lt=on or localdate())


class FollowUp(Editable):
    """Tindak lanjut: one task of a village's RKTL. `due_text` is a time that is no date ("sebelum musrenbang")."""

    class Progress(models.TextChoices):
        """State that follows from the dates. The values are used in URLs."""

        OPEN = "terbuka", "Belum selesai"
        LATE = "terlambat", "Terlambat"
        DONE = "selesai", "Selesai"
        DROPPED = "batal", "Dibatalkan"

    PART_OF = "training"

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="follow_ups")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="follow_ups")
    group = models.ForeignKey(
        KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", null=True, blank=True, related_name="follow_ups"
    )
    number = models.PositiveSmallIntegerField("nomor", default=1)
    task = models.CharField("kegiatan", max_length=200)
    output = models.CharField("hasil", max_length=200, blank=True)
    due_on = models.DateField("tenggat", null=True, blank=True)
    due_text = models.CharField("waktu", max_length=80, blank=True)
    responsible = models.CharField("penanggung jawab", max_length=80, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="orang", null=True, blank=True, related_name="follow_ups"
    )
    support = models.CharField("dukungan yang diperlukan", max_length=200, blank=True)
    promises_plan = models.BooleanField("menjanjikan rencana kerja", default=False)
    work_plan = models.ForeignKey(
        WorkPlan, models.PROTECT, verbose_name="rencana kerja", null=True, blank=True, related_name="follow_ups"
    )
    done_on = models.DateField("selesai pada", null=True, blank=True)
    dropped_on = models.DateField("dibatalkan pada", null=True, blank=True)
    note = models.CharField("catatan", max_length=250, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["training", "village__code", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(dropped_on=None),
                name="follow_up_done_or_dropped",
                violation_error_message="Tindak lanjut selesai atau dibatalkan, tidak keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on=None) | ~Q(note=""),
                name="follow_up_dropped_with_reason",
                violation_error_message="Tulis alasan pembatalan pada catatan.",
            ),
        ]

    def __str__(self):
        return f"{self.village}: {self.task}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < localdate()

    @property
    def progress(self) -> Progress:
        if self.done_on:
            return self.Progress.DONE
        if self.dropped_on:
            return self.Progress.DROPPED
        return self.Progress.LATE if self.is_late else self.Progress.OPEN

    @property
    def state_word(self) -> str:
        return str(self.progress.label)
