"""Work plan (rencana kerja): the yearly plan of a group, never called RKM (docs/domain/work-plan.md)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import DistrictSettings
from accounts.rights import Right, may
from accounts.services import access
from kpspams.models.groups import KpspamsGroup
from plans.models.plan_steps import NOTE_MISSING, REASON_MISSING, PlanStep, SignedPaper
from plans.rules.plan_approval import refusal, withdrawal_refusal
from plans.rules.plan_gaps import gaps
from records import history
from records.models import CountField, Editable, Event, Limit, RupiahField, limits
from records.models.figures import COUNT, PERCENT, RUPIAH, YEAR
from villages.models import Village

USE = Limit(0, 1_000)  # m³ per month and connection
UNANSWERED = Q(answer="")  # characters of the notes of reviewers


class WorkPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(group__village__in=Village.objects.visible_to(user))

    def editable_by(self, user):
        """Plans that this account may write. `unsubmitted` says when; chain both."""
        if not may(user, Right.EDIT_PLANS):
            return self.none()
        return self.filter(group__village__in=Village.objects.editable_by(user))

    def reviewable_by(self, user):
        """Plans that this account may return with a note."""
        return self.visible_to(user) if may(user, Right.REVIEW_PLANS) else self.none()

    def checkable_by(self, user):
        """Submitted plans that this account may mark as Diperiksa: it works with the village, and the kabupaten
        uses the mark.
        """
        if not may(user, Right.EDIT_PLANS):
            return self.none()
        used = DistrictSettings.objects.filter(plan_checked=True).values("district")
        mine = self.filter(group__village__in=Village.objects.editable_by(user), status=WorkPlan.Status.SUBMITTED)
        return mine.filter(group__village__subdistrict__district__in=used)

    def scannable_by(self, user):
        """Submitted or decided plans to which this account may attach the signed scan."""
        ids = Q(pk__in=self.editable_by(user).values("pk")) | Q(pk__in=self.reviewable_by(user).values("pk"))
        return self.filter(ids).handed_in()

    def unsubmitted(self):
        return self.filter(status__in=WorkPlan.OPEN)

    def handed_in(self):
        """Plans that count as diajukan today; plans.queries.plan_status has the status of another day."""
        return self.filter(status__in=WorkPlan.HANDED_IN)

    def with_total(self):
        """Annotates `total` (rupiah) by a subquery, because two joined sums multiply each other."""
        activities = _parts("activities")
        sums = activities.order_by().values("plan").annotate(sum=Sum("amount"))
        return self.annotate(total=Coalesce(Subquery(sums.values("sum")), 0, output_field=models.BigIntegerField()))

    def with_open_notes(self):
        """Annotates `open_notes`: the number of notes without an answer."""
        counts = _parts("line_notes").filter(UNANSWERED).order_by().values("plan").annotate(count=models.Count("pk"))
        return self.annotate(open_notes=Coalesce(Subquery(counts.values("count")), 0))


def _parts(name: str) -> models.QuerySet:
    """Rows of a reverse relation of the plan of the outer query; their models depend on this one."""
    relation = WorkPlan._meta.get_field(name)
    assert isinstance(relation, models.ManyToOneRel)
    return relation.related_model._default_manager.filter(plan=OuterRef("pk"))


WorkPlanManagerBase = models.Manager.from_queryset(WorkPlanQuerySet)


class WorkPlanManager(WorkPlanManagerBase):
    """Annotates `approved_word`, the term of the kabupaten for an approved plan, so that lists need no query a row."""

    def get_queryset(self):
        rules = DistrictSettings.objects.filter(district=OuterRef("group__village__subdistrict__district"))
        return super().get_queryset().annotate(approved_word=Subquery(rules.values("plan_approved_word")[:1]))


class WorkPlan(Editable):
    """Work plan of one KPSPAMS for one year: activities and spending; a revision is a row of its own."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        RETURNED = "returned", "Dikembalikan"
        SUBMITTED = "submitted", "Diajukan"
        APPROVED = "approved", "Disetujui"
        SUPERSEDED = "superseded", "Digantikan"

    class Stage(models.TextChoices):
        """Two stages a year: the usulan before the RKP Desa is drawn up, the final plan when the year begins."""

        PROPOSAL = "usulan", "Usulan"
        FINAL = "final", "Rencana kerja"

    class Payer(models.TextChoices):
        CONNECTION = "sr", "SR"
        HOUSEHOLD = "kk", "KK"

    OPEN = [Status.DRAFT, Status.RETURNED]
    # Submitted to the office. A superseded plan was submitted too; its year then has an approved plan as well.
    HANDED_IN = [Status.SUBMITTED, Status.APPROVED, Status.SUPERSEDED]
    # Verbs of events that make their author a writer of the plan.
    WRITING = [Event.Verb.ADD, Event.Verb.CHANGE, Event.Verb.DELETE, Event.Verb.SUBMIT]
    PART_OF = "group"

    group = models.ForeignKey(KpspamsGroup, models.PROTECT, verbose_name="KPSPAMS", related_name="work_plans")
    year = models.PositiveSmallIntegerField("tahun", validators=YEAR.validators)
    revision = models.PositiveSmallIntegerField("revisi", default=0)
    reason = models.CharField("alasan revisi", max_length=250, blank=True)
    stage = models.CharField("tahap", max_length=10, choices=Stage, default=Stage.FINAL)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    payers = CountField("pembayar iuran", null=True, blank=True)
    payer_unit = models.CharField("dihitung per", max_length=2, choices=Payer, default=Payer.CONNECTION)
    base_fee = RupiahField("abonemen per bulan (Rp)", null=True, blank=True)
    tariff = RupiahField("tarif per m³ (Rp)", null=True, blank=True)
    average_use = models.DecimalField(
        "pemakaian rata-rata per bulan (m³), asumsi",
        max_digits=6,
        decimal_places=2,
        default=10,
        validators=USE.validators,
    )
    collection_rate = models.PositiveSmallIntegerField(
        "tingkat penagihan (%), asumsi", default=90, validators=PERCENT.validators
    )

    objects = WorkPlanManager()

    class Meta:
        verbose_name = "rencana kerja"
        verbose_name_plural = "rencana kerja"
        ordering = ["-year", "group", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "revision"],
                name="work_plan_revision_once",
                violation_error_message="Rencana kerja ini sudah ada untuk KPSPAMS dan tahun itu.",
            ),
            models.UniqueConstraint(
                fields=["group", "year"],
                condition=Q(status="approved"),
                name="work_plan_one_approved",
                violation_error_message="Sudah ada rencana kerja yang disetujui untuk tahun itu.",
            ),
            models.UniqueConstraint(
                fields=["group", "year"],
                condition=Q(status__in=["draft", "returned", "submitted"]),
                name="work_plan_one_under_way",
                violation_error_message="Masih ada rencana kerja yang belum selesai untuk tahun itu.",
            ),
            limits(
                "work_plan_limits",
                year=YEAR,
                payers=COUNT,
                base_fee=RUPIAH,
                tariff=RUPIAH,
                average_use=USE,
                collection_rate=PERCENT,
            ),
        ]

    def __str__(self):
        again = f" revisi ke-{self.revision}" if self.revision else ""
        return f"Rencana kerja {self.group} tahun {self.year}{again}"

    def get_absolute_url(self):
        return reverse("plans:work_plan_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_carried_out(self) -> bool:
        """Whether it is approved and final, so that its progress is reported (queries.progress.carried_out)."""
        return self.status == self.Status.APPROVED and self.stage == self.Stage.FINAL

    @property
    def is_proposal(self) -> bool:
        return self.stage == self.Stage.PROPOSAL

    @property
    def status_word(self) -> str:
        """Label of the status; an approved plan has the term of its kabupaten ("Diverifikasi")."""
        return self.called(self.status)

    def called(self, status: str) -> str:
        if status != self.Status.APPROVED:
            return str(self.Status(status).label)
        word = self.__dict__.get("approved_word") or self.group.village.subdistrict.district.rules.plan_approved_word
        return word or str(self.Status.APPROVED.label)

    @property
    def before(self) -> "WorkPlan | None":
        """The plan that this revision started from; None for a first plan."""
        earlier = WorkPlan.objects.filter(group=self.group_id, year=self.year, revision__lt=self.revision)
        return earlier.order_by("-revision").first()

    def submit(self, by, on: date):
        """Submits the plan to the district office, on a day that may lie in the past (paper first).

        Raises ValidationError with everything that is missing (`gaps`) at once, or when it was submitted already.
        """
        with transaction.atomic():
            self._lock()  # a request that saves lines waits here and then finds the plan submitted
            if self.is_open and (missing := gaps(self.activities.prefetch_related("fundings"))):
                raise ValidationError([gap.sentence for gap in missing])
            self._step(PlanStep.Action.SUBMIT, self.OPEN, self.Status.SUBMITTED, by, on, reason="sudah diajukan")

    def check_mark(self, by, on: date, note: str = ""):
        """Sets the mark Diperiksa on a submitted plan: dated, once for each submission, without effect on approval.

        Raises ValidationError when the plan is not submitted any more or has the mark.
        """
        with transaction.atomic():
            plan = WorkPlan.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if plan.status != self.Status.SUBMITTED:
                raise ValidationError("Rencana kerja ini tidak lagi menunggu pemeriksaan. Muat ulang halaman.")
            if plan.checked_step:
                raise ValidationError("Rencana kerja ini sudah ditandai Diperiksa.")
            self.steps.create(action=PlanStep.Action.CHECK, on=on, by=by, note=note)
            history.record(self, Event.Verb.CHECK, by=by, reason=note)

    @property
    def checked_step(self) -> "PlanStep | None":
        """The mark Diperiksa since the last submission."""
        found = None
        for step in self.steps.order_by("pk"):
            if step.action == PlanStep.Action.SUBMIT:
                found = None
            elif step.action == PlanStep.Action.CHECK:
                found = step
        return found

    def approve(self, by, on: date, note: str = "", paper: SignedPaper | None = None):
        """Approves a submitted plan; an approved one of an earlier revision becomes Digantikan.

        `paper`: the signer, where `by` only records an approval on paper. Raises ValidationError when it is not
        submitted any more or when `by` may not approve it (plans.rules.plan_approval).
        """
        with transaction.atomic():
            self._lock()
            if reason := refusal(self, by, Right.RECORD_APPROVALS if paper else Right.APPROVE_PLANS):
                raise ValidationError(reason)
            earlier = WorkPlan.objects.filter(group=self.group_id, year=self.year, status=self.Status.APPROVED)
            for plan in earlier.exclude(pk=self.pk):
                plan._step(PlanStep.Action.SUPERSEDE, [self.Status.APPROVED], self.Status.SUPERSEDED, by, on)
            self._step(
                PlanStep.Action.APPROVE, [self.Status.SUBMITTED], self.Status.APPROVED, by, on, note, paper=paper
            )

    def record_approval(self, by, note: str, paper: SignedPaper):
        """Approves the plan by its signed paper. If it was signed before the submission, it is valid from that day
        on.
        """
        earlier = PlanStep.objects.filter(plan__group=self.group_id, plan__year=self.year).aggregate(last=Max("on"))
        self.approve(by, max(paper.signed_on, earlier["last"] or paper.signed_on), note, paper)

    def withdraw_approval(self, by, on: date, note: str):
        """Withdraws an approval that was given or recorded by mistake; the previous plan is in force again.

        The plan waits for approval as before. Raises ValidationError without a reason, or where it may not be
        withdrawn (plans.rules.plan_approval).
        """
        if not note.strip():
            raise ValidationError(REASON_MISSING)
        with transaction.atomic():
            KpspamsGroup.objects.select_for_update(of=("self",)).get(pk=self.group_id)  # as reporting a month does
            self._lock()
            if reason := withdrawal_refusal(self, by):
                raise ValidationError(reason)
            self._step(PlanStep.Action.WITHDRAW, [self.Status.APPROVED], self.Status.SUBMITTED, by, on, note)
            if (before := self.before) and before.status == self.Status.SUPERSEDED:
                before._step(PlanStep.Action.RESTORE, [self.Status.SUPERSEDED], self.Status.APPROVED, by, on, note)

    def send_back(self, by, on: date, note: str):
        """Kembalikan untuk Perbaikan. Raises ValidationError without a note, or when not submitted any more."""
        if not note.strip():
            raise ValidationError(NOTE_MISSING)
        self._step(PlanStep.Action.RETURN, [self.Status.SUBMITTED], self.Status.RETURNED, by, on, note)

    def _lock(self):
        """Locks the row of this table and reads it again, so that it stays the same until the end of the
        transaction.
        """
        self.refresh_from_db(from_queryset=WorkPlan._base_manager.select_for_update(no_key=True))

    def _step(self, action, before, after, by, on, note="", reason="tidak lagi menunggu pemeriksaan", paper=None):
        """Changes the status and adds the dated step. The status is in the WHERE, so two clicks change it once."""
        with transaction.atomic():
            # Without joins: with joined tables the status would be in a subquery, which PostgreSQL does
            # not evaluate again after it waited for another writer.
            waiting = WorkPlan._base_manager.filter(pk=self.pk, status__in=before)
            if not waiting.update(status=after, version=models.F("version") + 1):
                raise ValidationError(f"Rencana kerja ini {reason}. Muat ulang halaman untuk melihat keadaannya.")
            self.steps.create(action=action, on=on, by=by, note=note, **(paper.columns if paper else {}))
            changes = {"status": [self.status_word, self.called(after)]}
            if paper:
                changes["naskah bertanda tangan"] = ["", str(paper)]
            if action == PlanStep.Action.APPROVE and (known := access.sentences(by)):
                changes["akun penyetuju"] = ["", " ".join(known)]
            history.record(self, PlanStep.VERBS[action], by=by, changes=changes, reason=note)
        self.refresh_from_db()
