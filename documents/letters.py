"""Wording of one letter on a day: the office's text, else the portal's own.

Filling in replaces {nama} with finished text, once: the result is not searched again, and nothing is evaluated. HTML
stays text, because the templates of documents escape it.
"""

import re
from collections.abc import Mapping
from datetime import date

from accounts.models import District
from documents.base import AnyDocument
from documents.models import LetterText

_NAMED = re.compile(r"( ?)\{([a-z_]+)\}")


class Letter:
    """The wording of one kind of letter on the day of a document. One query."""

    def __init__(self, document: AnyDocument, district: District, day: date):
        self.parts = document.letter_parts
        rows = LetterText.objects.filter(district=district, kind=document.kind, valid_from__lte=day).order_by(
            "valid_from"
        )
        self.bodies = dict(rows.values_list("part", "body"))  # the one with the latest start is current

    def text(self, part: str, **values: str) -> str:
        return filled(self.bodies.get(part, self.parts[part].text), values)

    def lines(self, part: str, **values: str) -> list[str]:
        """The items of a part with one item on each line, or its paragraphs."""
        return [line.strip() for line in self.text(part, **values).splitlines() if line.strip()]


def filled(body: str, values: Mapping[str, str]) -> str:
    """The wording with its placeholders filled in. An empty value also removes the space before it."""

    def value_of(match: re.Match) -> str:
        space, name = match.groups()
        if name not in values:
            return match[0]
        return f"{space}{values[name]}" if values[name] else ""

    return _NAMED.sub(value_of, body)
