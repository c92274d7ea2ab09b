"""Teaching in a training: who teaches what, with JP and clock hours for the honorarium list. Tariffs are not stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import prefetch_related_objects
from django.db.models.query import Prefetch

from trainings.models import AgendaItem, AgendaSpeaker, ResourcePerson, Training

LESSON_MINUTES = 45  # one JP
Role = AgendaSpeaker.Role


@dataclass
class Teaching:
    """One person in one role: a narasumber who also moderates has two entries, as the rates differ (our assumption)."""

    resource_person: ResourcePerson
    role: str
    honor_minutes: int
    items: list[AgendaItem] = field(default_factory=list)

    @property
    def lesson_hours(self) -> int:
        return sum(item.lesson_hours for item in self.items)

    @property
    def minutes(self) -> int:
        return sum(minutes_of(item) for item in self.items)

    @property
    def clock_hours(self) -> Decimal:
        """Hours of the honorarium (honor_minutes each in this kabupaten), rounded half up to two decimals."""
        return (Decimal(self.minutes) / self.honor_minutes).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def role_word(self) -> str:
        return str(Role(self.role).label)


def minutes_of(item: AgendaItem) -> int:
    day = date(2000, 1, 1)
    return int((datetime.combine(day, item.ends) - datetime.combine(day, item.starts)).total_seconds()) // 60


def teaching(training: Training) -> list[Teaching]:
    """Narasumber first, then moderators, each in the order of the agenda. Two speakers of one item are each
    credited with all of its time (our assumption). Two queries and the settings of the kabupaten.
    """
    rows = (
        AgendaSpeaker.objects.filter(item__day__training=training)
        .select_related("item__day", "resource_person__person")
        .order_by("item__day__date", "item__starts", "pk")
    )
    minutes = training.district.rules.honor_minutes
    found: dict[tuple[str, int], Teaching] = {}
    for row in rows:
        key = row.role, row.resource_person_id
        entry = found.setdefault(key, Teaching(row.resource_person, row.role, minutes))
        entry.items.append(row.item)
    return sorted(found.values(), key=lambda entry: entry.role != Role.SPEAKER)


def with_speakers(items: list[AgendaItem]) -> list[AgendaItem]:
    """The same items with prefetched narasumber and moderators; one query."""
    rows = AgendaSpeaker.objects.select_related("resource_person__person")
    prefetch_related_objects(items, Prefetch("speakers", rows))
    return items


def speaker_words(item: AgendaItem) -> str:
    """Narasumber as the jadwal prints them: the chosen persons, otherwise the typed text."""
    return _names(item, Role.SPEAKER) or item.speaker


def moderator_words(item: AgendaItem) -> str:
    return _names(item, Role.MODERATOR)


def _names(item, role) -> str:
    return ", ".join(row.resource_person.person.name for row in item.speakers.all() if row.role == role)
