"""Unknown words of a file, and the answers of the user."""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from imports.models import ImportRun, Synonym
from imports.rows.rows import Row
from imports.values import vocabulary
from records.parsers.abbreviations import word_key

MAX_QUESTIONS = 10  # largest number of questions about one file


class Question(TypedDict):
    """An unknown word that `rows` rows contain; `options`: its possible meanings."""

    topic: str
    key: str
    word: str
    rows: int
    options: list[str]


class UnknownWords:
    """Collects unknown words over the rows of a file, each with the number of its rows."""

    def __init__(self):
        self.found: dict[tuple[str, str], Question] = {}

    def note(self, row: Row):
        for error in row.unknown:
            key = word_key(error.word)
            if not key:
                continue
            about = self.found.setdefault(
                (error.topic, key),
                {"topic": error.topic, "key": key, "word": error.word, "rows": 0, "options": list(error.options)},
            )
            about["rows"] += 1

    def most(self) -> list[Question]:
        """The most frequent ones; the others follow when these are answered."""
        return sorted(self.found.values(), key=lambda about: -about["rows"])[:MAX_QUESTIONS]


def questions(run: ImportRun) -> list[dict]:
    """The unknown words as questions, with the label of the choice and its [value, label] pairs."""
    found = []
    for about in run.reading.get("words", []):
        try:
            words = vocabulary.get(about["topic"])
        except KeyError:  # a choice of an older version
            continue
        options = [[value, words.labels[value]] for value in about["options"] if value in words.labels]
        found.append(about | {"label": words.label, "options": options})
    return found


def with_answers(run: ImportRun, meanings: dict[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """The words of the run with new meanings, {(choice, key): value}. Raises ValidationError for an unknown value."""
    words = {topic: dict(known) for topic, known in run.words.items()}
    on_offer = {(about["topic"], about["key"]): [value for value, _ in about["options"]] for about in questions(run)}
    for (topic, key), value in meanings.items():
        if value not in on_offer.get((topic, key), []):
            raise ValidationError("Pilihan arti ini tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
        words.setdefault(topic, {})[key] = value
    return words


def remember(run: ImportRun, meanings: dict[tuple[str, str], str], *, by: User):
    """Stores the answers for all files of the kabupaten. A word that has a meaning already keeps it."""
    written = {(about["topic"], about["key"]): about["word"] for about in questions(run)}
    known = set(Synonym.objects.filter(place=run.place).values_list("topic", "key"))
    for (topic, key), value in meanings.items():
        if (topic, key) not in known:
            meaning = vocabulary.get(topic).labels[value]
            word = Synonym(place=run.place, topic=topic, word=written[topic, key][:80], value=value, meaning=meaning)
            word.add(by=by, reason=f"Jawaban pada {run}")
