"""Identification of a written name: a known person, a new one, or a question to the user."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Max

from imports.rows.prototypes import Prototype
from imports.rows.rows import NEW, NOT_STORED, Row
from records.models import Conflict
from villages.importers.places import VillageFinder
from villages.importers.slots import Places, Slot, Slots
from villages.models import Person, PersonMatch, Village
from villages.rules.identity import Candidates, Identity, Likeness, of_person

MAX_OPTIONS = 8
MAX_NAMES = 2  # names of one telephone number: a misspelling, or a number shared by a family
CHOSEN = "pilihan Anda"
REMEMBERED = "pilihan yang pernah dibuat untuk nama ini"
CHANGED = "Sesudah pratinjau dibuat, data orang dengan nama ini berubah. Pilih orangnya, atau Orang baru."
GONE = "Pilihan orang pada baris ini tidak ada lagi. Pilih lagi."
UNSURE = "Mungkin orang yang sudah ada. Pilih orangnya, atau Orang baru."


class PersonFinder:
    """The persons of one kabupaten (without merged ones) and of the file, and the remembered choices of names.

    villages.rules.identity decides whether a person is the same. A choice is stored for this name in this place (a
    training, a group) and, if there is none yet, for this name in the whole kabupaten.
    """

    def __init__(self, places: VillageFinder, by: Any):
        self.places = places
        self.by = by
        self.by_id: dict[int, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        self.phone_names: dict[str, tuple[str, ...]] = {}  # rows with an open question count too
        villages = {village.pk: village for village in places.by_code.values()}
        people = Person.objects.visible_to(by).filter(district=places.district).current()
        for person in people.prefetch_related("posts__group"):
            person.district = places.district
            if person.village_id in villages:
                person.village = villages[person.village_id]
            self.by_id[person.pk] = person
            self._know(person, of_person(person).common_key)
        matches = PersonMatch.objects.filter(district=places.district).select_related("person")
        merged = {match.input_key: match.person.merged_into_id or match.person_id for match in matches}
        self.matches = {key: self.by_id[pk] for key, pk in merged.items() if pk in self.by_id}
        self.person = Prototype(Person, district=places.district)
        self.by_row: dict[int, Person] = {}  # the persons of the rows of this file
        self.born: dict[int, tuple[int, str]] = {}  # id of a new person: number and place of its row
        self.fresh: list[Person] = []
        self.last = Person.objects.aggregate(last=Max("pk"))["last"] or 0
        self.newcomers: dict[str, Person] | None = None  # by name: recorded by others since, read before writing
        self.chosen_new: dict[str, Person] = {}
        # Earlier rows of this file by name and village: their keys and persons.
        self.keys: dict[tuple[str, int | None], list[tuple[list[str], Person]]] = defaultdict(list)
        self.stood, self.named = Places(), Places()

    def _know(self, person: Person, key: str):
        self.by_name[key].append(person)
        self._know_phone(person, key)

    def _know_phone(self, person: Person, key: str):
        if person.phone:
            self.by_phone[person.phone].append(person)
            self._name_phone(person.phone, key)

    def _name_phone(self, phone: str, key: str) -> int:
        """The number of names of this telephone number, this one included; counted up to MAX_NAMES."""
        names = self.phone_names.get(phone, ())
        if key not in names and len(names) <= MAX_NAMES:
            names = self.phone_names[phone] = (*names, key)
        return len(names)

    def find(
        self, row: Row, village: Village | None, *, place: str, slots: Iterable[Slot] = (), **known: Any
    ) -> Person | None:
        """The person of the row, an unsaved one if nobody matches; None where the row has an error or a question.

        `place`, `slots`: the place that the row gives the person, and its slots that one person fills once. `known`:
        further columns of a new person (institution).
        """
        name = row.get("name")
        if not name or row.failed("phone"):
            return None
        wanted = Identity(
            name=name,
            sex=row.get("sex", ""),
            village=village.pk if village else None,
            phone=row.get("phone", ""),
            hamlet=row.get("hamlet", ""),
            institution=known.get("institution", ""),
        )
        filled = tuple(dict.fromkeys(slots))
        keys = self._keys(wanted, village, place, filled)
        candidates = Candidates.among(wanted, self._near(wanted), MAX_OPTIONS)
        row.options = [
            {"id": self._id(person), "text": f"{self._label(person)} – {likeness.reason}"}
            for person, likeness in candidates.found
        ]
        person, reason = self._chosen(row, candidates, keys, place, filled) if row.choice else (None, "")
        if not row.choice:
            person, reason = self._recognised(row, candidates, keys, place, filled)
        if row.needs_choice:
            return None
        if person is None:
            person = self._new(row, wanted, village, known)
            if person is None:
                return None
            if row.choice == NEW:
                row.then(partial(self.chosen_new.setdefault, keys[-1], person))
        self._describe_match(row, person, reason)
        self._take_match(row, person, wanted, keys, place, filled)
        if not self.is_brought(person):
            self._update(row, person)
        return person

    def _keys(self, wanted: Identity, village: Village | None, place: str, slots: Slots) -> list[str]:
        """Keys under which a choice is stored, the specific one first; a repeated name has its number."""
        code = village.code if village else ""
        base = "|".join([wanted.key, code, wanted.phone, wanted.details])[:250]
        again = len(self.named.overlapping(place, base, slots))
        self.named.take(place, base, slots)
        number = f"#{again + 1}" if again else ""
        return [f"{base}|{place}{number}"[:300], f"{base}{number}"]

    def _near(self, wanted: Identity) -> list[Person]:
        """Persons with the name, then persons with the number; a number under three names is ignored."""
        same = self.by_name.get(wanted.common_key, [])
        other = self.by_phone.get(wanted.phone, []) if wanted.phone else []
        if wanted.phone and self._name_phone(wanted.phone, wanted.common_key) > MAX_NAMES:
            other = [person for person in other if of_person(person).common_key == wanted.common_key]
        return list({id(person): person for person in [*same, *other]}.values())

    def _chosen(
        self, row: Row, candidates: Candidates, keys: list[str], place: str, slots: Slots
    ) -> tuple[Person | None, str]:
        """The person chosen for this row; None for a new one. Adds a question when the chosen one is gone."""
        likely = {self._id(person): person for person, _ in candidates.found}
        if row.choice == NEW:
            # "New" on two rows, chosen before the first was a candidate for the second: one new person.
            other = self.chosen_new.get(keys[-1])
            name = self._id(other) if other else ""
            if name in likely and name not in row.offered and not self.stood.overlapping(place, id(other), slots):
                row.choice = name
                return other, CHOSEN
            return None, CHOSEN
        remembered = self._remembered(keys)
        if remembered is not None:
            likely.setdefault(self._id(remembered), remembered)
        if row.choice not in likely:
            row.require_choice(GONE)
        return likely.get(row.choice), CHOSEN

    def _remembered(self, keys: list[str]) -> Person | None:
        return next((self.matches[key] for key in keys if key in self.matches), None)

    def _recognised(
        self, row: Row, candidates: Candidates, keys: list[str], place: str, slots: Slots
    ) -> tuple[Person | None, str]:
        """The certain person and the reason; None for a new one. Adds a question when several are possible."""
        remembered = self._remembered(keys)
        sure = candidates.sure()
        if remembered is not None:
            person, reason = remembered, REMEMBERED
            if self._id(person) not in {option["id"] for option in row.options}:
                row.options.insert(0, {"id": self._id(person), "text": f"{self._label(person)} – {reason}"})
        elif sure is not None:
            person, reason = sure[0], sure[1].reason
            if rows := self.stood.overlapping(place, id(person), slots):
                row.require_choice(
                    f"Nama ini sudah ada pada {rows[0]}. Pilih orang yang sama, atau Orang baru bila orang lain."
                )
        elif candidates.found:
            row.require_choice(f"{UNSURE} {_doubts(candidates)}".strip())
            return None, ""
        else:
            person, reason = None, ""
        if row.promised and row.promised != (self._id(person) if person else NEW) and not row.needs_choice:
            row.doubt = CHANGED
        return person, reason

    def _id(self, person: Person) -> str:
        """Candidate of a row: a known person by id, one of this file by its row."""
        return f"b{self.born[id(person)][0]}" if id(person) in self.born else str(person.pk)

    def is_brought(self, person: Person) -> bool:
        """Whether this row adds the person: neither recorded nor in an earlier row."""
        return person.pk is None and id(person) not in self.born

    def _describe_match(self, row: Row, person: Person, reason: str):
        if self.is_brought(person):
            row.recognised = {"id": NEW, "text": "Orang baru."}
        else:
            because = f", karena {reason}" if reason else ""
            row.recognised = {"id": self._id(person), "text": f"Dikenali sebagai {self._label(person)}{because}."}

    def _take_match(
        self, row: Row, person: Person, wanted: Identity, keys: list[str], place: str, slots: Slots
    ) -> None:
        """Registers the person of a valid row for later rows; the choice is stored when all is saved."""
        where = row.where
        if row.choice:
            self._remember(row, keys, person)
            row.then(partial(self.matches.setdefault, keys[-1], person))
        if row.choice == NEW:
            # From now on the name is ambiguous: the persons of earlier rows are stored with it.
            for others, other in self.keys[wanted.common_key, wanted.village]:
                self._remember(row, others, other)
        row.then(partial(self._take, row.number, person, wanted, keys))
        row.then(partial(self.stood.take, place, id(person), slots, where))

    def _take(self, number: int, person: Person, wanted: Identity, keys: list[str]):
        self.by_row[number] = person
        self.keys[wanted.common_key, wanted.village].append((keys, person))

    def _new(self, row: Row, wanted: Identity, village: Village | None, known: dict[str, Any]) -> Person | None:
        if not row.has("sex"):
            if not row.failed("sex"):
                row.wrong("sex", "Isi L atau P untuk orang yang belum tercatat.")
            return None
        values = row.filled(sex="sex", phone="phone", hamlet="hamlet")
        person = self.person.make(village=village, name=row.get("name"), **values, **known)
        row.add(person)
        row.after(partial(self._refuse_newcomers, wanted.common_key))
        row.then(partial(self._bring, row.number, row.where, person, wanted.common_key))
        return person

    def _refuse_newcomers(self, key: str):
        """Raises Conflict when a person of this name was recorded since the persons were read."""
        if self.newcomers is None:
            own = [person.pk for person in self.fresh]
            since = Person.objects.filter(district=self.places.district, pk__gt=self.last).exclude(pk__in=own)
            self.newcomers = {of_person(person).common_key: person for person in since}
        if key in self.newcomers:
            raise Conflict(self.newcomers[key])

    def _bring(self, number: int, where: str, person: Person, key: str):
        self.born[id(person)] = (number, where)
        self.fresh.append(person)
        self._know(person, key)

    def _update(self, row: Row, person: Person):
        """Fills empty columns of a known person; a stored number is not overwritten by a file."""
        values = row.filled(phone="phone", hamlet="hamlet")
        gained = {name: value for name, value in values.items() if not getattr(person, name)}
        for name, value in values.items():
            if name not in gained and getattr(person, name) != value:
                row.means(name, NOT_STORED, "yang sudah tercatat tidak diganti")
        row.change(person, **gained)
        if "phone" in gained:
            row.then(partial(self._know_phone, person, of_person(person).common_key))

    def _label(self, person: Person) -> str:
        where = str(person.village or person.institution or "tanpa desa")
        if id(person) in self.born:
            return f"{person.name} ({person.sex}), {where}, dari {self.born[id(person)][1]}"
        posts = sorted({f"{post.get_post_display()} {post.group}" for post in person.posts.all()})
        return ", ".join([f"{person.name} ({person.sex})", where, *posts[:2]])

    def _remember(self, row: Row, keys: list[str], person: Person):
        """Stores the person under the specific key, and under the general one if it is free."""
        particular, general = keys
        self._keep(row, particular, person)
        if general not in self.matches:
            self._keep(row, general, person)

    def _keep(self, row: Row, key: str, person: Person):
        row.remember(PersonMatch, {"district": self.places.district, "input_key": key}, {"person": person})


def _doubts(candidates: Candidates) -> str:
    """The reason why no person is certain, where there is one."""
    found: set[Likeness] = {likeness for _, likeness in candidates.found}
    reason = found.pop().reason if len(found) == 1 else ""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""
