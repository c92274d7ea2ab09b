"""Pages of Jadwal laporan: documents that the portal makes by itself, their outcome and their owners."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import CreateView, ListView

from accounts.rights import Right
from accounts.scoping import RightMixin, VisibleMixin, require
from documents.district.periodic_report import PeriodicReport
from records.editing import SaveMixin
from records.models import Conflict
from reports.forms.schedules import NowForm, OwnerForm, ScheduleForm, villages_of
from reports.models import Report, Schedule
from reports.services import schedules

LIST = reverse_lazy("reports:schedule_list")
CHANGED = "Jadwal ini baru saja diubah orang lain. Periksa isinya, lalu ulangi."


def list_crumbs(*more) -> list[tuple[str, str]]:
    jadwal = ("Jadwal laporan", str(LIST))
    return [("Beranda", reverse("monitoring:home")), ("Laporan", reverse("reports:report_list")), jadwal, *more]


class ScheduleList(VisibleMixin, ListView):
    right = Right.SCHEDULE_REPORTS
    model = Schedule
    template_name = "reports/schedule_list.html"

    def get_queryset(self):
        rows = super().get_queryset().select_related("owner", "district").order_by("district__name", "every", "pk")
        return rows.prefetch_related(Prefetch("reports", Report.objects.with_subjects()))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        villages = dict(villages_of(user))
        rows = [
            {
                "schedule": row,
                "reports": schedules.newest_of(row.reports.all()),
                "villages": villages.get(row.parameters.get("filter", {}).get("ta"), ""),
            }
            for row in context["object_list"]
        ]
        now = {"kind": PeriodicReport.kind, "key": uuid.uuid4(), "form": NowForm(user=user)}
        return context | {"rows": rows, "now": now}


class ScheduleCreate(SaveMixin, RightMixin, CreateView):
    right = Right.SCHEDULE_REPORTS
    model = Schedule
    form_class = ScheduleForm
    success_url = LIST
    submit_label = "Simpan jadwal"
    saved_message = "Jadwal tersimpan: {row}."

    def get_cancel_url(self):
        return str(LIST)

    def get_context_data(self, **kwargs):
        defaults = {"heading": "Jadwalkan laporan", "crumbs": list_crumbs(("Jadwalkan", ""))}
        return super().get_context_data(**(defaults | kwargs))


def schedule_to_change(request, pk: int) -> Schedule:
    require(request.user, Right.SCHEDULE_REPORTS)
    rows = Schedule.objects.editable_by(request.user).select_related("owner", "district")
    return get_object_or_404(rows, pk=pk)


def _answer(request, act, done: str):
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Conflict:
        messages.error(request, CHANGED)
    else:
        messages.success(request, done)
    return redirect(LIST)


@require_POST
def schedule_stop(request, pk):
    schedule = schedule_to_change(request, pk)
    done = f"{schedule} dihentikan. Laporan yang sudah dibuat tetap ada."
    return _answer(request, lambda: schedules.stop(schedule, request.user), done)


@require_POST
def schedule_start(request, pk):
    schedule = schedule_to_change(request, pk)
    return _answer(request, lambda: schedules.start(schedule, request.user), f"{schedule} berjalan lagi.")


@require_http_methods(["GET", "POST"])
def schedule_hand_over(request, pk):
    schedule = schedule_to_change(request, pk)
    form = OwnerForm(request.POST or None, schedule=schedule)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        done = f"{schedule} sekarang milik {owner}."
        return _answer(request, lambda: schedules.hand_over(schedule, owner, request.user), done)
    context = {
        "form": form,
        "heading": "Serahkan jadwal",
        "intro": f"{schedule}, {schedule.district}. Laporan dibuat dengan hak pemiliknya; sekarang {schedule.owner}.",
        "submit_label": "Serahkan jadwal",
        "cancel_url": str(LIST),
        "crumbs": list_crumbs(("Serahkan", "")),
    }
    return render(request, "partials/form_page.html", context)
