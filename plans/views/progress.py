"""Pages of progress (pelaksanaan): one for each group and month, its year, and the history of a line."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rights import Right, may
from accounts.scoping import require
from kpspams.models import KpspamsGroup
from plans.forms.progress_months import MonthSheet
from plans.models import Activity, ActivityProgress, ProgressPhoto, WorkPlan
from plans.queries.line_progress import LineProgress, Status
from plans.queries.progress import PlanProgress, months_known, plan_of, plan_progress
from plans.queries.progress_months import MonthState, months_of
from plans.rules.months import MONTHS as MONTH_NUMBERS
from plans.services.progress import MonthConflict, Saved
from records.editing import warn_of_letters
from records.files import serve
from records.formats import MONTHS, number_id
from villages.models import Facility

AFTER_APPROVAL = "Pelaksanaan dicatat sesudah rencana kerjanya disetujui."


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Pelaksanaan", reverse("plans:progress_list")), *more]


def year_url(group: KpspamsGroup, year: int) -> str:
    return reverse("plans:progress_year", args=[group.pk, year])


def month_url(group: KpspamsGroup, year: int, month: int) -> str:
    return reverse("plans:progress_month", args=[group.pk, year, month])


def year_crumb(group: KpspamsGroup, year: int) -> tuple[str, str]:
    return (f"{group.village}, {year}", year_url(group, year))


def group_of(request, pk: int, year: int, month: int = 1) -> KpspamsGroup:
    """The group and the month. Raises Http404 for a group outside the scope, and for invalid years and months."""
    if not 2000 <= year <= 2100 or month not in MONTH_NUMBERS:
        raise Http404
    groups = KpspamsGroup.objects.visible_to(request.user).select_related(
        "village__subdistrict__district__settings_row"
    )
    return get_object_or_404(groups, pk=pk)


def may_record(user, group: KpspamsGroup) -> bool:
    return may(user, Right.RECORD_PROGRESS) and KpspamsGroup.objects.editable_by(user).filter(pk=group.pk).exists()


def without_plan(group: KpspamsGroup, year: int) -> dict:
    """The reason why a group cannot report: no plan, or one that is not approved yet."""
    plans = list(group.work_plans.filter(year=year).order_by("-revision"))
    if not plans:
        return {
            "sentence": f"Belum ada rencana kerja tahun {year}. {AFTER_APPROVAL}",
            "url": f"{reverse('plans:work_plan_create')}?kpspams={group.pk}&tahun={year}",
            "label": "Buat rencana kerja",
            "right": Right.EDIT_PLANS,
        }
    plan = plans[0]
    word = plan.get_status_display().lower()
    if plan.status == WorkPlan.Status.APPROVED:
        word = "berupa usulan"
    return {
        "sentence": f"Rencana kerja tahun {year} masih {word}. {AFTER_APPROVAL}",
        "url": plan.get_absolute_url(),
        "label": "Lihat rencana kerja",
        "right": None,
    }


@require_safe
def progress_year(request, pk, year):
    """The twelve months of a group, the next due report, and the state of each line."""
    group = group_of(request, pk, year)
    plan = plan_of(group, year)
    context = {"group": group, "year": year, "village": group.village, "crumbs": list_crumbs(year_crumb(group, year))}
    context["years"] = _years(group, year)
    if plan is None:
        return render(request, "plans/progress_year.html", context | {"without": _allowed(request.user, group, year)})
    progress = plan_progress(plan)
    months = months_of(progress)
    rows = [
        {"month": month, "name": MONTHS[month.number - 1], "url": month_url(group, year, month.number)}
        for month in months
    ]
    open_states = (MonthState.MISSING, MonthState.PARTLY, MonthState.CURRENT)
    editable = may_record(request.user, group)
    following = next((row for row in rows if row["month"].state in open_states), None)
    return render(
        request,
        "plans/progress_year.html",
        context
        | {
            "plan": plan,
            "progress": progress,
            "rows": rows,
            "editable": editable,
            "following": following if editable else None,
            "checks_wanted": checks_wanted(progress, request.user),
        },
    )


def checks_wanted(progress: PlanProgress, user) -> list[dict]:
    """Finished repairs without a later check of their water system: title, facility, URL of the check form.

    A check of the month in which the work was finished counts (our assumption). No URL for users who may not check.
    """
    done = [line for line in progress.lines if is_finished_repair(line)]
    if not done:
        return []
    facilities = Facility.objects.with_latest_check().in_bulk({line.activity.facility_id for line in done})
    checkable = set(Facility.objects.editable_by(user).filter(pk__in=facilities).values_list("pk", flat=True))
    checkable = checkable if may(user, Right.EDIT_REGISTRY) else set()
    found = []
    for line in done:
        facility = facilities[line.activity.facility_id]
        if facility.checked_on and facility.checked_on >= date(line.year, max(line.entries), 1):
            continue
        back = urlencode({"kembali": year_url(progress.plan.group, line.year)})
        url = f"{reverse('villages:check_create', args=[facility.pk])}?{back}" if facility.pk in checkable else ""
        found.append({"title": line.activity.title, "facility": facility, "url": url})
    return found


def is_finished_repair(line: LineProgress) -> bool:
    repairs = line.activity.facility_id and line.activity.cost_class == Activity.CostClass.REPAIR
    return bool(repairs and line.entries and not line.gone and line.status == Status.DONE)


def _allowed(user, group, year) -> dict:
    found = without_plan(group, year)
    if found["right"] and not may(user, found["right"]):
        found["url"] = ""
    return found


def _years(group: KpspamsGroup, year: int) -> list[dict]:
    """The years with a plan, for links between them; as texts, which are not localised."""
    years = sorted(set(group.work_plans.values_list("year", flat=True)) | {year}, reverse=True)
    return [{"text": str(other), "url": year_url(group, other), "here": other == year} for other in years]


@require_http_methods(["GET", "HEAD", "POST"])
def progress_month(request, pk, year, month):
    """Page of one month. Users who may not record see the reports."""
    group = group_of(request, pk, year, month)
    if request.method == "POST":
        require(request.user, Right.RECORD_PROGRESS)
        get_object_or_404(KpspamsGroup.objects.editable_by(request.user), pk=pk)
    plan = plan_of(group, year)
    begun = month <= months_known(year, localdate())
    if plan is None or not begun:
        if request.method == "POST" or plan is None:
            why = (
                "Rencana kerjanya belum disetujui." if plan is None else f"Bulan {MONTHS[month - 1]} {year} belum tiba."
            )
            messages.error(request, f"{why} Pelaksanaan belum dapat dicatat.")
        else:
            messages.info(request, f"Bulan {MONTHS[month - 1]} {year} belum tiba.")
        return redirect(year_url(group, year))
    every = "semua" in request.GET
    progress = plan_progress(plan)
    if request.method != "POST":
        return _month_page(request, MonthSheet(progress, month, every=every))
    sheet = MonthSheet(progress, month, every=every, data=request.POST, files=request.FILES)
    if not sheet.is_valid():
        return _month_page(request, sheet, status=422)
    try:
        saved = sheet.save_by(request.user)
    except MonthConflict as conflict:
        sheet.meet(conflict)
        sheet.require_photos_again()
        about = {"rows": conflict.rows, "event": conflict.event}
        return _month_page(request, sheet, conflict=about, status=409)
    except ValidationError as error:
        sheet.form.add_error(None, error)
        sheet.require_photos_again()
        return _month_page(request, sheet, status=422)
    messages.success(request, _saved_message(sheet, saved))
    warn_of_letters(request, sheet.form, *sheet.rows)
    return redirect(year_url(group, year))


def _saved_message(sheet: MonthSheet, saved: Saved) -> str:
    name = f"{MONTHS[sheet.month - 1]} {sheet.progress.plan.year}"
    if not saved.anything:
        return f"Tidak ada yang diubah pada {name}."
    if sheet.form.cleaned_data["nothing"]:
        return f"Pelaksanaan {name} tersimpan: tidak ada kegiatan."
    parts = [f"{number_id(saved.entries)} kegiatan"]
    if saved.corrections:
        parts.append(f"{number_id(saved.corrections)} di antaranya perbaikan")
    if saved.photos:
        parts.append(f"{number_id(saved.photos)} foto")
    return f"Pelaksanaan {name} tersimpan: {', '.join(parts)}."


def _month_page(request, sheet: MonthSheet, status=200, conflict=None):
    plan, month = sheet.progress.plan, sheet.month
    group = plan.group
    title = f"{MONTHS[month - 1]} {plan.year}"
    photos: dict[int, list] = {}
    for photo in photos_of(plan, month):
        photos.setdefault(photo.progress.activity.line, []).append(photo)
    for row in sheet.rows:
        row.had_photos = photos.get(row.progress.line, [])
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "plan": plan,
        "group": group,
        "title": title,
        "state": months_of(sheet.progress)[month - 1],
        "editable": may_record(request.user, group),
        "conflict": conflict,
        "cancel_url": year_url(group, plan.year),
        "keep": f"bulan-{plan.pk}-{month}",
        "crumbs": list_crumbs(year_crumb(group, plan.year), (title, "")),
    }
    return render(request, "plans/progress_month.html", context, status=status)


def photos_of(plan: WorkPlan, month: int | None = None):
    """The photos of a plan's year, through all revisions and corrections."""
    of_year = ProgressPhoto.objects.filter(
        progress__activity__plan__group=plan.group_id, progress__activity__plan__year=plan.year
    )
    if month is not None:
        of_year = of_year.filter(progress__month=month)
    return of_year.select_related("file", "progress__activity").order_by("progress__month", "pk")


@require_safe
def progress_line(request, pk, year, line):
    """All entries of one line, corrected ones included, newest month first."""
    group = group_of(request, pk, year)
    plan = plan_of(group, year)
    progress = plan_progress(plan).by_line.get(line) if plan else None
    if progress is None:
        raise Http404
    rows = ActivityProgress.objects.filter(activity__plan__group=group, activity__plan__year=year, activity__line=line)
    entries = rows.select_related("recorded_by", "corrected_by", "activity__plan")
    entries = entries.prefetch_related("fundings__source", "photos__file").order_by("-month", "-pk")
    context = {
        "group": group,
        "plan": plan,
        "progress": progress,
        "entries": [{"entry": entry, "month": MONTHS[entry.month - 1]} for entry in entries],
        "crumbs": list_crumbs(year_crumb(group, year), (progress.activity.title, "")),
    }
    return render(request, "plans/progress_line.html", context)


@require_safe
def progress_photo(request, pk):
    """Serves a photo of the work to users who see the group."""
    groups = KpspamsGroup.objects.visible_to(request.user)
    photos = ProgressPhoto.objects.filter(progress__activity__plan__group__in=groups)
    photo = get_object_or_404(photos.select_related("file", "progress__activity__plan__group"), pk=pk)
    plan = photo.progress.activity.plan
    return serve(request, photo.file, month_url(plan.group, plan.year, photo.progress.month))
