"""Lists of plans in progress: reported months of each group, and spending against the plan."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import DetailView

from accounts.lists import ScopedList
from accounts.rights import Right, may
from accounts.scoping import VisibleMixin
from plans.exports import PROGRESS_COLUMNS, REALISATION_COLUMNS
from plans.forms.realisation import ProgressFilter, RealisationFilter
from plans.models import WorkPlan
from plans.queries.line_progress import PLANNED_MONTHS_RULE
from plans.queries.progress import carried_out, load_progress, plan_progress
from plans.queries.progress_months import MonthState, months_of
from plans.queries.realisation import (
    ROMAN,
    Whole,
    by_area,
    by_quarter,
    by_security,
    by_source,
    end_of,
    grouped,
    merged_by_label,
    total_of,
)
from plans.views.progress import may_record, year_url
from plans.views.work_plans import crumbs_of, with_group
from villages.services.former_names import once_called

QUARTER_WORDS = {str(number): f"Sampai triwulan {word}" for number, word in ROMAN.items()}
LIST_ORDER = ("group__village__name", "group__name")


class CarriedOutList(ScopedList):
    """Approved plans of one year with their progress."""

    model = WorkPlan
    search_fields = ("group__search_key", "group__village__search_key")

    def found_by(self, text):
        return super().found_by(text) | once_called(text, "group__village")

    def get_queryset(self):
        self.queryset = carried_out().select_related("group__village__subdistrict__district__settings_row")
        return super().get_queryset()


class ProgressList(CarriedOutList):
    """Table of groups and months that highlights missing reports."""

    template_name = "plans/progress_list.html"
    filter_form = ProgressFilter
    sorts = {
        "desa": ("Desa", LIST_ORDER),
        "kecamatan": ("Kecamatan", ("group__village__subdistrict__code", *LIST_ORDER)),
    }
    export_title, export_columns = "Laporan bulanan pelaksanaan", PROGRESS_COLUMNS

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        with_summary(context["object_list"])
        for plan in context["object_list"]:
            plan.year_url = year_url(plan.group, plan.year)
            plan.missing_words = f"{plan.missing} bulan"
        return context | {"year": self.filters.year}

    def export_rows(self):
        return with_summary(list(self.get_queryset()))


def with_summary(plans) -> list[WorkPlan]:
    """The plans with their progress, months and number of missing reports; None before recorded years."""
    plans = list(plans)
    found = load_progress(plans)
    for plan in plans:
        plan.progress = found[plan.pk]
        plan.months = months_of(plan.progress)
        missing = sum(month.state == MonthState.MISSING for month in plan.months)
        plan.missing = missing if plan.progress.recorded else None
    return plans


class RealisationList(CarriedOutList):
    """Planned and spent money per group, village, kecamatan or kabupaten, with the sum of all rows."""

    template_name = "plans/realisation_list.html"
    filter_form = RealisationFilter
    sorts = {"desa": ("Desa", ("group__village__subdistrict__code", *LIST_ORDER))}
    export_title, export_columns = "Rencana dan realisasi", REALISATION_COLUMNS

    def get_queryset(self):
        plans = list(super().get_queryset())
        progress = load_progress(plans)
        self.plans = [progress[plan.pk] for plan in plans]
        return self.put_together(self.filters.cleaned_data.get("per") or "")

    def put_together(self, level: str) -> list[Whole]:
        if level == "desa":
            return grouped(self.plans, lambda plan: plan.group.village_id, _of_village)
        if level == "kecamatan":
            return grouped(self.plans, lambda plan: plan.group.village.subdistrict_id, _of_subdistrict)
        if level == "kabupaten":
            return grouped(self.plans, lambda plan: plan.group.village.subdistrict.district_id, _of_district)
        return grouped(self.plans, lambda plan: plan.pk, _of_group)

    def get_context_data(self, **kwargs):
        whole = Whole("Jumlah", plans=self.plans)
        return super().get_context_data(**kwargs) | {
            "year": self.filters.year,
            "level": dict(self.filters.fields["per"].choices)[self.filters.cleaned_data.get("per") or ""],
            "whole": whole,
            "total": whole.sum,
            "areas": merged_by_label(row for progress in self.plans for row in by_area(progress)),
            "sources": merged_by_label(row for progress in self.plans for row in by_source(progress)),
        }


def _of_group(plan) -> Whole:
    place = f"{plan.group.village}, {plan.group.village.subdistrict}"
    return Whole(str(plan.group), place, reverse("plans:plan_realisation", args=[plan.pk]))


def _of_village(plan) -> Whole:
    village = plan.group.village
    return Whole(str(village), str(village.subdistrict), village.get_absolute_url())


def _of_subdistrict(plan) -> Whole:
    return Whole(str(plan.group.village.subdistrict))


def _of_district(plan) -> Whole:
    return Whole(f"Kabupaten {plan.group.village.subdistrict.district.name}")


class PlanRealisation(VisibleMixin, DetailView):
    """Plan and realisation line by line, late ones first, with sums."""

    model = WorkPlan
    template_name = "plans/plan_realisation.html"
    context_object_name = "plan"

    def get_queryset(self):
        return with_group(super().get_queryset())

    def get_context_data(self, **kwargs):
        plan = self.object
        quarter = self.request.GET.get("triwulan", "")
        quarter = quarter if quarter in QUARTER_WORDS else ""
        progress = plan_progress(plan, end_of(plan.year, int(quarter)) if quarter else localdate())
        group = plan.group
        return super().get_context_data(**kwargs) | {
            "progress": progress,
            "total": total_of(progress),
            "quarter": QUARTER_WORDS.get(quarter, ""),
            "quarters": [
                (word, label, word == quarter) for word, label in [("", "Sampai hari ini"), *QUARTER_WORDS.items()]
            ],
            "comparisons": [
                ("bidang", "Per bidang", "Bidang", by_area(progress)),
                ("sumber", "Per sumber dana", "Sumber dana", by_source(progress)),
                ("triwulan", "Per triwulan", "Triwulan", by_quarter(progress)),
            ],
            "months_rule": PLANNED_MONTHS_RULE,
            "securities": by_security(progress),
            "carried_out": plan.status == WorkPlan.Status.APPROVED and plan.stage == WorkPlan.Stage.FINAL,
            "editable": may(self.request.user, Right.RECORD_PROGRESS) and may_record(self.request.user, group),
            "year_url": year_url(group, plan.year),
            "crumbs": crumbs_of(plan, ("Rencana dan realisasi", "")),
        }
