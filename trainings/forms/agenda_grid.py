"""Form of the whole agenda of a training, one row per item. Its HTML is hand-written for speed with fifty rows."""

import uuid
from dataclasses import dataclass, field

from trainings.forms.agenda_rows import KEY, MAX_PEOPLE, AgendaRow, SpeakerNames
from trainings.models import AgendaItem, Training, TrainingDay
from trainings.queries.agenda_lines import SEEN, agenda_items, digest, line_of
from trainings.queries.agenda_notes import overlaps
from trainings.services.agenda_grid import MAX_ITEMS, AgendaConflict, Saved, WantedLine, save_agenda

SPARE_ROWS = 3  # added at once
BLANK_ROWS = {True: 1, False: 5}  # initially, for a day with and without items
MAX_ROWS = MAX_ITEMS + 50  # on one page, including blank ones
FULL = (
    f"Formulir ini memuat paling banyak {MAX_ROWS} baris, termasuk yang kosong, jadi tidak ada baris yang ditambahkan. "
    "Simpan dahulu, lalu tambahkan lagi."
)
UNREAD = f"Sekali kirim paling banyak {MAX_ROWS} baris, jadi belum ada yang disimpan. Kurangi barisnya, lalu simpan."


@dataclass
class DayRows:
    """The rows of one day."""

    day: TrainingDay
    number: int
    rows: list[AgendaRow] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(row.hours for row in self.rows)

    @property
    def notes(self) -> list[str]:
        return overlaps([item for row in self.rows if (item := row.timed_item)])


class AgendaGrid:
    """Form of the agenda: the posted `data`, or the stored agenda with blank rows. "rows" lists the keys in order."""

    max_rows = MAX_ROWS
    max_people = MAX_PEOPLE
    full_text = FULL
    kinds = tuple(AgendaItem.Kind.choices)

    def __init__(self, training: Training, user, data=None):
        self.training, self.data = training, data
        self.errors: list[dict] = []
        self.days = [DayRows(day, number) for number, day in enumerate(training.days.all(), 1)]
        self.items = agenda_items(training)
        self.lines = {number: line_of(item) for number, item in self.items.items()}
        known = [person for line in self.lines.values() for person in line.people]
        self.names = SpeakerNames(training, user, known)
        self.seen = {number: digest(line.text) for number, line in self.lines.items()}
        self.contested: set[str] = set()
        self.request_key = uuid.uuid4()
        if data is None:
            self._show()
        else:
            self._read(data)

    def _show(self):
        for number, item in self.items.items():
            if part := self._day_of(item.day_id):
                part.rows.append(self._stored_row(number))
        for part in self.days:
            self._add_rows(part, BLANK_ROWS[bool(part.rows)])

    def _read(self, data):
        keys = list(dict.fromkeys(key for key in data.getlist("rows") if KEY.fullmatch(key)))
        if len(keys) > MAX_ROWS:
            self.errors.append({"target": "", "text": UNREAD})
        for key in keys[:MAX_ROWS]:
            if part := self._day_of_key(key):
                part.rows.append(AgendaRow(key, self.names, data=data))
        self.seen = SEEN.read(data.get("seen", ""))
        self.contested = {key for key in data.getlist("bentrok") if KEY.fullmatch(key)}
        try:
            self.request_key = uuid.UUID(data.get("request_key", ""))
        except ValueError:
            self.errors.append({"target": "", "text": "Formulir ini tidak lengkap terkirim. Simpan sekali lagi."})

    def _day_of(self, pk: int | None) -> DayRows | None:
        return next((part for part in self.days if part.day.pk == pk), None)

    def _day_of_key(self, key: str) -> DayRows | None:
        """The day of a row. A deleted item is shown on the first day, so that its text is not lost."""
        match = KEY.fullmatch(key)
        if match and match["day"]:
            return self._day_of(int(match["day"]))
        item = self.items.get(int(match["item"])) if match else None
        return self._day_of(item.day_id) if item else next(iter(self.days), None)

    def _stored_row(self, number: int) -> AgendaRow:
        return AgendaRow(f"i{number}", self.names, line=self.lines[number])

    def _add_rows(self, part: DayRows, count: int):
        keys = [KEY.fullmatch(row.key) for row in part.rows]
        last = max((int(match["new"]) for match in keys if match and match["new"]), default=0)
        part.rows += [AgendaRow(f"h{part.day.pk}n{number}", self.names) for number in range(last + 1, last + 1 + count)]

    @property
    def rows(self) -> list[AgendaRow]:
        return [row for part in self.numbered_days for row in part.rows]

    @property
    def numbered_days(self) -> list[DayRows]:
        for part in self.days:
            for place, row in enumerate(part.rows, 1):
                row.place = place
        return self.days

    @property
    def blank_row(self) -> AgendaRow:
        """The row that the script copies for a new one."""
        return AgendaRow("h0n0", self.names)

    @property
    def hours(self) -> int:
        return sum(part.hours for part in self.days)

    @property
    def seen_text(self) -> str:
        return SEEN.write(self.seen)

    @property
    def name_options(self) -> list[str]:
        return sorted(self.names.labels.values(), key=str.casefold)

    def arrange(self, action: str):
        """Without saving: adds blank rows to a day ("tambah:7"), or restores a contested row ("pakai:i12")."""
        verb, _, key = action.partition(":")
        if verb == "pakai":
            self._take_stored(key)
        elif verb == "tambah" and key.isdecimal() and (part := self._day_of(int(key[:9]))):
            if len(self.rows) + SPARE_ROWS > MAX_ROWS:
                self.errors.append({"target": "", "text": FULL})
            else:
                self._add_rows(part, SPARE_ROWS)
        self._name_theirs()

    def _take_stored(self, key: str):
        match = KEY.fullmatch(key)
        number = int(match["item"]) if match and match["item"] else None
        if key not in self.contested or number not in self.items:
            return
        self.contested.discard(key)
        part = self._day_of(self.items[number].day_id)
        if part:
            part.rows = [self._stored_row(number) if row.key == key else row for row in part.rows]

    def is_valid(self) -> bool:
        for part in self.numbered_days:
            for row in part.rows:
                if row.dropped or (row.is_blank and not row.number):
                    continue
                for name, message in row.judge().items():
                    label = "Narasumber" if name == "speakers" else str(row.fields[name].label).capitalize()
                    about = f"Hari ke-{part.number} baris {row.place}, {label}"
                    self.errors.append({"target": f"{row.key}-{name}", "label": about, "text": message})
        self._name_theirs()
        return not self.errors

    def save_by(self, user) -> Saved:
        """Saves; raises what save_agenda raises. Only after is_valid()."""
        wanted = []
        for part in self.days:
            for row in part.rows:
                if row.number:
                    line = None if row.dropped else row.line
                    wanted.append(WantedLine(row.key, line, number=row.number))
                elif not row.is_blank and not row.dropped:
                    key = uuid.uuid5(self.request_key, row.key)
                    wanted.append(WantedLine(row.key, row.line, day=part.day.pk, request_key=key))
        return save_agenda(self.training, wanted, self.seen, by=user)

    def meet(self, conflict: AgendaConflict):
        """Merges after a conflict: rows that this user did not change become as stored, their changes remain."""
        for part in self.days:
            part.rows = [row for old in part.rows if (row := self._met_row(old, part, conflict))]
        shown = {row.number for row in self.rows}
        for number in self.items:
            if number not in shown and (its_day := self._day_of(self.items[number].day_id)):
                its_day.rows.append(self._stored_row(number))
        self.seen = {number: digest(line.text) for number, line in self.lines.items()}
        self._name_theirs()

    def _met_row(self, row: AgendaRow, part: DayRows, conflict: AgendaConflict) -> AgendaRow | None:
        if row.key in conflict.stored:
            item = conflict.stored[row.key]
            if item is None:
                return self._renamed(row, self._new_key(part))
            self.contested.add(f"i{item.pk}")
            return self._renamed(row, f"i{item.pk}")
        if row.number is None:
            return row
        if row.number not in self.items:
            return None
        mine = "" if row.dropped else row.line.text
        untouched = digest(mine) == self.seen.get(row.number)
        return self._stored_row(row.number) if untouched else row

    def _new_key(self, part: DayRows) -> str:
        used = [int(match["new"]) for row in part.rows if (match := KEY.fullmatch(row.key)) and match["new"]]
        return f"h{part.day.pk}n{max(used, default=0) + 500}"

    def _renamed(self, row: AgendaRow, key: str) -> AgendaRow:
        fresh = AgendaRow(key, self.names)
        fresh.texts, fresh.speakers, fresh.dropped = row.texts, row.speakers, row.dropped
        if key.startswith("h"):
            fresh.dropped = False
            fresh.theirs = "Mata acara ini dihapus orang lain. Simpan lagi untuk menambahkannya kembali."
        return fresh

    def _name_theirs(self):
        for row in self.rows:
            if row.key in self.contested and row.number in self.lines:
                row.theirs = f"Tersimpan sekarang: {self.lines[row.number].summary}"
