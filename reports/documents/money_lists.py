"""What the money lists of a training share: facts, signatures, blank columns.

Tariff, tax and sums are filled by hand on paper and stored nowhere; NIK and NPWP too (UU 27/2022).
"""

from typing import Any

from accounts.models import Signatory
from reports.documents import blocks, frame, training_results
from reports.documents import training_papers as papers
from trainings.models import Training

READERS = "office"
WHOLE = True
Slot = Signatory.Slot
NOTE = "Kolom kosong diisi dengan tangan. Isian uang, pajak, NIK, dan NPWP tidak disimpan oleh portal."


def clean(training: Training, parameters: dict) -> dict:
    papers.needs_days(training)
    return {}


def head(training: Training, title: str) -> dict[str, Any]:
    return papers.head(training, title, papers.last_day(training), wide=True)


def opening(training: Training, found: dict[str, Any], title: str) -> list[blocks.Block]:
    facts = [
        ("Hari/tanggal", found["weekdays"]),
        ("Tempat", found["place"] or papers.DOTS),
        *training_results.budget_facts(training),
    ]
    return [blocks.kop(), blocks.title(title, *found["activity"]), blocks.facts(facts)]


def closing(training: Training) -> list[blocks.Block]:
    """Words for the sum, and the four who answer for money, the highest first."""
    dated = papers.last_day(training)
    placed = frame.place_and_date(training.district.office_on(dated), dated)
    return [
        *blocks.paragraphs(f"Terbilang: {'.' * 120} rupiah", keep=True),
        *blocks.paragraphs(NOTE, keep=True),
        blocks.signatures(
            papers.signer(training, Slot.BUDGET_USER, dated, above="Menyetujui,"),
            papers.signer(training, Slot.FINANCE_OFFICER, dated, above="Meneliti,"),
            papers.signer(training, Slot.PPTK, dated, above="Mengetahui,"),
            papers.signer(training, Slot.TREASURER, dated, above="Lunas dibayar,", placed=placed),
        ),
    ]


def numbered(rows: list[list[str]]) -> list[list[str]]:
    """The number before each row, and again in the last column, where people sign."""
    return [[str(number), *row, f"{number}. ............"] for number, row in enumerate(rows, 1)]
