"""The rencana kerja as XLSX, from the content of documents.plans.work_plan."""

from decimal import Decimal

from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans.work_plan_content import PlanRow, WorkPlanContent
from records.formats import MONTHS_SHORT

VOLUME, PRICE, AMOUNT = "E", "G", 7  # the columns of the sums
FIRST_SOURCE = 9


def xlsx(content: WorkPlanContent) -> bytes:
    """The same figures with sums as formulas: amounts are ROUND(volume x price), rounded half up as in the portal."""
    sources = [line["label"] for line in content["sources"]]
    heads = ["No", "Kegiatan", "Lokasi", "Sasaran/Manfaat", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"]
    heads += ["Penanggung Jawab", *(f"{label} (Rp)" for label in sources), *MONTHS_SHORT, "Ket."]
    widths = [5, 36, 18, 24, 9, 9, 14, 15, 18, *(15 for _ in sources), *(5 for _ in MONTHS_SHORT), 24]
    ledger = Ledger(content["document"], widths)
    ledger.heading([content["heading"], content["status_line"], *(": ".join(fact) for fact in content["facts"])])
    ledger.heads(heads)
    money = [AMOUNT, *range(FIRST_SOURCE, FIRST_SOURCE + len(sources))]
    subtotals: list[int] = []
    for area in content["areas"]:
        ledger.row([area["code"], area["label"], *("" for _ in heads[2:])], bold=True)
        lines = [ledger.row(_sheet_row(row, ledger.line + 1, sources)) for row in area["rows"]]
        sums: list[Cell] = ["", f"Jumlah bidang {area['code']}", *("" for _ in heads[2:])]
        for place in money:
            sums[place] = total_of(place, lines, _amounts(area["rows"], place, sources))
        subtotals.append(ledger.row(sums, bold=True))
    rows = [row for area in content["areas"] for row in area["rows"]]
    total: list[Cell] = ["", "JUMLAH", *("" for _ in heads[2:])]
    for place in money:
        total[place] = total_of(place, subtotals, _amounts(rows, place, sources))
    ledger.row(total, bold=True)
    ledger.note(f"Terbilang: {content['total_words']}")
    return ledger.content()


def _sheet_row(row: PlanRow, line: int, sources: list[str]) -> list[Cell]:
    figures = row["figures"]
    cells: list[Cell] = [row["number"], row["title"], row["location"], row["target"]]
    cells += [Decimal(figures["volume"]), row["unit"], figures["unit_price"]]
    cells += [Formula(f"=ROUND({VOLUME}{line}*{PRICE}{line},0)", figures["amount"]), row["responsible"]]
    cells += [figures["sources"].get(label, "") for label in sources]
    cells += ["x" if month in figures["months"] else "" for month in range(1, 13)]
    return [*cells, row["note"]]


def _amounts(rows: list[PlanRow], place: int, sources: list[str]) -> int:
    if place == AMOUNT:
        return sum(row["figures"]["amount"] for row in rows)
    return sum(row["figures"]["sources"].get(sources[place - FIRST_SOURCE], 0) for row in rows)
