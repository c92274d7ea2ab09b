"""Pages of the lines of a plan: all of them as a grid, or one by one on a phone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from accounts.scoping import require
from plans.forms.plan_grid import PlanGrid
from plans.models import WorkPlan
from plans.queries.fees import check_fee, fee_costs, recorded_fees
from plans.queries.plan_lines import Line, summary
from plans.services.work_plans import LinesConflict, Locked, remove_line
from plans.views.plan_pages import crumbs_of, fee_context, fee_data, locked, notes_of, with_group
from records.confirming import confirm_page
from records.editing import warn_of_letters, way_back
from records.formats import number_id, rupiah
from records.saved_drafts import note_saved


def _plan(request, pk) -> WorkPlan:
    require(request.user, Right.EDIT_PLANS)
    return get_object_or_404(with_group(WorkPlan.objects.editable_by(request.user)), pk=pk)


@gzip_page  # sixty rows of inputs are half a megabyte of repeated HTML; compressed they are 25 kB
@require_http_methods(["GET", "HEAD", "POST"])
def work_plan_update(request, pk):
    """The grid. A button named "susun" only rearranges or appends rows, without saving."""
    plan = _plan(request, pk)
    if request.method != "POST":
        return _grid_page(request, PlanGrid(plan)) if plan.is_open else locked(request, plan)
    grid = PlanGrid(plan, request.POST)
    if action := request.POST.get("susun"):
        if action == "tempel":
            grid.paste(request.POST.get("tempelan", ""))
        elif action == "tempel-dilewati":
            grid.paste(request.POST.get("dilewati", ""), whole=True)
        else:
            grid.arrange(action)
        return _grid_page(request, grid)
    return _save(request, grid, way_back(request, plan.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
def activity_create(request, pk):
    return _one_line(request, _plan(request, pk), "n1")


@require_http_methods(["GET", "HEAD", "POST"])
def activity_update(request, pk, line):
    plan = _plan(request, pk)
    if request.method != "POST" and not plan.activities.filter(line=line).exists():
        raise Http404
    return _one_line(request, plan, f"l{line}")


def _one_line(request, plan, key):
    if request.method != "POST":
        if not plan.is_open:
            return locked(request, plan)
        return _grid_page(request, PlanGrid(plan, only=key, area=request.GET.get("bidang", "")))
    grid = PlanGrid(plan, request.POST, only=key)
    if action := request.POST.get("susun"):
        grid.arrange(action)
        return _grid_page(request, grid)
    following = reverse("plans:activity_create", args=[plan.pk]) if "lagi" in request.POST else ""
    return _save(request, grid, following or f"{plan.get_absolute_url()}#kegiatan")


def _save(request, grid: PlanGrid, following: str):
    valid = grid.is_valid()
    if paste_left(request, grid):
        text = "Baris tempelan belum ditambahkan. Tekan “Baca dan tambahkan”, atau kosongkan kotaknya, lalu simpan."
        grid.errors.append({"target": "tempelan", "label": "Tempelan", "text": text})
        valid = False
    if not valid:
        return _grid_page(request, grid, status=422)
    try:
        changes = grid.save_by(request.user)
    except Locked as error:
        grid.errors.append({"target": "", "text": error.messages[0]})
        return _grid_page(request, grid, status=409)
    except LinesConflict as conflict:
        grid.meet(conflict)
        about = {"rows": conflict.differences.rows, "event": conflict.current.events.first()}
        return _grid_page(request, grid, conflict=about, status=409)
    except ValidationError as error:
        grid.errors.append({"target": "", "text": error.messages[0]})
        return _grid_page(request, grid, status=422)
    if not changes:
        messages.info(request, "Tidak ada yang diubah.")
        note_saved(request)
    elif grid.only:
        messages.success(request, f"Kegiatan tersimpan: {summary(grid.rows[0].line)}.")
    else:
        count = sum(not row.is_blank for row in grid.rows)
        messages.success(request, f"Rencana kerja tersimpan: {number_id(count)} kegiatan, {rupiah(grid.total)}.")
    warn_of_letters(request, *(row for row in grid.rows if not row.is_blank))
    return redirect(following)


def paste_left(request, grid: PlanGrid) -> str:
    """Pasted text without rows stays in its box, whatever button was pressed."""
    if grid.pasted is not None:
        return "" if grid.pasted.lines else grid.pasted.text
    return request.POST.get("tempelan", "").strip()


def _grid_page(request, grid: PlanGrid, status=200, conflict=None):
    plan = grid.plan
    heading = f"Kegiatan tahun {plan.year}"
    if grid.only:
        heading = "Tambah kegiatan" if grid.only.startswith("n") else "Ubah kegiatan"
    context = {
        "grid": grid,
        "plan": plan,
        "conflict": conflict,
        "heading": heading,
        "crumbs": crumbs_of(plan, (heading, "")),
        "posted": grid.data is not None,
        "paste_left": paste_left(request, grid),
        "submit_label": "Simpan kegiatan" if grid.only else "Simpan sebagai Draf",
        "cancel_url": way_back(request, plan.get_absolute_url()),
        **_notes(grid),
        **_fee(grid),
        "keep": f"rencana-{plan.pk}-{grid.only or 'semua'}",
    }
    return render(request, "plans/work_plan_grid.html", context, status=status)


def _fee(grid: PlanGrid) -> dict:
    """The fee check of the stored lines, which the script updates."""
    costs = fee_costs([line.activity for line in grid.stored.values()])
    check = check_fee(grid.plan, costs, recorded_fees(grid.plan))
    return fee_context(check) | {"fee_data": fee_data(grid.plan, check, grid.choices.fee_codes), "editable": True}


def _notes(grid: PlanGrid) -> dict:
    """Adds notes of reviewers and changes of others at their rows."""
    stored = [line.activity for line in grid.stored.values()]
    found = notes_of(grid.plan, stored)
    by_line = {activity.line: activity.review_notes for activity in stored}
    for row in grid.rows:
        row.notes = by_line.get(row.number, [])
        row.theirs = grid.stored[row.number] if row.number in grid.contested else None
    return found | {"answerable": True}


@require_http_methods(["GET", "HEAD", "POST"])
def activity_remove(request, pk, line):
    """Deletes one line of an open plan after a confirmation."""
    plan = _plan(request, pk)
    if not plan.is_open:
        return locked(request, plan)
    activity = plan.activities.filter(line=line).first()
    if request.method == "POST":
        if activity is None or not remove_line(plan, line, by=request.user):
            messages.info(request, "Kegiatan ini sudah dihapus.")
        else:
            messages.success(request, f"Kegiatan {activity.title} dihapus.")
        return redirect(f"{plan.get_absolute_url()}#kegiatan")
    if activity is None:
        raise Http404
    return confirm_page(
        request,
        question=f"Hapus kegiatan no. {activity.position}?",
        loss=f"{summary(Line(activity))}, beserta sumber dananya.",
        submit_label="Hapus kegiatan",
        cancel_url=way_back(request, plan.get_absolute_url()),
        crumbs=crumbs_of(plan, ("Hapus kegiatan", "")),
    )
