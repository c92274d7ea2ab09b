"""Sums of plan and realisation: per bidang, source, quarter, and over many plans. Amounts are whole rupiah.

Realisation counts for the reported month and source; a line removed from the plan keeps its cost.
"""

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from plans.models import ActivityFunding
from plans.queries.line_progress import Status
from plans.queries.plan_totals import is_secured
from plans.queries.progress import PlanProgress, unreported_text
from plans.rules.months import MONTHS
from records.sums import share, sum_known, whole_percent

QUARTERS = {1: range(1, 4), 2: range(4, 7), 3: range(7, 10), 4: range(10, 13)}
LAST = (math.inf, "")
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def end_of(year: int, quarter: int) -> date:
    """The last day of a triwulan."""
    last = QUARTERS[quarter][-1]
    return date(year, last, monthrange(year, last)[1])


@dataclass
class Sum:
    """One row of a comparison. `secured`: planned money that is in a budget, paid, or the users' own fee.

    `realised` and `income` are None without a report; an unknown amount adds nothing to a sum. `order`: the position of
    the row in its comparison, the same for every plan.
    """

    label: str
    planned: int = 0
    realised: int | None = None
    secured: int = 0
    income: int | None = None
    key: Any = None
    order: tuple = ()

    @property
    def unsecured(self) -> int:
        return self.planned - self.secured

    @property
    def left(self) -> int | None:
        """Planned minus spent; negative where more was spent."""
        return None if self.realised is None else self.planned - self.realised

    @property
    def percent(self) -> Decimal | None:
        """Percent realised of planned; None where either is unknown."""
        return None if self.realised is None else share(self.realised, self.planned)

    def spend(self, amount: int | None) -> None:
        self.realised = sum_known((self.realised, amount))


def secured_of(progress: PlanProgress) -> int:
    return sum(funding.amount for line in progress.lines for funding in line.fundings if is_secured(funding))


def total_of(progress: PlanProgress, label: str = "Jumlah") -> Sum:
    return Sum(label, progress.planned, progress.realised, secured_of(progress), progress.income)


def by_area(progress: PlanProgress) -> list[Sum]:
    """Per bidang, in the order of the paper form."""
    found: dict[int, Sum] = {}
    for line in progress.lines:
        area = line.activity.area
        row = found.setdefault(area.pk, Sum(str(area), key=area.pk, order=(area.order, area.code)))
        row.planned += line.planned
        row.spend(line.cost)
        row.secured += sum(funding.amount for funding in line.fundings if is_secured(funding))
    return in_order(found.values())


def by_source(progress: PlanProgress) -> list[Sum]:
    """Per source, in the order of the list; money without a source is the last row."""
    found: dict[int, Sum] = {}

    def row_of(source) -> Sum:
        return found.setdefault(source.pk, Sum(str(source), key=source.pk, order=(source.order, source.code)))

    for line in progress.lines:
        for funding in line.fundings:
            row = row_of(funding.source)
            row.planned += funding.amount
            row.secured += funding.amount if is_secured(funding) else 0
        for entry in line.entries.values():
            for paid in entry.fundings.all():
                row_of(paid.source)
        for source, cost in line.cost_by_source().items():
            found[source].spend(cost)
    rest = progress.planned - sum(row.planned for row in found.values())
    return in_order([*found.values(), *([Sum("Belum ada sumber", planned=rest, order=LAST)] if rest else [])])


def in_order(rows: Iterable[Sum]) -> list[Sum]:
    return sorted(rows, key=lambda row: row.order)


def merged_by_label(rows: Iterable[Sum]) -> list[Sum]:
    """The rows of several plans as one comparison."""
    found: dict[str, list[Sum]] = {}
    for row in in_order(rows):
        found.setdefault(row.label, []).append(row)
    return [merged(label, parts) for label, parts in found.items()]


def by_month(progress: PlanProgress) -> list[Sum]:
    """Twelve rows. A line without months is planned for none of them."""
    rows = [Sum(str(month), key=month) for month in MONTHS]
    for line in progress.lines:
        for month, amount in line.planned_by_month.items():
            rows[month - 1].planned += amount
        for month, cost in line.cost_by_month.items():
            rows[month - 1].spend(cost)
        for funding in line.fundings:
            if is_secured(funding):
                for month, amount in line.funding_by_month[funding.source_id].items():
                    rows[month - 1].secured += amount
    for month, report in progress.reports.items():
        rows[month - 1].income = report.income
    return rows


def by_quarter(progress: PlanProgress) -> list[Sum]:
    """Triwulan I to IV."""
    months = by_month(progress)
    rows = [merged(f"Triwulan {ROMAN[number]}", (months[m - 1] for m in span)) for number, span in QUARTERS.items()]
    return [replace(row, order=(number, "")) for number, row in enumerate(rows, 1)]


def by_security(progress: PlanProgress) -> list[Sum]:
    """Planned money by its security, in the order of the steps."""
    sums: dict[str, int] = defaultdict(int)
    for line in progress.lines:
        for funding in line.fundings:
            sums[funding.security] += funding.amount
    return [Sum(str(step.label), planned=sums[step]) for step in ActivityFunding.Security if sums[step]]


def merged(label: str, rows: Iterable[Sum], key=None) -> Sum:
    total = Sum(label, key=key)
    for row in rows:
        total.planned += row.planned
        total.spend(row.realised)
        total.secured += row.secured
        total.income = sum_known((total.income, row.income))
    return total


@dataclass
class Whole:
    """Many plans together: those of a group, a village, a kecamatan, a kabupaten."""

    label: str
    sub: str = ""
    url: str = ""
    plans: list[PlanProgress] = field(default_factory=list)

    @property
    def sum(self) -> Sum:
        return merged(self.label, (total_of(plan) for plan in self.plans))

    @property
    def percent(self) -> int | None:
        """Progress of the work weighted by cost, without plans that have no report."""
        known = [plan for plan in self.plans if plan.percent is not None]
        weight = sum(plan.planned or 1 for plan in known)
        return whole_percent(sum((plan.planned or 1) * (plan.percent or 0) for plan in known), 100 * weight)

    @property
    def known(self) -> int:
        """The number of plans with a report."""
        return sum(plan.has_data for plan in self.plans)

    @property
    def late(self) -> int | None:
        """Lines that are late; None where no plan of a recorded year reported anything."""
        return sum_known(plan.late_count for plan in self.plans)

    @property
    def unreported_text(self) -> str:
        """Text of what the sums leave out."""
        return unreported_text(sum(plan.unreported for plan in self.plans), sum(len(plan.lines) for plan in self.plans))

    @property
    def done(self) -> int:
        return sum(line.status == Status.DONE for plan in self.plans for line in plan.lines)


def grouped(plans: list[PlanProgress], key_of: Callable, make: Callable[[Any], Whole]) -> list[Whole]:
    """Plans grouped by `key_of(plan)`, in the order of the first occurrence."""
    found: dict[Any, Whole] = {}
    for plan in plans:
        key = key_of(plan.plan)
        if key not in found:
            found[key] = make(plan.plan)
        found[key].plans.append(plan)
    return list(found.values())
