"""Jadwal: the agenda day by day with JP, who teaches and who moderates; the sum of each day and of all."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from records import words
from reports.documents import blocks, training_papers, training_people
from reports.documents.blocks import Block, render
from reports.documents.training_papers import SUBJECTS, district_of
from trainings.models import AgendaItem, AgendaSpeaker, SpjItem, Training, TrainingDay

__all__ = ["SUBJECTS", "district_of", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "JDW"


def label(parameters: dict) -> str:
    return "Jadwal"


def clean(training: Training, parameters: dict) -> dict:
    training_papers.needs_days(training)
    if not AgendaItem.objects.filter(day__training=training).exists():
        raise ValidationError("Susunan acara masih kosong. Isi dahulu, lalu minta lagi.")
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    item = training_papers.book_entry(training, SpjItem.Paper.SCHEDULE)
    first = training_papers.first_day(training)
    placed = training_papers.place_date(training.district.office_on(first), item.dated_on)
    head = training_papers.head(training, "Jadwal", first, wide=True)
    body: list[Block] = [
        blocks.kop(),
        blocks.title("SUSUNAN ACARA" if training.is_meeting else "JADWAL", *head["activity"]),
        blocks.facts([("Hari/Tanggal", head["weekdays"]), ("Tempat", head["place"] or "-")]),
    ]
    body += day_tables(training)
    return head | {"body": [*body, blocks.signatures(*training_papers.signatures(training, first, placed=placed))]}


def day_tables(training: Training) -> list[Block]:
    """One table a day, its JP below; a meeting has no JP. On paper in landscape."""
    days = list(training.days.prefetch_related(f"items__{training_people.SPEAKERS}"))
    found: list[Block] = []
    total = 0
    for number, day in enumerate(days, 1):
        hours = sum(item.lesson_hours for item in day.items.all())
        total += hours
        foot = [["", "", f"Jumlah JP hari ke-{number}", str(hours), "", "", ""]] if hours else []
        if hours and number == len(days) > 1:
            foot.append(["", "", f"Jumlah JP {len(days)} hari", str(total), "", "", ""])
        found += [
            blocks.heading(
                f"Hari ke-{number}: {words.day_date(day.date)}" if len(days) > 1 else words.day_date(day.date)
            ),
            blocks.table(_COLUMNS, _rows(day), foot=foot, caption=words.day_date(day.date)),
        ]
    return found


_COLUMNS = [
    ("No", 8, "c"),
    ("Waktu (WIB)", 28, "c"),
    ("Materi/Acara", 0, "l"),
    ("JP", 10, "c"),
    ("Narasumber/Fasilitator", 60, "l"),
    ("Moderator", 40, "l"),
    ("Metode", 38, "l"),
]


def _rows(day: TrainingDay) -> list[list[str]]:
    return [
        [
            str(number),
            f"{words.time_id(item.starts)} - {words.time_id(item.ends)}",
            f"{item.pb_code} {item.topic}".strip(),
            str(item.lesson_hours or "-"),
            training_people.item_people(item),
            training_people.item_people(item, AgendaSpeaker.Role.MODERATOR),
            item.method,
        ]
        for number, item in enumerate(day.items.all(), 1)
    ]
