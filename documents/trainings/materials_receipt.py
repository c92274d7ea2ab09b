"""Tanda terima bahan: what each participant was handed, written and signed by hand."""

from typing import Any

from accounts.models import User
from documents.layout import blocks
from documents.trainings import money_lists, results
from documents.trainings import base as papers
from documents.layout.blocks import render
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from trainings.models import Training

__all__ = ["SUBJECTS", "district_of", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "TTB"
READERS = "district"
WHOLE = True
TITLE = "Tanda terima bahan pelatihan"


def label(parameters: dict) -> str:
    return "Tanda terima bahan"


def clean(training: Training, parameters: dict) -> dict:
    papers.needs_days(training)
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    dated = papers.first_day(training)
    signing = papers.signing(Kind.MATERIALS_RECEIPT, training, dated)
    head = papers.head(training, TITLE, dated, signing=signing)
    found = results.results(training, head["said"]["village"])
    rows = [[row["name"], row["post"], row["village"], "", ""] for row in results.people_rows(found)]
    if not found.marked:
        rows += [[""] * 5 for _ in range(training.district.rules.walk_in_rows)]
    columns = [
        ("No", 10, "c"),
        ("Nama", 40, "l"),
        ("Unsur", 28, "l"),
        (head["said"]["village"], 28, "l"),
        ("Bahan (nomor di atas)", 20, "l"),
        ("Jumlah", 12, "c"),
        ("Tanda tangan", 0, "z"),
    ]
    body = [
        blocks.kop(),
        blocks.title(TITLE.upper(), *head["activity"]),
        blocks.facts([("Hari/tanggal", head["weekdays"]), ("Tempat", head["place"] or papers.DOTS)]),
        *blocks.paragraphs("Bahan yang dibagikan:"),
        blocks.items(["." * 60] * 4),
        blocks.table(columns, money_lists.numbered(rows), caption=TITLE, tall=True, small=True),
        blocks.signatures(*signing.blocks(placed=papers.placed(signing))),
    ]
    return head | {"body": body}
