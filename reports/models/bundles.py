"""Berkas: several documents requested at once."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import District
from jobs.models import Job
from records.models import Event
from reports.models.reports import Report
from trainings.models import Training
from villages.models import Village


class BundleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bundles may hold documents of all villages, so only the office sees all. Each part is checked again."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district__in=District.objects.visible_to(user))
        if user.is_office:
            return rows
        # Users who have left the office no longer see bundles that only the office may have.
        open_ones = Q(parameters__closed=False) | Q(parameters__closed__isnull=True)
        return rows.filter(open_ones, by=user).exclude(kind__in=ReportBundle.AUDITS)

    def unseen_by(self, user):
        """Ready bundles that their requester has not seen yet."""
        return self.visible_to(user).filter(by=user, state=ReportBundle.State.READY, seen_at=None)

    def with_progress(self):
        """Adds the number of parts by state and what a list shows."""
        State = Report.State
        parts = {
            f"{state.value}_count": Count("parts", filter=Q(parts__state=state))
            for state in (State.QUEUED, State.READY, State.FAILED, State.CANCELLED)
        }
        return self.annotate(**parts).select_related("training", "village", "district", "by")


class ReportBundle(Job):
    """Several documents requested at once and delivered as one ZIP. The parts are reports, made by all workers."""

    class Kind(models.TextChoices):
        TRAINING_PAPERS = "training_papers", "Berkas lengkap pelatihan"
        TRAINING_AUDIT = "training_audit", "Berkas pemeriksaan pelatihan"
        VILLAGE_AUDIT = "village_audit", "Berkas pemeriksaan desa"
        ALL_VILLAGES = "all_villages", "Dokumen semua desa"

    AUDITS = [Kind.TRAINING_AUDIT, Kind.VILLAGE_AUDIT]
    TASK = "reports.tasks.assemble_bundle"
    GIVEN_UP = Report.GIVEN_UP

    request_key = models.UUIDField("kunci permintaan", null=True, editable=False)
    kind = models.CharField("jenis", max_length=20, choices=Kind)
    district = models.ForeignKey(District, models.PROTECT, verbose_name="kabupaten", related_name="report_bundles")
    training = models.ForeignKey(
        Training, models.PROTECT, verbose_name="pelatihan", null=True, blank=True, related_name="report_bundles"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, verbose_name="desa", null=True, blank=True, related_name="report_bundles"
    )
    parameters = models.JSONField("pilihan", default=dict)
    file = models.FileField("berkas", max_length=120, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    bytes = models.PositiveIntegerField("ukuran", null=True, editable=False)
    # All parts in one file for the printer; the single documents are what is filed.
    print_file = models.FileField("berkas cetak", max_length=120, blank=True, editable=False)
    print_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    print_bytes = models.PositiveIntegerField("ukuran berkas cetak", null=True, editable=False)
    print_pages = models.PositiveIntegerField("halaman berkas cetak", null=True, editable=False)
    seen_at = models.DateTimeField("dilihat peminta pada", null=True, blank=True, editable=False)

    queued_count: int  # with with_progress(), like the others
    ready_count: int
    failed_count: int
    cancelled_count: int

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas laporan"
        verbose_name_plural = "berkas laporan"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="bundle_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "request_key"],
                name="bundle_request_once",
                violation_error_message="Permintaan ini sudah tercatat.",
            ),
            models.UniqueConstraint(
                fields=["request_key"],
                condition=Q(by=None),
                name="bundle_request_of_nobody",
                violation_error_message="Permintaan ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="") & ~Q(sha256=""))
                | (~Q(state="ready") & Q(file="", sha256="")),
                name="bundle_ready_with_file",
                violation_error_message="Berkas yang siap mempunyai isi dan sidiknya.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["training_papers", "training_audit"], training__isnull=False, village=None)
                | Q(kind="village_audit", training=None, village__isnull=False)
                | Q(kind="all_villages", village=None),
                name="bundle_kind_fits_subject",
                violation_error_message="Berkas ini harus tentang satu pelatihan, satu desa, atau semua desa.",
            ),
            models.CheckConstraint(
                condition=Q(print_file="", print_sha256="")
                | (Q(state="ready") & ~Q(print_file="") & ~Q(print_sha256="")),
                name="bundle_print_file_with_hash",
                violation_error_message="Berkas cetak hanya ada pada berkas yang siap, dengan sidiknya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.about}"

    @property
    def about(self) -> str:
        """The subject: a training, a village, or the request for all villages."""
        return self.parameters.get("title") or str(self.training or self.village)

    @property
    def is_audit(self) -> bool:
        return self.kind in self.AUDITS

    @property
    def of_villages(self) -> bool:
        """Whether each part is the document of one village."""
        return self.kind == self.Kind.ALL_VILLAGES

    @property
    def is_printed(self) -> bool:
        """Whether the documents are joined for the printer; an audit file is read, not printed."""
        return not self.is_audit

    @property
    def left_out(self) -> list[dict[str, str]]:
        """Villages whose document could not be requested: village, village code, document title, reason."""
        return self.parameters.get("left_out", [])

    def get_absolute_url(self):
        return reverse("reports:bundle_detail", args=[self.pk])

    @property
    def events(self):
        return Event.objects.of(self)

    @property
    def progress(self) -> str:
        """ "9 dari 16 dokumen"; needs with_progress()."""
        return f"{self.ready_count} dari {self.total} dokumen"
