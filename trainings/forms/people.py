"""Forms of narasumber and panitia: people already recorded, or entered here."""

from django import forms
from django.db import transaction

from accounts.models import District
from records.editing import EditForm, OnceForm
from records.fields import NameField, SeenField, row_field
from records.search_keys import name_key
from trainings.models import CommitteeMember, ResourcePerson
from trainings.services.guard import hold
from villages.models import Person
from villages.rules.identity import Identity
from villages.services.persons import alike

NEW = "baru"
NOBODY_OF_THEM = (NEW, "Bukan mereka: catat sebagai orang baru")
CHOOSE_PERSON = "Pilih orangnya, atau catat sebagai orang baru."
MAX_ALIKE = 8
LONGER = "namanya lebih panjang"
LEAST_LETTERS = 4  # shorter prefixes match too many names


class NamedPersonForm(OnceForm):
    """Base form that links a row to a person by name. People recorded under that name are offered first.

    Subclasses are forms of a model with `person`, which is not among the fields; they define `home()`.
    """

    district = forms.ModelChoiceField(
        label="Kabupaten", queryset=District.objects.none(), empty_label="Pilih dari daftar"
    )
    name = NameField(label="Nama", max_length=120, help_text="Dengan gelar, seperti tercetak.")
    sex = forms.ChoiceField(label="L/P", choices=Person.Sex.choices, widget=forms.RadioSelect)
    institution = SeenField(
        label="Instansi",
        required=False,
        max_length=120,
        help_text="Misalnya Dinas Kesehatan. Kosongkan bagi orang desa.",
    )

    def fields_for_people(self):
        home, field = self.home(), row_field(self, "district")
        field.queryset = District.objects.visible_to(self.user)
        if home:
            field.initial, field.disabled, field.widget = home.pk, True, forms.HiddenInput()
            field.queryset = District.objects.filter(pk=home.pk)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.alike = self._alike() if self.is_bound else []
        if self.alike:
            self.fields["same_as"] = forms.ChoiceField(
                label="Nama seperti ini sudah ada pada data orang",
                choices=[
                    *((str(row.pk), f"{described(row)} – {reason}") for row, reason in self.alike),
                    NOBODY_OF_THEM,
                ],
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE_PERSON},
            )
            self.order_fields(["district", "name", "same_as"])

    def home(self) -> District | None:
        """Hook: the kabupaten that follows from the URL or the user."""
        return self.user.district

    def _alike(self) -> list[tuple[Person, str]]:
        """Possible duplicates by the rule of all forms, then people with a longer name; each with the reason."""
        name, sex, institution = (
            str(self.data.get(self.add_prefix(field), ""))[:200] for field in ("name", "sex", "institution")
        )
        key = name_key(name)
        home = self.home()
        if not key:
            return []
        rows = Person.objects.visible_to(self.user).current().select_related("village")
        rows = rows.filter(district=home) if home else rows
        sent = str(self.data.get(self.add_prefix("request_key"), ""))
        try:
            rows = rows.exclude_key(forms.UUIDField(required=False).clean(sent))
        except forms.ValidationError:
            pass
        wanted = Identity(name=name, sex=sex if sex in Person.Sex.values else "", institution=institution)
        found = [(row, likeness.reason) for row, likeness in alike(rows, wanted, MAX_ALIKE)]
        if len(key) >= LEAST_LETTERS:
            longer = rows.filter(search_key__startswith=key).exclude(search_key=key).order_by("name", "pk")
            found += [(row, LONGER) for row in longer.exclude(pk__in=[row.pk for row, _ in found])[:MAX_ALIKE]]
        return found[:MAX_ALIKE]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def chosen(self) -> Person | None:
        """The recorded person that was ticked; None for a new one."""
        pk = self.cleaned_data.get("same_as")
        return next((row for row, _ in self.alike if str(row.pk) == pk), None)

    def save_by(self, user):
        data = self.cleaned_data
        with transaction.atomic():
            person = self.chosen()
            if person is None:
                person = Person(
                    district=data["district"], name=data["name"], sex=data["sex"], institution=data["institution"]
                ).add(by=user, key=data.get("request_key"))
            self.instance.person = person
            return super().save_by(user)


def described(person: Person) -> str:
    where = person.village or person.institution or "tanpa desa"
    return f"{person.name} ({person.sex}), {where}"


class ResourcePersonCreateForm(NamedPersonForm):
    class Meta:
        model = ResourcePerson
        fields = ["position", "rank", "expertise"]
        help_texts = {"rank": "Seperti tercetak pada daftar honorarium, misalnya Penata, III/c."}

    field_order = ["district", "name", "sex", "institution", "position", "rank", "expertise"]

    def clean(self):
        data = super().clean()
        person = self.chosen()
        if person and ResourcePerson.objects.filter(person=person).exists():
            self.add_error("same_as", f"{person.name} sudah tercatat sebagai narasumber. Pilih dari daftar narasumber.")
        return data


class ResourcePersonForm(EditForm):
    """Form of what is printed beside the name; the person has a page of their own."""

    class Meta:
        model = ResourcePerson
        fields = ["position", "rank", "expertise"]
        help_texts = ResourcePersonCreateForm.Meta.help_texts


POSITION_HELP = "Tercetak pada lampiran SK panitia, misalnya Kepala Bidang Permukiman."


class CommitteeMemberUpdateForm(EditForm):
    """Form of the role and order of a member of the panitia; the person has a page of their own."""

    fixed = ("training",)

    class Meta:
        model = CommitteeMember
        fields = ["training", "role", "position", "number"]
        help_texts = {"position": POSITION_HELP}

    def save_by(self, user):
        with transaction.atomic():
            hold(self.instance.training)
            return super().save_by(user)


class CommitteeMemberForm(NamedPersonForm):
    fixed = ("training",)

    class Meta:
        model = CommitteeMember
        fields = ["training", "role", "position", "number"]

    field_order = ["district", "name", "sex", "institution", "role", "position", "number"]

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["role"].help_text = "Menurut SK panitia, misalnya Ketua, Sekretaris, Anggota."
        self.fields["position"].help_text = POSITION_HELP

    def home(self):
        return self.instance.training.district

    def clean(self):
        data = super().clean()
        person = self.chosen()
        if person and self.instance.training.committee.filter(person=person).exists():
            self.add_error("same_as", f"{person.name} sudah menjadi panitia pelatihan ini.")
        return data

    def save_by(self, user):
        with transaction.atomic():
            hold(self.instance.training)
            return super().save_by(user)
