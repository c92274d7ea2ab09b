"""Daftar penerimaan honorarium: teachers, their topics and hours of the jadwal; money is filled in by hand."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.content import Parameters
from documents.layout import blocks
from documents.trainings import base, money_lists, results
from documents.trainings.base import Filing, TrainingBlocks
from documents.trainings.gaps import Part
from documents.trainings.money_lists import MoneyList
from records import formats
from trainings.models import AgendaItem, AgendaSpeaker, SpjItem, Training
from trainings.queries import teaching

TITLE = "Daftar penerimaan honorarium"
BLANKS = 5  # Tarif, Bruto, PPh 21, Diterima, NPWP
MAX_TOPICS = 3  # number of topics shown for a moderator


class HonorariumList(MoneyList):
    kind, title, code_prefix = "honorarium_list", "Daftar penerimaan honorarium", "DPH"
    spj_item = SpjItem.Document.HONORARIUM
    prints = (
        Part.PLACE,
        Part.BUDGET,
    )
    buttons = (Button("Daftar kosong"),)
    filing = Filing(18)

    def label(self, parameters: Parameters) -> str:
        return TITLE

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        """Raises ValidationError when the agenda has no narasumber or moderator."""
        super().clean(training, parameters)
        if not _rows(training):
            raise ValidationError("Susunan acara belum menyebut narasumber. Isi dahulu, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        signing = self.signing(training, base.last_day(training))
        head = money_lists.head(training, TITLE, signing)
        rows = _rows(training)
        columns = [
            ("No", 10, "c"),
            ("Nama", 38, "l"),
            ("Gol.", 22, "l"),
            ("Instansi", 30, "l"),
            ("Materi", 45, "l"),
            ("Jam", 12, "c"),
            ("Tarif (Rp)", 18, "r"),
            ("Bruto (Rp)", 20, "r"),
            ("PPh 21 (Rp)", 16, "r"),
            ("Diterima (Rp)", 20, "r"),
            ("NPWP", 16, "l"),
            ("Tanda tangan", 0, "z"),
        ]
        printed = [[*row[:4], formats.number_id(row[4]), *[""] * BLANKS] for row in rows]
        total = formats.number_id(sum((row[4] for row in rows), Decimal(0)))
        foot = [["", f"Jumlah: {len(rows)} baris", "", "", "", total, *[""] * (BLANKS + 1)]]
        minutes = training.district.rules.honor_minutes
        return {
            **head,
            "body": [
                *money_lists.opening(training, head, TITLE.upper()),
                blocks.table(columns, money_lists.numbered(printed), caption=TITLE, footer=foot, tall=True, small=True),
                *blocks.paragraphs(f"Jam dihitung dari jadwal, {minutes} menit satu jam.", keep=True),
                *money_lists.closing(signing),
            ],
        }


def _rows(training: Training) -> list[tuple[str, str, str, str, Decimal]]:
    """Name, rank, office, topics, hours. A narasumber in free text has only an office and a blank name."""
    rows = []
    for entry in teaching.teaching(training):
        person = entry.resource_person
        topics = _topics(entry.items)
        if entry.role == AgendaSpeaker.Role.MODERATOR:
            # The topics of a moderator of the whole training would fill half a page.
            topics = (
                f"Moderator: {topics}" if len(entry.items) <= MAX_TOPICS else f"Moderator {len(entry.items)} mata acara"
            )
        office = person.person.institution or person.position
        rows.append((person.person.name, person.rank, office, topics, entry.clock_hours))
    free: dict[str, list[AgendaItem]] = {}
    for item in results.agenda(training):
        if item.kind == AgendaItem.Kind.TOPIC and item.speaker.strip() and not list(item.speakers.all()):
            free.setdefault(item.speaker.strip(), []).append(item)
    minutes = training.district.rules.honor_minutes
    for office, items in free.items():
        hours = Decimal(sum(teaching.minutes_of(item) for item in items)) / minutes
        rows.append(("", "", office, _topics(items), hours.quantize(Decimal("0.01"), ROUND_HALF_UP)))
    return rows


def _topics(items: list[AgendaItem]) -> str:
    return "; ".join(dict.fromkeys(item.topic for item in items))
