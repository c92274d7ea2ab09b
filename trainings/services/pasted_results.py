"""Pasted results of an online form: parsed, matched with the participants, choices remembered.

A column is recognised by its title, or by its content: telephone number, score ("80", "8 / 10"), letters, name.
"""

import csv
import logging
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from imports.files.pasting import joined_titles, unlisted
from imports.rows.rows import refuse_infrastructure
from imports.tables import noise
from records.parsers import phones
from records.parsers.text import seen
from records.search_keys import name_key, search_key
from trainings.models import Participant, TestQuestion, TestResult, Training
from trainings.services.result_columns import heads_of, without_running_numbers
from trainings.services.scores import BLANK, EMPTY, Mark, Outcome, record_marks, score_of
from villages.models import PersonMatch
from villages.rules.identity import Identity

logger = logging.getLogger(__name__)

MAX_ROWS = 1_000
MAX_LINE = 200  # characters of a name with its score
OFFERED = 25  # participants to choose from for one row, the likeliest first
SKIP = "lewati"
SCORE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)(?:\s*/\s*([0-9]{1,3}))?\s*(?:%|poin|points?)?", re.IGNORECASE)
# "Budi 80", "Siti: 75,5": a line of a message, without columns.
NAME_AND_SCORE = re.compile(r"(.*[^\W\d_].*?)\s*(?:[:=]|\s[-–]?)\s*([0-9][0-9.,]*(?: ?/ ?[0-9]+)?%?)")
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{8,18}")
MOMENT = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}.*|[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?")
ANSWER_MARKS = {"benar": "B", "betul": "B", "ya": "B", "true": "B", "salah": "S", "tidak": "S", "false": "S"}


@dataclass
class PastedRow:
    """One parsed line. `problem` is the reason why it has no result."""

    line: int
    name: str = ""
    phone: str = ""
    mark: Mark = EMPTY
    problem: str = ""
    doubt: str = ""  # part of the line that was ignored
    participant: Participant | None = None
    options: list[Participant] = field(default_factory=list)
    choice: str = ""  # the choice of the user: a participant or SKIP
    before: Mark = EMPTY  # the stored result of the participant

    @property
    def field_name(self) -> str:
        return f"baris-{self.line}"

    @property
    def key(self) -> str:
        """The key under which the choice is remembered, same as in importers."""
        identity = Identity(name=self.name, phone=self.phone)
        return f"{identity.key}||{identity.phone}" + (f"|{identity.details}" if identity.details else "")

    @property
    def skipped(self) -> bool:
        return self.choice == SKIP

    @property
    def option_list(self) -> list[tuple[str, str, bool]]:
        chosen = str(self.participant.pk) if self.participant and not self.skipped else ""
        return [
            (
                str(p.pk),
                f"{p.number}. {p.person.name}" + (f", {p.village.name}" if p.village else ""),
                str(p.pk) == chosen,
            )
            for p in self.options
        ]


@dataclass
class Results:
    """The rows of a paste, and sentences on how its columns were parsed."""

    rows: list[PastedRow]
    notes: list[str] = field(default_factory=list)


def read_results(text: str, questions: list[TestQuestion], phase: str = "") -> Results:
    """Raises ValidationError when nothing can be parsed, for too many rows, and for ambiguous columns."""
    lines = [line for line in seen(text.replace("\x00", "")).splitlines() if line.strip()]
    if not lines:
        raise ValidationError("Tempel baris hasil formulir daring, lalu periksa.")
    if len(lines) > MAX_ROWS:
        raise ValidationError(f"Ada {len(lines)} baris; paling banyak {MAX_ROWS}. Tempel sebagian dahulu.")
    delimiter = next((sign for sign in "\t;" if sign in text), ",")
    try:
        table = [[" ".join(cell.split()) for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        raise ValidationError("Tempelan ini tidak terbaca sebagai tabel. Salin ulang dari lembar kerja.") from None
    found = Results([])
    heads = heads_of(table[0], phase, found.notes, with_answers=bool(questions)) if table else {}
    if not heads:
        lines = lines if len(lines) == len(table) else [""] * len(table)  # a quoted cell may span several lines
        rows = zip(without_running_numbers(table), lines, strict=True)
        table = [_in_cells(row, line, delimiter) for row, line in rows]
    numbered = list(enumerate(table, 1))[1 if heads else 0 :]
    sums = [cells for _, cells in numbered if noise.kind_of(list(cells)) == noise.SUM]
    found.rows = [_understood(number, cells, heads, questions) for number, cells in numbered if cells not in sums]
    if sums:
        shown = "; ".join(f"“{' '.join(filter(None, cells))[:40]}”" for cells in sums[:5])
        found.notes.append(f"{len(sums)} baris dilewati karena bukan hasil seseorang: {shown}.")
    if not found.rows:
        raise ValidationError("Hanya ada baris judul. Tempel juga baris hasilnya.")
    scores = [row.mark.score for row in found.rows if row.mark.score]
    if scores and max(scores) < 1:
        found.notes.append("Semua nilai di bawah 1. Bila maksudnya persen, tulis 80 atau 80%, bukan 0,8.")
    return found


def _in_cells(row: list[str], line: str, delimiter: str) -> list[str]:
    """Cells of a message line: without its list number, titles joined to the name, "Budi: 77,5" as two cells."""
    row = [unlisted(row[0]), *row[1:]] if row else row
    if delimiter != ",":
        return row
    row = joined_titles(row)
    whole = row[0] if len(row) == 1 else unlisted(" ".join(line.split()))
    parted = len(whole) <= MAX_LINE and (len(row) == 1 or re.search(r"[:=]", whole))
    parts = NAME_AND_SCORE.fullmatch(whole) if parted else None
    return list(parts.groups()) if parts and SCORE.fullmatch(parts[2]) else row


def _understood(number: int, cells: list[str], heads: dict[int, str], questions: list[TestQuestion]) -> PastedRow:
    """One row; an unexpected error fails this row only."""
    try:
        return _row(number, cells, heads, questions)
    except Exception as error:
        refuse_infrastructure(error)
        logger.exception("pasted result in row %s broke", number)
        return PastedRow(number, problem="Portal gagal mengolah baris ini. Tulis ulang barisnya, lalu periksa lagi.")


def _row(number: int, cells: list[str], heads: dict[int, str], questions: list[TestQuestion]) -> PastedRow:
    row, scores, letters, left = PastedRow(number), [], "", []
    for index, cell in enumerate(cells):
        what = heads.get(index) if heads else _guess(cell, row, questions)
        if what == "name":
            row.name = cell[:120]
        elif what == "phone":
            row.phone, row.doubt = _phone(cell)
        elif what == "score":
            scores += [cell] if cell else []
        elif what == "letters":
            letters = cell
        elif not MOMENT.fullmatch(cell) and "@" not in cell:
            left.append(cell)
            if not heads and sum(map(str.isdigit, cell)) >= 7:
                row.doubt = _unreadable(cell)
    if not row.name and not row.phone:
        row.problem = f"Nama atau nomor HP tidak ditemukan. {row.doubt}".strip()
        return row
    try:
        if len(scores) > 1:
            raise ValidationError(
                f"Ada beberapa angka ({', '.join(scores[:4])}). Tempel beserta baris judulnya, atau sisakan satu nilai."
            )
        row.mark = _mark("".join(scores), letters, left, questions)
    except ValidationError as error:
        row.problem = error.messages[0]
    return row


def _guess(cell: str, row: PastedRow, questions) -> str:
    """The content of a cell without a title: "phone", "score", "letters", "name", or empty."""
    if PHONE.fullmatch(cell) and len(re.sub(r"\D", "", cell)) >= 9 and not row.phone and not MOMENT.fullmatch(cell):
        return "phone"
    if SCORE.fullmatch(cell):
        return "score"
    packed = re.sub(r"[\s,]", "", cell).upper()
    if len(questions) > 1 and len(packed) == len(questions) and not set(packed) - set("ABCDES-"):
        return "letters"
    if not row.name and re.search(r"[^\W\d_]{2}", cell) and "@" not in cell and cell.lower() not in ANSWER_MARKS:
        return "name"
    return ""


def _phone(cell: str) -> tuple[str, str]:
    """(E.164, ""), or ("", message) for an invalid number."""
    try:
        return phones.read(cell), ""
    except ValidationError:
        return "", _unreadable(cell)


def _unreadable(cell: str) -> str:
    return f"Nomor HP “{cell[:40]}” tidak terbaca, jadi tidak dipakai untuk mencari orangnya."


def _mark(score: str, letters: str, left: list[str], questions: list[TestQuestion]) -> Mark:
    """The letters if complete, as they contain more; otherwise the score. Raises ValidationError without both."""
    if questions and letters:
        packed = re.sub(r"[\s,]", "", letters).upper()
        return Mark(score_of(packed, questions), packed)
    answers = left[-len(questions) :] if questions else []
    if questions and len(answers) == len(questions) and any(answers):
        read = [_letter(cell, question) for cell, question in zip(answers, questions, strict=True)]
        if all(read):
            packed = "".join(read)
            return Mark(score_of(packed, questions), packed)
        if not score:
            wrong = questions[read.index("")]
            raise ValidationError(f"Jawaban soal {wrong.number} tidak dikenal: “{answers[read.index('')][:40]}”.")
    return Mark(read_score(score))


def read_score(text: str) -> Decimal:
    """ "80", "77,5" or "8 / 10" as 0-100, rounded to two decimals. Raises ValidationError.

    Three digits after one separator may be thousands, as in all forms: "80.000" is refused.
    """
    match = SCORE.fullmatch(text.strip())
    if not match:
        raise ValidationError("Nilai tidak ditemukan." if not text else f"Nilai “{text[:20]}” tidak terbaca.")
    if re.search(r"[.,][0-9]{3}$", match[1]):
        raise ValidationError(f"Nilai “{text[:20]}” meragukan: tiga angka di belakang satu tanda. Tulis seperti 80,5.")
    value = Decimal(match[1].replace(",", "."))
    if match[2]:
        if int(match[2]) == 0:
            raise ValidationError(f"Nilai “{text[:20]}” tidak terbaca.")
        value = value * 100 / int(match[2])
    if value > 100:
        raise ValidationError(f"Nilai “{text[:20]}” di atas 100.")
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _letter(cell: str, question: TestQuestion) -> str:
    """The letter of an answer, BLANK for none, "" when it is not recognised."""
    if not cell or cell == BLANK:
        return BLANK
    key = search_key(cell)
    for letter, option in zip("ABCDE", question.option_list, strict=False):
        if question.kind == TestQuestion.Kind.CHOICE and key == search_key(option):
            return letter
    upper = cell.upper()
    if upper in question.letters:
        return upper
    if question.kind == TestQuestion.Kind.TRUE_FALSE:
        return ANSWER_MARKS.get(cell.lower(), "")
    head = re.match(r"([A-E])[.)]\s", upper)
    return head[1] if head and head[1] in question.letters else ""


def to_save(rows: list[PastedRow]) -> list[PastedRow]:
    return [row for row in rows if row.participant and not row.problem and not row.skipped]


def undecided(rows: list[PastedRow]) -> list[PastedRow]:
    """Rows with a result whose participant is not known yet."""
    return [row for row in rows if row.mark != EMPTY and not row.skipped and (row.problem or not row.participant)]


@transaction.atomic
def save_pasted(
    training: Training, phase: str, rows: list[PastedRow], seen: dict[int, Mark], *, by: User, chosen=None, left=()
) -> Outcome:
    """Writes the results of the matched rows, and remembers the choices of participants for the next paste.

    `left`: participants for whom the result by another user remains. Clashes and errors as in record_marks.
    """
    chosen_rows = [
        (row, row.participant) for row in to_save(rows) if row.participant and row.participant.pk not in left
    ]
    wanted = {participant.pk: row.mark for row, participant in chosen_rows}
    outcome = record_marks(training, phase, wanted, seen, by=by, source=TestResult.Source.PASTE, chosen=chosen)
    if not outcome.clashes:
        for row, participant in chosen_rows:
            if row.choice and name_key(row.name) != name_key(participant.person.name):
                PersonMatch.objects.update_or_create(
                    district=training.district, input_key=row.key, defaults={"person": participant.person}
                )
    return outcome
