"""Pages of work plans: list, detail, a new plan and the figures of its fee."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin, require
from kpspams.models import KpspamsGroup
from plans.exports import WORK_PLAN_COLUMNS
from plans.forms.work_plans import FeeForm, RevisionForm, WorkPlanFilter, WorkPlanForm
from plans.models import PlanStep, WorkPlan
from plans.services.plan_starts import Start, fill_plan, next_revision
from plans.views.plan_pages import TONES, crumbs_of, locked, plan_context, with_group
from records.editing import SaveMixin
from records.models import Conflict
from records.search_keys import search_key
from villages.services.former_names import once_called

MISSING_SHOWN = 25
LIST = "Rencana Kerja KPSPAMS"


class WorkPlanList(ScopedList):
    model = WorkPlan
    template_name = "plans/work_plan_list.html"
    search_fields = ("group__search_key", "group__village__search_key")
    filter_form = WorkPlanFilter
    export_title, export_columns = "Daftar rencana kerja", WORK_PLAN_COLUMNS
    sorts = {
        "desa": ("Desa", ("group__village__name", "group__name", "-year", "-revision")),
        "jumlah": ("Jumlah terbesar", ("-total",)),
        "status": ("Status", ("status", "group__village__name")),
        "terbaru": ("Langkah terbaru", ("-stepped_on",)),
    }

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "group__village")

    def get_queryset(self):
        steps = PlanStep.objects.filter(plan=OuterRef("pk")).order_by("-on", "-pk")
        self.queryset = (
            WorkPlan.objects.with_total()
            .with_open_notes()
            .annotate(stepped_on=Subquery(steps.values("on")[:1]))
            .select_related("group__village__subdistrict")
        )
        return super().get_queryset()

    def export_facts(self):
        return list((dict(super().export_facts()) | {"Tahun": str(self.filters.year or "Semua tahun")}).items())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for plan in context["object_list"]:
            plan.tone = TONES[plan.status]
        return context | self.missing(context["page_obj"]) | {"heading": LIST}

    def missing(self, page) -> dict:
        """The groups without a plan of the chosen year, on the first page without a filter by status."""
        year = self.filters.year
        if year is None or page.number > 1 or self.filters.cleaned_data.get("status"):
            return {}
        groups = self.filters.groups().exclude(work_plans__year=year)
        text = self.filters.cleaned_data.get("q") or ""
        if key := search_key(text):
            called = Q(search_key__contains=key) | Q(village__search_key__contains=key)
            groups = groups.filter(called | once_called(text, "village"))
        groups = groups.select_related("village__subdistrict").order_by("village__name", "name", "pk")
        found = list(groups[: MISSING_SHOWN + 1])
        count = groups.count() if len(found) > MISSING_SHOWN else len(found)
        return {"missing_groups": found[:MISSING_SHOWN], "missing_count": count, "missing_year": year}


class WorkPlanDetail(VisibleMixin, DetailView):
    model = WorkPlan
    template_name = "plans/work_plan_detail.html"

    def get_queryset(self):
        return with_group(super().get_queryset())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | plan_context(self.request, self.object)


class WorkPlanCreate(SaveMixin, RightMixin, CreateView):
    model = WorkPlan
    form_class = WorkPlanForm
    right = Right.EDIT_PLANS
    submit_label = "Buat rencana kerja"
    saved_message = "{row} dibuat. Isi kegiatannya, lalu ajukan."

    def get_initial(self):
        initial = super().get_initial() | {"year": localdate().year}
        group, year = self.request.GET.get("kpspams", ""), self.request.GET.get("tahun", "")
        if group.isdecimal() and len(group) < 19:
            initial["group"] = KpspamsGroup.objects.editable_by(self.request.user).filter(pk=int(group)).first()
        if year.isdecimal() and len(year) == 4:
            initial["year"] = year
        if self.request.GET.get("tahap") in WorkPlan.Stage.values:
            initial["stage"] = self.request.GET["tahap"]
        return initial

    def get_success_url(self):
        return reverse("plans:work_plan_update", args=[self.object.pk])

    def get_cancel_url(self):
        return reverse("plans:work_plan_list")

    def get_context_data(self, **kwargs):
        crumbs = [
            ("Beranda", reverse("monitoring:home")),
            ("Rencana Kerja", reverse("plans:work_plan_list")),
            ("Rencana kerja baru", ""),
        ]
        return super().get_context_data(**kwargs) | {"heading": "Rencana kerja baru", "crumbs": crumbs}


class WorkPlanRevise(SaveMixin, RightMixin, CreateView):
    """Opens revision n of an approved plan, which stays unchanged with its documents."""

    model = WorkPlan
    form_class = RevisionForm
    right = Right.EDIT_PLANS
    submit_label = "Buka revisi"
    saved_message = "{row} dibuka. Ubah kegiatannya, lalu ajukan."

    def dispatch(self, request, *args, **kwargs):
        require(request.user, Right.EDIT_PLANS)
        self.before = get_object_or_404(with_group(WorkPlan.objects.editable_by(request.user)), pk=kwargs["pk"])
        if self.before.status != WorkPlan.Status.APPROVED:
            messages.error(request, "Hanya rencana kerja yang sudah disetujui yang dapat direvisi.")
            return redirect(self.before)
        return super().dispatch(request, *args, **kwargs)

    @property
    def settles(self) -> bool:
        """`?tahap=final`: an approved usulan becomes a final plan."""
        return self.before.is_proposal and self.request.GET.get("tahap") == WorkPlan.Stage.FINAL

    def get_form_kwargs(self):
        stage = WorkPlan.Stage.FINAL if self.settles else ""
        return super().get_form_kwargs() | {"before": self.before, "instance": next_revision(self.before, stage)}

    def get_initial(self):
        return super().get_initial() | ({"reason": "Usulan dijadikan rencana kerja"} if self.settles else {})

    def get_success_url(self):
        return reverse("plans:work_plan_update", args=[self.object.pk])

    def get_cancel_url(self):
        return self.before.get_absolute_url()

    def get_context_data(self, **kwargs):
        words = {
            "heading": f"Revisi rencana kerja tahun {self.before.year}",
            "crumbs": crumbs_of(self.before, ("Revisi", "")),
            "intro": "Rencana yang disetujui tetap berlaku sampai revisinya disetujui.",
        }
        if self.settles:
            words |= {
                "heading": f"Jadikan rencana kerja tahun {self.before.year}",
                "submit_label": "Jadikan rencana kerja",
                "intro": "Semua kegiatan usulan disalin. Sesuaikan dengan APBDes yang ditetapkan, lalu ajukan.",
            }
        return super().get_context_data(**kwargs) | words


class WorkPlanFees(SaveMixin, EditableMixin, UpdateView):
    model = WorkPlan
    form_class = FeeForm
    right = Right.EDIT_PLANS
    submit_label = "Simpan data iuran"
    saved_message = "Data iuran {row} tersimpan."

    def get(self, request, *args, **kwargs):
        plan = self.get_object()
        return locked(request, plan) if not plan.is_open else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.object, ("Data iuran", ""))
        return super().get_context_data(**kwargs) | {
            "heading": f"Data iuran tahun {self.object.year}",
            "crumbs": crumbs,
        }


@require_POST
def work_plan_fill(request, pk):
    """Fills a plan without activities from last year's plan or from the usual activities."""
    require(request.user, Right.EDIT_PLANS)
    plan = get_object_or_404(WorkPlan.objects.editable_by(request.user), pk=pk)
    start = request.POST.get("start")
    if not plan.is_open:
        return locked(request, plan)
    if start in Start.values and start != Start.EMPTY and not plan.activities.exists():
        try:
            fill_plan(plan, start, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(plan)
        except Conflict:
            messages.error(request, "Rencana kerja ini baru saja diubah orang lain. Periksa isinya.")
            return redirect(plan)
    if not plan.activities.exists():
        messages.error(request, "Tidak ada kegiatan awal yang dapat diisikan. Pilih awal lain.")
        return redirect(plan)
    messages.success(request, "Kegiatan awal sudah diisikan. Periksa volume, harga, dan sumber dananya.")
    return redirect("plans:work_plan_update", plan.pk)
