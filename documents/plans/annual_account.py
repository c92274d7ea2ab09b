"""LPJ tahunan KPSPAMS: what came in and went out in one year, against the plan, with the balance after each line.

Form: Uraian, Rencana, Realisasi, Selisih, Saldo. Selisih is realisasi less rencana. The opening balance is not known to
the portal: a dotted line for the pen, and the balances count from zero. Sums and balances count what was reported, and
a line below says of how many lines nothing is known; without recorded iuran there is no balance (our assumption).
"""

from typing import Any

from accounts.models import User
from documents.choices import Format
from documents.layout import frame
from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans import base
from documents.plans.base import PlanDocument
from documents.signers import Signer
from plans.models import WorkPlan
from plans.queries.line_progress import LineProgress
from plans.queries.progress import PlanProgress, plan_progress
from records import formats
from records.sums import sum_known


class AnnualAccount(PlanDocument):
    kind, title, code_prefix = "annual_account", "LPJ tahunan", "LPJ"
    template_version = 3
    formats = (Format.PDF, Format.XLSX)
    signers = (*base.PLAN_SIGNERS, Signer("group_treasurer"))
    template = "documents/annual_account.html"

    def label(self, parameters: dict) -> str:
        return "LPJ tahunan KPSPAMS"

    def clean(self, subject: WorkPlan, parameters: dict) -> dict:
        """Raises ValidationError, in words for people, for a plan that nobody carries out."""
        base.refuse_unsettled(subject)
        return {}

    def collect(self, subject: WorkPlan, parameters: dict, user: User | None) -> dict[str, Any]:
        plan = subject
        day = base.day_told(plan)
        office = self.district_of(plan).office_on(day)
        progress = plan_progress(plan, day)
        balance: int | None = 0
        income: list[dict[str, Any]] = []
        funds = base.funds(progress)
        for fund in funds:
            if fund.received is not None or fund.is_fee:
                balance = _added(balance, fund.received)
            income.append(_row(fund.label, fund.planned, fund.received, balance))
        areas: dict[str, dict[str, Any]] = {}
        for line in _in_order(progress):
            balance = _added(balance, line.cost or 0, -1)  # a line without data stays out, as it does of the sums
            area = line.activity.area
            part = areas.setdefault(area.code, {"label": str(area), "rows": []})
            part["rows"].append(_row(line.activity.title, line.planned, line.cost, balance))
        for code, part in areas.items():
            part["sum"] = _sum(f"Jumlah bidang {code}", part["rows"], sum_known(row["real"] for row in part["rows"]))
        spent = [row for part in areas.values() for row in part["rows"]]
        income_sum = _sum("Jumlah penerimaan", income, base.received_of(funds))
        spent_sum = _sum("Jumlah pengeluaran", spent, progress.realised)
        balance = None if income_sum["real"] is None or spent_sum["real"] is None else balance
        last = _row("Saldo akhir", 0, 0, balance)
        return {
            "document": base.head(plan, "LPJ tahunan", day, office, wide=False),
            "heading": f"LAPORAN PERTANGGUNGJAWABAN KPSPAMS “{plan.group.name.upper()}” "
            f"TAHUN\N{NO-BREAK SPACE}{plan.year}",
            "about": base.about(plan, office),
            "until": formats.date_id(day),
            "income": income,
            "income_sum": income_sum,
            "areas": list(areas.values()),
            "spent_sum": spent_sum,
            "balance": last,
            "recorded": progress.income is not None,
            "left_out": base.left_out(progress),
            "signed_at": f"{plan.group.village.name}, {frame.DOTS}",
        } | base.letterhead_and_signatures(self, plan, day, office)

    def xlsx(self, snapshot: dict[str, Any]) -> bytes:
        ledger = Ledger(snapshot["document"], [54, 17, 17, 17, 17], wide=False)
        ledger.heading([snapshot["heading"], snapshot["about"], f"Keadaan per {snapshot['until']}"])
        ledger.heads(["Uraian", "Rencana (Rp)", "Realisasi (Rp)", "Selisih (Rp)", "Saldo (Rp)"])
        before: list[int] = []  # the line of the balance that the next one goes on from

        def entry(row: dict[str, Any], sign: str) -> int:
            number = ledger.line + 1
            start = f"E{before[-1]}" if before else "0"
            change = "" if row["real"] is None else f"{sign}C{number}"
            balance = _formula(f"={start}{change}", row["balance"])
            real = base.UNKNOWN.lower() if row["real"] is None else row["real"]
            before.append(ledger.row([row["text"], row["planned"], real, gap_of(row), balance]))
            return before[-1]

        def gap_of(row: dict[str, Any]) -> Cell:
            number = ledger.line + 1
            return _formula(f"=C{number}-B{number}", row["difference"])

        def total(row: dict[str, Any], lines: list[int]) -> int:
            known = row["real"] is not None
            real: Cell = total_of(2, lines, row["real"]) if known else base.UNKNOWN.lower()
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
        if snapshot["left_out"]:
            ledger.note(snapshot["left_out"])
        return ledger.content()


def _in_order(progress: PlanProgress) -> list[LineProgress]:
    return sorted(progress.lines, key=lambda line: (line.activity.area.order, line.activity.area.code, line.line))


def _added(balance: int | None, amount: int | None, sign: int = 1) -> int | None:
    """The balance after one line; unknown from the iuran on where nobody recorded it."""
    return None if balance is None or amount is None else balance + sign * amount


def _row(text: str, planned: int, real: int | None, balance: int | None) -> dict[str, Any]:
    """What is not known prints "belum ada data", and "-" for what would be counted from it; never 0."""
    difference = None if real is None else real - planned
    gap = "-" if difference is None else base.signed(difference)
    return {
        "text": text,
        "planned": planned,
        "real": real,
        "difference": difference,
        "balance": balance,
        "words": [formats.number_id(planned), base.money(real), gap],
        "balance_words": "-" if balance is None else formats.number_id(balance),
    }


def _sum(text: str, rows: list[dict[str, Any]], real: int | None) -> dict[str, Any]:
    return _row(text, sum(row["planned"] for row in rows), real, 0)


def _formula(text: str, value: int | None) -> Cell:
    """An empty cell where the value is not known."""
    return "" if value is None else Formula(text, value)
