"""Pages of Laporan: requested documents, their state and their files."""

from functools import reduce
from operator import or_
from typing import IO
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import require
from documents.choices import CONTENT_TYPES, Format
from kpspams.models import KpspamsGroup
from records import history
from records.confirming import confirm
from records.editing import warn_of_letters
from records.formats import enumeration, moment_id, number_id
from records.models import Event
from records.saved_drafts import note_saved
from reports import storage
from reports.exports import REPORT_COLUMNS
from reports.forms.filters import EVERYBODY, ReportFilter
from reports.forms.requests import KeyForm, MeetingLetterForm, ReportRequestForm
from reports.models import Report, ReportBundle
from reports.queries import prints
from reports.services import lifecycle, requests
from reports.services.sent_letters import AlreadySent
from reports.views import sent_letters
from reports.views.polling import PollMixin
from trainings.models import Training
from villages.services.former_names import once_called

BUNDLES = 5  # above the first page of documents
SAME = "Dokumen yang sama sudah ada: datanya tidak berubah sejak dibuat"


class ReportList(ScopedList):
    model = Report
    template_name = "reports/report_list.html"
    context_object_name = "reports"
    filter_form = ReportFilter
    sorts = {
        "terbaru": ("Terbaru", ("-pk",)),
        "terlama": ("Terlama", ()),
        "jenis": ("Jenis", ("kind", "-pk")),
        "ukuran": ("Ukuran", (F("bytes").desc(nulls_last=True),)),
    }
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
        """Villages are also found by their former names and codes."""
        paths = ("village", "group__village", "work_plan__group__village", "damage__facility__village")
        return reduce(or_, (once_called(text, path) for path in paths), super().found_by(text))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        bundles = self.bundles() if context["page_obj"].number == 1 else []
        under_way = any(job.is_under_way for job in [*context["reports"], *bundles])
        return context | {"bundles": bundles, "under_way": under_way}

    def bundles(self):
        """The user's own running or unseen bundles, above the documents; all bundles have a page of their own."""
        if self.filters.of_everybody or not self.filters.is_plain:
            return []
        user, bundles = self.request.user, ReportBundle.objects
        under_way = bundles.visible_to(user).filter(by=user, state__in=ReportBundle.UNDER_WAY)
        return list((under_way | bundles.unseen_by(user)).with_progress().order_by("-pk")[:BUNDLES])


class ReportRows(PollMixin, ReportList):
    """The same rows without the base template: the page swaps them in while something is in progress."""

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
        report = requests.request_document(
            form.cleaned_data["kind"],
            subject,
            form.parameters(),
            by=request.user,
            key=form.cleaned_data["key"],
            format=form.cleaned_data["format"] or Format.PDF,
        )
    except AlreadySent as error:
        messages.error(request, sent_letters.explain(error.report))
        return redirect(_way_back(request, error.report) or sent_letters.page_of(error.report))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        otherwise = subject if hasattr(subject, "get_absolute_url") else "reports:report_list"
        return redirect(prints.page_of(request.POST.get("kembali", "")) or otherwise)
    if back := _way_back(request, report):
        note_saved(request)
        if report.state == Report.State.READY:
            messages.success(request, f"{SAME} {moment_id(report.requested_at)}. Unduh di samping tombolnya.")
        return redirect(back)
    if report.is_under_way:
        messages.success(
            request, f"{report.title} sedang dibuat. Anda boleh membuka halaman lain; hasilnya tersimpan di sini."
        )
    elif report.state == Report.State.READY:
        messages.success(request, f"{SAME} {moment_id(report.requested_at)}. Unduh dari halaman ini.")
        return redirect("reports:report_detail", pk=report.pk)
    return redirect(report)


def _way_back(request, report: Report) -> str:
    """The page of the button, which shows the state beside it; empty when the form did not send its page."""
    sent = request.POST
    return prints.back_to(sent.get("kembali", ""), report, sent.get("tombol", ""), sent.get("jangkar", ""))


@require_POST
def decree_documents_request(request, pk):
    """Requests what a village needs for an SK: berita acara with daftar hadir, and the draft decree."""
    group = get_object_or_404(KpspamsGroup.objects.visible_to(request.user), pk=pk)
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    try:
        reports = requests.request_decree_documents(group, by=request.user, key=key)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(group)
    back = _way_back(request, reports[0])
    if any(report.is_under_way for report in reports):
        messages.success(
            request,
            f"Berkas SK {group} sedang dibuat: berita acara musyawarah dengan daftar hadir, dan rancangan Keputusan "
            "Kepala Desa. Periksa isi dan dasar hukumnya sebelum ditandatangani.",
        )
        return redirect(back or reports[0])
    if back:
        return redirect(back)
    messages.success(request, f"Berkas SK {group} yang sama sudah ada; datanya tidak berubah sejak dibuat.")
    return redirect(f"{reverse('reports:report_list')}?{urlencode({'whose': EVERYBODY, 'q': group.name})}")


@require_POST
def meeting_documents_request(request, pk):
    """Requests what is needed before a meeting: undangan and the daftar hadir to sign."""
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    letter = MeetingLetterForm(request.POST) if "nomor" in request.POST else None
    try:
        if letter and not letter.is_valid():
            raise ValidationError([f"{letter[name].label}: {' '.join(texts)}" for name, texts in letter.errors.items()])
        entry = letter and (letter.cleaned_data["nomor"], letter.cleaned_data["tanggal"])
        found = requests.request_meeting_documents(training, by=request.user, key=key, entry=entry)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(prints.page_of(request.POST.get("kembali", "")) or training)
    reports = found.reports
    if found.sent:
        messages.error(request, sent_letters.explain(found.sent))
    elif letter:
        warn_of_letters(request, letter)
    named = enumeration([str(report.document.title).lower() for report in reports]).capitalize()
    back = _way_back(request, reports[0])
    if any(report.is_under_way for report in reports):
        where = "unduh di samping tombolnya" if back else "hasilnya tersimpan di sini"
        messages.success(request, f"{named} {training} sedang dibuat; {where}.")
        return redirect(back or reports[0])
    where = "di samping tombolnya" if back else "dari halaman ini"
    messages.success(request, f"{named} {training} yang sama sudah ada. Unduh {where}.")
    in_list = f"{reverse('reports:report_list')}?{urlencode({'whose': EVERYBODY, 'q': training.title})}"
    return redirect(back or in_list)


@require_safe
def report_download(request, pk):
    """The file, for users within scope and audience; each download is recorded."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    if report.state != Report.State.READY:
        messages.warning(request, "Laporan ini belum siap diunduh.")
        return redirect(report)
    file = storage.open_file(report)
    if file is None:
        messages.error(request, "Berkas laporan ini hilang atau rusak di server. Mintalah laporan yang baru.")
        return redirect(report)
    history.record(report, Event.Verb.DOWNLOAD, by=request.user)
    if report.by_id == request.user.pk and report.seen_at is None:
        Report.objects.filter(pk=report.pk, seen_at=None).update(seen_at=timezone.now())
    return attachment(file, CONTENT_TYPES[Format(report.format)], report.filename)


def attachment(content: bytes | IO[bytes], content_type: str, filename: str) -> HttpResponseBase:
    """A file as an attachment, never displayed in our pages nor cached. `filename` is plain ASCII.

    An open file is streamed and closed.
    """
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=content_type, headers=headers)
    return FileResponse(content, content_type=content_type, as_attachment=True, filename=filename, headers=headers)


@require_POST
def report_retry(request, pk):
    require(request.user, Right.REQUEST_REPORTS)
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    try:
        lifecycle.retry(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{report.title} dicoba lagi.")
    return redirect(report)


@require_POST
def report_cancel(request, pk):
    require(request.user, Right.REQUEST_REPORTS)
    report = get_object_or_404(Report.objects.steered_by(request.user), pk=pk)
    try:
        lifecycle.cancel(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{report.title} dibatalkan. Anda dapat memintanya lagi dengan “Coba lagi”.")
    return redirect(report)


@require_http_methods(["GET", "POST"])
def report_delete(request, pk):
    """Asks for confirmation and lists what is lost; documents of others and those that stay are named, not deleted."""
    require(request.user, Right.REQUEST_REPORTS)
    report = get_object_or_404(Report.objects.steered_by(request.user), pk=pk)
    mine = Report.objects.passing().filter(pk=pk, by=request.user)
    if request.method != "POST" and not mine.exists():
        messages.error(request, lifecycle.KEPT)
        return redirect(report)
    size = f"Berkas {report.get_format_display()}" + (f", {number_id(report.pages)} halaman," if report.pages else "")

    def delete() -> str:
        lifecycle.delete(report, by=request.user)
        return f"{report} dihapus."

    return confirm(
        request,
        delete,
        question=f"Hapus “{report}”?",
        loss=f"{size} hilang dari portal dan tidak dapat dikembalikan; salinan yang sudah diunduh tidak berubah. "
        "Datanya sendiri tetap tersimpan, jadi dokumen ini dapat diminta lagi."
        if report.file
        else "Belum ada berkas; yang hilang hanya catatan permintaan ini.",
        submit_label="Hapus dokumen",
        cancel_url=report.get_absolute_url(),
        done_url=reverse("reports:report_list"),
        crumbs=[("Beranda", reverse("monitoring:home")), ("Laporan", reverse("reports:report_list")), ("Hapus", "")],
    )


@require_POST
def reports_seen(request):
    count = lifecycle.mark_seen(request.user)
    messages.success(request, f"{count} dokumen ditandai sudah dilihat." if count else "Tidak ada dokumen baru.")
    return redirect("reports:report_list")
