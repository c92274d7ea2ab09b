"""The wording of letters: plain text with named placeholders ({kegiatan}), from one day on; else the portal's own.

Filling in replaces {nama} by finished text, once: what was filled in is not looked at again, and nothing is
evaluated. HTML stays text, since the pages of papers escape it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import District
from reports.kinds import Kind
from documents.letter_texts import LETTERS, MEANINGS
from documents.models import LetterText

_NAMED = re.compile(r"( ?)\{([a-z_]+)\}")
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True)
class Part:
    """One part of a letter. `placeholders`: name -> what it prints. `listed`: each line is an item of its own."""

    name: str
    label: str
    text: str
    placeholders: Mapping[str, str]
    required: frozenset[str]
    listed: bool

    def complaints(self, body: str) -> list[str]:
        """What is wrong with a wording, in words for people; empty when it can be printed."""
        found = []
        used, strange, single = set(), [], False
        for braced in _BRACED.findall(body):
            name = braced[1:-1]
            if len(braced) == 1:
                single = True
            elif name in self.placeholders:
                used.add(name)
            else:
                strange.append(braced)
        if strange:
            known = ", ".join(f"{{{name}}}" for name in self.placeholders) or "tidak ada"
            told = ", ".join(dict.fromkeys(strange))
            found.append(f"Tanda isian tidak dikenal: {told}. Yang dikenal di bagian ini: {known}.")
        if missing := [f"{{{name}}}" for name in self.placeholders if name in self.required - used]:
            found.append(f"Tanda isian wajib belum ada: {', '.join(missing)}.")
        if single:
            found.append(
                "Kurung kurawal hanya dipakai untuk tanda isian dan selalu berpasangan, misalnya {kegiatan}. "
                "Hapus kurung yang sendirian, atau ganti dengan kurung biasa."
            )
        return found


PARTS: dict[str, dict[str, Part]] = {
    kind: {
        name: Part(
            name,
            label,
            text,
            {placeholder: MEANINGS[placeholder] for placeholder in allowed.split()},
            frozenset(required.split()),
            listed,
        )
        for name, (label, text, allowed, required, listed) in parts.items()
    }
    for kind, parts in LETTERS.items()
}


class Letter:
    """The wording of one kind of letter as it holds on the day of a paper. One query."""

    def __init__(self, kind: Kind, district: District, day: date):
        self.parts = PARTS[kind]
        rows = LetterText.objects.filter(district=district, kind=kind, valid_from__lte=day).order_by("valid_from")
        self.bodies = dict(rows.values_list("part", "body"))  # the last one begun holds

    def text(self, part: str, **values: str) -> str:
        return filled(self.bodies.get(part, self.parts[part].text), values)

    def lines(self, part: str, **values: str) -> list[str]:
        """The items of a part in which each line is one, or its paragraphs."""
        return [line.strip() for line in self.text(part, **values).splitlines() if line.strip()]


def filled(body: str, values: Mapping[str, str]) -> str:
    """The wording with its placeholders filled in. An empty value takes the space before it along."""

    def value_of(match: re.Match) -> str:
        space, name = match.groups()
        if name not in values:
            return match[0]
        return f"{space}{values[name]}" if values[name] else ""

    return _NAMED.sub(value_of, body)
