"""Berkas lengkap: all papers of a training, their progress, and the ZIP."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import VisibleMixin, require
from records import history
from records.models import Event
from reports import bundles, shelf
from reports.forms import KeyForm
from reports.models import Report, ReportBundle
from reports.views.reports import attachment
from trainings.models import Training


class BundleList(ScopedList):
    model = ReportBundle
    template_name = "reports/bundle_list.html"
    context_object_name = "bundles"
    search_fields = ("training__search_key",)
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
        parts = bundles.in_order(Report.objects.visible_to(self.request.user).filter(bundle=self.object))
        under_way = self.object.is_under_way or any(part.is_under_way for part in parts)
        return super().get_context_data(**kwargs) | {"parts": parts, "under_way": under_way}


class BundleRows(BundleDetail):
    """The same rows without the frame: what the page swaps in while something is under way."""

    template_name = "reports/_bundle_rows.html"


@require_POST
def bundle_request(request, pk):
    """One press for all papers of a training."""
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    form = KeyForm(request.POST)
    try:
        bundle = bundles.ask(training, request.user, key=form.cleaned_data["key"] if form.is_valid() else None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(training)
    if bundle.is_under_way:
        messages.success(
            request,
            f"{bundle.total} dokumen sedang dibuat. Anda boleh membuka halaman lain; hasilnya tersimpan di sini.",
        )
    return redirect(bundle)


@require_safe
def bundle_download(request, pk):
    """The ZIP, or of it what this person may read: scope and audience are asked for each part."""
    bundle = get_object_or_404(ReportBundle.objects.visible_to(request.user), pk=pk)
    if bundle.state != ReportBundle.State.READY:
        messages.warning(request, "Berkas ini belum siap diunduh.")
        return redirect(bundle)
    readable = Report.objects.visible_to(request.user).filter(bundle=bundle)
    hidden = bundle.parts.exclude(pk__in=readable.values("pk")).exists()
    content = bundles.packed(bundle, bundles.in_order(readable)) if hidden else shelf.file_of(bundle)
    if content is None:
        messages.error(request, "Berkas ini hilang atau rusak di server. Mintalah berkas yang baru.")
        return redirect(bundle)
    history.record(bundle, Event.Verb.DOWNLOAD, by=request.user)
    return attachment(content, "application/zip", bundles.filename(bundle))


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
