"""Surat tugas peserta: a form of each village, whose kepala desa sends people to the training; for the pen.

Names are left to the village; with "terdaftar" those already registered are printed, and lines up to the quota.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import User
from documents.layout import frame
from documents.trainings import base, roster
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from documents.letters import Letter
from trainings.models import SpjItem, Training
from villages.models import Village

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "ST"
READERS = "district"
NAMES = {"kosong": "Surat tugas peserta (kosong)", "terdaftar": "Surat tugas peserta terdaftar"}
OPTIONS = {"names": NAMES}
NO_VILLAGE = "Belum ada desa yang diundang. Undang desanya dahulu, lalu minta lagi."


def label(parameters: dict) -> str:
    return NAMES[parameters.get("names") or "kosong"]


def clean(training: Training, parameters: dict) -> dict:
    base.needs_days(training)
    if not training.invitations.exists():
        raise ValidationError(NO_VILLAGE)
    return base.chosen(OPTIONS, parameters)


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    """Raises ValidationError where nothing is invited that this person may see."""
    day = base.first_day(training)
    head = base.head(training, "Surat tugas peserta", day)
    signing = base.signing(Kind.ASSIGNMENT_LETTER, training, day)
    villages = roster.invited_villages(training, user)
    if not villages:
        raise ValidationError(NO_VILLAGE)
    quotas = dict(training.invitations.values_list("village", "quota"))
    people = roster.participants(training, user) if parameters["names"] == "terdaftar" else []
    heads = frame.village_heads(villages, day)
    letter = Letter(Kind.ASSIGNMENT_LETTER, training.district, day)
    invited = base.book_entry(training, SpjItem.Paper.INVITATION)
    values = base.letter_values(training, head) | {
        "pengundang": head["kop"]["office"] or head["said"]["dpmu"],
        "nomor": base.number_or_dots(invited),
        "tanggal": base.date_or_dots(invited.dated_on),
    }
    return base.apart(head) | {
        "dots": base.DOTS,
        "basis": letter.text("basis", **values),
        "time": base.starts_at(training),
        "letters": [
            {
                "kop": signing.kop(village),
                "village": f"{head['said']['village']} {village.name}",
                "head": heads.get(village.pk, base.DOTS),
                "title": _title(head, village),
                **_said(letter, values, f"{head['said']['village']} {village.name}", _title(head, village)),
                "rows": _rows([person for person in people if person["village"] == village.pk], quotas[village.pk]),
                "signatures": signing.blocks(village=village, names={"village_head": heads.get(village.pk, "")}),
            }
            for village in villages
        ],
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/assignment_letter.html", snapshot)


def _title(head: dict[str, Any], village: Village) -> str:
    return f"{head['said']['village_head']} {village.name}"


def _said(letter: Letter, values: dict[str, str], village: str, title: str) -> dict[str, Any]:
    """The wording of the letter of one village."""
    own = values | {"desa": village, "kepala_desa": title}
    return {"task": letter.text("task", **own), "closing": letter.lines("closing", **own)}


def _rows(people: list[dict[str, Any]], quota: int) -> list[dict[str, str]]:
    named = [{"name": person["name"], "sex": person["sex"], "post": person["post"]} for person in people]
    blank = [{"name": "", "sex": "", "post": ""} for _ in range(max(quota - len(named), 0))]
    return [row | {"number": str(number)} for number, row in enumerate([*named, *blank], 1)]
