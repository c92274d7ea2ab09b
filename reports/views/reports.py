"""Laporan: what was asked for, its state, and the way to the file."""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import require
from kpspams.models import KpspamsGroup
from records import history
from records.models import Event
from reports import services, shelf
from reports.exports import REPORT_COLUMNS
from reports.forms import KeyForm, ReportFilter, ReportRequestForm
from reports.kinds import CONTENT_TYPES
from reports.models import Report
from villages.naming import once_called


class ReportList(ScopedList):
    model = Report
    template_name = "reports/report_list.html"
    context_object_name = "reports"
    filter_form = ReportFilter
    export_title, export_columns = "Daftar laporan", REPORT_COLUMNS
    search_fields = (
        "training__search_key",
        "day__training__search_key",
        "session__day__training__search_key",
        "work_plan__group__search_key",
        "work_plan__group__village__search_key",
        "group__search_key",
        "group__village__search_key",
        "village__search_key",
        "damage__facility__village__search_key",
    )

    def get_queryset(self):
        return super().get_queryset().with_subjects()

    def found_by(self, text):
        """Villages are found by their former names and codes too."""
        paths = ("village", "group__village", "work_plan__group__village", "damage__facility__village")
        return reduce(or_, (once_called(text, path) for path in paths), super().found_by(text))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        under_way = any(report.is_under_way for report in context["reports"])
        return context | {"under_way": under_way}


class ReportRows(ReportList):
    """The same rows without the frame: what the page swaps in while something is under way."""

    export_columns = ()

    template_name = "reports/_report_rows.html"


@require_POST
def report_request(request):
    form = ReportRequestForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, "Permintaan laporan tidak lengkap. Buka lagi halaman datanya, lalu minta dari sana.")
        return redirect("reports:report_list")
    subject = get_object_or_404(form.rows(), pk=form.cleaned_data["subject_id"])
    try:
        report = services.ask(
            form.cleaned_data["kind"],
            subject,
            form.parameters(),
            by=request.user,
            key=form.cleaned_data["key"],
            format=form.cleaned_data["format"] or Report.Format.PDF,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(subject if hasattr(subject, "get_absolute_url") else "reports:report_list")
    if report.is_under_way:
        messages.success(
            request, f"{report.title} sedang dibuat. Anda boleh membuka halaman lain; hasilnya tersimpan di sini."
        )
    return redirect(report)


@require_POST
def decree_papers_request(request, pk):
    """One press for what a village needs for an SK: berita acara with daftar hadir, and the draft decree."""
    group = get_object_or_404(KpspamsGroup.objects.visible_to(request.user), pk=pk)
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    try:
        asked = services.ask_decree_papers(group, by=request.user, key=key)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(group)
    if any(report.is_under_way for report in asked):
        messages.success(
            request,
            f"Berkas SK {group} sedang dibuat: berita acara musyawarah dengan daftar hadir, dan rancangan Keputusan "
            "Kepala Desa. Periksa isi dan dasar hukumnya sebelum ditandatangani.",
        )
    return redirect(asked[0])


@require_safe
def report_download(request, pk):
    """The file, for those in scope and audience; each download is written down."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    if report.state != Report.State.READY:
        messages.warning(request, "Laporan ini belum siap diunduh.")
        return redirect(report)
    content = shelf.file_of(report)
    if content is None:
        messages.error(request, "Berkas laporan ini hilang atau rusak di server. Mintalah laporan yang baru.")
        return redirect(report)
    history.record(report, Event.Verb.DOWNLOAD, by=request.user)
    return attachment(content, CONTENT_TYPES[Report.Format(report.format)], report.filename)


def attachment(content: bytes, content_type: str, filename: str) -> HttpResponse:
    """A file to be saved, never shown inside our pages nor kept on the way. `filename` is plain ASCII."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def report_retry(request, pk):
    require(request.user, Right.REQUEST_REPORTS)
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    try:
        services.retry(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{report.title} dicoba lagi.")
    return redirect(report)
