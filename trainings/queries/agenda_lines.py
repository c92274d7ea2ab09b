"""Lines of an agenda as the grid shows and merges them: one per item, with its narasumber."""

import zlib
from dataclasses import dataclass, field
from datetime import time

from django.db.models import Prefetch

from records import formats
from records.parsers.grids import ShownText
from trainings.models import AgendaItem, AgendaSpeaker, ResourcePerson, Training

SEEN = ShownText(1, ":", "[0-9a-f]{1,8}")  # "12:0f3a": item 12, digest of its line
COLUMNS = ("starts", "ends", "kind", "topic", "pb_code", "lesson_hours", "method", "speaker")


@dataclass
class AgendaLine:
    """The part of an item that the grid edits. Its session and its moderators are edited on pages of their own."""

    starts: time
    ends: time
    kind: str
    topic: str
    lesson_hours: int = 0
    method: str = ""
    speaker: str = ""
    pb_code: str = ""
    people: list[ResourcePerson] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text for comparison, independent of the order of the narasumber."""
        columns = [f"{getattr(self, name)}" for name in COLUMNS]
        return "\n".join([*columns, *map(str, sorted(person.pk for person in self.people))])

    @property
    def summary(self) -> str:
        """ "08.00–09.30 Administrasi keuangan, Materi, 2 JP, Ceramah, Budi Santoso"."""
        names = ", ".join(map(str, self.people)) or self.speaker
        kind = AgendaItem.Kind(self.kind).label
        hours = f"{formats.time_id(self.starts)}–{formats.time_id(self.ends)}"
        parts = [f"{hours} {self.topic}", self.pb_code, kind, f"{self.lesson_hours} JP", self.method, names]
        return ", ".join(filter(None, parts))

    def write_to(self, item: AgendaItem):
        for name in COLUMNS:
            setattr(item, name, getattr(self, name))


def digest(text: str) -> str:
    """Digest of a line, which the page sends back instead of the line."""
    return f"{zlib.crc32(text.encode()):x}"


def line_of(item: AgendaItem) -> AgendaLine:
    """The line of `item`, whose speakers are prefetched."""
    people = [row.resource_person for row in item.speakers.all() if row.role == AgendaSpeaker.Role.SPEAKER]
    return AgendaLine(people=people, **{name: getattr(item, name) for name in COLUMNS})


def agenda_items(training: Training) -> dict[int, AgendaItem]:
    """{id: item} in the order of the agenda, with day and speakers. Two queries."""
    speakers = AgendaSpeaker.objects.select_related("resource_person__person")
    rows = AgendaItem.objects.filter(day__training=training).select_related("day")
    return {item.pk: item for item in rows.prefetch_related(Prefetch("speakers", speakers))}
