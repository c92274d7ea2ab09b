"""Words of a file that nobody knows, and the answers of a person about them."""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from imports.models import ImportRun, Synonym
from imports.rows.rows import Row
from imports.values import vocabulary
from records.parsers.abbreviations import word_key

MAX_WORDS = 10  # questions about one file


class Question(TypedDict):
    """A word of a choice that `rows` rows carry; `options`: what it may mean."""

    topic: str
    key: str
    word: str
    rows: int
    options: list[str]


class UnknownWords:
    """Gathers them over the rows of a file, each with how many rows carry it."""

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
        """Those that the most rows wait for; the others come when these are answered."""
        return sorted(self.found.values(), key=lambda about: -about["rows"])[:MAX_WORDS]


def questions(run: ImportRun) -> list[dict]:
    """The words of the preview as questions, with label of the choice and [value, label] pairs to choose from."""
    found = []
    for about in run.reading.get("words", []):
        try:
            words = vocabulary.get(about["topic"])
        except KeyError:  # a choice that an older portal read
            continue
        options = [[value, words.labels[value]] for value in about["options"] if value in words.labels]
        found.append(about | {"label": words.label, "options": options})
    return found


def with_answers(run: ImportRun, meanings: dict[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """The words of the run with new meanings, {(choice, key): value}. Raises ValidationError for one not on offer."""
    words = {topic: dict(known) for topic, known in run.words.items()}
    on_offer = {(about["topic"], about["key"]): [value for value, _ in about["options"]] for about in questions(run)}
    for (topic, key), value in meanings.items():
        if value not in on_offer.get((topic, key), []):
            raise ValidationError("Pilihan arti ini tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
        words.setdefault(topic, {})[key] = value
    return words


def remember(run: ImportRun, meanings: dict[tuple[str, str], str], *, by: User):
    """Keeps the answers for all files of the kabupaten. A word that somebody gave a meaning before keeps that."""
    written = {(about["topic"], about["key"]): about["word"] for about in questions(run)}
    known = set(Synonym.objects.filter(place=run.place).values_list("topic", "key"))
    for (topic, key), value in meanings.items():
        if (topic, key) not in known:
            meaning = vocabulary.get(topic).labels[value]
            word = Synonym(place=run.place, topic=topic, word=written[topic, key][:80], value=value, meaning=meaning)
            word.add(by=by, reason=f"Jawaban pada {run}")
