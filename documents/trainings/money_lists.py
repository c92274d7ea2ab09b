"""Content shared by the money lists of a training: facts, signatures, blank columns.

Tariff, tax and sums are filled in by hand on the printed list and stored nowhere, like NIK and NPWP (UU 27/2022).
"""

from documents.choices import Audience, Letterhead
from documents.content import Parameters
from documents.layout import blocks, fitting
from documents.signatures import Signing
from documents.signers import Signer, Slot
from documents.trainings import base, results
from documents.trainings.base import TrainingBlocks, TrainingContent, TrainingDocument
from trainings.models import Training

NOTE = "Kolom kosong diisi dengan tangan. Isian uang, pajak, NIK, dan NPWP tidak disimpan oleh portal."


MONEY_SIGNERS = (
    Signer(Slot.BUDGET_USER, "Menyetujui"),
    Signer(Slot.FINANCE_OFFICER, "Meneliti"),
    Signer(Slot.PPTK, "Mengetahui"),
    Signer(Slot.TREASURER, "Lunas dibayar"),
)


class MoneyList(TrainingDocument[TrainingBlocks]):
    """A list to fill in, visible only to the office."""

    audience = Audience.OFFICE
    is_closed = True
    is_signed_by_hand = True
    template_version = 3
    of_all_villages = True
    letterhead = Letterhead.OFFICE
    signers = MONEY_SIGNERS

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}


def head(training: Training, title: str, signing: Signing) -> TrainingContent:
    return base.head(training, title, signing.day, wide=True, signing=signing)


def opening(training: Training, head: TrainingContent, title: str) -> list[blocks.Block]:
    facts = [
        ("Hari/tanggal", head["weekdays"]),
        ("Tempat", head["place"] or base.DOTS),
        *results.budget_facts(training),
    ]
    return [blocks.letterhead(), blocks.title(title, *head["activity"]), blocks.facts(facts)]


def closing(signing: Signing) -> list[blocks.Block]:
    """Lines for the sum in words, and the four officials accountable for money, highest first."""
    return [
        *blocks.paragraphs(f"Terbilang: {'.' * 120} rupiah", keep=True),
        *blocks.paragraphs(NOTE, keep=True),
        blocks.signatures(*signing.blocks(placed=base.placed(signing))),
    ]


def numbered(rows: list[list[str]], start: int = 1) -> list[list[str]]:
    """The number before each row, repeated in the last column, which is signed."""
    return [[str(number), *row, f"{number}. ............"] for number, row in enumerate(rows, start)]


def spare(training: Training, rows: list[list[str]], width: int) -> list[list[str]]:
    """Empty numbered rows below these, `width` cells before the signature, for people not yet known."""
    count = fitting.rows_to_offer(training.district.rules.walk_in_rows)
    return numbered([[""] * width for _ in range(count)], len(rows) + 1)
