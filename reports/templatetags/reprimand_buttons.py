"""Template tags of the buttons for the surat teguran, on the pages of groups without a plan or an SK."""

from typing import Any

from django import template

from accounts.models import District, User
from documents.district.reprimand import Reprimand
from monitoring.queries.area import Area
from reports.services.requests import may_request
from reports.templatetags.document_buttons import FORMAT_LABELS
from reports.templatetags.reports import report_button

register = template.Library()

LABELS = {"one": "Satu surat untuk semua", "village": "Satu surat per desa"}


@register.inclusion_tag("reports/_reprimand_buttons.html", takes_context=True)
def reprimand_buttons(context: Any, area: Area | None = None, year: int | None = None) -> dict[str, Any]:
    """{% reprimand_buttons filters.area %}: for the villages of this page; {% reprimand_buttons year=2026 %}: for all
    villages in scope. A row of buttons for each kabupaten; nothing for users without the right.
    """
    user = context["request"].user
    chosen = area.parameters if area else {"tahun": str(year)} if year else {}
    rows = [
        (district, _buttons(context, district, chosen))
        for district in _districts(user, area)
        if may_request(Reprimand.kind, district, user)
    ]
    return {"rows": rows, "csrf_token": context.get("csrf_token")}


def _districts(user: User, area: Area | None) -> list[District]:
    """The kabupaten of the page. Most users have only one, which is loaded already."""
    if not user.is_office:
        return []
    if area and (within := area.within or area.district):
        return [within]
    return [user.district] if user.district else list(District.objects.visible_to(user))


def _buttons(context: Any, district: District, chosen: dict[str, str]) -> list[dict[str, Any]]:
    return [
        report_button(
            context,
            Reprimand.kind,
            district,
            f"{LABELS[letter]}{FORMAT_LABELS[format]}",
            format,
            "btn-sm btn-secondary",
            letter=letter,
            **chosen,
        )
        for letter in Reprimand.options["letter"]
        for format in Reprimand.formats
    ]
