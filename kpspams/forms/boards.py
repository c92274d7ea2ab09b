"""Form of a whole board after an election: day and SK on top, then one block for each post."""

import uuid
from itertools import combinations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from kpspams.models import KpspamsGroup, LegalDocument, Member
from kpspams.queries.boards import ORDER
from kpspams.services.boards import Fate, Seat
from records.editing import fit_widget
from records.fields import DayField, NameField, SeenField, choice_field
from records.formats import date_id
from records.parsers.days import near_day, past_day
from villages.forms.people import OTHER_PERSON, check_new_person, doubt_about, in_village
from villages.models import Person
from villages.rules.identity import Identity, Verdict, compare
from villages.services.persons import alike

EXTRA_SEATS = 3  # empty blocks for posts that the board did not have
MAX_SEATS = 200  # more posts than a board can have: limit for finding a form that was sent before
NEW, LATER = "baru", "menyusul"


class BoardForm(forms.Form):
    """Head of the form: day and SK, which is new, follows later, or is recorded already."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    starts_on = DayField(label="Pengurus baru bertugas mulai", validators=[near_day])
    sk = forms.ChoiceField(label="SK pengurus", widget=forms.RadioSelect)
    number = SeenField(label="Nomor SK", required=False, max_length=80)
    dated_on = DayField(label="Tanggal SK", required=False, validators=[past_day])
    valid_until = DayField(
        label="SK berlaku sampai",
        required=False,
        help_text="Kosongkan bila SK tidak menyebut tanggal berakhir.",
    )
    reappoint = forms.BooleanField(
        label="Yang tetap menjabat diangkat lagi dengan SK ini: catat sebagai masa jabatan baru.",
        required=False,
        initial=True,
    )

    def __init__(self, *args, group: KpspamsGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["request_key"].initial = uuid.uuid4
        self.decrees = {
            f"sk-{sk.pk}": sk for sk in LegalDocument.objects.filter(group=group, kind=LegalDocument.Kind.DECREE)
        }
        recorded = [(value, f"Sudah tercatat: {_label(sk)}") for value, sk in self.decrees.items()]
        choice_field(self, "sk").choices = [
            (NEW, "Sudah ada: isi nomor dan tanggalnya"),
            (LATER, "Menyusul (dicatat dalam proses)"),
            *recorded,
        ]
        for field in self.fields.values():
            fit_widget(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        new = Div("number", "dated_on", "valid_until", css_class="sk-new")
        self.helper.layout = Layout("request_key", "seen", "starts_on", "sk", new, "reappoint")

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("sk") == NEW:
            if not data.get("number"):
                self.add_error("number", "Isi nomor SK, atau pilih Menyusul.")
            if not data.get("dated_on") and "dated_on" not in self.errors:
                self.add_error("dated_on", "Isi tanggal SK, atau pilih Menyusul.")
            elif data.get("valid_until") and data["dated_on"] and data["valid_until"] < data["dated_on"]:
                self.add_error("valid_until", "Tanggal berakhir tidak boleh sebelum tanggal SK.")
        elif data.get("number") or data.get("dated_on") or data.get("valid_until"):
            self.add_error("sk", "Nomor atau tanggal SK terisi. Pilih Sudah ada, atau kosongkan isian itu.")
        return data

    def decree(self) -> LegalDocument:
        """The SK of the new board; an SK that follows later is one row, even if the board changes again before."""
        data = self.cleaned_data
        decree = LegalDocument(group=self.group, kind=LegalDocument.Kind.DECREE)
        if data["sk"] == NEW:
            decree.number, decree.dated_on = data["number"], data["dated_on"]
            decree.valid_until = data["valid_until"]
            return decree
        if data["sk"] == LATER:
            decree.in_process = True
            return next((sk for sk in self.decrees.values() if sk.in_process), decree)
        return self.decrees[data["sk"]]


def _label(sk: LegalDocument) -> str:
    return f"{sk}, dalam proses" if sk.in_process else f"{sk}, {date_id(sk.dated_on)}"


class SeatForm(forms.Form):
    """Form of one post. A held post stays, is replaced or ends; a vacant or new one is filled or left."""

    fate = forms.ChoiceField(
        label="Sesudah pemilihan",
        choices=[(Fate.STAYS, "Tetap"), (Fate.REPLACED, "Diganti"), (Fate.ENDS, "Berakhir")],
        widget=forms.RadioSelect,
        initial=Fate.STAYS,
    )
    post = forms.ChoiceField(label="Jabatan", required=False, choices=[("", "Pilih jabatan"), *Member.Post.choices])
    person = forms.ChoiceField(label="Orang yang sudah tercatat di desa ini", required=False)
    new_name = NameField(label="Atau orang baru, nama", required=False, max_length=120)
    new_sex = forms.ChoiceField(label="L/P orang baru", required=False, choices=[("", "Pilih"), *Person.Sex.choices])
    other_person = forms.BooleanField(label=OTHER_PERSON, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, member: Member | None, code: str, persons: dict[str, Person], user, village, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, self.code, self.persons, self.user, self.village = member, code, persons, user, village
        if member is None:
            del self.fields["fate"]
        if code:
            del self.fields["post"]
        choice_field(self, "person").choices = [
            ("", "Pilih orang"),
            *((value, in_village(row)) for value, row in persons.items()),
        ]

    @property
    def title(self) -> str:
        if self.member:
            return self.member.wording
        return str(Member.Post(self.code).label) if self.code else "Jabatan tambahan"

    def clean_new_name(self):
        return " ".join(self.cleaned_data["new_name"].split())

    def clean(self):
        super().clean()
        data = self.cleaned_data
        person, name = data.get("person"), data.get("new_name")
        fate = data.get("fate")
        check_new_person(self)
        if fate == Fate.REPLACED and not (person or name) and not self.errors:
            self.add_error("person", "Pilih penggantinya, atau isi nama orang baru.")
        if fate in (Fate.STAYS, Fate.ENDS) and (person or name):
            self.add_error("fate", "Pengganti terisi. Pilih Diganti, atau kosongkan penggantinya.")
        if self.member and fate == Fate.REPLACED and person and self.persons[person].pk == self.member.person_id:
            self.add_error("person", "Orangnya sama. Pilih Tetap, atau pilih orang lain.")
        if "post" in self.fields:
            if (person or name) and not data.get("post"):
                self.add_error("post", "Pilih jabatannya.")
            elif data.get("post") and not (person or name):
                self.add_error("person", "Pilih orangnya, atau isi nama orang baru.")
        if name and not self.errors:
            self._confirm_duplicate()
        return data

    def _confirm_duplicate(self):
        """A person with this name is recorded: needs one confirmation with a check box."""
        newcomer = self.newcomer
        found = alike(Person.objects.visible_to(self.user), newcomer, limit=1) if newcomer else []
        if found:
            self.request_confirmation(doubt_about(*found[0]))

    @property
    def newcomer(self) -> Identity | None:
        """The new person of this block."""
        name = self.cleaned_data.get("new_name")
        return Identity(name=name, sex=self.cleaned_data.get("new_sex", ""), village=self.village.pk) if name else None

    def request_confirmation(self, doubt: str):
        self.fields["other_person"].widget = forms.CheckboxInput()
        if not self.cleaned_data.get("other_person"):
            self.add_error("other_person", doubt)

    def seat(self) -> Seat:
        data = self.cleaned_data
        return Seat(
            post=self.code or data.get("post", ""),
            member=self.member,
            fate=Fate(data.get("fate") or Fate.STAYS),
            person=self.persons.get(data.get("person") or ""),
            name=data.get("new_name", ""),
            sex=data.get("new_sex", ""),
            is_other=data.get("other_person", False),
        )


class BoardChangeForm:
    """Head and seats as one form, valid or invalid together."""

    def __init__(self, data, group: KpspamsGroup, members: list[Member], *, user, initial: dict | None = None):
        self.members = members
        self.head = BoardForm(data, group=group, initial=initial)
        village = group.village
        people = Person.objects.visible_to(user).current().filter(village=village)
        persons = {str(person.pk): person for person in people}
        held = {member.post for member in members}
        plan: list[tuple[str, Member | None, str]] = [(f"p{member.pk}", member, member.post) for member in members]
        plan += [(f"k{post}", None, post) for post in Member.CORE if post not in held]
        plan += [(f"t{number}", None, "") for number in range(1, EXTRA_SEATS + 1)]
        plan.sort(key=lambda row: ORDER.get(row[2], len(ORDER)))
        self.seats = [
            SeatForm(data, prefix=prefix, member=member, code=code, persons=persons, user=user, village=village)
            for prefix, member, code in plan
        ]

    @property
    def known_seats(self) -> list[SeatForm]:
        return [form for form in self.seats if form.code]

    @property
    def extra_seats(self) -> list[SeatForm]:
        return [form for form in self.seats if not form.code]

    @property
    def extras_used(self) -> bool:
        return any(form.is_bound and form.has_changed() for form in self.extra_seats)

    @property
    def refused(self) -> bool:
        """Whether there are errors to sum up; call it after is_valid()."""
        return self.head.is_bound and any(form.errors for form in (self.head, *self.seats))

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.head, *self.seats)]
        if all(valid):
            valid.append(self._newcomers_are_clear())
        if all(valid) and not self._decides():
            self.head.add_error(
                None, "Belum ada yang diputuskan. Pilih Diganti atau Berakhir, atau isi jabatan yang lowong."
            )
            return False
        return all(valid)

    def _newcomers_are_clear(self) -> bool:
        """One new name in two posts is one person; a contradiction is an error."""
        written = [(form, form.newcomer) for form in self.seats if form.newcomer]
        for (first, one), (second, other) in combinations(written, 2):
            likeness = compare(one, other)
            if likeness.verdict is Verdict.MAYBE:
                second.request_confirmation(f"Nama ini juga diisi sebagai {first.title}: {likeness.reason}.")
        return not any(form.errors for form, _ in written)

    def _decides(self) -> bool:
        seats = [form.seat() for form in self.seats]
        anew = self.head.cleaned_data["reappoint"] and any(seat.member for seat in seats)
        return anew or any(seat.has_successor or seat.fate == Fate.ENDS for seat in seats)

    def refuse(self, place: int | None, error: ValidationError):
        """Adds an error of the service at its field."""
        (self.head if place is None else self.seats[place]).add_error(None, error.messages)
