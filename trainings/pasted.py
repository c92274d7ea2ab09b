"""Rows pasted from a spreadsheet: understood, matched with known persons, and registered once all of them are right.

Nothing is kept between the pages: the text travels with its choices, so nothing typed is lost.
"""

import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from accounts.models import User
from accounts.rights import Right, may
from kpspams.importers.boards import post
from kpspams.importers.groups import GroupFinder
from records.imports import cells, noise, vocabulary
from records.imports.columns import Column
from records.imports.files import Cell
from records.imports.guessing import guess_mapping
from records.imports.pasting import rows_of
from records.imports.rows import Row, refuse_infrastructure
from records.models import Conflict
from records.search import search_key
from trainings.models import Participant, Training
from trainings.services.guard import hold
from trainings.services.participants import Entry, Registered, register
from villages.importers.finding import PersonFinder
from villages.importers.people import PERSON_COLUMNS
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import Person, Village

logger = logging.getLogger(__name__)

CHANGED = "Data orang baru saja berubah, jadi belum ada yang disimpan. Periksa pratinjau ini, lalu simpan lagi."
MAX_ROWS = 300  # in one go; beyond it an import does better (our assumption)
MAX_LETTERS = 100_000
ORDER = ("name", "sex", "village", "role", "phone")  # of the columns where no title row says otherwise


def role(cell: Cell) -> tuple[str, str] | None:
    """(post, unsur): "Bendahara" is a post of the board, whatever else stands there is an unsur."""
    written = cells.text(120)(cell)
    if written is None:
        return None
    try:
        found = post(cell)
    except ValidationError:
        found = None
    return (found[0], "") if found else ("", written)


COLUMNS = (
    *(column for column in PERSON_COLUMNS if column.name != "hamlet"),
    *VILLAGE_COLUMNS,
    Column("role", "Jabatan/unsur", role, ("jabatan", "unsur", "jabatan unsur", "instansi", "unsur/instansi", "asal")),
)


@dataclass
class Pasted:
    """One row with what will come of it."""

    row: Row
    person: Person | None = None
    entry: Entry | None = None
    participant: Participant | None = None  # stands in the training already

    @property
    def good(self) -> bool:
        return not self.row.errors and not self.row.asks and self.entry is not None

    @property
    def told(self) -> list[str]:
        labels = {column.name: column.label for column in COLUMNS}
        return [f"{labels[name]}: {text}" if name in labels else text for name, text in self.row.errors]

    @property
    def key(self) -> str:
        return str(self.row.number)


def raws_of(text: str) -> list[dict[str, Cell]]:
    """{column: cell} of each row of people; a row of titles tells the order, else it is ORDER.

    A first column of running numbers is passed over. Raises ValidationError when there is nothing or too much.
    """
    if len(text) > MAX_LETTERS:
        raise ValidationError("Teksnya terlalu panjang. Tempel sebagian dahulu.")
    rows = rows_of(text)
    if not rows:
        raise ValidationError("Belum ada baris. Salin baris peserta dari lembar kerja, lalu tempel di sini.")
    keys: dict[str, int] = {}
    for place, title in enumerate(rows[0]):
        keys.setdefault(search_key(title), place)
    keys.pop("", None)
    mapping = guess_mapping(keys, COLUMNS)
    if "name" in mapping and len(mapping) > 1:
        places = {name: keys[key] for name, key in mapping.items()}
        header, rows = rows[0], rows[1:]
    else:
        numbered = all(row[0].rstrip(".").isdecimal() for row in rows) and any(len(row) > 1 for row in rows)
        places = {name: place + numbered for place, name in enumerate(ORDER)}
        header = []
    found = []
    end = noise.tail([(line, list(row)) for line, row in enumerate(rows)], len(header)) if header else None
    for row in rows[:end]:
        if noise.kind_of(list(row), (list(header),)):
            continue
        found.append({name: row[place] for name, place in places.items() if place < len(row) and row[place]})
    if not found:
        raise ValidationError("Di bawah baris judul belum ada baris peserta.")
    if len(found) > MAX_ROWS:
        raise ValidationError(f"Ada {len(found)} baris. Paling banyak {MAX_ROWS} baris sekaligus.")
    return found


class Reader:
    """Matches rows for one training and one person; people in their scope, as the imports do."""

    def __init__(self, training: Training, by: User):
        self.training, self.by = training, by
        self.places = VillageFinder(by=by, place=training.district.code)
        self.groups = GroupFinder(self.places)
        self.people = PersonFinder(self.places, by)
        rows = training.participants.select_related("person")
        self.known = {row.person.merged_into_id or row.person_id: row for row in rows}
        self.own: set[int] | None = None
        if not may(by, Right.EDIT_TRAININGS):
            own = Village.objects.editable_by(by).filter(invitations__training=training)
            self.own = set(own.values_list("pk", flat=True))

    def read(self, text: str, choices: dict[int, str], promised: dict[int, str] | None = None) -> list[Pasted]:
        """Every row with all that is wrong with it. Raises ValidationError for a text that holds no rows.

        `promised`: whom the preview showed for each row; who is recognised differently now is asked about.
        """
        shown = promised or {}
        with vocabulary.using(self.training.district.code):
            return [
                self._take(Row(number, "", number, raw, choices.get(number, ""), promised=shown.get(number, "")))
                for number, raw in enumerate(raws_of(text), 1)
            ]

    def _take(self, row: Row) -> Pasted:
        """One row understood. What nobody foresaw spoils this row alone."""
        try:
            return self._understood(row)
        except Exception as error:
            refuse_infrastructure(error)
            logger.exception("pasted row %s of training %s broke", row.number, self.training.pk)
            row.broke()
            return Pasted(row)

    def _understood(self, row: Row) -> Pasted:
        row.read(COLUMNS)
        row.label = str(row.get("name", ""))
        found = Pasted(row)
        code, unsur = row.get("role", ("", ""))
        village = self.places.find(row, required=not unsur or self.own is not None)
        if village and self.own is not None and village.pk not in self.own:
            row.wrong("village", f"{village} bukan desa Anda yang diundang ke pelatihan ini.")
        if any(row.failed(name) for name in ("village", "village_code", "subdistrict")):
            return found
        known = {} if village else {"institution": unsur}
        person = self.people.find(row, village, place=f"pelatihan {self.training.pk}", **known)
        if row.errors or row.asks or person is None:
            return found
        found.participant = self.known.get(person.pk) if person.pk else None
        if row.doubt and found.participant is None:
            row.ask(row.doubt, promised=row.promised)
            return found
        for made, index, key, _ in row.adds:
            if index is not None:
                index[key] = made
        for step in row.thens:
            step()
        found.person = person
        groups = [group for group in self.groups.of_village[village.pk] if not group.is_dissolved] if village else []
        if code and len(groups) == 1:
            found.entry = Entry(person=person, village=village, group=groups[0], post=code)
        else:  # which group it is, nobody said
            said = unsur or (f"{row.raw.get('role')}" if code else "")
            found.entry = Entry(person=person, village=village, affiliation=said)
        return found


@transaction.atomic
def save(training: Training, rows: list[Pasted], *, by: User) -> Registered:
    """Adds new persons, fills in telephone numbers that were missing, remembers choices, and registers everybody.

    Raises ValidationError when a row is not right, or for what `register` refuses.
    """
    training = hold(training)
    if not all(row.good for row in rows):
        raise ValidationError("Masih ada baris yang belum benar. Perbaiki dahulu, lalu simpan.")
    for found in rows:
        try:
            with transaction.atomic():
                _write(found, by)
        except Conflict:
            raise ValidationError(CHANGED) from None
        except (ValidationError, OperationalError):
            raise
        except Exception as error:
            logger.exception("pasted row %s of training %s cannot be written", found.key, training.pk)
            raise ValidationError(
                f"Baris {found.key} ({found.row.label}) gagal disimpan karena kesalahan portal, jadi belum ada yang "
                "disimpan. Hapus baris itu dari tempelan, lalu simpan yang lain; kirim baris itu kepada pengelola "
                "portal."
            ) from error
    return register(training, [found.entry for found in rows if found.entry], by=by)


def _write(found: Pasted, by: User):
    """The person of one row as new or changed, and what was chosen for it."""
    if found.person is not None and found.person.pk is None:
        found.person.add(by=by)
    for target, values in found.row.alters:
        for name, value in values.items():
            setattr(target, name, value)
        if values and isinstance(target, Person):
            target.change(by=by)
    for step in found.row.afters:
        step()
    for model, lookup, values in found.row.memories:
        model._base_manager.update_or_create(**lookup, defaults=values)
