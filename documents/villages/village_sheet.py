"""Lembar Desa on one A4 page: the chain of a village, what is broken, who acts, what money is needed, the coverage."""

from typing import Any

from django.template.loader import render_to_string

from accounts.models import District, User
from monitoring.chain import STATE_WORDS, State
from monitoring.digest import ACTORS, digest_of
from monitoring.forms.digest import VillageDigestFilter
from monitoring.pictures import picture
from records import words
from documents import digests
from villages.models import Village

TEMPLATE_VERSION = 2
CODE_PREFIX = "LD"
SUBJECTS = {"village"}
FILTERED = True


def label(parameters: dict) -> str:
    return "Lembar Desa"


def district_of(subject: Village) -> District:
    return subject.subdistrict.district


def clean(subject: Village, parameters: dict) -> dict:
    """Of the filter only the day and the year of the plans concern one village."""
    asked = parameters.get("filter") or {}
    return {"filter": {name: asked[name] for name in ("per", "tahun") if asked.get(name)}}


def collect(subject: Village, parameters: dict, user: User | None) -> dict[str, Any]:
    district = district_of(subject)
    reader = digests.reader(user, district)
    filters = VillageDigestFilter(parameters["filter"], user=reader, village=subject)
    digest = digest_of(filters)
    steps = [
        [
            step.label,
            STATE_WORDS[step.state],
            digests.cut(step.word, 70),
            step.date or "-",
            "-" if step.state == State.DONE else ACTORS[step.key],
        ]
        for chain in digest.chains
        for step in chain.steps
    ]
    heading = f"LEMBAR DESA {digests.cut(subject.name, 60).upper()}"
    found = digests.snapshot(digest, district, heading, picture("realisasi-per-triwulan", filters))
    people = "Jumlah KK dan jiwa belum dicatat"
    if subject.figures_year:
        counts = [(subject.households, "KK"), (subject.people, "jiwa")]
        told = ", ".join(f"{words.number_id(count)} {unit}" for count, unit in counts if count is not None)
        people = f"{told} (data {subject.figures_year})"
    return found | {
        "steps": steps,
        "place": f"{subject.subdistrict}, {district}. {people}.",
        "stand": f"Keadaan per {words.date_id(digest.day)}.",
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/village_sheet.html", snapshot)
