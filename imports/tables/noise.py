"""Rows of a table that are no data: repeated titles, numbers of columns, sums, notes, signatures.

`kind_of` checks one row, `tail` the signatures at the end of a sheet.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from imports.files.books import Cell
from imports.values.cells import is_empty, shown
from records.formats import MONTHS

EMPTY, TITLES, NUMBERS, SUM, NOTE = "baris kosong", "judul berulang", "nomor kolom", "jumlah", "catatan"
SIGNATURE, HIDDEN, SECTION = "tanda tangan", "baris tersembunyi", "judul bagian"
NOBODY = "tanpa isi di bawah judul yang dibaca mendatar"

_SUM = re.compile(r"\W*(?:(?:sub|grand)[\s.-]*)?(?:jumlah|jml|total)\b", re.IGNORECASE)
_SUM_ALONE = re.compile(  # beside other words it may be an activity: "Rekap iuran | 12 | bulan"
    r"\W*(?:rekap|rekapitulasi|rata[\s-]*rata|terbilang|(?:di|pem)bulatk?an|ppn|pph)\b",
    re.IGNORECASE,
)
# A kecamatan on a line of its own heads the villages below it: "II. Kecamatan Mesuji".
_SECTION = re.compile(
    r"\W*(?:(?:[ivx]+|[a-z]|\d{1,2})\s*[.)]\s*)?((?:kecamatan|kec|kabupaten|kab)\b\W*\w[\w\s'’-]*)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:[IVX]+|[A-Z]|\d{1,2})\W*")
_WORDLESS = re.compile(r"[\W\d_]*(?:rp\.?|idr)?[\W\d_]*(?:kk|jiwa|orang|sr|rupiah)?[\W\d_]*", re.IGNORECASE)
_NOTE = re.compile(r"\W*(?:catatan|keterangan|ket|sumber(?:\s+data)?|nb)\s*[:.]\s*\S", re.IGNORECASE)
_OPENING = re.compile(
    r"\W*(?:mengetahui|menyetujui|disetujui|diketahui|disahkan|mengesahkan|(?:yang\s+)?(?:membuat|dibuat|menyusun|"
    r"disusun|diperiksa|memeriksa|pemeriksa)\b(?:\s+oleh)?\W*$|dibuat\s+(?:oleh|di)|disusun\s+oleh|ditetapkan\s+di|"
    r"hormat\s+kami|tertanda|ttd\b|tanda\s+tangan|a\.?\s?n\.?\s+(?:bupati|kepala))",
    re.IGNORECASE,
)
_PLACE_DAY = re.compile(
    r"[^\W\d][\w .]{2,40}\s*,\s*(?:tgl\.?|tanggal)?\s*(?:\d{1,2}|[.…_]{2,})?\s*"
    rf"(?:{'|'.join(MONTHS)}|[.…_]{{2,}})"
    r"\s*(?:\d{2,4}|[.…_]+)?\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\W*(?:pl[th]\.?\s+|pjs?\.?\s+|an\.?\s+)?(?:ketua|sekretaris|bendahara|kepala|camat|lurah|peratin|koordinator|"
    r"fasilitator|penjabat|pejabat|direktur|kpspams|kp-?spams|dpmu|ppk|pptk)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]?\s*[.…_\s]{4,}\s*[)\]]?\s*|\W*nip\b.*", re.IGNORECASE)


def _words(cells: Iterable[Cell]) -> Iterator[str]:
    """The texts of the filled cells."""
    for cell in cells:
        if isinstance(cell, str):
            if word := _word(cell):
                yield word
        elif not is_empty(cell):
            yield shown(cell).strip()


@functools.lru_cache(maxsize=4096)  # most words of a list recur in many rows
def _word(text: str) -> str:
    return "" if is_empty(text) else text.strip()


def kind_of(cells: list[Cell], titles: tuple[list[Cell], ...] = ()) -> str:
    """The kind of noise of this row; empty for data."""
    filled = list(_words(cells))
    if not filled:
        return EMPTY
    if any(next(_words(line), "") == filled[0] and filled == list(_words(line)) for line in titles):
        return TITLES
    if len(filled) >= 3 and filled[0].strip("()") == "1":
        numbers = [word.strip("()") for word in filled]
        if numbers == [str(number) for number in range(1, len(filled) + 1)]:
            return NUMBERS
    named = list(islice((word for word in filled if not _WORDLESS.fullmatch(word)), 3))
    if named and len(named) < 3 and _SUM.match(named[0]) and (len(named) == 1 or len(filled) > 2):
        return SUM
    if len(named) == 1 and _SUM_ALONE.match(named[0]):
        return SUM
    if _section(filled):
        return SECTION
    if len(filled) == 1 and _NOTE.match(filled[0]):
        return NOTE
    return ""


def section(cells: list[Cell]) -> str:
    """The kecamatan or kabupaten of a heading line, without its number; empty for any other line."""
    return _section(list(_words(cells)))


def _section(filled: list[str]) -> str:
    named = list(islice((word for word in filled if not _NUMBER.fullmatch(word)), 2))
    found = _SECTION.fullmatch(named[0]) if len(named) == 1 else None
    return " ".join(found[1].split()) if found else ""


def tail(rows: Sequence[tuple[int, Sequence[Cell]]], width: int) -> int | None:
    """The first line of the signatures at the end of the sheet; None without any.

    A block begins with its usual words, with place and day, or with an office after an empty line; every row below must
    be as sparse as signatures are, otherwise it is data.
    """
    sparse = max(2, width // 2)
    start, before = None, None
    for line, filled in _sparse_end(rows, sparse):
        if len(filled) > sparse:
            start = None
        elif start is None and _opens(filled, before is not None and line > before + 1):
            start = line
        before = line
    return start


def _sparse_end(rows: Sequence[tuple[int, Sequence[Cell]]], sparse: int) -> list[tuple[int, list[str]]]:
    """The filled rows after the last one that is not sparse, with their first words."""
    found: list[tuple[int, list[str]]] = []
    for line, cells in reversed(rows):
        filled = list(islice(_words(cells), sparse + 1))
        if filled:
            found.append((line, filled))
        if len(filled) > sparse:
            break
    return found[::-1]


def _opens(filled: list[str], after_gap: bool) -> bool:
    if any(_OPENING.match(word) or _PLACE_DAY.fullmatch(word) for word in filled):
        return True
    if all(_BRACKETS.fullmatch(word) for word in filled):
        return True
    return all(_ROLE.match(word) and (after_gap or word.endswith(",")) for word in filled)
