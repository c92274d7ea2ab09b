"""Daftar penerimaan uang saku/transport: who was present and on how many days; money is filled by hand."""

from typing import Any

from accounts.models import User
from documents.layout import blocks
from documents.trainings import money_lists, results
from documents.layout.blocks import render
from documents.trainings.money_lists import READERS, WHOLE, clean
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from trainings.models import Training

__all__ = ["READERS", "SUBJECTS", "WHOLE", "clean", "district_of", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "DPT"
TITLE = "Daftar penerimaan uang saku/transport peserta"
BLANKS = 5  # Tarif, Jumlah, PPh 21, Diterima, NIK/NPWP


def label(parameters: dict) -> str:
    return TITLE


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    signing = money_lists.signing(Kind.TRANSPORT_LIST, training)
    head = money_lists.head(training, TITLE, signing)
    word = head["said"]["village"]
    found = results.results(training, word)
    people = results.people_rows(found)
    rows = [[row["name"], row["post"], row["village"], row["days"], *[""] * BLANKS] for row in people]
    if not found.marked:
        rows += [[""] * (4 + BLANKS) for _ in range(training.district.rules.walk_in_rows)]
    days = str(sum(int(row["days"]) for row in people)) if found.marked else ""
    columns = [
        ("No", 10, "c"),
        ("Nama", 40, "l"),
        ("Unsur", 28, "l"),
        (word, 28, "l"),
        ("Hari", 12, "c"),
        ("Tarif (Rp)", 20, "r"),
        ("Jumlah (Rp)", 22, "r"),
        ("PPh 21 (Rp)", 18, "r"),
        ("Diterima (Rp)", 22, "r"),
        ("NIK/NPWP", 32, "l"),
        ("Tanda tangan", 0, "z"),
    ]
    foot = [["", f"Jumlah: {len(people)} orang" if found.marked else "Jumlah", "", "", days, *[""] * (BLANKS + 1)]]
    table = blocks.table(columns, money_lists.numbered(rows), caption=TITLE, foot=foot, tall=True, small=True)
    return head | {"body": [*money_lists.opening(training, head, TITLE.upper()), table, *money_lists.closing(signing)]}
