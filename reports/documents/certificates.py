"""Sertifikat: front and back of everybody who was given one, in one file, to be printed on both sides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import Signatory, User
from records import words
from reports.documents import frame, training_results
from reports.documents import training_papers as papers
from reports.documents.training_papers import SUBJECTS, district_of
from trainings.models import Certificate, Participant, Training

__all__ = ["SUBJECTS", "district_of"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "SRT"
READERS = "district"


def label(parameters: dict) -> str:
    return "Sertifikat"


def clean(training: Training, parameters: dict) -> dict:
    """Raises ValidationError, in words for people, while nobody was given one."""
    papers.needs_days(training)
    if not training.certificates.exists():
        raise ValidationError(
            "Belum ada sertifikat yang diberikan pada pelatihan ini. Berikan dahulu, lalu minta lagi."
        )
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    """A fasilitator gets those of the people they may see. The day and so the office are those of the newest one."""
    given = Certificate.objects.filter(training=training).select_related("participant__person", "participant__village")
    if user is not None:
        given = given.filter(participant__in=Participant.objects.visible_to(user))
    rows = list(given.order_by("participant__number"))
    dated = max((row.dated_on for row in rows), default=papers.last_day(training))
    head = papers.head(training, "Sertifikat", dated, paper="certificate")
    items = [item for item in training_results.agenda(training) if item.lesson_hours]
    total = sum(item.lesson_hours for item in items)
    return head | {
        "title": training.title,
        "wave": training.wave,
        "name": training_results.full_name(training),
        "organiser": training.organiser or head["kop"]["office"] or papers.DOTS,
        "hours": str(total),
        "topics": [
            {"number": str(number), "topic": item.topic, "hours": str(item.lesson_hours)}
            for number, item in enumerate(items, 1)
        ],
        "rows": [_row(training, row, total, head["said"]["village"]) for row in rows],
    }


def _row(training: Training, row: Certificate, total: int, village_word: str) -> dict[str, Any]:
    participant = row.participant
    village = f"{village_word} {participant.village.name}" if participant.village else participant.person.institution
    followed = f"{row.lesson_hours} dari {total}" if row.lesson_hours != total else str(total)
    return {
        "number": row.number or papers.DOTS,
        "name": participant.person.name,
        "about": ", ".join(part for part in (participant.role_word, village) if part),
        "hours": followed,
        "day": words.date_id(row.dated_on),
        "signatures": [_signer(training, row)],
    }


def _signer(training: Training, row: Certificate) -> dict[str, Any]:
    """The head of the dinas of that day where one is recorded, else the Ketua DPMU (our assumption)."""
    head = training.district.signatory_on(Signatory.Slot.OFFICE_HEAD, row.dated_on)
    slot = Signatory.Slot.OFFICE_HEAD if head else Signatory.Slot.DPMU_HEAD
    placed = frame.place_and_date(training.district.office_on(row.dated_on), row.dated_on)
    return papers.signer(training, slot, row.dated_on, placed=placed)


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("reports/documents/certificates.html", snapshot)
