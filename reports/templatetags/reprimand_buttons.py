"""Template tag of the buttons for the surat teguran, on pages that list groups without a plan or an SK."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import District
from documents.district.reprimand import Reprimand
from kpspams.models import KpspamsGroup
from monitoring.queries.area import Area
from monitoring.queries.overdue import Overdue, overdue
from reports.services.requests import may_request
from reports.templatetags.document_buttons import FORMAT_LABELS
from reports.templatetags.reports import report_button

register = template.Library()

LABELS = {"one": "Satu surat untuk semua", "village": "Satu surat per desa"}


@register.inclusion_tag("reports/_reprimand_buttons.html", takes_context=True)
def reprimand_buttons(
    context: Any, listed: QuerySet[KpspamsGroup] | Sequence[Overdue], area: Area | None = None, year: int | None = None
) -> dict[str, Any]:
    """{% reprimand_buttons paginator.object_list year=2026 %}: for all groups of the list, on each of its pages;
    {% reprimand_buttons overdue filters.area %}: for what a page of monitoring has found already.

    Shows how many villages the letter covers, and how many of the same choice it leaves out because they have no group.
    Renders nothing for users who may not request the letter.
    """
    user = context["request"].user
    if not user.is_office:
        return {}
    sent = context["request"].GET
    area = area or replace(Area.of(sent, user), search=sent.get("q", ""), plan_year=year)
    if isinstance(listed, QuerySet):
        rows = KpspamsGroup.objects.visible_to(user).current(area.day).filter(pk__in=listed.order_by().values("pk"))
        districts = set(rows.order_by().values_list("village__subdistrict__district", flat=True).distinct()[:2])
        found = overdue(rows.order_by("village__code", "name", "pk"), area.day, year) if len(districts) < 2 else []
    else:
        found = list(listed)
        districts = {row.group.village.subdistrict.district_id for row in found}
    if len(districts) > 1:
        return {"shown": True, "several": True}
    district = found[0].group.village.subdistrict.district if found else None
    if district and not may_request(Reprimand.kind, district, user):
        return {}
    return {
        "shown": True,
        "villages": len({row.group.village_id for row in found}),
        "groups": len({row.group.pk for row in found}),
        "without_group": _without_group(area),
        "village_query": urlencode(_village_filter(area)),
        "buttons": _buttons(context, district, found, area) if district else [],
        "csrf_token": context.get("csrf_token"),
    }


def _without_group(area: Area) -> int:
    """Villages of the same choice that have no group on the day."""
    groups = KpspamsGroup.objects.current(area.day).filter(village=OuterRef("pk"))
    return area.villages().exclude(Exists(groups)).count()


def _village_filter(area: Area) -> dict[str, str]:
    """The parameters of the list of villages that shows those without a group."""
    chosen = {name: area.parameters.get(name, "") for name in ("kabupaten", "kecamatan")}
    chosen |= {"ta": str(area.cohort_year or ""), "q": area.search, "kpspams": "tanpa"}
    return {name: text for name, text in chosen.items() if text}


def _buttons(context: Any, district: District, found: list[Overdue], area: Area) -> list[dict[str, Any]]:
    chosen = {name: text for name, text in area.parameters.items() if name in ("tahun", "per")}
    groups = ",".join(map(str, sorted({row.group.pk for row in found})))
    return [
        report_button(
            context,
            Reprimand.kind,
            district,
            f"{LABELS[letter]}{FORMAT_LABELS[format]}",
            format,
            "btn-sm btn-secondary",
            letter=letter,
            groups=groups,
            **chosen,
        )
        for letter in Reprimand.options["letter"]
        for format in Reprimand.formats
    ]
