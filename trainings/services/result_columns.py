"""Columns of pasted results, recognised by their titles or by the content of a cell."""

import re
from itertools import pairwise

from django.core.exceptions import ValidationError

from records.search_keys import search_key
from trainings.models import TestResult
from villages.importers.people import PHONE_TITLE

NAME, PHONE, SCORE, LETTERS = "name", "phone", "score", "letters"
HEADS = {
    NAME: re.compile(r"(?:nama|name)(?:lengkap|peserta|anda|dan|dengan|beserta|gelar|sesuai|ktp)*"),
    PHONE: re.compile(PHONE_TITLE),
    LETTERS: re.compile(r"jawaban"),
}
# "Nilai", "Skor Total", "Total nilai (0-100)"; "Pre-test", "Nilai post tes", "Tes awal" name the test as well.
_SCORE = re.compile(r"(?:jumlah|total)?(?:nilai|skor|score|hasil|poin|points?)(?:tes|test|total|akhir)?")
_AROUND = r"(?:jumlah|total|nilai|skor|score|hasil)*"
_PHASES = {
    TestResult.Phase.PRE: re.compile(rf"{_AROUND}(?:pre(?:tes|test)?|(?:tes|test)?awal){_AROUND}"),
    TestResult.Phase.POST: re.compile(rf"{_AROUND}(?:post?(?:tes|test)?|(?:tes|test)?akhir){_AROUND}"),
}


def heads_of(cells: list[str], phase: str, notes: list[str], *, with_answers: bool = False) -> dict[int, str]:
    """{column: its content} of a line of titles; empty if the line is a result.

    Of several columns of scores the one of this test (`phase`) is used; `notes` reports it, and the unused columns.
    `with_answers`: the other columns are answers. Raises ValidationError if the column of scores is ambiguous.
    """
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        what = next((what for what, pattern in HEADS.items() if pattern.fullmatch(search_key(cell))), "")
        if what and what not in found.values():
            found[index] = what
    scores = {index: cell for index, cell in enumerate(cells) if index not in found and _is_score(cell)}
    if scores:
        found[_of_phase(scores, phase, notes)] = SCORE
    if found:
        others = scores if with_answers else dict(enumerate(cells))
        unused = [title[:40] for index, title in others.items() if title and index not in found]
        if unused:
            notes.append(f"Kolom yang tidak dipakai: {', '.join(f'“{title}”' for title in unused)}.")
    return found


def _key(title: str) -> str:
    return re.sub(r"[^a-z]", "", search_key(title))


def _phase_of(title: str) -> str:
    return next((str(phase.value) for phase, pattern in _PHASES.items() if pattern.fullmatch(_key(title))), "")


def _is_score(title: str) -> bool:
    return bool(_phase_of(title)) or _SCORE.fullmatch(_key(title)) is not None


def _of_phase(scores: dict[int, str], phase: str, notes: list[str]) -> int:
    """The column of this test; "Nilai akhir" alone is no post-test."""
    phases = {index: _phase_of(title) for index, title in scores.items()}
    own = [index for index in scores if phases[index] == phase] if phase else []
    chosen = own or [index for index in scores if not phases[index] or _SCORE.fullmatch(_key(scores[index]))]
    if len(chosen) == 1:
        if len(scores) > 1:
            notes.append(f"Nilai diambil dari kolom “{scores[chosen[0]][:40]}”.")
        return chosen[0]
    named = ", ".join(f"“{title[:40]}”" for title in scores.values())
    if not chosen:
        word = TestResult.Phase(phase).label.lower() if phase else "tes ini"
        raise ValidationError(f"Tidak ada kolom nilai {word}; yang ada {named}. Periksa apakah halamannya benar.")
    raise ValidationError(f"Ada beberapa kolom nilai: {named}. Sisakan satu yang dipakai, lalu tempel lagi.")


def without_running_numbers(table: list[list[str]]) -> list[list[str]]:
    """Drops a first column of running numbers; with a single row only if there is another number."""
    firsts = [row[0].strip("().") for row in table]
    if not all(first.isascii() and first.isdecimal() and len(first) < 5 for first in firsts):
        return table
    counts = [int(first) for first in firsts]
    running = all(later == before + 1 for before, later in pairwise(counts))
    alone = len(table) == 1 and not any(re.search(r"[0-9]", cell) for cell in table[0][1:])
    return [["", *row[1:]] for row in table] if running and not alone else table
