"""Progress of one line of a plan: percent, status, volume and money, computed from the current entries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db import models

from plans.models import Activity, ActivityFunding, ActivityProgress
from plans.rules.months import months_text
from records.sums import sum_known

# With these units the volume shows the progress of any work (docs/domain/work-plan.md).
ALWAYS_COUNTED = {"bulan", "kali"}
# Units that do not show the progress of the work; they require % fisik (our assumption).
NOT_COUNTED = {"paket", "ls", "lumpsum", "lump sum", "set", "%"}
CENT = Decimal("0.01")
PLANNED_MONTHS_RULE = (
    "Biaya rencana dibagi ke bulan pelaksanaannya: mengikuti volume bila setiap bulan mendapat satuan utuh, selain itu"
    " sama rata. Sisa pembagian ditambahkan ke bulan-bulan pertama, masing-masing satu rupiah."
)


class Status(models.TextChoices):
    NO_DATA = "tanpa_data", "Belum ada data"
    NOT_STARTED = "belum", "Belum dimulai"
    RUNNING = "berjalan", "Berjalan"
    DONE = "selesai", "Selesai"
    LATE = "terlambat", "Terlambat"
    POSTPONED = "ditunda", "Ditunda"
    CANCELLED = "batal", "Batal"


TONES = {
    Status.NO_DATA: "grey",
    Status.NOT_STARTED: "grey",
    Status.RUNNING: "amber",
    Status.DONE: "green",
    Status.LATE: "red",
    Status.POSTPONED: "amber",
    Status.CANCELLED: "grey",
}
# Lines that need attention come first.
ORDER = [
    Status.LATE,
    Status.POSTPONED,
    Status.RUNNING,
    Status.NOT_STARTED,
    Status.NO_DATA,
    Status.DONE,
    Status.CANCELLED,
]


def spread(total: int, months: list[int], weights: list[int] | None = None) -> dict[int, int]:
    """Distributes a whole amount over months, evenly or by `weights`, in whole parts with the same sum. No month:
    empty.

    The remainder goes to the first months, one each (our assumption).
    """
    shares = weights if weights and any(weights) else [1] * len(months)
    parts = [total * share // sum(shares) for share in shares]
    left = total - sum(parts)
    return {month: part + (index < left) for index, (month, part) in enumerate(zip(months, parts, strict=True))}


def has_whole_pieces(volume: Decimal, months: list[int]) -> bool:
    """Whether each month gets at least one whole piece of the volume: 7 kali in 5 months, but not 1 paket in 3."""
    return volume == int(volume) and volume >= len(months)


def spread_volume(volume: Decimal, months: list[int]) -> dict[int, Decimal]:
    """The same for a volume: whole pieces where there are enough of them, otherwise two decimals."""
    if has_whole_pieces(volume, months):
        return {month: Decimal(part) for month, part in spread(int(volume), months).items()}
    return {month: Decimal(part) * CENT for month, part in spread(int(volume / CENT), months).items()}


def planned_months(activity: Activity, amount: int) -> dict[int, int]:
    """Planned money over the planned months: by pieces where each month has whole ones, otherwise evenly.

    Our assumption; PLANNED_MONTHS_RULE explains it on pages.
    """
    months = activity.month_list
    pieces = spread_volume(activity.volume, months) if has_whole_pieces(activity.volume, months) else {}
    return spread(amount, months, [int(part) for part in pieces.values()])


def half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Share:
    """The meaning of "sesuai rencana" in one month. `costs`: source id -> rupiah; `percent` only where % fisik is
    needed.
    """

    volume: Decimal
    percent: int | None
    costs: dict[int, int]

    @property
    def cost(self) -> int:
        return sum(self.costs.values())


@dataclass
class LineProgress:
    """A line with its current entries by month. `gone`: only an earlier revision has it.

    `quiet`: months with a report of no activity. `on`: the day of the assessment. `recorded`: whether the kabupaten
    records that year; if not, a missing report is unknown and never late.
    """

    activity: Activity
    year: int
    on: date
    entries: dict[int, ActivityProgress] = field(default_factory=dict)
    quiet: frozenset[int] = frozenset()
    gone: bool = False
    recorded: bool = True

    @property
    def line(self) -> int:
        return self.activity.line

    @cached_property
    def months(self) -> list[int]:
        return [] if self.gone else self.activity.month_list

    @property
    def months_text(self) -> str:
        """ "Jan–Des", or a note for a line that the plan lacks now."""
        return "tidak ada lagi dalam rencana" if self.gone else months_text(self.activity.months) or "tanpa bulan"

    @cached_property
    def fundings(self) -> list[ActivityFunding]:
        return [] if self.gone else list(self.activity.fundings.all())

    @property
    def planned(self) -> int:
        """Rupiah; 0 for a line that the plan lacks now."""
        return 0 if self.gone else self.activity.amount

    @property
    def requires_percent(self) -> bool:
        """Whether % fisik is needed: construction, and units that cannot be counted."""
        unit = self.activity.unit.strip().casefold()
        if unit in ALWAYS_COUNTED:
            return False
        return self.activity.cost_class == Activity.CostClass.REPAIR or unit in NOT_COUNTED

    def _until(self, month: int) -> list[ActivityProgress]:
        return [entry for number, entry in sorted(self.entries.items()) if number <= month]

    def done(self, until: int = 12) -> Decimal:
        """Volume reported until the end of that month."""
        return sum((entry.volume or Decimal(0) for entry in self._until(until)), Decimal(0))

    def percent(self, until: int = 12) -> int | None:
        """Progress from 0 to 100; None where nothing was reported.

        The last reported % fisik of the line, otherwise volume against planned volume; the latter is 100 only when all
        of it is done, which also ends a line with a % fisik of an earlier month.
        """
        entries = self._until(until)
        if not entries:
            return 0 if any(month in self.quiet for month in self.months if month <= until) else None
        reported = [entry.percent for entry in entries if entry.percent is not None]
        by_volume = self._percent_by_volume(entries)
        if not reported:
            return by_volume
        later = entries[-1].percent is None and not self.requires_percent
        return 100 if later and by_volume == 100 else reported[-1]

    def _percent_by_volume(self, entries: list[ActivityProgress]) -> int:
        planned, done = self.activity.volume, sum((entry.volume or Decimal(0) for entry in entries), Decimal(0))
        if done >= planned:
            return 100 if done or entries[-1].as_planned else 0
        return min(half_up(done * 100 / planned), 99)

    @property
    def last_entry(self) -> ActivityProgress | None:
        return self.entries[max(self.entries)] if self.entries else None

    @property
    def entry_status(self) -> str:
        """Ditunda or Batal, when the newest entry has that status."""
        return self.last_entry.status if self.last_entry else ""

    @property
    def is_past(self) -> bool:
        """Whether the last planned month is over."""
        return bool(self.months) and (self.year, self.months[-1]) < (self.on.year, self.on.month)

    @cached_property
    def status(self) -> Status:
        percent = self.percent()
        if self.gone:
            return Status.DONE if percent == 100 else Status.CANCELLED
        if self.entry_status:
            return Status(self.entry_status)
        if percent is None:
            return Status.NO_DATA
        if percent >= 100:
            return Status.DONE
        if self.is_past:
            return Status.LATE if self.recorded else Status.NO_DATA
        return Status.RUNNING if percent or self.cost else Status.NOT_STARTED

    @property
    def tone(self) -> str:
        return TONES[self.status]

    @cached_property
    def cost_by_month(self) -> dict[int, int]:
        """Rupiah of the reported months, including "tidak ada kegiatan"; an entry without money counts as 0."""
        nothing = {month: 0 for month in self.months if month in self.quiet}
        return nothing | {month: entry_cost(entry) for month, entry in self.entries.items()}

    @property
    def cost(self) -> int | None:
        """Reported spending in rupiah; None, "belum ada data", for a line without a report."""
        return sum_known(self.cost_by_month.values())

    @property
    def is_known(self) -> bool:
        return self.cost is not None

    @cached_property
    def planned_volumes(self) -> dict[int, Decimal]:
        return spread_volume(self.activity.volume, self.months)

    def by_month(self, amount: int) -> dict[int, int]:
        return {} if self.gone else planned_months(self.activity, amount)

    @cached_property
    def planned_by_month(self) -> dict[int, int]:
        return self.by_month(self.planned)

    @cached_property
    def funding_by_month(self) -> dict[int, dict[int, int]]:
        """Source id -> planned rupiah by month; the sources of a month add up to `planned_by_month` of it."""
        found, total, before = {}, 0, dict.fromkeys(self.months, 0)
        for funding in self.fundings:
            total += funding.amount
            until = self.by_month(total)
            found[funding.source_id] = {month: until[month] - before[month] for month in self.months}
            before = until
        return found

    def cost_by_source(self, without: int | None = None) -> dict[int, int]:
        """Source id -> rupiah spent, 0 where a reported line did not use it; `without` leaves one month out."""
        sums: dict[int, int] = defaultdict(int, {f.source_id: 0 for f in self.fundings} if self.is_known else {})
        for month, entry in self.entries.items():
            if month != without:
                for paid in entry.fundings.all():
                    sums[paid.source_id] += paid.cost
        return dict(sums)

    def share(self, month: int) -> Share:
        """The part of volume and money of a planned month; in any other month the remainder."""
        paying = [f for f in self.fundings if f.security != ActivityFunding.Security.NOT_FUNDED]
        if month in self.months:
            volume = self.planned_volumes[month]
            costs = {f.source_id: self.funding_by_month[f.source_id][month] for f in paying}
            done = self.months.index(month) + 1
            percent = half_up(Decimal(100 * done) / len(self.months))
        else:
            others = sum((e.volume or Decimal(0) for m, e in self.entries.items() if m != month), Decimal(0))
            spent = self.cost_by_source(without=month)
            volume = max(self.activity.volume - others, Decimal(0))
            costs = {f.source_id: max(f.amount - spent.get(f.source_id, 0), 0) for f in paying}
            percent = 100
        return Share(
            volume, percent if self.requires_percent else None, {key: cost for key, cost in costs.items() if cost > 0}
        )

    def is_due(self, month: int) -> bool:
        """Whether it is due in that month: planned for it, or planned earlier and neither done nor cancelled."""
        if month in self.months:
            return not self._given_up_before(month)
        return self._is_left_in(month)

    def is_late_in(self, month: int) -> bool:
        return self.recorded and self._is_left_in(month)

    def _is_left_in(self, month: int) -> bool:
        past = bool(self.months) and self.months[-1] < month
        return past and (self.percent(month - 1) or 0) < 100 and not self._given_up_before(month)

    def _given_up_before(self, month: int) -> bool:
        before = self._until(month - 1)
        return bool(before) and before[-1].status == ActivityProgress.Status.CANCELLED


def entry_cost(entry: ActivityProgress) -> int:
    """Rupiah from all sources. Expects the fundings prefetched."""
    return sum(paid.cost for paid in entry.fundings.all())
