"""Titip entri: photos of a filled paper form, for the office to type in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.rights import Right, may
from kpspams.models.groups import KpspamsGroup
from records.models import Conflict, Editable, Event, StoredFile
from villages.models import Village


class EntryRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A filled form may contain telephone numbers, so reading it is a right of its own."""
        if not may(user, Right.ENTRY_REQUESTS):
            return self.none()
        return self.filter(village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        """Rows that the office types in, because it maintains the registry."""
        return self.visible_to(user) if may(user, Right.EDIT_REGISTRY) else self.none()

    def open(self):
        return self.filter(state__in=EntryRequest.OPEN)

    def refused_to(self, user):
        """Refused requests that wait for their sender: neither sent again nor dismissed.

        A request that was sent again as another one (same village, same form, later) waits no more.
        """
        later = EntryRequest.objects.filter(
            village=OuterRef("village"), form=OuterRef("form"), by=user, pk__gt=OuterRef("pk")
        )
        return self.filter(by=user, state=EntryRequest.State.REFUSED).exclude(Exists(later))


class EntryRequest(Editable):
    """Request (titipan): photos of a filled form of one village. Methods change its state, each with an Event."""

    class Form(models.TextChoices):
        VILLAGE = "desa", "Formulir data desa"
        BOARD = "pengurus", "SK dan pengurus"
        FACILITY = "sarana", "Pemeriksaan sarana"
        GROUP = "kelompok", "Pemeriksaan KPSPAMS"
        PLAN = "rencana", "Rencana kerja"
        OTHER = "lain", "Lainnya"

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        WORKING = "dikerjakan", "Dikerjakan"
        DONE = "selesai", "Selesai"
        REFUSED = "ditolak", "Ditolak"
        DISMISSED = "ditutup", "Ditutup pengirim"

    OPEN = [State.WAITING, State.WORKING]
    PART_OF = "village"

    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="entry_requests")
    group = models.ForeignKey(
        KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", null=True, blank=True, related_name="entry_requests"
    )
    form = models.CharField("jenis formulir", max_length=10, choices=Form, default=Form.VILLAGE)
    note = models.CharField("catatan", max_length=250, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dititipkan oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    requested_at = models.DateTimeField("dititipkan pada", default=timezone.now, editable=False)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.WAITING, editable=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dikerjakan oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    answer = models.CharField("jawaban", max_length=250, blank=True)

    objects = EntryRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "titipan entri"
        verbose_name_plural = "titipan entri"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ditolak") | ~Q(answer=""),
                name="entry_request_refused_with_reason",
                violation_error_message="Tulis alasan penolakan, agar pengirim tahu apa yang perlu diperbaiki.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["menunggu", "dikerjakan", "selesai", "ditolak", "ditutup"]),
                name="entry_request_state_known",
                violation_error_message="Keadaan titipan ini tidak dikenal.",
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.group or self.village}"

    def get_absolute_url(self):
        return reverse("fieldwork:entry_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def take(self, *, by):
        """Starts the entry. Raises ValidationError when it does not wait any more."""
        self._move([self.State.WAITING], self.State.WORKING, by=by, worker=by)

    def finish(self, *, by, answer: str = ""):
        """Marks it as entered. Raises ValidationError when it is not open."""
        self._move(self.OPEN, self.State.DONE, by=by, verb=Event.Verb.CLOSE, worker=by, answer=answer)

    def refuse(self, *, by, answer: str):
        """Refuses it with the reason `answer`. Raises ValidationError when it is not open."""
        self._move(self.OPEN, self.State.REFUSED, by=by, verb=Event.Verb.RETURN, worker=by, answer=answer)

    def waits_for(self, user) -> bool:
        """Whether it is refused and this user is its sender, who corrects and resends it, or dismisses it."""
        return self.state == self.State.REFUSED and self.by_id == user.pk

    def send_again(self, *, by):
        """Resends the corrected request; the history keeps the refusal. Raises ValidationError when it is not
        refused.
        """
        self._of_sender(by)
        again = {"worker": None, "answer": "", "requested_at": timezone.now()}
        self._move([self.State.REFUSED], self.State.WAITING, by=by, verb=Event.Verb.REOPEN, **again)

    def dismiss(self, *, by):
        """Dismisses the refused request; the answer stays. Raises ValidationError when it is not refused."""
        self._of_sender(by)
        self._move([self.State.REFUSED], self.State.DISMISSED, by=by, verb=Event.Verb.CLOSE)

    def _of_sender(self, user):
        if self.by_id != user.pk:
            raise ValidationError("Hanya pengirim titipan ini yang dapat mengirimnya lagi atau menutupnya.")

    def reopen(self, *, by):
        """Reopens it after a mistake. Raises ValidationError when it is still open."""
        closed = [self.State.DONE, self.State.REFUSED, self.State.DISMISSED]
        self._move(closed, self.State.WAITING, by=by, verb=Event.Verb.REOPEN, worker=None, answer="")

    def _move(self, before, after, *, by, verb=Event.Verb.CHANGE, **values):
        """Changes the state with the version in the WHERE, so the second of two simultaneous requests gets a
        conflict.
        """
        if self.state not in before:
            closed = self.state == self.State.DISMISSED
            who = f" oleh {self.worker}" if self.worker and not closed else ""
            raise ValidationError(f"Titipan ini sudah {self.get_state_display().lower()}{who}.")
        self.state = after
        for name, value in values.items():
            setattr(self, name, value)
        try:
            self.change(by=by, verb=verb)
        except Conflict:
            raise ValidationError("Titipan ini baru saja diubah orang lain. Periksa keadaannya sekarang.") from None


class EntryPhoto(models.Model):
    """One page of the filled form."""

    entry = models.ForeignKey(EntryRequest, models.CASCADE, verbose_name="titipan", related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="foto", related_name="+")

    class Meta:
        verbose_name = "foto titipan"
        verbose_name_plural = "foto titipan"
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)
