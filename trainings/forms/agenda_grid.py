"""Form of the whole agenda of a training, one row per item. Its HTML is hand-written for speed with fifty rows."""

import re
import uuid
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from records.fields import field_of_column
from records.parsers import text
from trainings.forms.hours import check_hours
from trainings.models import AgendaItem, ResourcePerson, Training, TrainingDay
from trainings.queries.agenda_lines import COLUMNS, SEEN, AgendaLine, agenda_items, digest, line_of
from trainings.queries.agenda_notes import overlaps
from trainings.services.agenda_grid import MAX_ITEMS, AgendaConflict, Saved, WantedLine, save_agenda

# "i12": the stored item 12; "h7n3": the third new row of day 7. Bounded, because the browser sends both back.
KEY = re.compile(r"i(?P<item>[1-9][0-9]{0,8})|h(?P<day>[1-9][0-9]{0,8})n(?P<new>[0-9]{1,4})")
SPARE_ROWS = 3  # added at once
BLANK_ROWS = {True: 1, False: 5}  # initially, for a day with and without items
MAX_ROWS = MAX_ITEMS + 50  # on one page, including blank ones
MAX_PEOPLE = 8  # narasumber of one item
FULL = (
    f"Formulir ini memuat paling banyak {MAX_ROWS} baris, termasuk yang kosong, jadi tidak ada baris yang ditambahkan. "
    "Simpan dahulu, lalu tambahkan lagi."
)
UNREAD = f"Sekali kirim paling banyak {MAX_ROWS} baris, jadi belum ada yang disimpan. Kurangi barisnya, lalu simpan."


class SpeakerNames:
    """The narasumber to choose from, each under a unique label."""

    def __init__(self, training: Training, user, known: list[ResourcePerson]):
        rows = ResourcePerson.objects.visible_to(user).filter(person__district=training.district_id)
        if not training.is_sample:
            rows = rows.filter(person__is_sample=False)
        people = {row.pk: row for row in [*rows.select_related("person"), *known]}
        self.by_label: dict[str, ResourcePerson] = {}
        self.labels: dict[int, str] = {}
        for row in people.values():
            label = self._free_label(row)
            self.by_label[self._plain(label)] = row
            self.labels[row.pk] = label

    def _free_label(self, row: ResourcePerson) -> str:
        name, about = row.person.name, row.position or row.person.institution
        wanted = [name, f"{name} ({about})" if about else "", *(f"{name} ({number})" for number in range(2, 100))]
        return next(label for label in wanted if label and self._plain(label) not in self.by_label)

    @staticmethod
    def _plain(label: str) -> str:
        return " ".join(text.seen(label).casefold().split())

    def read(self, typed: str) -> ResourcePerson:
        """The narasumber with this label, or the only one whose label contains this text."""
        plain = self._plain(typed)
        if plain in self.by_label:
            return self.by_label[plain]
        found = [row for label, row in self.by_label.items() if plain in label]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(self.labels[row.pk] for row in found[:3])
            raise ValidationError(f"“{typed}” cocok dengan beberapa orang: {names}. Tulis nama lengkapnya.")
        raise ValidationError(
            f"“{typed}” belum ada dalam daftar narasumber. Pilih namanya dari daftar, atau tulis pada “Narasumber "
            "sebagai teks”."
        )


class AgendaRow(forms.ModelForm):
    """One row. `key` is the prefix of its fields; narasumber are chosen from a shared list of names."""

    class Meta:
        model = AgendaItem
        fields = list(COLUMNS)
        formfield_callback = staticmethod(field_of_column)
        error_messages = {
            "starts": {"required": "Isi jam mulai."},
            "ends": {"required": "Isi jam selesai."},
            "topic": {"required": "Tulis materi atau acaranya."},
            "kind": {"required": "Pilih jenisnya.", "invalid_choice": "Pilih jenis dari daftar."},
        }

    def __init__(self, key: str, names: SpeakerNames, data=None, line: AgendaLine | None = None):
        super().__init__(data, instance=AgendaItem(), prefix=key)
        self.key, self.names = key, names
        self.fields["lesson_hours"].required = False
        self.shown: dict[str, str] = {}  # the errors, after the whole page was validated
        self.theirs = ""  # what is stored, if another user changed it meanwhile
        self.place = 0  # the number within its day
        self.people: list[ResourcePerson] = []
        if data is None:
            self._show(line)
        else:
            self.texts = {name: data.get(self.add_prefix(name), "") for name in COLUMNS}
            self.speakers = [typed for typed in data.getlist(self.add_prefix("speakers")) if typed.strip()]
            self.dropped = bool(data.get(self.add_prefix("drop")))

    def _show(self, line: AgendaLine | None):
        self.dropped = False
        self.texts = {name: "" for name in COLUMNS} | {"kind": AgendaItem.Kind.TOPIC.value}
        self.speakers = []
        if line:
            self.texts = {name: str(getattr(line, name)) for name in COLUMNS}
            self.texts |= {name: f"{getattr(line, name):%H:%M}" for name in ("starts", "ends")}
            self.speakers = [self.names.labels[person.pk] for person in line.people]

    @property
    def number(self) -> int | None:
        match = KEY.fullmatch(self.key)
        return int(match["item"]) if match and match["item"] else None

    @property
    def slots(self) -> list[str]:
        """The narasumber as typed, and one blank field."""
        return [*self.speakers, ""][:MAX_PEOPLE]

    @property
    def has_details(self) -> bool:
        return any(self.texts[name] for name in ("pb_code", "speaker")) or bool(
            {"pb_code", "speaker"} & set(self.shown)
        )

    @property
    def is_blank(self) -> bool:
        """Whether the row is empty; the kind is preset."""
        typed = any(str(self.texts[name]).strip() for name in COLUMNS if name not in ("kind", "lesson_hours"))
        return not typed and not self.speakers and self.texts["lesson_hours"].strip() in ("", "0")

    @property
    def hours(self) -> int:
        """The JP as typed; 0 while invalid."""
        try:
            return 0 if self.dropped else int(self.fields["lesson_hours"].clean(self.texts["lesson_hours"]) or 0)
        except ValidationError:
            return 0

    @property
    def timed_item(self) -> AgendaItem | None:
        """Topic and hours as typed, for notes; None while invalid."""
        try:
            starts, ends = (self.fields[name].clean(self.texts[name]) for name in ("starts", "ends"))
        except ValidationError:
            return None
        return None if self.dropped else AgendaItem(starts=starts, ends=ends, topic=self.texts["topic"].strip())

    def _post_clean(self):
        """Skips the validation by the model: the fields do the same, and constraints would need one query per row."""
        construct_instance(self, self.instance, self.Meta.fields)

    def clean_lesson_hours(self):
        return self.cleaned_data["lesson_hours"] or 0

    def clean(self):
        super().clean()
        data = self.cleaned_data
        check_hours(self)
        if data.get("kind") == AgendaItem.Kind.BREAK and data.get("lesson_hours"):
            self.add_error("lesson_hours", "Istirahat tidak mempunyai JP. Isi 0.")
        self._read_people()
        return data

    def _read_people(self):
        if len(self.speakers) > MAX_PEOPLE:
            self.shown["speakers"] = f"Satu mata acara memuat paling banyak {MAX_PEOPLE} narasumber."
            return
        try:
            people = [self.names.read(typed) for typed in self.speakers]
        except ValidationError as error:
            self.shown["speakers"] = error.messages[0]
            return
        twice = next((person for person in people if people.count(person) > 1), None)
        if twice:
            self.shown["speakers"] = f"{self.names.labels[twice.pk]} tertulis dua kali."
        self.people = people

    def judge(self) -> dict[str, str]:
        """{field: error}; for an emptied stored row one sentence."""
        if self.number and self.is_blank:
            self.shown = {"topic": "Baris ini kosong. Centang Hapus untuk menghapus mata acaranya, atau isi kembali."}
            return self.shown
        self.shown = {}
        errors = {name: str(texts[0]) for name, texts in self.errors.items()}
        self.shown = errors | self.shown
        return self.shown

    @property
    def line(self) -> AgendaLine:
        """The row as a line to save. Only after judge()."""
        return AgendaLine(people=self.people, **{name: getattr(self.instance, name) for name in COLUMNS})


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
                for name, told in row.judge().items():
                    label = "Narasumber" if name == "speakers" else str(row.fields[name].label).capitalize()
                    about = f"Hari ke-{part.number} baris {row.place}, {label}"
                    self.errors.append({"target": f"{row.key}-{name}", "label": about, "text": told})
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
