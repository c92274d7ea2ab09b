"""Pelatihan: the frame of a training, its days, its sessions and the invited villages."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import District, User
from accounts.rights import Right, may, sees_whole_district
from kpspams.models import Member
from records import formats
from records.models import CountField, Editable, Event, Limit, Sampled, limits
from records.models.figures import COUNT, YEAR
from records.search_keys import fitting, search_key
from villages.models import Programme, Village

QUOTA = Limit(1, 100)


class TrainingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A fasilitator sees the trainings to which their villages are invited, or of which they are an officer."""
        rows = self.filter(district__in=District.objects.visible_to(user))
        if sees_whole_district(user):
            return rows
        invited = Invitation.objects.filter(village__in=Village.objects.visible_to(user)).values("training")
        return rows.filter(Q(pk__in=invited) | Q(pk__in=user.officer_of.values("pk")))

    def editable_by(self, user):
        """Trainings that the user may edit: frame, agenda, invitations, participants of any village."""
        return self.visible_to(user) if may(user, Right.EDIT_TRAININGS) else self.none()

    def markable_by(self, user):
        """Trainings whose attendance the user may record: as the office, or as an officer appointed there."""
        if may(user, Right.EDIT_TRAININGS):
            return self.visible_to(user)
        if not may(user, Right.PROPOSE_PARTICIPANTS):
            return self.none()
        return self.filter(district__in=District.objects.visible_to(user), officers=user)

    def open(self):
        """Trainings neither closed nor cancelled."""
        return self.filter(state=Training.State.OPEN)

    def in_progress(self, progress: str):
        """Trainings of this Training.Progress; needs with_dates()."""
        today, Progress = localdate(), Training.Progress
        if progress in Training.DECIDED:
            return self.filter(state=Training.DECIDED[Progress(progress)])
        undecided: dict[str, Q] = {
            Progress.PLANNED: Q(first_day=None) | Q(first_day__gt=today),
            Progress.RUNNING: Q(first_day__lte=today, last_day__gte=today),
            Progress.UNCLOSED: Q(last_day__lt=today),
        }
        return self.open().filter(undecided[progress])

    def with_dates(self):
        """Annotates first_day and last_day."""
        return self.annotate(first_day=Min("days__date"), last_day=Max("days__date"))


class Training(Editable, Sampled):
    """One training, bimtek, sosialisasi, rapat koordinasi or musyawarah. Its TA is not that of the cohort."""

    class Kind(models.TextChoices):
        TRAINING = "pelatihan", "Pelatihan"
        GUIDANCE = "bimtek", "Bimbingan teknis"
        OUTREACH = "sosialisasi", "Sosialisasi"
        MEETING = "rapat", "Rapat koordinasi"
        VILLAGE_MEETING = "musyawarah", "Musyawarah desa"

    MEETINGS = [Kind.OUTREACH, Kind.MEETING, Kind.VILLAGE_MEETING]

    class State(models.TextChoices):
        OPEN = "open", "Berjalan"
        CLOSED = "closed", "Selesai"
        CANCELLED = "cancelled", "Dibatalkan"

    class Progress(models.TextChoices):
        """State as shown to users; of an open training it follows from its days. The values are used in URLs."""

        PLANNED = "direncanakan", "Direncanakan"
        RUNNING = "berlangsung", "Berlangsung"
        UNCLOSED = "belum-ditutup", "Belum ditutup"
        CLOSED = "selesai", "Selesai"
        CANCELLED = "dibatalkan", "Dibatalkan"

    DECIDED = {Progress.CLOSED: State.CLOSED, Progress.CANCELLED: State.CANCELLED}

    class SheetUnit(models.TextChoices):
        """What participants sign; one session for each sheet."""

        DAY = "hari", "Satu lembar per hari"
        HALF = "pagi_siang", "Pagi dan siang"
        TOPIC = "sesi", "Satu lembar per materi"

    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.TRAINING)
    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="trainings")
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="program", null=True, blank=True, related_name="trainings"
    )
    fiscal_year = models.PositiveSmallIntegerField("tahun anggaran (TA)", validators=YEAR.validators)
    cohort_year = models.PositiveSmallIntegerField(
        "untuk desa penerima TA",
        null=True,
        blank=True,
        validators=YEAR.validators,
    )
    wave = models.CharField("angkatan/gelombang", max_length=40, blank=True)
    title = models.CharField("judul", max_length=200)
    search_key = models.CharField(max_length=220, editable=False, db_index=True)
    venue = models.CharField("tempat", max_length=200, blank=True)
    online = models.BooleanField("daring", default=False)
    proposal_deadline = models.DateField(
        "batas usulan peserta",
        null=True,
        blank=True,
        help_text="Sesudahnya usulan tetap diterima, dengan tanda terlambat.",
    )
    organiser = models.CharField("penyelenggara", max_length=160, blank=True)
    recipients = models.TextField(
        "Yth. (satu per baris)",
        max_length=4000,
        blank=True,
        help_text="Kantor atau jabatan yang diundang, seperti tercetak pada undangan: Kepala Dinas PMD Kabupaten …",
    )
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.OPEN, editable=False)
    sheet_unit = models.CharField("satuan daftar hadir", max_length=10, choices=SheetUnit, default=SheetUnit.DAY)
    officers = models.ManyToManyField(User, verbose_name="petugas kehadiran", blank=True, related_name="officer_of")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "pelatihan"
        verbose_name_plural = "pelatihan"
        ordering = ["-fiscal_year", "-pk"]
        constraints = [limits("training_limits", fiscal_year=YEAR, cohort_year=YEAR)]

    def __str__(self):
        return f"{self.title} ({self.wave})" if self.wave else self.title

    def get_absolute_url(self):
        return reverse("trainings:training_detail", args=[self.pk])

    def prepare(self):
        self.search_key = fitting(self, search_key(self.title))

    def close(self, *, by, reason: str = ""):
        """Closes this training; its attendance is locked. Raises ValidationError when not open."""
        self._leave(self.State.CLOSED, by=by, verb=Event.Verb.CLOSE, reason=reason)

    def cancel(self, *, by, reason: str):
        """Cancels this training. Raises ValidationError when not open or when attendance was recorded."""
        if self.days.filter(sessions__attendances__isnull=False).exists():
            raise ValidationError(
                f"Kehadiran {self.noun} ini sudah tercatat, jadi tidak dapat dibatalkan. Tutup {self.noun} ini saja."
            )
        self._leave(self.State.CANCELLED, by=by, verb=Event.Verb.CHANGE, reason=reason)

    def reopen(self, *, by, reason: str):
        """Reverts closing or cancelling. Raises ValidationError when it is open."""
        if self.state == self.State.OPEN:
            raise ValidationError(f"{self.noun.capitalize()} ini sudah terbuka.")
        self.state = self.State.OPEN
        self.change(by=by, verb=Event.Verb.REOPEN, reason=reason)

    def _leave(self, state, *, by, verb, reason):
        if self.state != self.State.OPEN:
            raise ValidationError(f"{self.noun.capitalize()} ini sudah berstatus {self.get_state_display().lower()}.")
        self.state = state
        self.change(by=by, verb=verb, reason=reason)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_meeting(self) -> bool:
        """Whether it is a rapat, musyawarah or sosialisasi: no JP, no test, no certificate."""
        return self.kind in self.MEETINGS

    @property
    def noun(self) -> str:
        """The noun within a sentence: "rapat", "musyawarah", "sosialisasi", otherwise "pelatihan"."""
        return MEETING_NOUNS.get(self.kind, "pelatihan")

    @property
    def place(self) -> str:
        """The venue; "Daring" when online only; empty while unknown."""
        if self.venue and self.online:
            return f"{self.venue} (daring)"
        return self.venue or ("Daring" if self.online else "")

    @property
    def recipient_list(self) -> list[str]:
        """Addressees of the invitation besides villages and persons, one per line."""
        return [" ".join(line.split()) for line in self.recipients.splitlines() if line.strip()]

    @property
    def day_list(self) -> list["TrainingDay"]:
        return list(self.days.all())

    @property
    def first_year(self) -> int:
        """Year of the first day; without days the year of the budget."""
        days = self.day_list
        return days[0].date.year if days else self.fiscal_year

    @property
    def progress(self) -> Progress:
        for progress, state in self.DECIDED.items():
            if self.state == state:
                return progress
        days, today = self.day_list, localdate()
        if not days or days[0].date > today:
            return self.Progress.PLANNED
        return self.Progress.RUNNING if days[-1].date >= today else self.Progress.UNCLOSED

    @property
    def state_word(self) -> str:
        return str(self.progress.label)


MEETING_NOUNS: dict[str, str] = {
    Training.Kind.MEETING: "rapat",
    Training.Kind.VILLAGE_MEETING: "musyawarah",
    Training.Kind.OUTREACH: "sosialisasi",
}


class TrainingDay(models.Model):
    """Hari ke-n; its number follows from the order of the dates."""

    training = models.ForeignKey(Training, models.CASCADE, verbose_name="pelatihan", related_name="days")
    date = models.DateField("tanggal")
    closed_at = models.DateTimeField("ditutup pada", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "hari pelatihan"
        verbose_name_plural = "hari pelatihan"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "date"],
                name="training_day_once",
                violation_error_message="Tanggal ini sudah menjadi hari pelatihan.",
            )
        ]

    def __str__(self):
        return formats.date_id(self.date)

    @property
    def first_hour(self) -> time | None:
        """The hour at which the day begins, with a session or an item of the agenda; None without both."""
        hours = [*(row.starts for row in self.sessions.all()), *(row.starts for row in self.items.all())]
        return min(hours, default=None)


BACKWARD = "Jam selesai harus sesudah jam mulai."


class TrainingSession(models.Model):
    """The unit of attendance: one sheet of signatures. By default one per day; Pagi and Siang; or one per materi."""

    day = models.ForeignKey(TrainingDay, models.CASCADE, verbose_name="hari", related_name="sessions")
    name = models.CharField("nama sesi", max_length=120)
    starts = models.TimeField("mulai")
    ends = models.TimeField("selesai")
    signatures_counted = CountField("jumlah tanda tangan", null=True, blank=True)

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"
        ordering = ["day__date", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "name"],
                name="training_session_once",
                violation_error_message="Sesi dengan nama ini sudah ada pada hari itu.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="training_session_in_order",
                violation_error_message=BACKWARD,
            ),
            limits("training_session_limits", signatures_counted=COUNT),
        ]

    def __str__(self):
        return self.name


class Invitation(models.Model):
    """An invited village; `posts` contains the codes of the requested posts, separated by spaces ("KET BEN")."""

    PART_OF = "training"

    training = models.ForeignKey(Training, models.CASCADE, verbose_name="pelatihan", related_name="invitations")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name="desa", related_name="invitations")
    quota = models.PositiveSmallIntegerField("jumlah orang diminta", default=3, validators=QUOTA.validators)
    posts = models.CharField("jabatan diharapkan", max_length=120, blank=True)
    recorded_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ["village__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "village"],
                name="invitation_once",
                violation_error_message="Desa ini sudah diundang.",
            ),
            limits("invitation_limits", quota=QUOTA),
        ]

    def __str__(self):
        return f"{self.village} diundang"

    @property
    def post_codes(self) -> list[str]:
        """The requested posts in printing order."""
        named = set(re.split(r"[\s,]+", self.posts))
        return [code for code in Member.Post.values if code in named]

    @property
    def post_words(self) -> str:
        """ "Ketua, Bendahara"; unknown codes are shown as typed."""
        return ", ".join(str(Member.Post(code).label) for code in self.post_codes) or self.posts
