"""LPJ tahunan KPSPAMS: income and spending of one year compared with the plan, with the balance after each line.

Form: Uraian, Rencana, Realisasi, Selisih, Saldo. Selisih is realisasi minus rencana. The portal has no opening balance:
it is a dotted line to fill in, and the balances start at zero. Sums and balances include what was reported, and a line
below counts the lines without data; without recorded iuran there is no balance (our assumption).
"""

from itertools import groupby
from typing import TypedDict

from accounts.models import User
from documents.choices import Format
from documents.content import Parameters, Snapshot
from documents.layout import frame
from documents.layout.frame import Signed
from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans import base
from documents.plans.base import PlanDocument
from documents.signers import Signer
from plans.models import WorkPlan
from plans.queries.progress import plan_progress
from records import formats
from records.sums import sum_known


class AccountRow(TypedDict):
    """One line, as numbers for the sheet and as text for the page. Unknown values are None."""

    label: str
    planned: int
    real: int | None
    difference: int | None
    balance: int | None
    texts: list[str]  # for planned, actual and difference
    balance_text: str


class AccountArea(TypedDict):
    label: str
    rows: list[AccountRow]
    sum: AccountRow


class AnnualAccountContent(Snapshot, Signed):
    heading: str
    about: str
    until: str
    income: list[AccountRow]
    income_sum: AccountRow
    areas: list[AccountArea]
    spent_sum: AccountRow
    balance: AccountRow
    recorded: bool  # whether any month has recorded iuran
    left_out: str
    signed_at: str


class AnnualAccount(PlanDocument[AnnualAccountContent]):
    kind, title, code_prefix = "annual_account", "LPJ tahunan", "LPJ"
    template_version = 4
    audit_position = 4
    formats = (Format.PDF, Format.XLSX)
    signers = (*base.PLAN_SIGNERS, Signer("group_treasurer"))
    template = "documents/annual_account.html"

    def label(self, parameters: Parameters) -> str:
        return "LPJ tahunan KPSPAMS"

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan that is not carried out."""
        base.refuse_unsettled(subject)
        return {}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> AnnualAccountContent:
        plan = subject
        day = base.reporting_day(plan)
        office = self.district_of(plan).office_on(day)
        progress = plan_progress(plan, day)
        balance: int | None = 0
        income: list[AccountRow] = []
        funds = base.funds(progress)
        for fund in funds:
            if fund.received is not None or fund.is_fee:
                balance = _added(balance, fund.received)
            income.append(_row(fund.label, fund.planned, fund.received, balance))
        areas: list[AccountArea] = []
        for area, lines in groupby(base.in_order(progress), key=lambda line: line.activity.area):
            rows: list[AccountRow] = []
            for line in lines:
                balance = _added(balance, line.cost or 0, -1)  # a line without data is left out, as it is of the sums
                rows.append(_row(line.activity.title, line.planned, line.cost, balance))
            total = _sum(f"Jumlah bidang {area.code}", rows, sum_known(row["real"] for row in rows))
            areas.append({"label": str(area), "rows": rows, "sum": total})
        spent = [row for part in areas for row in part["rows"]]
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
            "areas": areas,
            "spent_sum": spent_sum,
            "balance": last,
            "recorded": progress.income is not None,
            "left_out": base.left_out(progress),
            "signed_at": f"{plan.group.village.name}, {frame.DOTS}",
            **base.letterhead_and_signatures(self, plan, day, office),
        }

    def xlsx(self, content: AnnualAccountContent) -> bytes:
        ledger = Ledger(content["document"], [54, 17, 17, 17, 17], wide=False)
        ledger.heading([content["heading"], content["about"], f"Keadaan per {content['until']}"])
        ledger.heads(["Uraian", "Rencana (Rp)", "Realisasi (Rp)", "Selisih (Rp)", "Saldo (Rp)"])
        before: list[int] = []  # the line whose balance the next one continues

        def entry(row: AccountRow, sign: str) -> int:
            number = ledger.line + 1
            start = f"E{before[-1]}" if before else "0"
            change = "" if row["real"] is None else f"{sign}C{number}"
            balance = _formula(f"={start}{change}", row["balance"])
            real = base.UNKNOWN.lower() if row["real"] is None else row["real"]
            before.append(ledger.row([row["label"], row["planned"], real, gap_of(row), balance]))
            return before[-1]

        def gap_of(row: AccountRow) -> Cell:
            number = ledger.line + 1
            return _formula(f"=C{number}-B{number}", row["difference"])

        def total(row: AccountRow, lines: list[int]) -> int:
            real: Cell = base.UNKNOWN.lower() if row["real"] is None else total_of(2, lines, row["real"])
            return ledger.row([row["label"], total_of(1, lines, row["planned"]), real, gap_of(row), ""], bold=True)

        ledger.row(["A. PENERIMAAN", "", "", "", ""], bold=True)
        total(content["income_sum"], [entry(row, "+") for row in content["income"]])
        ledger.row(["B. PENGELUARAN", "", "", "", ""], bold=True)
        sums = []
        for part in content["areas"]:
            ledger.row([part["label"], "", "", "", ""], bold=True)
            sums.append(total(part["sum"], [entry(row, "-") for row in part["rows"]]))
        total(content["spent_sum"], sums)
        last = f"=E{before[-1]}" if before else "=0"
        ledger.row(["Saldo akhir", "", "", "", _formula(last, content["balance"]["balance"])], bold=True)
        if content["left_out"]:
            ledger.note(content["left_out"])
        return ledger.content()


def _added(balance: int | None, amount: int | None, sign: int = 1) -> int | None:
    """The balance after one line; unknown from the iuran on when none was recorded."""
    return None if balance is None or amount is None else balance + sign * amount


def _row(label: str, planned: int, real: int | None, balance: int | None) -> AccountRow:
    """ "belum ada data" for an unknown value, and "-" for values computed from it; never 0."""
    difference = None if real is None else real - planned
    gap = "-" if difference is None else base.signed(difference)
    return {
        "label": label,
        "planned": planned,
        "real": real,
        "difference": difference,
        "balance": balance,
        "texts": [formats.number_id(planned), base.money(real), gap],
        "balance_text": "-" if balance is None else formats.number_id(balance),
    }


def _sum(label: str, rows: list[AccountRow], real: int | None) -> AccountRow:
    return _row(label, sum(row["planned"] for row in rows), real, 0)


def _formula(text: str, value: int | None) -> Cell:
    """An empty cell for an unknown value."""
    return "" if value is None else Formula(text, value)
