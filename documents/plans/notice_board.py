"""Papan pengumuman: plan, income and spending of one KPSPAMS on one page, readable at two metres.

Amounts are printed in 16 pt or larger; the page has no names of people.
"""

from typing import TypedDict

from accounts.models import User
from documents.choices import Format
from documents.content import Parameters, Snapshot
from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans import base
from documents.plans.base import UNKNOWN, PlanDocument, money
from documents.signers import Level
from plans.models import WorkPlan
from plans.queries.progress import plan_progress
from plans.queries.realisation import by_area
from records import formats


class Amounts(TypedDict):
    """Rupiah of one source or bidang; `real` is None without data."""

    label: str
    planned: int
    real: int | None


class BoardFigures(TypedDict):
    income: list[Amounts]
    spending: list[Amounts]
    received: int | None
    spent: int | None


class NoticeBoardContent(Snapshot):
    group: str
    about: str
    year: str
    until: str
    big: list[list[str]]
    percent: str
    income: list[list[str]]
    spending: list[list[str]]
    left_out: str
    fee: str
    figures: BoardFigures


class NoticeBoard(PlanDocument[NoticeBoardContent]):
    kind, title, code_prefix = "notice_board", "Papan pengumuman", "PP"
    template_version = 3
    formats = (Format.PDF, Format.XLSX)
    letterhead = None
    level = Level.DISTRICT
    template = "documents/notice_board.html"

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan that is not carried out."""
        base.refuse_unsettled(subject)
        return {}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> NoticeBoardContent:
        plan = subject
        day = base.reporting_day(plan)
        office = self.district_of(plan).office_on(day)
        progress = plan_progress(plan, day)
        labels = {line.activity.area_id: line.activity.area.label for line in progress.lines}
        spending: list[Amounts] = [
            {"label": labels[row.key], "planned": row.planned, "real": row.realised} for row in by_area(progress)
        ]
        funds = base.funds(progress)
        income: list[Amounts] = [
            {"label": fund.label, "planned": fund.planned, "real": fund.received} for fund in funds
        ]
        received, spent = base.received_of(funds), progress.realised
        left = None if received is None or spent is None else received - spent
        percent = progress.percent
        return {
            "document": base.head(plan, "Papan pengumuman", day, office, wide=False),
            "group": f"KPSPAMS “{plan.group.name}”",
            "about": base.about(plan, office),
            "year": str(plan.year),
            "until": formats.date_id(day),
            "big": [
                ["Rencana", formats.rupiah(progress.planned)],
                ["Uang masuk", _rupiah(received)],
                ["Uang keluar", _rupiah(spent)],
                ["Sisa", _rupiah(left)],
            ],
            "percent": UNKNOWN if percent is None else formats.percent(percent),
            "income": [_texts(row) for row in income],
            "spending": [_texts(row) for row in spending],
            "left_out": base.left_out(progress),
            "fee": _fee(plan),
            "figures": {"income": income, "spending": spending, "received": received, "spent": spent},
        }

    def xlsx(self, content: NoticeBoardContent) -> bytes:
        """The two tables with their sums, then the four figures of the board computed from these sums."""
        ledger = Ledger(content["document"], [44, 20, 20], wide=False)
        ledger.heading(
            [content["group"], f"TAHUN {content['year']}", content["about"], f"Keadaan per {content['until']}"]
        )
        figures = content["figures"]
        received, spent = figures["received"], figures["spent"]
        income = _sheet_table(ledger, ["Uang masuk dari", "Rencana (Rp)", "Diterima (Rp)"], figures["income"], received)
        ledger.gap()
        heads = ["Uang keluar untuk", "Rencana (Rp)", "Dipakai (Rp)"]
        spending = _sheet_table(ledger, heads, figures["spending"], spent)
        ledger.gap()
        ledger.heads(["Ringkasan uang", "Jumlah (Rp)", ""], stays=False)
        summary: dict[str, Cell] = {"Rencana": Formula(f"=B{spending}", _planned(figures["spending"]))}
        left = None if spent is None or received is None else received - spent
        for name, formula, amount in (
            ("Uang masuk", f"=C{income}", received),
            ("Uang keluar", f"=C{spending}", spent),
            ("Sisa", f"=C{income}-C{spending}", left),
        ):
            summary[name] = UNKNOWN if amount is None else Formula(formula, amount)
        for name, cell in summary.items():
            ledger.row([name, cell, ""])
        ledger.row(["Pekerjaan selesai", content["percent"], ""])
        for text in (content["left_out"], content["fee"]):
            if text:
                ledger.note(text)
        return ledger.content()


def _texts(row: Amounts) -> list[str]:
    return [row["label"], money(row["planned"]), money(row["real"])]


def _rupiah(amount: int | None) -> str:
    return UNKNOWN if amount is None else formats.rupiah(amount)


def _fee(plan: WorkPlan) -> str:
    if plan.base_fee is None and plan.tariff is None:
        return ""
    parts = []
    if plan.base_fee is not None:
        parts.append(f"abonemen {formats.rupiah(plan.base_fee)} per bulan")
    if plan.tariff is not None:
        parts.append(f"{formats.rupiah(plan.tariff)} per m³")
    return f"Iuran: {', '.join(parts)}"


def _sheet_table(ledger: Ledger, heads: list[str], rows: list[Amounts], real: int | None) -> int:
    """Returns the number of the line with the sums; `real` is the sum of the last column, if known."""
    ledger.heads(heads, stays=False)
    lines = [ledger.row([row["label"], row["planned"], _cell(row["real"])]) for row in rows]
    whole: Cell = money(None) if real is None else total_of(2, lines, real)
    return ledger.row(["JUMLAH", total_of(1, lines, _planned(rows)), whole], bold=True)


def _cell(amount: int | None) -> Cell:
    return money(None) if amount is None else amount


def _planned(rows: list[Amounts]) -> int:
    return sum(row["planned"] for row in rows)
