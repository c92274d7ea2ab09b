"""Parts of a surat dinas: place and date, Nomor to Hal, the addressee, and the annex with the list of addressees."""

from collections.abc import Sequence

from documents.layout import blocks
from documents.layout.blocks import Block
from documents.layout.frame import PrintedLetterhead
from trainings.rules.recipients import MAX_NAMED

ANNEXED = "daftar terlampir"


def opening(
    place_date: str, number: str, annexed: str, about: str, *, letterhead: PrintedLetterhead | None = None
) -> list[Block]:
    """Letterhead, place and date, and the four lines at the left. `annexed`: "1 (satu) berkas"; empty prints "-".

    `letterhead`: of this letter, when a file has letters of several days.
    """
    lines = [("Nomor", number), ("Sifat", "Biasa"), ("Lampiran", annexed or "-"), ("Hal", about)]
    return [blocks.letterhead(letterhead), blocks.right(place_date), blocks.facts(lines)]


def are_annexed(names: Sequence[str]) -> bool:
    """Whether there are more addressees than fit above the body of a letter."""
    return len(names) > MAX_NAMED


def addressees(names: Sequence[str], *, many: str = "") -> list[Block]:
    """ "Yth. Camat Uji"; a few are numbered; for more the letter has "Yth. Kepala Desa (daftar terlampir)", with `many`
    in place of the names, and a list on a page of its own (`annex`).
    """
    if are_annexed(names):
        lines = [f"Yth. {many} ({ANNEXED})" if many else f"Yth. ({ANNEXED})"]
    elif len(names) > 1:
        lines = ["Yth.", *(f"{number}. {name}" for number, name in enumerate(names, 1))]
    else:
        lines = [line for name in names for line in f"Yth. {name}".splitlines()]
    return [blocks.right(line) for line in [*lines, "di Tempat"]]


def annex(number: str, dated: str, *title: str) -> list[Block]:
    """The heading of an annex on a page of its own."""
    return [
        blocks.new_page(),
        blocks.right("Lampiran surat"),
        blocks.right(f"Nomor: {number}"),
        blocks.right(f"Tanggal: {dated}"),
        blocks.title(*title),
    ]
