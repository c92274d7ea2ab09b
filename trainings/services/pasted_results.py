"""Results of an online form, pasted from its spreadsheet: read, matched with the participants, choices remembered.

A column is known by its head, or by what stands in it: telephone number, score ("80", "8 / 10"), letters, name.
"""

import csv
import logging
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records.imports.rows import refuse_infrastructure
from records.parsers import phones
from records.search import name_key, search_key
from trainings.models import Participant, TestQuestion, TestResult, Training
from trainings.services.tests import BLANK, EMPTY, Mark, Outcome, record_marks, score_of
from villages.identity import Identity
from villages.models import PersonMatch

logger = logging.getLogger(__name__)

MOST_ROWS = 1_000
OFFERED = 25  # participants that a row may be chosen from, the likeliest first
SKIP = "lewati"
HEADS = {
    "name": {"nama", "namalengkap", "namapeserta", "name"},
    "phone": {"hp", "nohp", "nomorhp", "telepon", "notelepon", "nomortelepon", "wa", "nowa", "nomorwa", "whatsapp"},
    "score": {"nilai", "skor", "score", "hasil", "nilaites", "jumlahnilai"},
    "letters": {"jawaban"},
}
SCORE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)(?:\s*/\s*([0-9]{1,3}))?\s*%?")
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{8,18}")
MOMENT = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}.*|[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?")
WORDS = {"benar": "B", "betul": "B", "ya": "B", "true": "B", "salah": "S", "tidak": "S", "false": "S"}


@dataclass
class PastedRow:
    """One line as it was understood. `problem` says why it has no result."""

    line: int
    name: str = ""
    phone: str = ""
    mark: Mark = EMPTY
    problem: str = ""
    participant: Participant | None = None
    options: list[Participant] = field(default_factory=list)
    choice: str = ""  # what the person chose: a participant or SKIP
    before: Mark = EMPTY  # what stands of the participant

    @property
    def field_name(self) -> str:
        return f"baris-{self.line}"

    @property
    def key(self) -> str:
        """Under this the choice is remembered, as importers do it."""
        told = Identity(name=self.name, phone=self.phone)
        return f"{told.key}||{told.phone}" + (f"|{told.details}" if told.details else "")

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


def read_rows(text: str, questions: list[TestQuestion]) -> list[PastedRow]:
    """Raises ValidationError when nothing can be read, or for more rows than fit."""
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        raise ValidationError("Tempel baris hasil formulir daring, lalu periksa.")
    if len(lines) > MOST_ROWS:
        raise ValidationError(f"Ada {len(lines)} baris; paling banyak {MOST_ROWS}. Tempel sebagian dahulu.")
    delimiter = next((sign for sign in "\t;" if sign in text), ",")
    try:
        table = [[" ".join(cell.split()) for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        raise ValidationError("Tempelan ini tidak terbaca sebagai tabel. Salin ulang dari lembar kerja.") from None
    heads = _heads(table[0]) if table else {}
    rows = [
        _understood(number, cells, heads, questions)
        for number, cells in enumerate(table, 1)
        if not (heads and number == 1)
    ]
    if not rows:
        raise ValidationError("Hanya ada baris judul. Tempel juga baris hasilnya.")
    return rows


def _heads(cells: list[str]) -> dict[int, str]:
    """{column: what it holds} of a line of heads; empty when the line is a result."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        for what, words in HEADS.items():
            if search_key(cell) in words and what not in found.values():
                found[index] = what
    return found


def _understood(number: int, cells: list[str], heads: dict[int, str], questions: list[TestQuestion]) -> PastedRow:
    """One row; what nobody foresaw spoils this row alone."""
    try:
        return _row(number, cells, heads, questions)
    except Exception as error:
        refuse_infrastructure(error)
        logger.exception("pasted result in row %s broke", number)
        return PastedRow(number, problem="Portal gagal mengolah baris ini. Tulis ulang barisnya, lalu periksa lagi.")


def _row(number: int, cells: list[str], heads: dict[int, str], questions: list[TestQuestion]) -> PastedRow:
    row, score, letters, left = PastedRow(number), "", "", []
    for index, cell in enumerate(cells):
        what = heads.get(index) if heads else _guess(cell, row, questions)
        if what == "name":
            row.name = cell[:120]
        elif what == "phone":
            row.phone = _phone(cell)
        elif what == "score":
            score = cell or score
        elif what == "letters":
            letters = cell
        elif not MOMENT.fullmatch(cell) and "@" not in cell:
            left.append(cell)
    if not row.name and not row.phone:
        row.problem = "Nama atau nomor HP tidak ditemukan."
        return row
    try:
        row.mark = _mark(score, letters, left, questions)
    except ValidationError as error:
        row.problem = error.messages[0]
    return row


def _guess(cell: str, row: PastedRow, questions) -> str:
    """What a cell of a table without heads holds; the last number of a line is its score."""
    if PHONE.fullmatch(cell) and len(re.sub(r"\D", "", cell)) >= 9 and not row.phone and not MOMENT.fullmatch(cell):
        return "phone"
    if SCORE.fullmatch(cell):
        return "score"
    packed = re.sub(r"[\s,]", "", cell).upper()
    if len(questions) > 1 and len(packed) == len(questions) and not set(packed) - set("ABCDES-"):
        return "letters"
    if not row.name and re.search(r"[^\W\d_]{2}", cell) and "@" not in cell and cell.lower() not in WORDS:
        return "name"
    return ""


def _phone(cell: str) -> str:
    """E.164, or empty for what is no number."""
    try:
        return phones.read(cell)
    except ValidationError:
        return ""


def _mark(score: str, letters: str, left: list[str], questions: list[TestQuestion]) -> Mark:
    """The letters where all stand there, for they tell more; else the score. Raises ValidationError without either."""
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
    """ "80", "77,5" or "8 / 10" as 0-100. Raises ValidationError."""
    match = SCORE.fullmatch(text.strip())
    if not match:
        raise ValidationError("Nilai tidak ditemukan." if not text else f"Nilai “{text[:20]}” tidak terbaca.")
    value = Decimal(match[1].replace(",", "."))
    if match[2]:
        if int(match[2]) == 0:
            raise ValidationError(f"Nilai “{text[:20]}” tidak terbaca.")
        value = value * 100 / int(match[2])
    if value > 100:
        raise ValidationError(f"Nilai “{text[:20]}” di atas 100.")
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _letter(cell: str, question: TestQuestion) -> str:
    """The letter that an answer stands for, BLANK for none, "" when it is not known."""
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
        return WORDS.get(cell.lower(), "")
    head = re.match(r"([A-E])[.)]\s", upper)
    return head[1] if head and head[1] in question.letters else ""


def to_save(rows: list[PastedRow]) -> list[PastedRow]:
    return [row for row in rows if row.participant and not row.problem and not row.skipped]


def undecided(rows: list[PastedRow]) -> list[PastedRow]:
    """Rows with a result of which nobody knows yet whose it is."""
    return [row for row in rows if row.mark != EMPTY and not row.skipped and (row.problem or not row.participant)]


@transaction.atomic
def save_pasted(
    training: Training, phase: str, rows: list[PastedRow], seen: dict[int, Mark], *, by: User, chosen=None, left=()
) -> Outcome:
    """Writes the results of the matched rows, and remembers for the next paste who was meant where somebody chose.

    `left`: participants whose result stays what somebody else wrote. Clashes and errors as in record_marks.
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
