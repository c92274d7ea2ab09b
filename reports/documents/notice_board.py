"""Papan pengumuman: plan, income and spending of one KPSPAMS on one page that people read at two metres.

Letters of the amounts are 16 pt and larger; on the sheet stands no person's name.
"""

from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from kpspams.models import WorkPlan
from kpspams.progress import plan_progress
from records import words
from reports.documents import plan_papers
from reports.documents.annual_account import clean, fund_rows
from reports.documents.plan_papers import SUBJECTS, district_of
from reports.documents.sheets import Cell, Formula, Ledger, total_of

__all__ = ["SUBJECTS", "clean", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "PP"
UNKNOWN = "Belum ada data"


def label(parameters: dict) -> str:
    return "Papan pengumuman"


def collect(subject: WorkPlan, parameters: dict, user: User | None) -> dict[str, Any]:
    plan = subject
    day = plan_papers.day_told(plan)
    office = district_of(plan).office_on(day)
    progress = plan_progress(plan, day)
    areas: dict[str, list[Any]] = {}
    for line in progress.lines:
        area = line.activity.area
        row = areas.setdefault(area.code, [area, 0, 0])
        row[1] += line.planned
        row[2] += line.cost
    ordered = sorted(areas.values(), key=lambda row: (row[0].order, row[0].code))
    funds = fund_rows(progress)
    amounts = [amount for _, _, amount in funds if amount is not None]
    received = sum(amounts) if len(amounts) == len(funds) else None
    spent = progress.realised if progress.has_data else None
    left = None if received is None or spent is None else received - spent
    percent, known = progress.percent, progress.has_data
    return {
        "document": plan_papers.head(plan, "Papan pengumuman", day, office, wide=False),
        "group": f"KPSPAMS “{plan.group.name}”",
        "about": plan_papers.about(plan, office),
        "year": str(plan.year),
        "until": words.date_id(day),
        "big": [
            ["Rencana", words.rupiah(progress.planned)],
            ["Uang masuk", _rupiah(received)],
            ["Uang keluar", _rupiah(spent)],
            ["Sisa", _rupiah(left)],
        ],
        "percent": UNKNOWN if percent is None else words.percent(percent),
        "income": [
            [source.label, words.number_id(planned), "-" if real is None else words.number_id(real)]
            for source, planned, real in funds
        ],
        "spending": [
            [area.label, words.number_id(planned), words.number_id(cost) if known else "-"]
            for area, planned, cost in ordered
        ],
        "fee": _fee(plan),
        "figures": {
            "income": [[source.label, planned, real] for source, planned, real in funds],
            "spending": [[area.label, planned, cost if known else None] for area, planned, cost in ordered],
        },
    }


def _rupiah(amount: int | None) -> str:
    return UNKNOWN if amount is None else words.rupiah(amount)


def _fee(plan: WorkPlan) -> str:
    if plan.base_fee is None and plan.tariff is None:
        return ""
    parts = []
    if plan.base_fee is not None:
        parts.append(f"abonemen {words.rupiah(plan.base_fee)} per bulan")
    if plan.tariff is not None:
        parts.append(f"{words.rupiah(plan.tariff)} per m³")
    return f"Iuran: {', '.join(parts)}"


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("reports/documents/notice_board.html", snapshot)


def xlsx(snapshot: dict[str, Any]) -> bytes:
    """The two tables with their sums, then the four figures of the board made of these sums."""
    ledger = Ledger(snapshot["document"], [44, 20, 20], wide=False)
    ledger.heading(
        [snapshot["group"], f"TAHUN {snapshot['year']}", snapshot["about"], f"Keadaan per {snapshot['until']}"]
    )
    figures = snapshot["figures"]
    income = _sheet_table(ledger, ["Uang masuk dari", "Rencana (Rp)", "Diterima (Rp)"], figures["income"])
    ledger.gap()
    spending = _sheet_table(ledger, ["Uang keluar untuk", "Rencana (Rp)", "Dipakai (Rp)"], figures["spending"])
    ledger.gap()
    ledger.heads(["Ringkasan uang", "Jumlah (Rp)", ""], stays=False)
    spent, received = _sum(figures["spending"], 2), _sum(figures["income"], 2)
    summary: dict[str, Cell] = {"Rencana": Formula(f"=B{spending}", _sum(figures["spending"], 1) or 0)}
    left = None if spent is None or received is None else received - spent
    for name, formula, amount in (
        ("Uang masuk", f"=C{income}", received),
        ("Uang keluar", f"=C{spending}", spent),
        ("Sisa", f"=C{income}-C{spending}", left),
    ):
        summary[name] = UNKNOWN if amount is None else Formula(formula, amount)
    for name, cell in summary.items():
        ledger.row([name, cell, ""])
    ledger.row(["Pekerjaan selesai", snapshot["percent"], ""])
    if snapshot["fee"]:
        ledger.note(snapshot["fee"])
    return ledger.content()


def _sheet_table(ledger: Ledger, heads: list[str], rows: list[list[Any]]) -> int:
    """Returns the number of the line that holds the sums."""
    ledger.heads(heads, stays=False)
    lines = [ledger.row([name, planned, "-" if real is None else real]) for name, planned, real in rows]
    real_sum = _sum(rows, 2)
    cells: list[Cell] = ["JUMLAH", total_of(1, lines, _sum(rows, 1) or 0)]
    return ledger.row([*cells, "-" if real_sum is None else total_of(2, lines, real_sum)], bold=True)


def _sum(rows: list[list[Any]], place: int) -> int | None:
    """None where nothing is known."""
    amounts = [row[place] for row in rows]
    return None if None in amounts else sum(amounts)
