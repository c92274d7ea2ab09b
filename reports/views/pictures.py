"""The pictures of monitoring as PNG, for messages and slides."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accounts.rights import Right
from accounts.scoping import require
from monitoring.forms.map import MapFilter
from monitoring.forms.pictures import PictureFilter
from monitoring.map import map_picture
from monitoring.pictures import OUTLINES, Picture, picture
from records import exports
from reports.pdf import PdfUnavailable
from reports.raster import drawing_png

SPARE = 70  # mm for title and caption


@require_safe
def picture_png(request, key):
    require(request.user, Right.EXPORT)
    if key not in OUTLINES:
        raise Http404(f"No picture {key}")
    found = picture(key, PictureFilter(request.GET, user=request.user, searchable=False))
    return drawn(request, found, reverse("monitoring:picture_detail", args=[key]))


@require_safe
def map_png(request):
    require(request.user, Right.EXPORT)
    return drawn(request, map_picture(MapFilter(request.GET, user=request.user)), reverse("monitoring:map"))


def drawn(request, found: Picture, address: str):
    """The answer with the PNG of a picture; where it cannot be made, back to its page with the reason."""
    page = f"{address}?{request.GET.urlencode()}"
    if not found.rows:
        messages.error(request, found.empty)
        return redirect(page)
    context = {key: getattr(found, key) for key in ("title", "svg", "stand", "note", "source", "sample")}
    try:
        content = drawing_png(context | {"height": found.svg.height * 118 / found.svg.width + SPARE})
    except (PdfUnavailable, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect(page)
    table = exports.Table(found.title, list(found.columns), found.rows, len(found.rows), found.facts)
    exports.log(table, request.user, "png")
    answer = HttpResponse(content, content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{found.key}-{localdate():%Y-%m-%d}.png"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
