"""Images (PNG) for messages and slides: charts of monitoring and documents of one page."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.rights import Right
from accounts.scoping import require
from documents import registry
from documents.choices import Format
from documents.rendering.page_image import Busy, drawing_png, sheet_png
from documents.rendering.pdf import PdfUnavailable
from monitoring.charts import CHARTS, Chart, chart
from monitoring.charts.map import map_chart
from monitoring.forms.charts import ChartFilter
from monitoring.forms.map import MapFilter
from records import exports, history
from records.models import Event
from reports import storage
from reports.models import Report

BUSY_SECONDS = 5  # seconds after which the previous one has most likely been rendered
SPARE = 70  # mm for title and caption


@require_safe
def picture_png(request, key):
    require(request.user, Right.EXPORT)
    if key not in CHARTS:
        raise Http404(f"No chart {key}")
    found = chart(key, ChartFilter(request.GET, user=request.user, searchable=False).area)
    return drawn(request, found, reverse("monitoring:chart_detail", args=[key]))


@require_safe
def map_png(request):
    require(request.user, Right.EXPORT)
    filters = MapFilter(request.GET, user=request.user)
    return drawn(request, map_chart(filters.area, filters.chosen_state), reverse("monitoring:map"))


@require_safe
def report_png(request, pk):
    """The page of a Ringkasan or a Lembar Desa, made from the finished PDF so that both are the same."""
    reports = Report.objects.visible_to(request.user).filter(
        kind__in=[kind for kind, one in registry.DOCUMENTS.items() if one.has_image], format=Format.PDF
    )
    report = get_object_or_404(reports, pk=pk)
    if report.state != Report.State.READY:
        messages.warning(request, "Gambar ada sesudah dokumennya selesai dibuat.")
        return redirect(report)
    content = storage.read_file(report)
    if content is None:
        messages.error(request, "Berkas laporan ini hilang atau rusak di server. Mintalah laporan yang baru.")
        return redirect(report)
    try:
        picture = sheet_png(content, request.user.pk, _admission(request))
    except (Busy, throttle.TooFast) as error:
        return _busy(request, error, report.get_absolute_url())
    history.record(report, Event.Verb.DOWNLOAD, by=request.user, reason="Sebagai gambar PNG")
    return png_answer(picture, report.filename.removesuffix(".pdf"))


def drawn(request, found: Chart, address: str):
    """The response with the PNG of a chart; on failure, back to its page with the reason."""
    page = f"{address}?{request.GET.urlencode()}"
    if not found.rows:
        messages.error(request, found.empty)
        return redirect(page)
    context = {key: getattr(found, key) for key in ("title", "svg", "as_of", "note", "source", "sample")}
    try:
        context |= {"height": found.svg.height * 118 / found.svg.width + SPARE}
        content = drawing_png(context, person=request.user.pk, admit=_admission(request))
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect(page)
    except (Busy, throttle.TooFast) as error:
        return _busy(request, error, page)
    table = exports.Table(found.title, list(found.columns), found.rows, len(found.rows), found.facts)
    exports.log(table, request.user, "png")
    return png_answer(content, f"{found.key}-{localdate():%Y-%m-%d}")


def _admission(request):
    """Counts images that have to be rendered; a cached one costs nothing."""
    return partial(throttle.take_user, request.user, "picture")


def _busy(request, error: Exception, back: str) -> HttpResponse:
    wait = getattr(error, "wait", BUSY_SECONDS)
    context = {"wait": throttle.wait_in_words(wait), "back": back}
    answer = render(request, "reports/image_busy.html", context, status=429)
    answer["Retry-After"] = str(wait)
    return answer


def png_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{name}.png"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
