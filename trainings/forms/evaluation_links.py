"""Forms of evaluation links: the link of a day, and the sheet that a participant submits there."""

import uuid
from dataclasses import dataclass

from django.http import QueryDict

from records.fields import ClockField
from records.parsers.grids import CellNames
from records.parsers.text import seen
from trainings.forms.plain import Plain
from trainings.models import TrainingDay
from trainings.models.evaluations import MARKS
from trainings.queries.evaluations import Column, FormQuestion
from trainings.services.evaluation_links import open_link

CELLS = CellNames("q", 2)  # question, narasumber or 0
MAX_LENGTH = 500  # max_length of EvaluationAnswer.text
MARK_LABELS = tuple(zip(MARKS, ("kurang", "cukup", "baik", "sangat baik"), strict=True))


class EvaluationLinkForm(Plain):
    closes_at = ClockField(
        label="Ditutup otomatis pukul", initial="23:59", help_text="Tautan juga dapat ditutup kapan saja sebelumnya."
    )

    def __init__(self, *args, day: TrainingDay, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def save_by(self, user):
        return open_link(self.day, self.cleaned_data["closes_at"], by=user)


@dataclass
class Answered:
    """One field of the sheet with what was chosen or written."""

    place: FormQuestion
    text: str
    error: str = ""

    @property
    def name(self) -> str:
        return CELLS.name(self.place.column)

    @property
    def label(self) -> str:
        """The question; the narasumber is added only where the heading does not name them."""
        return self.place.question.aspect if self.place.person else self.place.label


class EvaluationFillForm:
    """The sheet of one participant, with hand-written HTML to be light on a phone. `data`: what was posted, or None."""

    def __init__(self, questions: list[FormQuestion], data: QueryDict | None = None):
        self.request_key = _key(data)
        self.answers: list[Answered] = []
        for place in questions:
            typed = data.get(CELLS.name(place.column), "") if data else ""
            self.answers.append(_answered(place, typed))

    @property
    def groups(self) -> list[tuple[str, list[Answered]]]:
        """(narasumber, answers); the training comes first, without a name."""
        found: dict[str, list[Answered]] = {}
        for answer in self.answers:
            found.setdefault(str(answer.place.person or ""), []).append(answer)
        return list(found.items())

    @property
    def errors(self) -> list[Answered]:
        return [answer for answer in self.answers if answer.error]

    @property
    def values(self) -> dict[Column, str]:
        return {answer.place.column: answer.text for answer in self.answers}


def _key(data: QueryDict | None) -> uuid.UUID:
    try:
        return uuid.UUID(data.get("request_key", "") if data else "")
    except ValueError:
        return uuid.uuid4()


def _answered(place: FormQuestion, typed: str) -> Answered:
    words = " ".join(seen(typed).split())
    if not place.is_text:
        return Answered(place, words if words in MARKS else "")
    if len(words) > MAX_LENGTH:
        return Answered(place, words, f"Paling banyak {MAX_LENGTH} huruf; sekarang {len(words)}.")
    return Answered(place, words, "Ada tanda yang tidak terbaca. Tulis ulang." if "\x00" in words else "")
