"""What the money lists of a training share: facts, signatures, blank columns.

Tariff, tax and sums are filled by hand on paper and stored nowhere; NIK and NPWP too (UU 27/2022).
"""

from typing import Any

from documents import signatures
from documents.layout import blocks
from documents.trainings import results
from documents.trainings import base as papers
from trainings.models import Training

READERS = "office"
WHOLE = True
NOTE = "Kolom kosong diisi dengan tangan. Isian uang, pajak, NIK, dan NPWP tidak disimpan oleh portal."


def clean(training: Training, parameters: dict) -> dict:
    papers.needs_days(training)
    return {}


def signing(kind: str, training: Training) -> "signers.Signing":
    return papers.signing(kind, training, papers.last_day(training))


def head(training: Training, title: str, signing: "signers.Signing") -> dict[str, Any]:
    return papers.head(training, title, signing.day, wide=True, signing=signing)


def opening(training: Training, found: dict[str, Any], title: str) -> list[blocks.Block]:
    facts = [
        ("Hari/tanggal", found["weekdays"]),
        ("Tempat", found["place"] or papers.DOTS),
        *results.budget_facts(training),
    ]
    return [blocks.kop(), blocks.title(title, *found["activity"]), blocks.facts(facts)]


def closing(signing: "signers.Signing") -> list[blocks.Block]:
    """Words for the sum, and the four who answer for money, the highest first."""
    return [
        *blocks.paragraphs(f"Terbilang: {'.' * 120} rupiah", keep=True),
        *blocks.paragraphs(NOTE, keep=True),
        blocks.signatures(*signing.blocks(placed=papers.placed(signing))),
    ]


def numbered(rows: list[list[str]]) -> list[list[str]]:
    """The number before each row, and again in the last column, where people sign."""
    return [[str(number), *row, f"{number}. ............"] for number, row in enumerate(rows, 1)]
