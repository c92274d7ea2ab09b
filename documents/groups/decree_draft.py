"""Rancangan Keputusan Kepala Desa on the board of a KPSPAMS, with its annex, for the village to number and sign.

It names only rules that hold for every village; what else the village decides by is added by hand (dotted line).
"""

from datetime import date
from string import ascii_lowercase
from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from kpspams.models import KpspamsGroup, LegalDocument
from records import words
from documents.groups import decree
from documents.groups.decree import LINE, SHORT, SUBJECTS, clean, district_of
from reports.kinds import Kind
from documents.letters import Letter

__all__ = ["SUBJECTS", "clean", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "SK"


def label(parameters: dict) -> str:
    return "Rancangan Keputusan Kepala Desa dan lampirannya"


def collect(subject: KpspamsGroup, parameters: dict, user: User | None) -> dict[str, Any]:
    found = decree.common(Kind.DECREE_DRAFT, subject, "Rancangan Keputusan Kepala Desa,")
    said = found["said"]
    letter = Letter(Kind.DECREE_DRAFT, district_of(subject), date.fromisoformat(found["document"]["dated"]))
    values = decree.letter_values(found)
    considering = letter.lines("considering", **values)
    return found | {
        "decider": found["head_title"].rstrip(",").upper(),
        "number": f"NOMOR {LINE} TAHUN {SHORT}",
        "about": f"PENETAPAN PENGURUS KELOMPOK PENGELOLA SISTEM PENYEDIAAN AIR MINUM DAN SANITASI (KPSPAMS) "
        f"“{subject.name.upper()}” {found['village'].upper()}",
        "considering": [[f"{at}.", line] for at, line in zip(ascii_lowercase, considering, strict=False)],
        "basis": [line.rstrip(";") for line in [*letter.lines("basis", **values), *_own_rules(subject)]],
        "noted": letter.text("noted", **values | {"musyawarah": values["musyawarah"].title()}),
        "dicta": {name: letter.text(name, **values) for name in ("first", "third", "fourth", "fifth")},
        "tasks": [line.rstrip(";.") for line in letter.lines("tasks", **values)],
        "signatures": [block | {"title": block["title"].upper()} for block in found.pop("signed")],
        "copies": [
            f"Bupati {found['district']} melalui Camat {found['subdistrict']}",
            f"Ketua {said['dpmu']} Kabupaten {found['district']}",
            f"Ketua BPD {found['village']}",
            "Yang bersangkutan",
        ],
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/decree_draft.html", snapshot)


def _own_rules(group: KpspamsGroup) -> list[str]:
    """Perdes of this group that are recorded with number and day."""
    rules = LegalDocument.objects.filter(group=group, kind=LegalDocument.Kind.VILLAGE_RULE, in_process=False)
    return [
        f"Peraturan {group.village} Nomor {rule.number} tanggal {words.date_id(rule.dated_on)}"
        for rule in rules.exclude(number="").order_by("dated_on")
        if rule.dated_on
    ]
