"""Jadwal: the agenda by day with JP, narasumber and moderators; the sum of each day and of all."""

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.content import Parameters
from documents.layout import blocks
from documents.layout.blocks import Block
from documents.signers import DPMU_SIGNERS, Letterhead
from documents.trainings import base, roster
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from records import formats
from trainings.models import AgendaItem, AgendaSpeaker, SpjItem, Training, TrainingDay


class TrainingSchedule(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "schedule", "Jadwal", "JDW"
    letterhead = Letterhead.OFFICE
    signers = DPMU_SIGNERS
    spj_item = SpjItem.Document.SCHEDULE
    buttons = (Button("Jadwal"),)
    filing = Filing(4)
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        if not AgendaItem.objects.filter(day__training=training).exists():
            raise ValidationError("Susunan acara masih kosong. Isi dahulu, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        item = base.book_entry(training, SpjItem.Document.SCHEDULE)
        first = base.first_day(training)
        signing = self.signing(training, first)
        placed = base.place_date(signing.office, item.dated_on)
        head = base.head(training, "Jadwal", first, wide=True, signing=signing)
        return {
            **head,
            "body": [
                blocks.letterhead(),
                blocks.title("SUSUNAN ACARA" if training.is_meeting else "JADWAL", *head["activity"]),
                blocks.facts([("Hari/Tanggal", head["weekdays"]), ("Tempat", head["place"] or "-")]),
                table(training),
                blocks.signatures(*signing.blocks(placed=placed)),
            ],
        }


def table(training: Training) -> Block:
    """All days in one table, so that it may break between any two rows; no JP for a meeting. For landscape pages."""
    days = list(training.days.prefetch_related(f"items__{roster.SPEAKERS}"))
    rows: list[list[str]] = []
    total = 0
    for number, day in enumerate(days, 1):
        hours = sum(item.lesson_hours for item in day.items.all())
        total += hours
        rows += _rows(day)
        if hours and len(days) > 1 and not training.is_meeting:
            rows.append(["", "", "", f"Jumlah JP hari ke-{number}", str(hours), "", "", "", ""])
    foot = [["", "", "", "Jumlah JP", str(total), "", "", "", ""]] if total and not training.is_meeting else []
    columns, rows = base.fitting(training, _COLUMNS, rows)
    return blocks.table(columns, rows, footer=foot, caption="Jadwal")


_COLUMNS = [
    ("No", 8, "c"),
    ("Hari/Tanggal", 28, "l"),
    ("Waktu (WIB)", 25, "c"),
    ("Materi/Acara", 0, "l"),
    ("JP", 10, "c"),
    ("Narasumber/ Fasilitator", 50, "l"),
    ("Moderator", 38, "l"),
    ("Metode", 32, "l"),
    ("Ket.", 16, "l"),
]


def _rows(day: TrainingDay) -> list[list[str]]:
    """The items of a day, numbered from one on each day, with the date beside the first."""
    return [
        [
            str(number),
            formats.day_date(day.date) if number == 1 else "",
            f"{formats.time_id(item.starts)} - {formats.time_id(item.ends)}",
            f"{item.pb_code} {item.topic}".strip(),
            str(item.lesson_hours or "-"),
            roster.item_people(item),
            roster.item_people(item, AgendaSpeaker.Role.MODERATOR),
            item.method,
            "",
        ]
        for number, item in enumerate(day.items.all(), 1)
    ]
