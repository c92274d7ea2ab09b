"""Who is meant by a written name: a known person, somebody new, or a question to the one who imports."""

from collections import defaultdict
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from records.fields import PhoneField
from records.imports import cells
from records.imports.columns import Column
from records.imports.files import Cell
from records.imports.rows import Row
from records.search import name_key
from villages.importers.places import VillageFinder
from villages.models import Person, PersonMatch, Village

NEW = "new"
MAX_OPTIONS = 8
SEXES = {
    "lk": "L",
    "lakilaki": "L",
    "laki": "L",
    "pria": "L",
    "m": "L",
    "pr": "P",
    "wanita": "P",
    "perempuan": "P",
    "w": "P",
    "f": "P",
}
_phone = PhoneField(required=False)


def phone(cell: Cell) -> str | None:
    """A telephone number as E.164; Excel takes the zero in front away, which is put back. Raises ValidationError."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = str(cell)
    written = cells.text(40)(cell)
    if written is None:
        return None
    digits = "".join(sign for sign in written if sign.isdigit())
    if digits.startswith("8") and not written.startswith("+"):
        written = "0" + digits
    elif digits.startswith("62") and not written.startswith("+"):
        written = "+" + digits
    try:
        return _phone.clean(written) or None
    except ValidationError:
        raise ValidationError("Nomor HP tidak benar. Tulis seperti 0812 3456 7890, satu nomor saja.") from None


PERSON_COLUMNS = (
    Column(
        "name",
        "Nama",
        cells.of(Person, "name"),
        ("nama lengkap", "nama peserta", "nama pengurus", "nama orang"),
        required=True,
        example="Sutrisno",
    ),
    Column(
        "sex",
        "L/P",
        cells.of(Person, "sex", SEXES),
        ("jenis kelamin", "jk", "gender", "l p", "kelamin", "sex"),
        example="L",
        help="Wajib untuk orang yang belum tercatat.",
    ),
    Column(
        "phone",
        "Nomor HP",
        phone,
        ("hp", "no hp", "no. hp", "telepon", "no telepon", "nomor telepon", "telp", "kontak", "no wa", "whatsapp"),
        example="0812 3456 7890",
        private=True,
    ),
    Column("hamlet", "Dusun", cells.of(Person, "hamlet"), ("alamat dusun", "nama dusun"), example="Dusun I"),
)


class PersonFinder:
    """The standing persons of one kabupaten, and which of them a written name meant before.

    A name alone in its village is that person. Two of a name, or a number that belongs to another name, is asked.
    """

    def __init__(self, places: VillageFinder, by: Any):
        self.places = places
        self.by = by
        self.by_id: dict[int, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        villages = {village.pk: village for village in places.by_code.values()}
        people = Person.objects.visible_to(by).filter(district=places.district).standing()
        for person in people.prefetch_related("posts__group"):
            person.district = places.district
            if person.village_id in villages:
                person.village = villages[person.village_id]
            self.by_id[person.pk] = person
            self._know(person)
        matches = PersonMatch.objects.filter(district=places.district).select_related("person")
        merged = {match.input_key: match.person.merged_into_id or match.person_id for match in matches}
        self.matches = {key: self.by_id[pk] for key, pk in merged.items() if pk in self.by_id}
        self.fresh: dict[str, Person] = {}

    def _know(self, person: Person):
        self.by_name[person.search_key or name_key(person.name)].append(person)
        if person.phone:
            self.by_phone[person.phone].append(person)

    def find(self, row: Row, village: Village | None, **known: Any) -> Person | None:
        """The person of the row, an unsaved one where nobody is known; None where the row cannot say or must ask.

        `known`: further columns of a new person (institution).
        """
        name = row.get("name")
        if not name or row.failed("phone"):
            return None
        key = self.key(row, village)
        alike = self._alike(row, village)
        row.options = [{"id": str(person.pk), "text": self._told(person)} for person in alike if person.pk]
        chosen = self._chosen(row, alike)
        person: Person | None
        if row.choice and chosen is not None:
            row.after(partial(self._remember, key, chosen))
            person = chosen
        elif row.choice == NEW:
            person = self.fresh.get(key) or self._new(row, village, key, known)
            if person is not None:
                row.after(partial(self._remember, key, person))
        else:
            person = self.matches.get(key) or self.fresh.get(key)
            if person is None:
                person = self._only(row, alike, village)
                if row.asks:
                    return None
                person = person or self._new(row, village, key, known)
        if person is not None and person.pk:
            self._update(row, person)
        return person

    def key(self, row: Row, village: Village | None) -> str:
        return f"{name_key(row.get('name'))}|{village.code if village else ''}|{row.get('phone', '')}"[:300]

    def _alike(self, row: Row, village: Village | None) -> list[Person]:
        """The same name in the same village or in none, then whoever has the telephone number."""
        same = [
            person
            for person in self.by_name.get(name_key(row.get("name")), [])
            if person.village_id is None or village is None or person.village_id == village.pk
        ]
        phone = row.get("phone")
        other = self.by_phone.get(phone, []) if phone else []
        return list(dict.fromkeys([*same, *other]))[:MAX_OPTIONS]

    def _chosen(self, row: Row, alike: list[Person]) -> Person | None:
        return next((person for person in alike if str(person.pk) == row.choice), None)

    def _only(self, row: Row, alike: list[Person], village: Village | None) -> Person | None:
        """The one who is surely meant. Asks when several may be, or when only the number is the same."""
        if not alike:
            return None
        name, phone = name_key(row.get("name")), row.get("phone")
        same = [person for person in alike if (person.search_key or name_key(person.name)) == name]
        both = [person for person in same if phone and person.phone == phone]
        if len(both) == 1:
            return both[0]
        if len(alike) == 1 and len(same) == 1 and same[0].village_id == (village.pk if village else None):
            if not (phone and same[0].phone and phone != same[0].phone):
                return same[0]
            if same[0].pk is None:
                return None  # two rows of this file that tell themselves apart by their numbers
        row.ask()
        return None

    def _new(self, row: Row, village: Village | None, key: str, known: dict[str, Any]) -> Person | None:
        if not row.has("sex"):
            if not row.failed("sex"):
                row.wrong("sex", "Isi L atau P untuk orang yang belum tercatat.")
            return None
        values = row.told(sex="sex", phone="phone", hamlet="hamlet")
        person = Person(district=self.places.district, village=village, name=row.get("name"), **values, **known)
        row.add(person, self.fresh, key)
        row.then(partial(self._know, person))
        return person

    def _update(self, row: Row, person: Person):
        """A known person gains what was empty; a number that stands is not overwritten by a file."""
        values = row.told(phone="phone", hamlet="hamlet")
        row.change(person, **{name: value for name, value in values.items() if not getattr(person, name)})

    def _told(self, person: Person) -> str:
        posts = sorted({f"{post.get_post_display()} {post.group}" for post in person.posts.all()})
        return ", ".join([person.name, str(person.village or person.institution or "tanpa desa"), *posts[:2]])

    def _remember(self, key: str, person: Person):
        PersonMatch.objects.update_or_create(district=self.places.district, input_key=key, defaults={"person": person})
