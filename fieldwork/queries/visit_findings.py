"""Findings of a visit: the dated checks of the same village, day and user, and the ticks about months.

A check has no key of its visit: it is a fact of its own day, shown on its own page as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from fieldwork.models import Visit, VisitMonth
from kpspams.models import GroupCheck
from plans.models import DamageReport
from records.formats import MONTHS
from villages.models import ConditionCheck, Facility

Key = tuple[int, object, int | None]


@dataclass(frozen=True)
class VisitFinding:
    """One finding as text, with the page of its subject; `broken` is a water system that does not function."""

    text: str
    url: str
    broken: Facility | None = None
    damage: DamageReport | None = None  # the open damage report of a broken system


def findings_of_visits(visits: Iterable[Visit]) -> dict[int, list[VisitFinding]]:
    """{visit: its findings}. Four queries for any number of visits."""
    visits = list(visits)
    villages, days = {visit.village_id for visit in visits}, {visit.on for visit in visits}
    found: dict[Key, list[VisitFinding]] = defaultdict(list)
    rows = ConditionCheck.objects.filter(facility__village__in=villages, checked_on__in=days)
    checks = list(rows.select_related("facility").order_by("facility__name", "pk"))
    reports = DamageReport.objects.open().filter(facility__in=[check.facility_id for check in checks])
    damages = {report.facility_id: report for report in reports}
    for check in checks:
        facility = check.facility
        broken = facility if check.functioning == ConditionCheck.Functioning.BROKEN else None
        cause = f" ({check.cause})" if check.cause else ""
        text = f"{facility.name}: {check.get_functioning_display().lower()}{cause}"
        finding = VisitFinding(text, facility.get_absolute_url(), broken, damages.get(facility.pk) if broken else None)
        found[facility.village_id, check.checked_on, check.recorded_by_id].append(finding)
    looks = GroupCheck.objects.filter(group__village__in=villages, checked_on__in=days).select_related("group")
    for look in looks.order_by("group__name", "pk"):
        finding = VisitFinding(
            f"{look.group}: {'aktif' if look.active else 'tidak aktif'}", look.group.get_absolute_url()
        )
        found[look.group.village_id, look.checked_on, look.recorded_by_id].append(finding)
    months = _months(visits)
    return {visit.pk: found[visit.village_id, visit.on, visit.by_id] + months[visit.pk] for visit in visits}


def _months(visits: list[Visit]) -> dict[int, list[VisitFinding]]:
    """{visit: its ticks about the month of each group}. One query."""
    found: dict[int, list[VisitFinding]] = defaultdict(list)
    rows = VisitMonth.objects.filter(visit__in=visits).select_related("visit", "group").order_by("group__name", "pk")
    for row in rows:
        on = row.visit.on
        text = f"{row.group}: {MONTHS[on.month - 1]} {on.year} {row.get_answer_display()}"
        url = reverse("plans:progress_month", args=[row.group_id, on.year, on.month])
        found[row.visit_id].append(VisitFinding(text, url))
    return found
