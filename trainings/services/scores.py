"""Results of the pre-test and post-test, entered as scores or as letters, without overwriting unseen changes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from records import history
from records.formats import number_id
from records.merge import Clash, Outcome, merge_cells
from records.models import Event
from records.parsers.grids import CellNames, ShownText
from trainings.models import Participant, TestAnswer, TestQuestion, TestResult, Training
from trainings.services.guard import hold

BLANK = "-"  # a question without an answer
CELLS = CellNames("n", 1)  # participant
SHOWN = ShownText(1, "=", r"[0-9]{1,3}(?:\.[0-9]{1,2})?\|[A-ES-]*")


@dataclass(frozen=True)
class Mark:
    """Result of one person in one test: the score (0-100) and the letters it was computed from, if entered.

    One letter for each question in its order, BLANK where nothing was answered. No score means no result.
    """

    score: Decimal | None = None
    letters: str = ""

    @property
    def token(self) -> str:
        """Text that the page sends back."""
        return "" if self.score is None else f"{self.score.normalize():f}|{self.letters}"

    @property
    def text(self) -> str:
        return "" if self.score is None else number_id(self.score)

    @property
    def word(self) -> str:
        return "Belum diisi" if self.score is None else self.text + (f" ({self.letters})" if self.letters else "")


EMPTY = Mark()


def read_tokens(text: str) -> dict[int, Mark]:
    """{participant: mark} of what a page showed, parsed from what it sent back; invalid tokens are skipped."""
    parts = {pk: token.split("|") for pk, token in SHOWN.read(text).items()}
    return {pk: Mark(Decimal(score), letters) for pk, (score, letters) in parts.items()}


def write_tokens(marks: dict[int, Mark]) -> str:
    return SHOWN.write({pk: mark.token for pk, mark in marks.items() if mark.token})


def score_of(letters: str, questions: list[TestQuestion]) -> Decimal:
    """Share of right answers, 0-100, rounded half up to two decimals. Raises ValidationError for invalid letters."""
    if len(letters) != len(questions):
        raise ValidationError(f"Ada {len(letters)} jawaban, soalnya {len(questions)}. Tulis - untuk yang kosong.")
    for letter, question in zip(letters, questions, strict=True):
        if letter != BLANK and letter not in question.letters:
            allowed = ", ".join(question.letters)
            raise ValidationError(f"Jawaban soal {question.number} “{letter}” tidak ada; pilihannya {allowed}.")
    right = sum(letter == question.key for letter, question in zip(letters, questions, strict=True))
    return (Decimal(right) * 100 / len(questions)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def stored_marks(training: Training, phase: str) -> dict[int, Mark]:
    """{participant: mark} in two queries."""
    letters: dict[int, list[str]] = {}
    answers = TestAnswer.objects.filter(result__participant__training=training, result__phase=phase)
    for result, letter in answers.order_by("question__number").values_list("result", "letter"):
        letters.setdefault(result, []).append(letter or BLANK)
    rows = TestResult.objects.filter(participant__training=training, phase=phase)
    return {
        participant: Mark(score, "".join(letters.get(pk, ())))
        for pk, participant, score in rows.values_list("pk", "participant", "score")
    }


@transaction.atomic
def record_marks(
    training: Training,
    phase: str,
    wanted: dict[int, Mark],
    seen: dict[int, Mark],
    *,
    by: User,
    source: str,
    chosen=None,
) -> Outcome:
    """Writes the results that this user changed: those where `wanted` differs from `seen`, what the page showed.

    A result that meanwhile has a third value is a clash; with any clash nothing is written. `chosen` answers earlier
    clashes: {participant: the other user's mark, which is to be overwritten}. The score of a mark with letters is
    computed here. Repeating the call writes nothing. Raises ValidationError for people of another training, for letters
    that do not fit the questions, and when the training is closed.
    """
    training = hold(training)
    seen = seen | (chosen or {})
    questions = list(training.test_questions.all())
    wanted = {pk: Mark(score_of(m.letters, questions), m.letters) if m.letters else m for pk, m in wanted.items()}
    changed = {pk: mark for pk, mark in wanted.items() if mark != seen.get(pk, EMPTY)}
    people = training.participants.current().select_related("person").in_bulk(changed)
    if len(people) < len(changed):
        raise ValidationError("Peserta berubah sejak halaman ini dibuka. Muat ulang halaman, lalu ulangi.")
    stored = stored_marks(training, phase)
    rows = {
        row.participant_id: row
        for row in TestResult.objects.filter(participant__in=people, phase=phase).select_related("recorded_by")
    }
    steps, clashing = merge_cells(changed, seen, stored, blank=EMPTY)
    if clashing:
        order = sorted(clashing, key=lambda pk: people[pk].number)
        return Outcome(0, [_clash(people[pk], clashing[pk], stored.get(pk, EMPTY), rows.get(pk)) for pk in order])
    if steps:
        _write(phase, steps, rows, questions, by=by, source=source)
        # More users see the history than scores: it contains whose result changed, not the value.
        label = str(TestResult.Phase(phase).label).lower()
        changes = {f"{people[pk].number}. {people[pk].person.name}, {label}": None for pk in steps}
        history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    return Outcome(len(steps), [])


def _clash(participant: Participant, mine: Mark, theirs: Mark, row: TestResult | None) -> Clash:
    return Clash(
        name=CELLS.name(participant.pk),
        label=f"{participant.number}. {participant.person.name}",
        mine=mine,
        theirs=theirs,
        mine_text=mine.word,
        theirs_text=theirs.word,
        token=theirs.token,
        by=row.recorded_by if row else None,
        at=row.recorded_at if row else None,
    )


def _write(phase, steps: dict[int, Mark], rows: dict[int, TestResult], questions, *, by, source):
    now = timezone.now()
    new: list[TestResult] = []
    kept: list[TestResult] = []
    gone: list[int] = []
    for pk, mark in steps.items():
        row = rows.get(pk)
        if mark.score is None:
            gone.append(pk)
            continue
        (kept if row else new).append(row := row or TestResult(participant_id=pk, phase=phase))
        row.score, row.source, row.recorded_by, row.recorded_at = mark.score, source, by, now
    TestResult.objects.filter(participant__in=gone, phase=phase).delete()
    TestAnswer.objects.filter(result__in=kept).delete()
    TestResult.objects.bulk_create(new)
    TestResult.objects.bulk_update(kept, ["score", "source", "recorded_by", "recorded_at"])
    TestAnswer.objects.bulk_create(
        TestAnswer(result=row, question=question, letter="" if letter == BLANK else letter)
        for row in [*new, *kept]
        for question, letter in zip(questions, steps[row.participant_id].letters, strict=False)
    )
