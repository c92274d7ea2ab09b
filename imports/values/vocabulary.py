"""Vocabularies of choices: labels and codes, abbreviations, words of an office, ambiguous words.

Each choice that a file or a pasted list may contain is one vocabulary, identified by its column
("kpspams.member.post"). The words of a kabupaten are rows of imports.models.Synonym; `using` activates them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError

from imports.models import Synonym
from records.parsers.abbreviations import word_key

_in_force: ContextVar[Mapping[str, Mapping[str, str]]] = ContextVar("words_in_force")


class UnknownWord(ValidationError):
    """A word without a known meaning; `options` are the possible values."""

    def __init__(self, message: str, topic: str, word: str, options: tuple[str, ...]):
        super().__init__(message)
        self.topic, self.word, self.options = topic, word, options


@dataclass(frozen=True)
class Vocabulary:
    """`synonyms` and `doubtful` come with the portal: a doubtful word has several values and is never decided."""

    topic: str
    label: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def own_keys(self) -> dict[str, str]:
        """Codes and labels, which no synonym of an office can redefine; without codes that equal a doubtful word
        ("sumur_bor" is one kind of sumur bor).
        """
        found = {word_key(value): value for value in self.labels if word_key(value) not in self.several}
        found |= {word_key(label): value for value, label in self.labels.items()}
        found.pop("", None)  # punctuation has no key and no meaning
        return found

    @cached_property
    def bundled(self) -> dict[str, str]:
        return {word_key(word): value for word, value in self.synonyms.items()}

    @cached_property
    def several(self) -> dict[str, tuple[str, ...]]:
        return {word_key(word): values for word, values in self.doubtful.items()}

    def find(self, written: str) -> str | None:
        """The value of a word, None where it is unknown or ambiguous."""
        if written in self.labels:
            return written
        key = word_key(written)
        if key in self.own_keys:
            return self.own_keys[key]
        of_office = _in_force.get({}).get(self.topic, {}).get(key)
        if of_office in self.labels:
            return of_office
        return None if key in self.several else self.bundled.get(key)

    def meanings(self, written: str) -> tuple[str, ...]:
        """The possible values of an ambiguous word."""
        return self.several.get(word_key(written), ())

    def read(self, written: str) -> str:
        """The value of a word. Raises UnknownWord with the possible values."""
        value = self.find(written)
        if value is None:
            raise self.unknown(written)
        return value

    def unknown(self, written: str, options: tuple[str, ...] = ()) -> UnknownWord:
        options = options or self.meanings(written)
        if options:
            meanings = " atau ".join(self.labels[value] for value in options)
            message = f"“{written}” dapat berarti {meanings}. Tulis salah satunya."
        else:
            message = f"“{written}” tidak dikenal. Pilih salah satu: {', '.join(self.labels.values())}."
        return UnknownWord(message, self.topic, written, options or tuple(self.labels))


_VOCABULARIES: dict[str, Vocabulary] = {}


def register(vocabulary: Vocabulary) -> Vocabulary:
    """Registers the vocabulary for the page of synonyms."""
    _VOCABULARIES[vocabulary.topic] = vocabulary
    return vocabulary


def get(topic: str) -> Vocabulary:
    """The vocabulary of a choice. Raises KeyError for a choice that no import reads."""
    return _VOCABULARIES[topic]


def vocabularies() -> list[Vocabulary]:
    return sorted(_VOCABULARIES.values(), key=lambda vocabulary: vocabulary.label)


@contextmanager
def using(place: str, more: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[None]:
    """Activates the words of this kabupaten inside the context; `more`: answers for one file, {topic: {key: value}}."""
    words: dict[str, dict[str, str]] = {}
    for topic, key, value in Synonym.objects.filter(place=place).values_list("topic", "key", "value"):
        words.setdefault(topic, {})[key] = value
    for topic, meanings in (more or {}).items():
        words.setdefault(topic, {}).update(meanings)
    token = _in_force.set(words)
    try:
        yield
    finally:
        _in_force.reset(token)
