"""Forms of persons, and of posts that are given to a person known or new."""

import uuid

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import transaction

from accounts.lists import FilterForm
from accounts.models import Subdistrict
from accounts.rights import Right, may, sees_whole_district
from records.editing import ConfirmMixin, EditForm, OnceForm
from records.fields import NameField, PhoneField, SeenField, label_rows, row_field
from villages.models import Person, Village
from villages.rules.identity import Identity, Likeness
from villages.services.persons import alike, new_villager


def doubt_about(found: Person, likeness: Likeness) -> str:
    """The sentence with recorded persons who may be the same, and why, against double entries."""
    where = found.village or found.institution or "tanpa desa"
    hamlet = f", {found.hamlet_text}" if found.hamlet else ""
    return (
        f"Mungkin sudah tercatat: {found.name} ({found.get_sex_display()}, {where}{hamlet}), karena {likeness.reason}."
    )


def in_village(person: Person) -> str:
    """Label of a person among those of one village."""
    return f"{person.name} ({', '.join(filter(None, [person.sex, person.hamlet_text]))})"


class PersonFilter(FilterForm):
    kecamatan = forms.ModelChoiceField(queryset=Subdistrict.objects.none(), required=False, empty_label="Semua")
    desa = forms.ModelChoiceField(queryset=Village.objects.none(), required=False, empty_label="Semua")
    jenis = forms.ChoiceField(label="L/P", required=False, choices=[("", "Semua"), *Person.Sex.choices])

    def fields_for_people(self):
        row_field(self, "kecamatan").queryset = Subdistrict.objects.visible_to(self.user)
        row_field(self, "desa").queryset = Village.objects.visible_to(self.user).order_by("name")

    def narrow_kecamatan(self, rows, value):
        return rows.filter(village__subdistrict=value)

    def narrow_desa(self, rows, value):
        return rows.filter(village=value)

    def narrow_jenis(self, rows, value):
        return rows.filter(sex=value)


class PersonForm(ConfirmMixin, EditForm):
    """Form of a person. On creation a likely duplicate needs one confirmation."""

    still_save_label = "Ini orang lain. Tetap simpan."

    phone = PhoneField(label="Nomor HP", required=False, help_text="Hanya dilihat DPMU dan fasilitator desa itu.")

    class Meta:
        model = Person
        fields = ["name", "sex", "village", "hamlet", "institution", "phone", "district"]
        help_texts = {"institution": "Untuk orang di luar desa, misalnya dinas atau puskesmas."}

    def fields_for_people(self):
        if not may(self.user, Right.SEE_PHONES):
            del self.fields["phone"]
        villages = Village.objects.editable_by(self.user).select_related("subdistrict")
        row_field(self, "village").queryset = villages.order_by("name")
        label_rows(row_field(self, "village"), lambda row: f"{row.name} ({row.subdistrict})")
        row_field(self, "village").empty_label = "(di luar desa)" if sees_whole_district(self.user) else "Pilih desa"
        self.fields["village"].required = not sees_whole_district(self.user)
        # Set from the village, otherwise from the office of the user; it is no input.
        self.fields["district"].widget = forms.HiddenInput()
        self.fields["district"].required = False

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        data = self.cleaned_data
        village = data.get("village")
        if village:
            data["district"] = village.subdistrict.district
        else:
            data["district"] = self.instance.district if self.instance.district_id else self.user.district
        if data["district"] is None and "village" not in self.errors:
            self.add_error("village", "Pilih desa.")
        return super().clean() or data

    def doubts(self):
        if self.instance.pk:
            return []
        data = self.cleaned_data
        village = data.get("village")
        wanted = Identity(
            name=data["name"],
            sex=data.get("sex", ""),
            village=village.pk if village else None,
            phone=data.get("phone", ""),
            hamlet=data.get("hamlet", ""),
            institution=data.get("institution", ""),
        )
        people = Person.objects.visible_to(self.user).exclude_key(data.get("request_key"))
        return [doubt_about(*found) for found in alike(people, wanted)]


OTHER_PERSON = "Ini orang lain. Tetap simpan sebagai orang baru."


def check_new_person(form: forms.BaseForm):
    """Checks that a recorded person or a new one is given, not both, and that a new one has a sex."""
    person, name, sex = (form.cleaned_data.get(field) for field in ("person", "new_name", "new_sex"))
    if name and person:
        form.add_error("new_name", "Pilih orang yang tercatat atau isi orang baru, jangan keduanya.")
    if name and not sex:
        form.add_error("new_sex", "Pilih laki-laki atau perempuan.")


class PersonChoiceForm(ConfirmMixin, OnceForm):
    """Form that gives a post to a recorded person of the village, or to a new one.

    Subclasses are forms of a model with `person`; they give `home()`, the village, and `save_row(user, key)`.
    `whole`: the field with the whole of the post; `before` and `after`: the fields around the person.
    """

    whole = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    still_save_label = OTHER_PERSON

    new_name = NameField(label="Nama", required=False, max_length=120)
    new_sex = forms.ChoiceField(label="L/P", required=False, choices=[("", "Tidak diisi"), *Person.Sex.choices])
    new_hamlet = SeenField(label="Dusun", required=False, max_length=60)
    new_phone = PhoneField(label="Nomor HP", required=False)

    def fields_for_people(self):
        persons = Person.objects.visible_to(self.user).current().filter(village=self.home())
        field = row_field(self, "person")
        field.queryset = persons
        field.required = False
        field.label = "Orang yang sudah tercatat di desa ini"
        field.empty_label = "Pilih orang, atau isi orang baru di bawah"
        label_rows(field, in_village)
        new = Fieldset("Atau orang baru", "new_name", "new_sex", "new_hamlet", "new_phone")
        self.helper.layout = Layout(*self.before, "person", new, Fieldset("Masa jabatan", *self.after))
        self.helper.render_unmentioned_fields = True

    def _get_validation_exclusions(self):
        """Leaves constraints over the whole to the service, which ends the previous post first."""
        names = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook, unknown to its types
        return names | {self.whole}

    def home(self) -> Village:
        raise NotImplementedError

    def save_row(self, user, key):
        raise NotImplementedError

    @property
    def is_new_person(self) -> bool:
        return bool(self.cleaned_data.get("new_name"))

    def clean_new_name(self):
        return " ".join(self.cleaned_data["new_name"].split())

    def clean(self):
        data = self.cleaned_data
        is_new = self.is_new_person
        check_new_person(self)
        if not is_new and not data.get("person") and "person" not in self.errors:
            self.add_error("person", "Pilih orang yang sudah tercatat, atau isi nama orang baru di bawah.")
        return super().clean() or data

    def doubts(self):
        if not self.is_new_person:
            return []
        data = self.cleaned_data
        wanted = Identity(
            name=data["new_name"],
            sex=data.get("new_sex", ""),
            village=self.home().pk,
            phone=data.get("new_phone", ""),
            hamlet=data.get("new_hamlet", ""),
        )
        people = Person.objects.visible_to(self.user).exclude_key(self.person_key())
        return [doubt_about(*found) for found in alike(people, wanted)]

    def person_key(self) -> uuid.UUID | None:
        """The key of the new person is derived from that of the form, so that a duplicate request adds no second
        person.
        """
        key = self.cleaned_data.get("request_key")
        return uuid.uuid5(key, "person") if key else None

    def new_person(self, user) -> Person:
        data = self.cleaned_data
        return new_villager(
            self.home(),
            data["new_name"],
            data["new_sex"],
            by=user,
            key=self.person_key(),
            hamlet=data["new_hamlet"],
            phone=data["new_phone"],
        )

    def save_by(self, user):
        """Records person and post together. Raises ValidationError on a refused row."""
        with transaction.atomic():
            if self.is_new_person:
                self.instance.person = self.new_person(user)
            self.instance = self.save_row(user, self.cleaned_data.get("request_key"))
        return self.instance
