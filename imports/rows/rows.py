"""A row of a file with its values, its errors and what it would write."""

import hashlib
import logging
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, models

from imports.files.books import Cell
from imports.models import ImportRow
from imports.tables.columns import Column
from imports.values.readers import NOTHING, ColumnReader
from imports.values.vocabulary import UnknownWord
from records.search_keys import name_key

logger = logging.getLogger(__name__)

Verdict = ImportRow.Verdict
NEW = "new"  # the choice of a new person
NOT_WRITTEN = "nilai bawaan, karena tidak ditulis di berkas"  # source of a value that is not from the file …
NOT_STORED = "(tidak disimpan)"  # … and the text shown for a cell that is left out
UNREADABLE = (
    "Isi sel ini membuat portal keliru. Tulis ulang isinya; bila sudah benar, kirim sel ini kepada pengelola portal."
)


def refuse_infrastructure(error: Exception):
    """Re-raises exceptions that do not concern a row: a lost database, the time limit of the worker."""
    if isinstance(error, DatabaseError | MemoryError | SoftTimeLimitExceeded):
        raise error


@dataclass(slots=True)
class Row:
    """`values` has the value of each filled column, `errors` pairs (column or "", sentence).

    An adapter records errors with `wrong`, and with `add` and `change` what the row would write. Nothing is written
    when there is an error, so the order does not matter.
    """

    number: int
    sheet: str
    line: int
    raw: dict[str, Cell]
    choice: str = ""  # the chosen person …
    answer: str = ""  # … and the answer to another question
    values: dict[str, object] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # the values as text
    errors: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[UnknownWord] = field(default_factory=list)
    label: str = ""
    options: list[dict[str, str]] = field(default_factory=list)
    needs_choice: bool = False
    recognised: dict[str, str] = field(default_factory=dict)  # the person (id) and the reason (text), for display
    promised: str = ""  # the id that an earlier preview of this row showed
    doubt: str = ""  # why the user must confirm the person of the row, if it writes anything
    offered: frozenset[str] = frozenset()  # ids to choose from when the choice was made
    changes: list[list[str]] = field(default_factory=list)
    adds: list[tuple[models.Model, dict | None, Hashable, bool]] = field(default_factory=list)
    alters: list[tuple[models.Model, dict[str, object]]] = field(default_factory=list)
    thens: list[Callable[[], object]] = field(default_factory=list)
    afters: list[Callable[[], None]] = field(default_factory=list)
    memories: list[tuple[type[models.Model], dict[str, Any], dict[str, object]]] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)  # columns with ambiguous figures
    meanings: dict[str, str] = field(
        default_factory=dict
    )  # meaning of a column, where its value alone does not show it
    notes: dict[str, str] = field(default_factory=dict)  # source of a value, by column
    is_change: bool = False  # an added object replaces a stored one, or belongs to a change of it
    added: int = 0
    changed: int = 0
    written_place: str = ""

    def read(self, readers: Iterable[ColumnReader]):
        """Fills `values`; a cell that cannot be read gets an error."""
        for reader in readers:
            name = reader.name
            try:
                found = reader.read(self.raw.get(name))
            except Exception as error:
                refuse_infrastructure(error)
                logger.exception("column %s of row %s (%s, line %s) broke", name, *self.place)
                self.wrong(name, UNREADABLE)
                continue
            if found is NOTHING:
                continue
            if found.note:
                self.notes[name] = found.note
            if not found.error:
                self.values[name], self.texts[name] = found.value, found.text
                continue
            self.wrong(name, found.error)
            if found.unknown:
                self.unknown.append(found.unknown)
            if found.doubtful:
                self.doubtful.append(name)

    def get(self, name: str, default: object = None) -> Any:
        return self.values.get(name, default)

    def has(self, *names: str) -> bool:
        return any(name in self.values for name in names)

    def filled(self, **names: str) -> dict[str, Any]:
        """{field: value} of the filled columns; an empty cell never erases a stored value."""
        return {field: self.values[name] for field, name in names.items() if name in self.values}

    def wrong(self, column: str, sentence: str):
        if (column, sentence) not in self.errors:
            self.errors.append((column, sentence))

    def means(self, column: str, text: str, note: str = ""):
        """Sets the meaning of this column: the named row, or the stored value where the file has none."""
        self.meanings[column] = text
        if note:
            self.notes[column] = note

    def understood(self, columns: tuple[Column, ...]) -> dict[str, str]:
        """{column: text} of the row as it will be stored, in the order of the columns."""
        texts = self.texts | self.meanings
        return {column.name: texts[column.name] for column in columns if column.name in texts}

    @property
    def nouns(self) -> list[str]:
        """Kinds of rows that the row adds: "desa", "bantuan"."""
        if self.errors or self.needs_choice:
            return []
        return list(dict.fromkeys(str(made._meta.verbose_name) for made, *_ in self.adds))

    def failed(self, column: str) -> bool:
        """Whether this column has an error already."""
        return bool(self.errors) and any(name == column for name, _ in self.errors)

    @property
    def place(self) -> tuple[int, str, int]:
        return self.number, self.sheet, self.line

    @property
    def where(self) -> str:
        """'baris 5 lembar Peserta', for messages; the text is cached, because many rows refer to it."""
        if not self.written_place:
            column = self.raw.get(ImportRow.COLUMN)
            line = f"baris {self.line} kolom {column}" if column else f"baris {self.line}"
            self.written_place = f"{line} lembar {self.sheet}" if self.sheet else line
        return self.written_place

    def broke(self):
        """Records an unexpected failure of the portal at this row; the other rows continue."""
        self.errors = [
            (
                "",
                f"Portal gagal mengolah {self.where}; baris ini dilewati dan baris lain tetap dapat disimpan. Periksa "
                "isinya atau tulis ulang barisnya; bila sudah benar, kirim baris ini kepada pengelola portal.",
            )
        ]
        self.adds, self.alters, self.thens, self.afters, self.memories = [], [], [], [], []

    def require_choice(self, why: str = "", *, promised: str = ""):
        """The user must choose the person before this row can be saved."""
        self.needs_choice = True
        self.recognised = {"id": "", "text": why} | ({"promised": promised} if promised else {})

    def require_choice_for_doubt(self):
        """A row that writes nothing needs no confirmation of its person."""
        if self.doubt and not self.needs_choice and not self.errors and self.writes:
            self.require_choice(self.doubt, promised=self.promised)

    @property
    def question(self) -> str:
        """Key of rows that may be answered together: the same name, village and candidates."""
        if not self.needs_choice or self.verdict != Verdict.UNCLEAR:
            return ""
        if kind := self.recognised.get("kind"):
            return kind
        ids = sorted(option["id"] for option in self.options)
        key = "|".join([name_key(str(self.get("name", ""))), self.meanings.get("village", ""), *ids])
        return hashlib.sha256(key.encode()).hexdigest()[:32]

    @property
    def writes(self) -> bool:
        changes = ((getattr(target, name), value) for target, values in self.alters for name, value in values.items())
        return bool(self.adds) or any(before != after for before, after in changes)

    def add(self, row: models.Model, index: dict | None = None, key: Hashable = None, *, silent: bool = False):
        """Adds a new object; later rows of the file find it under `key` in `index`.

        `silent`: a part whose history is recorded at its whole.
        """
        self.adds.append((row, index, key, silent))

    def change(self, row: models.Model, **values: object):
        """Sets new values of a stored object, or of one that this file adds."""
        if values:
            self.alters.append((row, values))

    def then(self, step: Callable[[], object]):
        """Registers a step for a valid row, run before later rows are planned."""
        self.thens.append(step)

    def after(self, step: Callable[[], None]):
        """Registers a step to run inside the transaction, after all rows are written."""
        self.afters.append(step)

    def remember(self, model: type[models.Model], lookup: dict[str, Any], values: dict[str, object]):
        """Stores the choice for this row for later files; it is undone with the import and never blocks the undo."""
        self.memories.append((model, lookup, values))

    @property
    def verdict(self) -> str:
        if any(name not in self.doubtful for name, _ in self.errors):
            return Verdict.ERROR
        if self.needs_choice or self.errors:
            return Verdict.UNCLEAR
        if self.added and not self.is_change:
            return Verdict.NEW
        return Verdict.CHANGE if self.added or self.changed else Verdict.SAME
