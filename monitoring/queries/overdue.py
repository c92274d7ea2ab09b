"""What a group owes on a day: a plan whose deadline has passed, an SK that is missing or has ended.

No rule stands here: the plan is judged as the finding of that name (monitoring.queries.findings), the SK as everywhere
(kpspams.queries.boards). An SK in process is not owed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kpspams.models import KpspamsGroup
from kpspams.queries.boards import DecreeState, decree_failing, decree_state
from monitoring.queries.findings import NO_PLAN, Found, GroupFindings, findings_of


@dataclass(frozen=True)
class Overdue:
    """One thing that one group owes. `since` and `due` are None where no day is known."""

    group: KpspamsGroup
    label: str
    since: date | None
    due: date | None = None


def overdue(groups: QuerySet[KpspamsGroup], on: date, plan_year: int | None = None) -> list[Overdue]:
    """What these groups owe, in their order, the plan first. As many queries as findings_of."""
    return overdue_of(findings_of(groups, on, plan_year or on.year), on, plan_year)


def overdue_of(judged: Iterable[GroupFindings], on: date, plan_year: int | None = None) -> list[Overdue]:
    """The same of groups that a page has judged already."""
    return [item for row in judged for item in _owed(row, on, plan_year or on.year)]


def _owed(row: GroupFindings, on: date, year: int) -> Iterator[Overdue]:
    group = row.group
    if row.judged[NO_PLAN].found is Found.YES:
        due = group.village.subdistrict.district.rules.plan_due(year)
        yield Overdue(group, f"Rencana kerja {year}", due + timedelta(days=1), due)
    decree = group.decree_on(on)
    if (failing := decree_failing(decree, on)) and decree_state(decree, on) != DecreeState.IN_PROCESS:
        ended = decree.valid_until if decree else None
        yield Overdue(group, failing, ended + timedelta(days=1) if ended else None)
