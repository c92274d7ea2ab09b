"""Laporan pelaksanaan rencana kerja until the end of a triwulan: the plan row above the realisation row, money, photos.

Twelve months are in one cell, as on the plan itself: full boxes are months with plan, or with realisation.
"""

from decimal import Decimal
from itertools import groupby
from typing import TypedDict

from accounts.models import User
from documents.base import AllVillages
from documents.choices import Format
from documents.content import Parameters, Snapshot, option
from documents.layout import blocks
from documents.layout.frame import Signed
from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans import base
from documents.plans.base import ROMAN, UNKNOWN, PlanDocument, money
from documents.plans.work_plan import MONTH_HEADS, MONTH_OFF, MONTH_ON
from plans.models import ProgressPhoto, WorkPlan
from plans.queries.line_progress import LineProgress
from plans.queries.progress import PlanProgress, plan_progress
from plans.queries.realisation import by_source
from records import formats
from records.sums import sum_known

MAX_PHOTOS = 12  # two pages of six (our assumption)


class Money(TypedDict):
    """Planned and spent rupiah; `cost` is None without data."""

    planned: int
    cost: int | None
    planned_text: str
    cost_text: str


class ProgressFigures(TypedDict):
    volume: str
    done: str | None
    percent: int | None


class ProgressRow(Money):
    number: str
    title: str
    unit: str
    volume: str
    done: str
    planned_months: str
    worked_months: str
    percent: str
    status: str
    obstacle: str
    figures: ProgressFigures


class ProgressSum(Money):
    share: str


class ProgressArea(TypedDict):
    code: str
    label: str
    rows: list[ProgressRow]
    sum: ProgressSum


class PlanProgressContent(Snapshot, Signed):
    heading: str
    about: str
    percent: str
    month_heads: list[str]
    areas: list[ProgressArea]
    sum: ProgressSum
    sources: list[list[str]]  # label, planned, spent, remaining
    left_out: str
    obstacles: list[list[str]]  # number, title, obstacle
    photos: list[blocks.Block]
    signed_at: str


class PlanProgressDocument(PlanDocument[PlanProgressContent]):
    kind, title, code_prefix = "plan_progress", "Laporan pelaksanaan rencana kerja", "PR"
    template_version = 3
    all_villages = (AllVillages("pelaksanaan", "Laporan pelaksanaan rencana kerja", 2),)
    audit_position = 3
    formats = (Format.PDF, Format.XLSX)
    options = {"quarter": {"4": "Setahun (triwulan IV)", **{number: f"Triwulan {ROMAN[number]}" for number in "123"}}}
    signers = base.PLAN_SIGNERS
    template = "documents/plan_progress.html"

    def label(self, parameters: Parameters) -> str:
        quarter = option(parameters, "quarter")
        return (
            f"Laporan pelaksanaan triwulan {ROMAN[quarter]}"
            if quarter in ROMAN
            else "Laporan pelaksanaan rencana kerja"
        )

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan that is not carried out."""
        base.refuse_unsettled(subject)
        return {"quarter": parameters.get("quarter") or "4"}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> PlanProgressContent:
        plan, quarter = subject, int(option(parameters, "quarter"))
        day = base.reporting_day(plan, 3 * quarter)
        office = self.district_of(plan).office_on(day)
        progress = plan_progress(plan, day)
        ordered = enumerate(base.in_order(progress), 1)
        areas: list[ProgressArea] = []
        for area, numbered in groupby(ordered, key=lambda pair: pair[1].activity.area):
            rows = [_row(number, line) for number, line in numbered]
            areas.append({"code": area.code, "label": area.label, "rows": rows, "sum": _sums(rows)})
        every = [row for part in areas for row in part["rows"]]
        percent = progress.percent
        return {
            "document": base.head(plan, f"Laporan pelaksanaan triwulan {ROMAN[str(quarter)]}", day, office, wide=True),
            "heading": f"LAPORAN PELAKSANAAN RENCANA KERJA KPSPAMS “{plan.group.name.upper()}” TAHUN {plan.year}",
            "about": f"{base.about(plan, office)}, sampai dengan triwulan {ROMAN[str(quarter)]}, "
            f"keadaan per {formats.date_id(day)}",
            "percent": UNKNOWN if percent is None else formats.percent(percent),
            "month_heads": list(MONTH_HEADS),
            "areas": areas,
            "sum": _sums(every),
            "sources": _sources(progress),
            "left_out": base.left_out(progress),
            "obstacles": [[row["number"], row["title"], row["obstacle"]] for row in every if row["obstacle"]],
            "photos": _photos(plan, 3 * quarter),
            "signed_at": f"{plan.group.village.name}, {formats.date_id(day)}",
            **base.letterhead_and_signatures(self, plan, day, office),
        }

    def xlsx(self, content: PlanProgressContent) -> bytes:
        ledger = Ledger(content["document"], [5, 40, 10, 10, 9, 16, 16, 16, 9, 16, 36])
        ledger.heading([content["heading"], content["about"]])
        ledger.heads(HEADS)
        sums = []
        for area in content["areas"]:
            ledger.row([area["code"], area["label"], *("" for _ in HEADS[2:])], bold=True)
            lines = [ledger.row(_sheet_row(row, ledger.line + 1)) for row in area["rows"]]
            sums.append(_sheet_sum(ledger, f"Jumlah bidang {area['code']}", lines, area["sum"]))
        _sheet_sum(ledger, "JUMLAH", sums, content["sum"])
        if content["left_out"]:
            ledger.note(content["left_out"])
        return ledger.content()


def _row(number: int, line: LineProgress) -> ProgressRow:
    percent = line.percent()
    worked = {month for month, entry in line.entries.items() if entry.volume or line.cost_by_month[month]}
    obstacles = [entry.obstacle for _, entry in sorted(line.entries.items()) if entry.obstacle]
    return {
        "number": str(number),
        "title": line.activity.title,
        "unit": line.activity.unit,
        "volume": formats.number_id(line.activity.volume),
        "done": formats.number_id(line.done()) if line.is_known else "-",
        "planned_months": _boxes(set(line.months)),
        "worked_months": _boxes(worked),
        "planned": line.planned,
        "cost": line.cost,
        "planned_text": formats.number_id(line.planned),
        "cost_text": money(line.cost),
        "percent": UNKNOWN if percent is None else formats.percent(percent),
        "status": str(line.status.label),
        "obstacle": obstacles[-1] if obstacles else "",
        "figures": {
            "volume": str(line.activity.volume),
            "done": str(line.done()) if line.is_known else None,
            "percent": percent,
        },
    }


def _boxes(months: set[int]) -> str:
    return "".join(MONTH_ON if month in months else MONTH_OFF for month in range(1, 13))


def _sums(rows: list[ProgressRow]) -> ProgressSum:
    planned, cost = sum(row["planned"] for row in rows), sum_known(row["cost"] for row in rows)
    return {
        "planned": planned,
        "cost": cost,
        "planned_text": formats.number_id(planned),
        "cost_text": money(cost),
        "share": "-" if cost is None or not planned else formats.percent(Decimal(100 * cost) / planned),
    }


def _sources(progress: PlanProgress) -> list[list[str]]:
    """Source, planned, spent, remaining."""
    rows = [row for row in by_source(progress) if row.key is not None]
    return [
        [row.label, money(row.planned), money(row.realised), "-" if row.left is None else money(row.left)]
        for row in rows
    ]


def _photos(plan: WorkPlan, last_month: int) -> list[blocks.Block]:
    """The newest images of valid entries, with captions; an unreadable image is left out."""
    rows = ProgressPhoto.objects.filter(
        progress__activity__plan__group=plan.group_id,
        progress__activity__plan__year=plan.year,
        progress__corrected_by=None,
        progress__month__lte=last_month,
    )
    found = []
    for row in rows.select_related("file", "progress__activity").order_by("-progress__month", "-pk")[:MAX_PHOTOS]:
        when = formats.date_id(row.file.taken_at) if row.file.taken_at else formats.MONTHS[row.progress.month - 1]
        picture = blocks.photo(row.file, f"{row.progress.activity.title}, {when}")
        if picture:
            found.append(picture)
    return found


HEADS = [
    *("No", "Kegiatan", "Volume rencana", "Realisasi volume", "Satuan", "Rencana (Rp)", "Realisasi (Rp)", "Sisa (Rp)"),
    *("%", "Status", "Kendala"),
]


def _sheet_row(row: ProgressRow, line: int) -> list[Cell]:
    figures = row["figures"]
    done: Cell = "" if figures["done"] is None else Decimal(figures["done"])
    cells: list[Cell] = [row["number"], row["title"], Decimal(figures["volume"]), done, row["unit"]]
    percent: Cell = UNKNOWN if figures["percent"] is None else figures["percent"]
    cost: Cell = money(None) if row["cost"] is None else row["cost"]
    return [*cells, row["planned"], cost, _sheet_left(row, line), percent, row["status"], row["obstacle"]]


def _sheet_left(sums: Money, line: int) -> Cell:
    return "" if sums["cost"] is None else Formula(f"=F{line}-G{line}", sums["planned"] - sums["cost"])


def _sheet_sum(ledger: Ledger, text: str, lines: list[int], sums: Money) -> int:
    cost: Cell = money(None) if sums["cost"] is None else total_of(6, lines, sums["cost"])
    cells = [total_of(5, lines, sums["planned"]), cost, _sheet_left(sums, ledger.line + 1)]
    return ledger.row(["", text, "", "", "", *cells, "", "", ""], bold=True)
