"""Form of one row of the agenda of a training, and the narasumber that it offers."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from records.fields import field_of_column
from records.parsers import text
from trainings.forms.hours import check_hours
from trainings.models import AgendaItem, ResourcePerson, Training
from trainings.queries.agenda_lines import COLUMNS, AgendaLine

# "i12": the stored item 12; "h7n3": the third new row of day 7. Bounded, because the browser sends both back.
KEY = re.compile(r"i(?P<item>[1-9][0-9]{0,8})|h(?P<day>[1-9][0-9]{0,8})n(?P<new>[0-9]{1,4})")
MAX_PEOPLE = 8  # narasumber of one item


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

    def split(self, typed: str) -> list[str]:
        """The names in one box: several are separated by semicolons, which may also occur in a label."""
        if self._plain(typed) in self.by_label:
            return [typed]
        return [name.strip() for name in typed.split(";") if name.strip()]

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
            typed = data.getlist(self.add_prefix("speakers"))
            self.speakers = [name for box in typed for name in names.split(box)]
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
