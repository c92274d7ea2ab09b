"""Laporan: a requested document and its file, from the request on."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import District, OfficeProfile
from documents import registry
from documents.base import Document
from documents.choices import Audience, Format, IssueStatus
from documents.rendering import printing
from documents.titles import TitledByKind
from jobs.models import Job
from kpspams.models import KpspamsGroup
from plans.models import DamageReport, WorkPlan
from records.models import Event
from reports.models.subjects import SUBJECTS, Subject, one_subject
from reports.models.visibility import ISSUED, ReportQuerySet
from trainings.models import Training, TrainingDay, TrainingSession
from villages.models import Village


class Report(TitledByKind, Job):
    """Laporan: one document of one subject. The row is authoritative; the row of a lost worker is enqueued again
    (jobs.queue).

    A finished document never changes: requesting it again makes a new row. `issue_status` is frozen with the snapshot,
    by the rule of its kind (reports.services.issuing). `code` is the verification code of an issued document;
    `reference` is printed in the footer of every document.
    """

    TASK = "reports.tasks.render_report"
    GIVEN_UP = (
        "Dokumen tidak selesai setelah tiga kali percobaan. Tekan “Coba lagi”; bila tetap gagal, "
        "beri tahu pengelola portal."
    )

    ISSUED = ISSUED

    request_key = models.UUIDField("kunci permintaan", null=True, editable=False)
    turn = models.PositiveBigIntegerField("giliran", default=0, editable=False)  # reports.services.queue
    kind = models.CharField("jenis", max_length=20)
    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name="pelatihan", null=True, blank=True, related_name="reports"
    )
    day = models.ForeignKey(
        TrainingDay, models.PROTECT, verbose_name="hari", null=True, blank=True, related_name="reports"
    )
    session = models.ForeignKey(
        TrainingSession, models.PROTECT, verbose_name="sesi", null=True, blank=True, related_name="reports"
    )
    work_plan = models.ForeignKey(
        WorkPlan, models.PROTECT, verbose_name="rencana kerja", null=True, blank=True, related_name="reports"
    )
    group = models.ForeignKey(
        KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", null=True, blank=True, related_name="reports"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa", null=True, blank=True, related_name="reports"
    )
    district = models.ForeignKey(
        District, models.PROTECT, verbose_name="kabupaten", null=True, blank=True, related_name="reports"
    )
    damage = models.ForeignKey(
        DamageReport, models.PROTECT, verbose_name="kerusakan", null=True, blank=True, related_name="reports"
    )
    bundle = models.ForeignKey(
        "ReportBundle", models.PROTECT, verbose_name="berkas", null=True, blank=True, related_name="parts"
    )
    format = models.CharField("bentuk", max_length=4, choices=Format, default=Format.PDF)
    parameters = models.JSONField("pilihan", default=dict)
    audience = models.CharField("pembaca", max_length=10, choices=Audience)
    snapshot = models.JSONField("isi", null=True, editable=False, encoder=DjangoJSONEncoder)
    snapshot_sha = models.CharField(max_length=64, blank=True, editable=False)
    template_version = models.PositiveSmallIntegerField(default=0, editable=False)
    office_profile = models.ForeignKey(
        OfficeProfile, models.PROTECT, verbose_name="profil kantor", null=True, related_name="reports"
    )
    file = models.FileField("berkas", max_length=120, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField("halaman", null=True, editable=False)
    bytes = models.PositiveIntegerField("ukuran", null=True, editable=False)
    seconds = models.FloatField("lama pembuatan (detik)", null=True, editable=False)
    seen_at = models.DateTimeField("dilihat peminta pada", null=True, blank=True, editable=False)
    issue_status = models.CharField(
        "kedudukan", max_length=10, choices=IssueStatus, default=IssueStatus.PLAIN, editable=False
    )
    issued_on = models.DateField("diterbitkan pada", null=True, blank=True, editable=False)
    code = models.CharField("kode verifikasi", max_length=8, null=True, unique=True, editable=False)
    public_title = models.CharField("judul tanpa nama orang", max_length=200, blank=True, editable=False)
    counts = models.JSONField("jumlah untuk verifikasi", default=dict, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="digantikan oleh", null=True, blank=True, related_name="replaced"
    )
    withdrawn_on = models.DateField("dicabut pada", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("alasan pencabutan", max_length=300, blank=True, editable=False)
    schedule = models.ForeignKey(
        "Schedule", models.PROTECT, verbose_name="jadwal", null=True, blank=True, related_name="reports"
    )
    period_start = models.DateField("masa laporan mulai", null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan"
        verbose_name_plural = "laporan"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="report_waiting"),
            models.Index(fields=["turn"], condition=Q(state__in=["queued", "running"]), name="report_turn"),
        ]
        constraints = [
            # Unique for each user, so that a key that somebody else knows or guesses has no effect.
            models.UniqueConstraint(
                fields=["by", "request_key"],
                name="report_request_once",
                violation_error_message="Permintaan ini sudah tercatat.",
            ),
            models.UniqueConstraint(
                fields=["request_key"],
                condition=Q(by=None),
                name="report_request_of_nobody",
                violation_error_message="Permintaan ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=one_subject(),
                name="report_one_subject",
                violation_error_message="Laporan harus tentang tepat satu pokok.",
            ),
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="") & ~Q(sha256=""))
                | (~Q(state="ready") & Q(file="", sha256="")),
                name="report_ready_with_file",
                violation_error_message="Laporan yang siap mempunyai berkas dan sidiknya.",
            ),
            models.CheckConstraint(
                condition=Q(issue_status__in=["in_force", "replaced", "withdrawn"], issued_on__isnull=False)
                | (~Q(issue_status__in=["in_force", "replaced", "withdrawn"]) & Q(issued_on=None, code=None)),
                name="report_issued_with_day",
                violation_error_message="Hanya dokumen terbit yang mempunyai tanggal terbit dan kode verifikasi.",
            ),
            models.CheckConstraint(
                condition=Q(issue_status="replaced", replaced_by__isnull=False)
                | (~Q(issue_status="replaced") & Q(replaced_by=None)),
                name="report_replaced_by_one",
                violation_error_message="Dokumen yang digantikan menunjuk penggantinya.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="report_not_replaced_by_itself",
                violation_error_message="Dokumen tidak dapat menggantikan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(issue_status="withdrawn", withdrawn_on__isnull=False)
                | (~Q(issue_status="withdrawn") & Q(withdrawn_on=None, withdrawn_reason="")),
                name="report_withdrawn_with_day",
                violation_error_message="Isi tanggal dan alasan pencabutan.",
            ),
            models.CheckConstraint(
                condition=Q(schedule=None, period_start=None) | Q(schedule__isnull=False, period_start__isnull=False),
                name="report_period_of_schedule",
                violation_error_message="Laporan berkala mempunyai jadwal dan masa laporan.",
            ),
            models.UniqueConstraint(
                fields=["schedule", "period_start", "format"],
                name="report_period_once",
                violation_error_message="Laporan untuk masa ini sudah dibuat.",
            ),
        ]

    def __str__(self):
        return f"{self.title}: {self.subject_text}"

    def get_absolute_url(self):
        return f"{reverse('reports:report_list')}#laporan-{self.pk}"

    @staticmethod
    def steers_all(user) -> bool:
        return user.is_office

    @property
    def passes(self) -> bool:
        """Like the queryset `passing`, for a row of a loaded list."""
        kept = self.bundle_id or self.schedule_id or self.issue_status in self.ISSUED
        return not kept and not self.is_under_way

    @property
    def subject(self) -> Subject:
        return getattr(self, self.subject_name)

    @property
    def subject_name(self) -> str:
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id"))

    @property
    def subject_url(self) -> str:
        """Days and sessions have no page of their own, so it is the page of the training."""
        subject = self.subject
        if isinstance(subject, TrainingSession):
            subject = subject.day
        if isinstance(subject, TrainingDay):
            subject = subject.training
        return subject.get_absolute_url()

    @property
    def subject_text(self) -> str:
        if self.session:
            return f"{self.session.day.training}, {self.session.day}, {self.session}"
        if self.day:
            return f"{self.day.training}, {self.day}"
        return str(self.subject)

    @property
    def document(self) -> Document[Any, Any]:
        return registry.document(self.kind)

    @property
    def title(self) -> str:
        return self.document.label(self.parameters)

    @property
    def reference(self) -> str:
        """Kode dokumen, as in the footer of the document; empty until the content is frozen."""
        subject_id = getattr(self, f"{self.subject_name}_id")
        return printing.reference(self.document, subject_id, self.snapshot_sha) if self.snapshot_sha else ""

    @property
    def filename(self) -> str:
        text, kind = self.subject_text, self.get_kind_display()
        name = text if text.startswith(kind) else f"{kind} {text}"
        return f"{slugify(name)[:80].strip('-')}-{self.pk}.{self.format}"

    @property
    def events(self):
        return Event.objects.of(self)
