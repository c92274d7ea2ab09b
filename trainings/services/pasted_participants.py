"""Pasted rows of participants: parsed, matched with recorded persons, and registered once all of them are valid.

Nothing is stored between the requests: the page resends the text with the choices, so nothing typed is lost.
"""

import logging
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import count

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from accounts.models import User
from accounts.rights import Right, may
from imports.files.books import Cell
from imports.models import ImportRow
from imports.rows.rows import Row, refuse_infrastructure
from imports.tables.columns import Column
from imports.values import cells, vocabulary
from imports.values.formats import shown_as
from imports.values.readers import ColumnReader
from kpspams.importers import posts as board_posts
from kpspams.importers.groups import GroupFinder
from kpspams.importers.posts import post
from kpspams.models import Member
from records import letters
from records.models import Conflict
from records.parsers.abbreviations import word_key
from trainings.models import Participant, Training
from trainings.parsers.participant_table import read_table
from trainings.services.guard import hold
from trainings.services.participants import Entry, Registered, register
from villages.importers.finding import PersonFinder
from villages.importers.people import PERSON_COLUMNS
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import Person, Village

logger = logging.getLogger(__name__)

CHANGED = "Data orang baru saja berubah, jadi belum ada yang disimpan. Periksa pratinjau ini, lalu simpan lagi."
POST_TOPIC = "kpspams.member.post"
NO_POST = "unsur"  # the answer that a doubtful word is no post
ALIKE = 0.8  # minimum similarity at which a word is taken for a misspelt post (our assumption)


class Unsur(str):
    """A word for which the user chose that it is no post."""


def role(cell: Cell) -> tuple[str, str] | None:
    """(post, unsur): "Bendahara" is a post of the board, any other text is an unsur.

    Raises UnknownWord for a word that may be one of several posts ("Sie", "Ketua II"), or a misspelt one ("Bendahra").
    """
    written = cells.text(120)(cell)
    if written is None:
        return None
    if isinstance(cell, Unsur):
        return "", written
    try:
        found = post(cell)
    except vocabulary.UnknownWord as error:
        options = error.options if len(error.options) < len(Member.Post) else _nearly(written)
        if options:
            meanings = " atau ".join(str(Member.Post(code).label) for code in options)
            raise vocabulary.UnknownWord(
                f"“{written}” dapat berarti {meanings}. Pilih jabatannya, atau catat sebagai unsur.",
                error.topic,
                written,
                options,
            ) from None
        return "", written
    except ValidationError:
        return "", written
    return (found[0], "") if found else ("", written)


def _nearly(written: str) -> tuple[str, ...]:
    """Posts with a similar name."""
    keys = {word_key(label): code for code, label in Member.Post.choices}
    near = get_close_matches(word_key(written), keys, n=2, cutoff=ALIKE)
    return tuple(keys[key] for key in near)


def _role_text(value: tuple[str, str]) -> str:
    code, unsur = value
    return str(Member.Post(code).label) if code else f"{unsur} (unsur)"


shown_as(role, _role_text)
COLUMNS = (
    *(column for column in PERSON_COLUMNS if column.name != "hamlet"),
    *VILLAGE_COLUMNS,
    Column("role", "Jabatan/unsur", role, ("jabatan", "unsur", "jabatan unsur", "instansi", "unsur/instansi", "asal")),
)
SIDEWAYS = replace(board_posts.SIDEWAYS, head="role", own=("sex", "phone"), common=(), always=())


@dataclass
class Pasted:
    """One row with its result."""

    row: Row
    person: Person | None = None
    entry: Entry | None = None
    participant: Participant | None = None  # already in the training
    remark: str = ""  # differences between the stored and the pasted text

    @property
    def good(self) -> bool:
        return not self.row.errors and not self.row.needs_choice and self.entry is not None

    @property
    def error_texts(self) -> list[str]:
        labels = {column.name: column.label for column in COLUMNS}
        return [f"{labels[name]}: {text}" if name in labels else text for name, text in self.row.errors]

    @property
    def key(self) -> str:
        return str(self.row.number)

    @property
    def place(self) -> str:
        """The line of the text; of a sideways list the column, too."""
        column = self.row.raw.get(ImportRow.COLUMN)
        return f"{self.row.line}, kolom {column}" if column else self.key

    @property
    def role_text(self) -> str:
        """The role as it will be stored; as pasted while that is not known."""
        return _role_text(self.row.get("role")) if self.row.has("role") else str(self.row.raw.get("role", ""))

    @property
    def posts(self) -> list[tuple[str, str]]:
        """Possible posts for a word about which the user must decide."""
        options = next((error.options for error in self.row.unknown if error.topic == POST_TOPIC), ())
        return [(code, str(Member.Post(code).label)) for code in options]


class Reader:
    """Matches rows for one training and one user; people in the user's scope, as in imports."""

    def __init__(self, training: Training, by: User):
        self.training, self.by = training, by
        self.notes: list[str] = []
        self.is_sideways = False
        self.readers: list[ColumnReader] = []
        self.places = VillageFinder(by=by, place=training.district.code)
        self.groups = GroupFinder(self.places)
        self.people = PersonFinder(self.places, by)
        rows = training.participants.select_related("person")
        self.known = {row.person.merged_into_id or row.person_id: row for row in rows}
        self.own: set[int] | None = None
        if not may(by, Right.EDIT_TRAININGS):
            own = Village.objects.editable_by(by).filter(invitations__training=training)
            self.own = set(own.values_list("pk", flat=True))

    def read(
        self,
        text: str,
        choices: dict[int, str],
        promised: dict[int, str] | None = None,
        posts: dict[int, str] | None = None,
        *,
        by_line: bool = False,
    ) -> list[Pasted]:
        """All rows with their errors. Raises ValidationError for a text without rows.

        `promised`: the person that the preview showed for each row; if another is recognised now, a choice is required.
        `posts`: the user's choice for a word that may be a post, a code or NO_POST. `by_line`: each line is one person,
        even in what looks like a sideways list. `notes` and `is_sideways` describe how the text was parsed.
        """
        shown = promised or {}
        with vocabulary.using(self.training.district.code):
            self.readers = [
                ColumnReader(column) for column in COLUMNS
            ]  # anew, because words may have got another meaning
            table = read_table(text, COLUMNS, self._is_village, None if by_line else SIDEWAYS)
            self.notes, self.is_sideways = table.notes, bool(table.lines)
            for number, answer in (posts or {}).items():
                if 0 < number <= len(table.raws):
                    _answer(table.raws[number - 1], answer)
            return [
                self._take(Row(number, "", line, raw, choices.get(number, ""), promised=shown.get(number, "")))
                for number, (line, raw) in enumerate(zip(table.lines or count(1), table.raws, strict=False), 1)
            ]

    def _is_village(self, text: str) -> bool:
        return bool(self.places.named(text, None))

    def _take(self, row: Row) -> Pasted:
        """The result of one row. An unexpected error fails this row only."""
        try:
            return self._understood(row)
        except Exception as error:
            refuse_infrastructure(error)
            logger.exception("pasted row %s of training %s broke", row.number, self.training.pk)
            row.broke()
            return Pasted(row)

    def _understood(self, row: Row) -> Pasted:
        row.read(self.readers)
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
        if row.errors or row.needs_choice or person is None:
            return found
        found.participant = self.known.get(person.pk) if person.pk else None
        if row.doubt and found.participant is None:
            row.require_choice(row.doubt, promised=row.promised)
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
        else:  # the group is not known
            affiliation = unsur or (f"{row.raw.get('role')}" if code else "")
            found.entry = Entry(person=person, village=village, affiliation=affiliation)
            if note := letters.note(affiliation):
                found.remark = f"Pada “{affiliation}” {note}."
            if code and village:
                count = f"ada {len(groups)} KPSPAMS" if groups else "belum ada KPSPAMS"
                found.remark = (
                    f"Di {village} {count}, jadi “{affiliation}” dicatat sebagai unsur. Ubah di halaman peserta."
                )
        return found


def _answer(raw: dict[str, Cell], answer: str):
    """Replaces a doubtful post by the user's choice; other rows are left unchanged in case the text has changed."""
    try:
        role(raw.get("role"))
    except vocabulary.UnknownWord as doubt:
        if answer == NO_POST:
            raw["role"] = Unsur(raw["role"])
        elif answer in doubt.options:
            raw["role"] = str(Member.Post(answer).label)
    except ValidationError:
        pass  # reported at its row


@transaction.atomic
def save(training: Training, rows: list[Pasted], *, by: User) -> Registered:
    """Adds new persons, fills in missing telephone numbers, remembers choices, and registers everybody.

    Raises ValidationError when a row is not valid, or when `register` does.
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
                f"Baris {found.place} ({found.row.label}) gagal disimpan karena kesalahan portal, jadi belum ada yang "
                "disimpan. Hapus baris itu dari tempelan, lalu simpan yang lain; kirim baris itu kepada pengelola "
                "portal."
            ) from error
    return register(training, [found.entry for found in rows if found.entry], by=by)


def _write(found: Pasted, by: User):
    """Saves the person of one row as new or changed, and the choices made for it."""
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
