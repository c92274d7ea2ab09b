"""Pages of bundles: several documents requested at once, their progress, the ZIP and the print file."""

import tempfile
import uuid
from collections.abc import Callable
from functools import partial
from typing import IO

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import VisibleMixin, require
from records import history
from records.models import Event
from reports import storage
from reports.forms.filters import BundleFilter
from reports.forms.requests import KeyForm
from reports.models import Report, ReportBundle
from reports.services import bundles, requests
from reports.services.bundles import all_villages, archive, audit, choices, letters, training_documents
from reports.views.polling import PollMixin
from trainings.models import Training
from villages.models import Village

LOST = "Berkas ini hilang atau rusak di server. Mintalah berkas yang baru."


class BundleList(ScopedList):
    model = ReportBundle
    template_name = "reports/bundle_list.html"
    context_object_name = "bundles"
    filter_form = BundleFilter
    search_fields = ("training__search_key", "village__search_key")
    sorts = {"terbaru": ("Terbaru", ("-pk",))}

    def get_queryset(self):
        return super().get_queryset().with_progress()


class BundleDetail(VisibleMixin, DetailView):
    model = ReportBundle
    template_name = "reports/bundle_detail.html"
    context_object_name = "bundle"

    def get_queryset(self):
        return super().get_queryset().with_progress()

    def get_context_data(self, **kwargs):
        parts = archive.in_order(Report.objects.visible_to(self.request.user).filter(bundle=self.object))
        villages = archive.villages_of(parts)
        under_way = self.object.is_under_way or any(part.is_under_way for part in parts)
        return super().get_context_data(**kwargs) | {
            "parts": [(part, (at := villages.get(part.pk)), _part_label(part, at)) for part in parts],
            "under_way": under_way,
            "whole": len(parts) == self.object.total,
            "kept": letters.kept_for_page(self.object),
            "left_out": all_villages.by_reason(self.object.left_out),
        }


def _part_label(part: Report, village: Village | None) -> str:
    """The label of a part below the name of its village: its kind and group."""
    group = part.group or (part.work_plan.group if part.work_plan else None)
    title = archive.title_of(part, village)
    return f"{title}, {group}" if group else title


class BundleRows(PollMixin, BundleDetail):
    """The same rows without the base template: the page swaps them in while something is in progress."""

    template_name = "reports/_bundle_rows.html"


def request_bundle(request, subject: Training | Village, service: Callable[..., ReportBundle]):
    """Requests a bundle with the key of the form and redirects to it, or back to the subject with the reason."""
    form = KeyForm(request.POST)
    try:
        bundle = service(subject, request.user, key=form.cleaned_data["key"] if form.is_valid() else None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(subject)
    if bundle.is_under_way:
        messages.success(
            request,
            f"{bundle.total} dokumen sedang dibuat. Anda boleh membuka halaman lain; hasilnya tersimpan di sini.",
        )
    return redirect(bundle)


def _training_for_bundle(request, pk: int) -> Training:
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    if not requests.may_request_bundle(training, request.user):
        raise PermissionDenied(f"{request.user.pk} does not see all of training {training.pk}")
    return training


@require_safe
def bundle_create(request, pk):
    """The list of choices of a Berkas lengkap of the training."""
    training = _training_for_bundle(request, pk)
    found = choices.choices(training, request.user)
    context = {
        "training": training,
        "open_choices": [choice for choice in found if not choice.closed],
        "closed_choices": [choice for choice in found if choice.closed],
        "ticked": choices.remembered(training, found, request.user),
        "key": uuid.uuid4(),
        "crumbs": [
            ("Beranda", reverse("monitoring:home")),
            ("Pelatihan", reverse("trainings:training_list")),
            (str(training), training.get_absolute_url()),
            ("Dokumen dan SPJ", reverse("trainings:spj_item_list", args=[training.pk])),
            ("Berkas lengkap", ""),
        ],
    }
    return render(request, "reports/bundle_create.html", context)


@require_POST
def bundle_request(request, pk):
    """The selected documents of a training, or the default selection when nothing was sent."""
    training = _training_for_bundle(request, pk)
    found = choices.choices(training, request.user)
    codes = request.POST.getlist("isi")
    if "dicentang" not in request.POST:
        codes = codes or list(choices.remembered(training, found, request.user))
    try:
        contents = choices.contents_of(found, codes) if found else None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reports:bundle_create", pk=training.pk)
    return request_bundle(request, training, partial(training_documents.request_bundle, contents=contents))


@require_POST
def training_audit_request(request, pk):
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    return request_bundle(request, training, audit.request_bundle)


@require_POST
def village_audit_request(request, pk):
    village = get_object_or_404(Village.objects.visible_to(request.user), pk=pk)
    return request_bundle(request, village, audit.request_bundle)


@require_safe
def bundle_download(request, pk):
    """The ZIP, or the parts of it that this user may read: scope and audience are checked for each part."""
    bundle = get_object_or_404(ReportBundle.objects.visible_to(request.user), pk=pk)
    if bundle.state != ReportBundle.State.READY:
        messages.warning(request, "Berkas ini belum siap diunduh.")
        return redirect(bundle)
    readable = Report.objects.visible_to(request.user).filter(bundle=bundle)
    file: IO[bytes] | File | None
    if not archive.is_whole_for(bundle, request.user):
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
        archive.write(file, bundle, archive.lines_of(bundle, archive.in_order(readable), request.user))
        file.seek(0)
    else:
        file = storage.open_file(bundle)
    if file is None:
        messages.error(request, LOST)
        return redirect(bundle)
    return _download(request, bundle, file, "application/zip", ".zip")


@require_safe
def bundle_print(request, pk):
    """The merged documents for the printer, for users who may read every one of them."""
    bundle = get_object_or_404(ReportBundle.objects.visible_to(request.user), pk=pk)
    if not bundle.print_file:
        messages.warning(request, "Berkas cetak belum ada. Unduh ZIP, lalu cetak dokumennya satu per satu.")
        return redirect(bundle)
    if not archive.is_whole_for(bundle, request.user):
        messages.warning(request, "Sebagian dokumen bukan untuk Anda. Unduh ZIP: isinya yang boleh Anda baca.")
        return redirect(bundle)
    file = storage.open_intact(str(bundle.print_file.name), bundle.print_sha256)
    if file is None:
        messages.error(request, LOST)
        return redirect(bundle)
    return _download(request, bundle, file, "application/pdf", "-cetak.pdf")


def _download(request, bundle: ReportBundle, file: IO[bytes] | File, content_type: str, ending: str) -> FileResponse:
    """Streamed as an attachment, never displayed in our pages nor cached; recorded, and marked as seen."""
    history.record(bundle, Event.Verb.DOWNLOAD, by=request.user)
    ReportBundle.objects.filter(pk=bundle.pk, by=request.user, seen_at=None).update(seen_at=timezone.now())
    name = archive.filename(bundle, ending)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type, headers=headers)


@require_POST
def bundle_retry(request, pk):
    require(request.user, Right.REQUEST_REPORTS)
    bundle = get_object_or_404(ReportBundle.objects.visible_to(request.user), pk=pk)
    try:
        count = bundles.retry(bundle, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{count} dokumen dicoba lagi." if count else "Berkas disusun lagi.")
    return redirect(bundle)


@require_POST
def bundle_cancel(request, pk):
    require(request.user, Right.REQUEST_REPORTS)
    bundle = get_object_or_404(ReportBundle.objects.visible_to(request.user), pk=pk)
    try:
        count = bundles.cancel(bundle, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{count} dokumen dibatalkan. Yang sudah selesai tetap dapat diunduh.")
    return redirect(bundle)
