"""Public pages (Halaman umum): without a login, only final figures, and only of kabupaten that publish them."""

import csv
import io

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import District
from monitoring.models import FinalFigures
from monitoring.queries import final_figures

FRESH = "public, max-age=300"  # seconds; withdrawn figures disappear from caches after five minutes


def _open() -> QuerySet[District]:
    return District.objects.filter(settings_row__public_page=True).select_related("settings_row").order_by("code")


def _final(code: str) -> FinalFigures:
    """The figures of a kabupaten with a public page. Raises Http404 for one that is closed, unknown, or has none."""
    final = final_figures.current_figures(get_object_or_404(_open(), code=code))
    if final is None:
        raise Http404(f"no figures of {code} are set as final")
    return final


@login_not_required
@require_safe
def public_list(request):
    """List of the kabupaten with a public page, or a note that there is none."""
    return render(request, "monitoring/public_list.html", {"districts": list(_open())})


@login_not_required
@require_safe
def public_page(request, code):
    district = get_object_or_404(_open(), code=code)
    final = final_figures.current_figures(district)
    context = {"district": district, "final": final}
    if final:
        kept = final.figures
        context |= {
            "rows": final_figures.figure_rows(kept),
            "subdistricts": kept["subdistricts"],
            "sample": kept["sample"],
            "village_counts": final_figures.village_counts(kept),
            "villages": kept["villages"] if district.rules.public_functioning else [],
        }
    answer = render(request, "monitoring/public_page.html", context)
    # A page with the menu of a user must not be cached for others.
    answer["Cache-Control"] = "private, no-store" if request.user.is_authenticated else FRESH
    return answer


@login_not_required
@require_safe
def public_json(request, code):
    final = _final(code)
    found = final_figures.public_json(final, with_villages=final.district.rules.public_functioning)
    return _open_data(JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1}))


@login_not_required
@require_safe
def public_csv(request, code):
    final = _final(code)
    lines = final_figures.csv_lines(final, with_villages=final.district.rules.public_functioning)
    return _open_data(_csv(lines, f"spam-{code}-{final.as_of:%Y-%m-%d}.csv"))


@login_not_required
@require_safe
def public_metadata(request, code):
    """Page with concept, definition, unit and source of each figure."""
    final = _final(code)
    lines = [final_figures.METADATA_HEAD, *final_figures.metadata_lines(final)]
    return _open_data(_csv(lines, f"metadata-spam-{code}-{final.as_of:%Y-%m-%d}.csv"))


def _csv(lines, filename: str) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _open_data(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = FRESH
    return answer
