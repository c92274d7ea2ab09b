"""What a revision changes against the plan that it started from: line by line, and in money per source."""

from dataclasses import dataclass, field

from kpspams.models import FundingSource, WorkPlan
from kpspams.plan_lines import Line, stored_lines
from kpspams.plan_totals import plan_activities
from records import history

FIGURES = ["stage", "payers", "payer_unit", "base_fee", "tariff", "average_use", "collection_rate"]
COLUMN_OF = {column.name: column for column in WorkPlan._meta.concrete_fields}


@dataclass(frozen=True)
class Change:
    """One column of a line, or one figure of the plan: its name, the text before and the text now."""

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
        """What the line costs more (negative: less), in rupiah."""
        return self.after.activity.amount - self.before.activity.amount


@dataclass
class MoneyChange:
    """A source before and now, in rupiah; `source` None for what no source pays."""

    source: FundingSource | None
    old: int = 0
    new: int = 0

    @property
    def difference(self) -> int:
        return self.new - self.old


@dataclass
class PlanDifference:
    """`unchanged` counts the lines that stay as they were."""

    before: WorkPlan
    after: WorkPlan
    added: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    changed: list[ChangedLine] = field(default_factory=list)
    figures: list[Change] = field(default_factory=list)
    money: list[MoneyChange] = field(default_factory=list)
    total: MoneyChange = field(default_factory=lambda: MoneyChange(None))
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed or self.figures)


def plan_difference(before: WorkPlan, after: WorkPlan) -> PlanDifference:
    """Lines are the same when they bear the same number: a moved or renamed line is changed, not gone and added."""
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
    found.money, found.total = _money(old, new)
    return found


def _changes(before: Line, after: Line) -> list[Change]:
    old, new = before.texts, after.texts
    return [Change(label, old[label], new[label]) for label in new if old[label] != new[label]]


def _money(old: dict[int, Line], new: dict[int, Line]) -> tuple[list[MoneyChange], MoneyChange]:
    sums: dict[int, MoneyChange] = {}
    sources: dict[int, FundingSource] = {}
    unpaid, total = MoneyChange(None), MoneyChange(None)
    for name, lines in (("old", old), ("new", new)):
        for line in lines.values():
            left = line.activity.amount
            _raise(total, name, left)
            for funding in line.fundings:
                sources[funding.source_id] = funding.source
                _raise(sums.setdefault(funding.source_id, MoneyChange(funding.source)), name, funding.amount)
                left -= funding.amount
            _raise(unpaid, name, left)
    money = [sums[pk] for pk in sorted(sums, key=lambda pk: (sources[pk].order, sources[pk].code))]
    return [*money, unpaid] if unpaid.old or unpaid.new else money, total


def _raise(change: MoneyChange, name: str, amount: int):
    setattr(change, name, getattr(change, name) + amount)
