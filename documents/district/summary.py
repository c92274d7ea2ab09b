"""Ringkasan of a kabupaten on one A4 page: the chain, what is broken, who acts, what money is needed, the coverage."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import District, User
from monitoring.digest import ACTORS, digest_of
from monitoring.forms.digest import DigestFilter
from monitoring.pictures import picture
from records import words
from documents import digests

TEMPLATE_VERSION = 2
CODE_PREFIX = "RGK"
SUBJECTS = {"district"}
READERS = "district"
FILTERED = True


def label(parameters: dict) -> str:
    return "Ringkasan"


def district_of(subject: District) -> District:
    return subject


def clean(subject: District, parameters: dict) -> dict:
    """The filter as the page carried it; where there are several kabupaten the paper says which it is of."""
    asked = dict(parameters.get("filter") or {})
    if District.objects.exclude(pk=subject.pk).exists():
        asked["kabupaten"] = str(subject.pk)
    return {"filter": asked}


def collect(subject: District, parameters: dict, user: User | None) -> dict[str, Any]:
    """Raises ValidationError, in words for people, where no village fits the filter."""
    reader = digests.reader(user, subject)
    filters = DigestFilter(parameters["filter"], user=reader, searchable=False)
    digest = digest_of(filters)
    if not digest.chains:
        raise ValidationError(f"Belum ada desa di {subject} yang sesuai dengan saringan ini.")
    missing = {item.key: item.red for item in digest.missing}
    stages = [
        [
            stage.label,
            stage.words,
            words.number_id(len(missing[stage.key])),
            digests.names_of(missing[stage.key]),
            ACTORS[stage.key],
        ]
        for stage in digest.stages
    ]
    found = digests.snapshot(
        digest, subject, f"RINGKASAN PAMSIMAS {str(subject).upper()}", picture("corong", filters)
    )
    return found | {"stages": stages}


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("documents/summary.html", snapshot)
