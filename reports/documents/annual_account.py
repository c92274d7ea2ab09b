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
from reports.documents.sheets import Formula, Ledger, total_of
from reports.kinds import Kind

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 1
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
    balance = 0
    income: list[dict[str, Any]] = []
    for source, planned, received in fund_rows(progress):
        balance += received
        income.append(_row(source.label, planned, received, balance))
    areas: dict[str, dict[str, Any]] = {}
    for line in _in_order(progress):
        balance -= line.cost
        area = line.activity.area
        part = areas.setdefault(area.code, {"label": str(area), "rows": []})
        part["rows"].append(_row(line.activity.title, line.planned, line.cost, balance))
    for code, part in areas.items():
        part["sum"] = _sum(f"Jumlah bidang {code}", part["rows"])
    spent = [row for part in areas.values() for row in part["rows"]]
    income_sum, spent_sum = _sum("Jumlah penerimaan", income), _sum("Jumlah pengeluaran", spent)
    last = _row("Saldo akhir", 0, 0, balance)
    if not progress.has_data:
        _unknown([*income, *spent, *(part["sum"] for part in areas.values()), income_sum, spent_sum, last])
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
        "recorded": any(report.income is not None for report in progress.reports.values()),
        "signed_at": f"{plan.group.village.name}, {frame.DOTS}",
    } | plan_papers.kop_and_signatures(Kind.ANNUAL_ACCOUNT, plan, day, office)


def fund_rows(progress: PlanProgress) -> list[tuple[FundingSource, int, int]]:
    """(source, rupiah planned, rupiah received), in the order of the sources."""
    planned: dict[int, int] = {}
    sources: dict[int, FundingSource] = {}
    for line in progress.lines:
        for funding in line.fundings:
            planned[funding.source_id] = planned.get(funding.source_id, 0) + funding.amount
            sources[funding.source_id] = funding.source
        for entry in line.entries.values():
            sources |= {paid.source_id: paid.source for paid in entry.fundings.all()}
    received = plan_papers.funds_received(progress)
    ordered = sorted(sources.values(), key=lambda source: (source.order, source.code))
    return [(source, planned.get(source.pk, 0), received.get(source.pk, 0)) for source in ordered]


def _in_order(progress: PlanProgress) -> list[LineProgress]:
    return sorted(progress.lines, key=lambda line: (line.activity.area.order, line.activity.area.code, line.line))


def _row(text: str, planned: int, real: int, balance: int) -> dict[str, Any]:
    return {
        "text": text,
        "planned": planned,
        "real": real,
        "difference": real - planned,
        "balance": balance,
        "words": [words.number_id(planned), words.number_id(real), plan_papers.signed(real - planned)],
        "balance_words": words.number_id(balance),
    }


def _unknown(rows: list[dict[str, Any]]) -> None:
    """Nothing was ever reported: what is not known prints "-", never 0."""
    for row in rows:
        row |= {"words": [row["words"][0], "-", "-"], "balance_words": "-"}


def _sum(text: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return _row(text, sum(row["planned"] for row in rows), sum(row["real"] for row in rows), 0)


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
        balance = Formula(f"={start}{sign}C{number}", row["balance"])
        gap = Formula(f"=C{number}-B{number}", row["difference"])
        before.append(ledger.row([row["text"], row["planned"], row["real"], gap, balance]))
        return before[-1]

    def total(row: dict[str, Any], lines: list[int]) -> int:
        number = ledger.line + 1
        gap = Formula(f"=C{number}-B{number}", row["difference"])
        sums = [total_of(1, lines, row["planned"]), total_of(2, lines, row["real"])]
        return ledger.row([row["text"], *sums, gap, ""], bold=True)

    ledger.row(["A. PENERIMAAN", "", "", "", ""], bold=True)
    total(snapshot["income_sum"], [entry(row, "+") for row in snapshot["income"]])
    ledger.row(["B. PENGELUARAN", "", "", "", ""], bold=True)
    sums = []
    for part in snapshot["areas"]:
        ledger.row([part["label"], "", "", "", ""], bold=True)
        sums.append(total(part["sum"], [entry(row, "-") for row in part["rows"]]))
    total(snapshot["spent_sum"], sums)
    last = f"=E{before[-1]}" if before else "=0"
    ledger.row(["Saldo akhir", "", "", "", Formula(last, snapshot["balance"]["balance"])], bold=True)
    return ledger.content()
