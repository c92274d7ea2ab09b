"""Participants (peserta) and attendance (daftar hadir)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.rights import Right, may, sees_whole_district
from kpspams.models import KpspamsGroup, Member
from records.models import Editable
from trainings.models.trainings import Training, TrainingSession
from villages.models import Person, Village

# Participants who came without being registered before the event.
WALK_IN = Q(walk_in=True)


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A fasilitator sees participants of own villages; all participants where appointed as officer."""
        rows = self.filter(training__in=Training.objects.visible_to(user))
        if sees_whole_district(user):
            return rows
        return rows.filter(
            Q(village__in=Village.objects.visible_to(user)) | Q(training__in=user.officer_of.values("pk"))
        )

    def editable_by(self, user):
        """The office changes participants of any village, a fasilitator those of own villages."""
        if may(user, Right.EDIT_TRAININGS):
            return self.filter(training__in=Training.objects.visible_to(user))
        if not may(user, Right.PROPOSE_PARTICIPANTS):
            return self.none()
        training = Training.objects.visible_to(user)
        return self.filter(training__in=training, village__in=Village.objects.editable_by(user))

    def current(self):
        """Participants on the sheet."""
        return self.filter(state=Participant.State.REGISTERED)

    def named(self):
        """Participants who were registered before the event and are on the sheet: the base of turn-out ("didaftarkan
        sebelumnya").

        Walk-ins are excluded. A substitute takes the place of the replaced person; who withdrew no longer counts. These
        are counted as proposals of the villages, against the places that they were asked to fill.
        """
        return self.current().exclude(WALK_IN)

    def invited(self):
        """Participants named in a letter of invitation, which no figure counts: neither walk-ins nor substitutes.

        A replaced person was invited and is still included.
        """
        return self.exclude(WALK_IN).filter(state__in=Participant.INVITED, replaces=None)

    def humans(self):
        """Annotates `human`, the person after merges; counts of people are distinct counts of it."""
        return self.annotate(human=Coalesce("person__merged_into", "person"))


class Participant(Editable):
    """Peserta: a person in one training, with village, group and post as on that day.

    `number` is the line on a printed sheet: without gaps until attendance is recorded, with those who do not take part
    behind all others (trainings.services.participant_numbers).
    """

    class State(models.TextChoices):
        REGISTERED = "terdaftar", "Terdaftar"
        WITHDRAWN = "batal", "Batal ikut"
        REPLACED = "digantikan", "Digantikan"

    PART_OF = "training"
    INVITED = (State.REGISTERED, State.REPLACED)

    training = models.ForeignKey(Training, models.PROTECT, verbose_name="pelatihan", related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="orang", related_name="participations")
    number = models.PositiveIntegerField("nomor urut")
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa", null=True, blank=True, related_name="participants"
    )
    group = models.ForeignKey(
        KpspamsGroup,
        models.PROTECT,
        verbose_name="KPSPAMS",
        null=True,
        blank=True,
        related_name="participants",
    )
    post = models.CharField("jabatan", max_length=3, choices=Member.Post, blank=True)
    affiliation = models.CharField("unsur", max_length=120, blank=True)
    walk_in = models.BooleanField("datang langsung", default=False)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.REGISTERED)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="menggantikan",
        null=True,
        blank=True,
        related_name="replaced_by",
        error_messages={"unique": "Peserta ini sudah digantikan orang lain."},
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="diusulkan oleh",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    late_proposal = models.BooleanField("diusulkan sesudah batas", default=False, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="participant_once",
                violation_error_message="Orang ini sudah menjadi peserta pelatihan itu.",
            ),
            models.UniqueConstraint(
                fields=["training", "number"],
                name="participant_number_once",
                violation_error_message="Nomor urut ini sudah dipakai peserta lain.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="participant_replaces_another",
                violation_error_message="Peserta tidak dapat menggantikan dirinya sendiri.",
            ),
        ]

    @property
    def is_current(self) -> bool:
        """Same as `ParticipantQuerySet.current`, for one loaded row."""
        return self.state == self.State.REGISTERED

    @property
    def is_named(self) -> bool:
        """Same as `ParticipantQuerySet.named`, for one loaded row."""
        return self.state == self.State.REGISTERED and not self.walk_in

    @property
    def is_invited(self) -> bool:
        """Same as `ParticipantQuerySet.invited`, for one loaded row."""
        return self.state in self.INVITED and not self.walk_in and self.replaces_id is None

    @property
    def human_id(self) -> int:
        """Same as `ParticipantQuerySet.humans`, for one row whose person is loaded."""
        return self.person.merged_into_id or self.person.pk

    def __str__(self):
        return self.person.name

    def get_absolute_url(self):
        return self.training.get_absolute_url()

    @property
    def role_word(self) -> str:
        """Jabatan/Unsur as the sheet prints it: "Ketua KPSPAMS", or the unsur of people of no group."""
        return f"{self.get_post_display()} KPSPAMS" if self.post else self.affiliation


class Attendance(models.Model):
    """One person's mark for one session. No row means belum dicatat, a state of its own."""

    class Status(models.TextChoices):
        PRESENT = "hadir", "Hadir"
        LATE = "terlambat", "Terlambat"
        EXCUSED = "izin", "Izin"
        SICK = "sakit", "Sakit"
        ABSENT = "alpa", "Tanpa keterangan"

    class Source(models.TextChoices):
        GRID = "grid", "Kisi di layar"
        ALL_BUT = "semua", "Semua hadir, kecuali"
        PHONE = "hp", "Dari HP di tempat"
        IMPORT = "impor", "Impor berkas"
        CORRECTION = "koreksi", "Perubahan sesudah hari ditutup"

    PART_OF = "participant"

    # hadir and terlambat count as present (docs/domain/training.md)
    PRESENT = [Status.PRESENT, Status.LATE]

    participant = models.ForeignKey(Participant, models.PROTECT, verbose_name="peserta", related_name="attendances")
    session = models.ForeignKey(TrainingSession, models.PROTECT, verbose_name="sesi", related_name="attendances")
    status = models.CharField("kehadiran", max_length=10, choices=Status)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dicatat oleh",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    marked_at = models.DateTimeField("dicatat pada", default=timezone.now)
    source = models.CharField("cara", max_length=10, choices=Source, default=Source.GRID)
    remark = models.CharField("keterangan", max_length=120, blank=True)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"],
                name="attendance_once",
                violation_error_message="Kehadiran orang ini pada sesi itu sudah tercatat.",
            )
        ]

    def __str__(self):
        return f"{self.participant}: {self.get_status_display()}"
