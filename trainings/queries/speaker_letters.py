"""Narasumber of other offices in a training, and whether their office has answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import District
from records.search_keys import search_key
from trainings.models import AgendaSpeaker, ResourcePerson, SpeakerLetter, Training
from villages.models import Person

# Titles of heads of offices by the kind of office (our assumption); all others have a Pimpinan.
HEADS = {"universitas": "Rektor", "politeknik": "Direktur"}
LED_BY_KEPALA = ("dinas", "badan", "balai", "bagian", "kantor", "upt", "puskesmas", "inspektorat", "satuan")
MIN_BEGINNING = 8  # characters: a short name may also begin that of another office
OTHER_PLACES = ("kab", "kota", "prov")  # beginnings after which it is the dinas of another region


@dataclass
class InvitedSpeaker:
    """A narasumber of another office with their turns in the agenda, and the letter if one is recorded."""

    resource_person: ResourcePerson
    turns: list[AgendaSpeaker] = field(default_factory=list)
    letter: SpeakerLetter | None = None

    @property
    def suggested(self) -> str:
        """The addressee by default; empty for a narasumber without an institution."""
        institution = self.resource_person.person.institution
        return head_of(institution) if institution else ""

    @property
    def addressee(self) -> str:
        return (self.letter.addressee if self.letter else "") or self.suggested

    @property
    def has_answer(self) -> bool:
        return bool(self.letter and self.letter.file_id)


@dataclass
class OfficeLetter:
    """One letter to the head of one office, about all of its narasumber."""

    addressee: str
    speakers: list[InvitedSpeaker] = field(default_factory=list)
    number: str = ""
    dated_on: date | None = None


def office_letters(speakers: Iterable[InvitedSpeaker]) -> list[OfficeLetter]:
    """The letters about these narasumber, in their order. Narasumber of one office share a letter and its number.

    Letters to one office with several recorded numbers were sent separately and stay so.
    """
    found: dict[tuple[object, ...], OfficeLetter] = {}
    numbers: dict[str, set[str]] = {}
    rows = list(speakers)
    for row in rows:
        if row.letter and row.letter.number:
            numbers.setdefault(search_key(row.addressee), set()).add(row.letter.number)
    for row in rows:
        office = search_key(row.addressee)
        several = len(numbers.get(office, ())) > 1
        number = row.letter.number if row.letter else ""
        alone = row.resource_person.pk if not office else None
        letter = found.setdefault((office, number if several else "", alone), OfficeLetter(row.addressee))
        letter.speakers.append(row)
        letter.number = letter.number or number
        letter.dated_on = letter.dated_on or (row.letter.dated_on if row.letter else None)
    return list(found.values())


@dataclass(frozen=True)
class OwnOffice:
    """The past and present names of the dinas of a kabupaten, as search keys."""

    names: frozenset[str]
    place: str

    @classmethod
    def of(cls, district: District) -> "OwnOffice":
        rows = district.office_profiles.values_list("office_name", "short_name", "word_dpmu")
        names = frozenset(search_key(name) for row in rows for name in row) - {""}
        return cls(names, search_key(district.name))

    def employs(self, person: Person) -> bool:
        """Whether the recorded institution is one of the names, or begins with a long one."""
        key = search_key(person.institution)
        return key in self.names or any(self._begins(key, name) for name in self.names if len(name) > MIN_BEGINNING)

    def _begins(self, key: str, name: str) -> bool:
        rest = key.removeprefix(name)
        return rest != key and (self.place in rest or not rest.startswith(OTHER_PLACES))


def speakers_elsewhere(training: Training) -> list[InvitedSpeaker]:
    """Narasumber and moderators of other offices in the order of the agenda, without those who have no institution.

    A letter remains listed after its narasumber was removed from the agenda. Three queries.
    """
    letters = training.speaker_letters.select_related("resource_person__person", "file")
    found = {row.resource_person_id: InvitedSpeaker(row.resource_person, letter=row) for row in letters}
    rows = AgendaSpeaker.objects.filter(item__day__training=training).select_related(
        "item__day", "resource_person__person"
    )
    turns = list(rows.order_by("item__day__date", "item__starts", "pk"))
    elsewhere = any(row.resource_person.person.institution for row in turns)
    own = OwnOffice.of(training.district) if elsewhere else None
    taught: dict[int, InvitedSpeaker] = {}
    for row in turns:
        person = row.resource_person.person
        known = found.get(row.resource_person_id)
        if known is None and (not person.institution or (own and own.employs(person))):
            continue
        entry = taught.setdefault(row.resource_person_id, known or InvitedSpeaker(row.resource_person))
        entry.turns.append(row)
    return [*taught.values(), *(entry for key, entry in found.items() if key not in taught)]


def head_of(institution: str) -> str:
    """The addressee of a letter to an office: "Kepala Dinas Kesehatan", "Camat Tanjung Raya"."""
    first, _, rest = institution.partition(" ")
    word = first.lower()
    if word == "kecamatan" and rest:
        return f"Camat {rest}"
    if word in HEADS:
        return f"{HEADS[word]} {institution}"
    return f"{'Kepala' if word.startswith(LED_BY_KEPALA) else 'Pimpinan'} {institution}"


@dataclass
class OwnPerson:
    """Somebody of the dinas with all their tasks in one training."""

    name: str
    rank: str = ""
    position: str = ""
    tasks: list[str] = field(default_factory=list)


def own_people(training: Training) -> list[OwnPerson]:
    """Panitia in the order of its SK, then narasumber and moderators in the order of the agenda; each person once.

    A member of the panitia without institution and village is assumed to be of the dinas (our assumption). Three
    queries.
    """
    own = OwnOffice.of(training.district)
    found: dict[int, OwnPerson] = {}
    for member in training.committee.select_related("person__resource_person"):
        person = member.person
        if own.employs(person) or not (person.institution or person.village_id):
            taught = getattr(person, "resource_person", None)
            row = OwnPerson(
                person.name,
                rank=taught.rank if taught else "",
                position=member.position or (taught.position if taught else ""),
            )
            found.setdefault(person.pk, row).tasks.append(f"{member.role} panitia")
    rows = AgendaSpeaker.objects.filter(item__day__training=training).select_related("resource_person__person")
    for turn in rows.order_by("item__day__date", "item__starts", "pk"):
        speaker, person = turn.resource_person, turn.resource_person.person
        if own.employs(person):
            row = found.setdefault(person.pk, OwnPerson(person.name, rank=speaker.rank, position=speaker.position))
            if (task := str(AgendaSpeaker.Role(turn.role).label)) not in row.tasks:
                row.tasks.append(task)
    return list(found.values())
