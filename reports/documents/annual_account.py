"""LPJ tahunan KPSPAMS: what came in and went out in one year, against the plan, with the balance after each line.

Form: Uraian, Rencana, Realisasi, Selisih, Saldo. Selisih is realisasi less rencana. The opening balance is not known to
the portal: a dotted line for the pen, and the balances count from zero (our assumption).
"""

from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from kpspams.line_progress import LineProgress
from kpspams.models import FundingSource, WorkPlan
from kpspams.progress import PlanProgress, plan_progress
from records import words
from reports.documents import frame, plan_papers
from reports.documents.plan_papers import SUBJECTS, district_of
from reports.documents.sheets import Cell, Formula, Ledger, total_of
from reports.kinds import Kind

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 2
CODE_PREFIX = "LPJ"


def label(parameters: dict) -> str:
    return "LPJ tahunan KPSPAMS"


def clean(subject: WorkPlan, parameters: dict) -> dict:
    """Raises ValidationError, in words for people, for a plan that nobody carries out."""
    plan_papers.refuse_unsettled(subject)
    return {}


def collect(subject: WorkPlan, parameters: dict, user: User | None) -> dict[str, Any]:
    plan = subject
    day = plan_papers.day_told(plan)
    office = district_of(plan).office_on(day)
    progress = plan_progress(plan, day)
    balance: int | None = 0
    income: list[dict[str, Any]] = []
    for source, planned, received in fund_rows(progress):
        balance = _added(balance, received)
        income.append(_row(source.label, planned, received, balance))
    areas: dict[str, dict[str, Any]] = {}
    for line in _in_order(progress):
        cost = line.cost if progress.has_data else None
        balance = _added(balance, cost, -1)
        area = line.activity.area
        part = areas.setdefault(area.code, {"label": str(area), "rows": []})
        part["rows"].append(_row(line.activity.title, line.planned, cost, balance))
    for code, part in areas.items():
        part["sum"] = _sum(f"Jumlah bidang {code}", part["rows"])
    spent = [row for part in areas.values() for row in part["rows"]]
    income_sum, spent_sum = _sum("Jumlah penerimaan", income), _sum("Jumlah pengeluaran", spent)
    last = _row("Saldo akhir", 0, 0, balance)
    return {
        "document": plan_papers.head(plan, "LPJ tahunan", day, office, wide=False),
        "heading": f"LAPORAN PERTANGGUNGJAWABAN KPSPAMS “{plan.group.name.upper()}” TAHUN\N{NO-BREAK SPACE}{plan.year}",
        "about": plan_papers.about(plan, office),
        "until": words.date_id(day),
        "income": income,
        "income_sum": income_sum,
        "areas": list(areas.values()),
        "spent_sum": spent_sum,
        "balance": last,
        "recorded": progress.income is not None,
        "signed_at": f"{plan.group.village.name}, {frame.DOTS}",
    } | plan_papers.kop_and_signatures(Kind.ANNUAL_ACCOUNT, plan, day, office)


def fund_rows(progress: PlanProgress) -> list[tuple[FundingSource, int, int | None]]:
    """(source, rupiah planned, rupiah received), in the order of the sources; received None where unknown."""
    planned: dict[int, int] = {}
    sources: dict[int, FundingSource] = {}
    for line in progress.lines:
        for funding in line.fundings:
            planned[funding.source_id] = planned.get(funding.source_id, 0) + funding.amount
            sources[funding.source_id] = funding.source
        for entry in line.entries.values():
            sources |= {paid.source_id: paid.source for paid in entry.fundings.all()}
    known = progress.has_data
    received = plan_papers.funds_received(progress)
    ordered = sorted(sources.values(), key=lambda source: (source.order, source.code))
    return [(source, planned.get(source.pk, 0), received.get(source.pk, 0) if known else None) for source in ordered]


def _in_order(progress: PlanProgress) -> list[LineProgress]:
    return sorted(progress.lines, key=lambda line: (line.activity.area.order, line.activity.area.code, line.line))


def _added(balance: int | None, amount: int | None, sign: int = 1) -> int | None:
    """The balance after one line; unknown from the first line on of which nobody recorded the amount."""
    return None if balance is None or amount is None else balance + sign * amount


def _row(text: str, planned: int, real: int | None, balance: int | None) -> dict[str, Any]:
    """What is not known prints "-", never 0."""
    difference = None if real is None else real - planned
    told = "-" if real is None else words.number_id(real)
    return {
        "text": text,
        "planned": planned,
        "real": real,
        "difference": difference,
        "balance": balance,
        "words": [words.number_id(planned), told, "-" if difference is None else plan_papers.signed(difference)],
        "balance_words": "-" if balance is None else words.number_id(balance),
    }


def _sum(text: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    amounts = [row["real"] for row in rows]
    real = None if None in amounts else sum(amounts)
    return _row(text, sum(row["planned"] for row in rows), real, 0)


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("reports/documents/annual_account.html", snapshot)


def xlsx(snapshot: dict[str, Any]) -> bytes:
    ledger = Ledger(snapshot["document"], [54, 17, 17, 17, 17], wide=False)
    ledger.heading([snapshot["heading"], snapshot["about"], f"Keadaan per {snapshot['until']}"])
    ledger.heads(["Uraian", "Rencana (Rp)", "Realisasi (Rp)", "Selisih (Rp)", "Saldo (Rp)"])
    before: list[int] = []  # the line of the balance that the next one goes on from

    def entry(row: dict[str, Any], sign: str) -> int:
        number = ledger.line + 1
        start = f"E{before[-1]}" if before else "0"
        balance = _formula(f"={start}{sign}C{number}", row["balance"])
        real = "" if row["real"] is None else row["real"]
        before.append(ledger.row([row["text"], row["planned"], real, gap_of(row), balance]))
        return before[-1]

    def gap_of(row: dict[str, Any]) -> Cell:
        number = ledger.line + 1
        return _formula(f"=C{number}-B{number}", row["difference"])

    def total(row: dict[str, Any], lines: list[int]) -> int:
        real: Cell = "" if row["real"] is None else total_of(2, lines, row["real"])
        return ledger.row([row["text"], total_of(1, lines, row["planned"]), real, gap_of(row), ""], bold=True)

    ledger.row(["A. PENERIMAAN", "", "", "", ""], bold=True)
    total(snapshot["income_sum"], [entry(row, "+") for row in snapshot["income"]])
    ledger.row(["B. PENGELUARAN", "", "", "", ""], bold=True)
    sums = []
    for part in snapshot["areas"]:
        ledger.row([part["label"], "", "", "", ""], bold=True)
        sums.append(total(part["sum"], [entry(row, "-") for row in part["rows"]]))
    total(snapshot["spent_sum"], sums)
    last = f"=E{before[-1]}" if before else "=0"
    ledger.row(["Saldo akhir", "", "", "", _formula(last, snapshot["balance"]["balance"])], bold=True)
    return ledger.content()


def _formula(text: str, value: int | None) -> Cell:
    """An empty cell where the value is not known."""
    return "" if value is None else Formula(text, value)
