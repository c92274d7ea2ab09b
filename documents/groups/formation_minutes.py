"""Berita acara of the musyawarah that forms a KPSPAMS or chooses its board anew, with its daftar hadir to sign.

The order of a berita acara is that of the rules on official papers: title, number, day and place in words,
numbered facts, closing sentence, signatures.
"""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from accounts.models import User
from kpspams.models import KpspamsGroup
from documents.groups import decree
from documents.layout import frame
from documents.groups.decree import SUBJECTS, clean, district_of
from reports.kinds import Kind
from documents.letters import Letter

__all__ = ["SUBJECTS", "clean", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "BA"
ATTENDEES = 40  # empty rows of the daftar hadir (our assumption)


def label(parameters: dict) -> str:
    return "Berita acara musyawarah dan daftar hadir"


def collect(subject: KpspamsGroup, parameters: dict, user: User | None) -> dict[str, Any]:
    day = decree.formation_day(subject, localdate())
    found = decree.common(Kind.FORMATION_MINUTES, subject, "Berita acara musyawarah")
    letter = Letter(Kind.FORMATION_MINUTES, district_of(subject), date.fromisoformat(found["document"]["dated"]))
    return found | {
        "text": _text(letter, found, decree.day_line(day)),
        "year": str(day.year) if day else decree.SHORT,
        "attendees": [{"number": str(number), "even": number % 2 == 0} for number in range(1, ATTENDEES + 1)],
        "signatures": [
            frame.block("Notulis,"),
            frame.block("Pimpinan Musyawarah,"),
        ],
        "knowing": found.pop("signed"),
    }


def _text(letter: Letter, found: dict[str, Any], day_line: str) -> dict[str, Any]:
    """The wording of each part."""
    name = f"KPSPAMS “{found['group']}”"
    chosen = f"Musyawarah memilih pengurus {name} yang baru"
    formed = f"Musyawarah menyepakati pembentukan {name} dan memilih pengurusnya"
    values = decree.letter_values(found) | {
        "hari_ini": day_line,
        "wilayah": f"dengan wilayah layanan {found['hamlets']}" if found["hamlets"] else "",
        "hasil_musyawarah": chosen if found["renewal"] else formed,
    }
    texts: dict[str, Any] = {part: letter.text(part, **values) for part in ("opening", "held", "result", "term")}
    return texts | {"closing": letter.lines("closing", **values)}


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/formation_minutes.html", snapshot)
