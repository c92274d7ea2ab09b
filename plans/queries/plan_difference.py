"""Difference between a revision and its base plan: by line, and in money per bidang, source and month."""

from collections.abc import Callable
from dataclasses import dataclass, field

from plans.models import WorkPlan
from plans.queries.fees import FEE_FIELDS
from plans.queries.line_progress import planned_months
from plans.queries.plan_lines import Line, stored_lines
from plans.queries.plan_totals import plan_activities
from plans.rules.months import MONTHS
from records import history
from records.formats import MONTHS as MONTH_NAMES

FIGURES = ["stage", *FEE_FIELDS]
COLUMN_OF = {column.name: column for column in WorkPlan._meta.concrete_fields}


@dataclass(frozen=True)
class Change:
    """A changed column of a line, or figure of the plan: its label, the text before and now."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedLine:
    before: Line
    after: Line
    changes: list[Change]

    @property
    def amount(self) -> int:
        """The increase of the amount (negative: decrease), in rupiah."""
        return self.after.activity.amount - self.before.activity.amount


@dataclass
class MoneyChange:
    """A bidang, source or month before and now, in rupiah."""

    label: str
    old: int = 0
    new: int = 0

    @property
    def difference(self) -> int:
        return self.new - self.old


@dataclass
class PlanDifference:
    """`unchanged` counts the equal lines.

    Each of the three lists of money adds up to `total`: money without a source or a month is a row of its own.
    """

    before: WorkPlan
    after: WorkPlan
    added: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    changed: list[ChangedLine] = field(default_factory=list)
    figures: list[Change] = field(default_factory=list)
    by_area: list[MoneyChange] = field(default_factory=list)
    by_source: list[MoneyChange] = field(default_factory=list)
    by_month: list[MoneyChange] = field(default_factory=list)
    total: MoneyChange = field(default_factory=lambda: MoneyChange("Jumlah"))
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed or self.figures)


def plan_difference(before: WorkPlan, after: WorkPlan) -> PlanDifference:
    """Lines with the same number are the same: a moved or renamed line is changed, not removed and added."""
    old, new = (stored_lines(plan_activities(plan)) for plan in (before, after))
    found = PlanDifference(before, after)
    found.added = [line for number, line in new.items() if number not in old]
    found.gone = [line for number, line in old.items() if number not in new]
    for number, line in new.items():
        if number not in old:
            continue
        if changes := _changes(old[number], line):
            found.changed.append(ChangedLine(old[number], line, changes))
        else:
            found.unchanged += 1
    for name in FIGURES:
        column = COLUMN_OF[name]
        texts = history.text(before, column), history.text(after, column)
        if texts[0] != texts[1]:
            found.figures.append(Change(str(column.verbose_name), *texts))
    for name, lines in (("old", old.values()), ("new", new.values())):
        setattr(found.total, name, sum(line.activity.amount for line in lines))
    found.by_area = _compare(_by_area, old, new)
    found.by_source = _compare(_by_source, old, new)
    found.by_month = _compare(_by_month, old, new)
    return found


def _changes(before: Line, after: Line) -> list[Change]:
    old, new = before.texts, after.texts
    return [Change(label, old[label], new[label]) for label in new if old[label] != new[label]]


# The position of a row of money in its list, and its label.
MoneyKey = tuple[tuple[int, str], str]
NO_SOURCE: MoneyKey = ((10**9, ""), "Belum ada sumber")
NO_MONTH: MoneyKey = ((len(MONTHS) + 1, ""), "Belum ada bulan")


def _compare(parts_of: Callable[[Line], dict[MoneyKey, int]], old: dict[int, Line], new: dict[int, Line]):
    """The money of all lines before and now, grouped by the keys of `parts_of`."""
    found: dict[MoneyKey, MoneyChange] = {}
    for name, lines in (("old", old), ("new", new)):
        for line in lines.values():
            for key, amount in parts_of(line).items():
                row = found.setdefault(key, MoneyChange(key[1]))
                setattr(row, name, getattr(row, name) + amount)
    return [found[key] for key in sorted(found) if found[key].old or found[key].new]


def _by_area(line: Line) -> dict[MoneyKey, int]:
    area = line.activity.area
    return {((area.order, area.code), str(area)): line.activity.amount}


def _by_source(line: Line) -> dict[MoneyKey, int]:
    parts = {((paid.source.order, paid.source.code), str(paid.source)): paid.amount for paid in line.fundings}
    return parts | {NO_SOURCE: line.activity.amount - sum(parts.values())}


def _by_month(line: Line) -> dict[MoneyKey, int]:
    months = planned_months(line.activity, line.activity.amount)
    parts: dict[MoneyKey, int] = {((month, ""), MONTH_NAMES[month - 1]): part for month, part in months.items()}
    return parts or {NO_MONTH: line.activity.amount}
