"""Forms of participants: people of no group, walk-ins, substitutes, and what was recorded of a participant."""

from django import forms

from accounts.rights import Right, may
from kpspams.models import KpspamsGroup
from records.editing import EditForm, OnceForm
from records.fields import SeenField, choice_field, label_rows, row_field
from trainings.forms.people import CHOOSE_PERSON, NEW, NOBODY_OF_THEM
from trainings.models import Participant, Training
from trainings.services.guard import hold
from trainings.services.participants import add_person, known_entry, likely_doubles, substitute
from villages.models import Person, Village
from villages.rules.identity import Likeness

UNSUR = ["Kepala Desa", "Perangkat Desa", "BPD", "Kader AMPL", "Tokoh masyarakat", "Perangkat daerah", "Puskesmas"]


class PersonEntryForm(OnceForm):
    """Form of one new participant, quick to fill in. Likely duplicates are offered instead of a second entry."""

    affiliation = SeenField(
        label="Unsur",
        required=False,
        max_length=120,
        help_text="Misalnya Kepala Desa, BPD, Kader AMPL. Wajib bagi orang tanpa desa.",
        widget=forms.TextInput({"list": "daftar-unsur", "autocomplete": "off"}),
    )
    walk_in = forms.BooleanField(label="Datang langsung, tidak terdaftar sebelumnya", required=False)

    class Meta:
        model = Person
        fields = ["district", "name", "sex", "village", "institution"]
        widgets = {"sex": forms.RadioSelect, "district": forms.HiddenInput}

    field_order = ["same_as", "name", "sex", "village", "affiliation", "institution", "walk_in"]

    def __init__(self, *args, training, **kwargs):
        self.training = training
        super().__init__(*args, **kwargs)

    def fields_for_people(self):
        self.fields["district"].disabled = True
        self.initial["district"] = self.training.district_id
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "autofocus": not self.is_bound}
        self.fields["institution"].help_text = "Bagi orang tanpa desa; tercetak di kolom Desa/Kecamatan."
        choice_field(self, "sex").choices = Person.Sex.choices
        village = row_field(self, "village")
        village.queryset = Village.objects.filter(subdistrict__district=self.training.district_id)
        village.empty_label = "Bukan dari desa"
        self.own = None  # any village
        if not may(self.user, Right.EDIT_TRAININGS):
            own = Village.objects.editable_by(self.user).filter(invitations__training=self.training)
            self.own = set(own.values_list("pk", flat=True))
            if not self.is_officer:
                village.queryset = own
                village.required, village.empty_label = True, "Pilih desa"
        self.doubles = self._doubles() if self.is_bound else []
        if self.doubles:
            labels = [(str(found.pk), f"{describe(found)} – {likeness.reason}") for found, likeness in self.doubles]
            self.fields["same_as"] = forms.ChoiceField(
                label="Nama ini sudah ada pada data orang",
                choices=[*labels, NOBODY_OF_THEM],
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE_PERSON},
            )
            self.order_fields(self.field_order)

    @property
    def is_officer(self) -> bool:
        """Whether the user marks attendance here: officers add people of any village as walk-ins, without phones."""
        return Training.objects.markable_by(self.user).filter(pk=self.training.pk).exists()

    def _doubles(self) -> list[tuple[Person, Likeness]]:
        key = self.data.get(self.add_prefix("request_key"), "")
        if self._sent_before(key):
            return []  # the person created by this same form
        village = self.data.get(self.add_prefix("village"), "")
        try:
            row = self.fields["village"].to_python(village)
        except forms.ValidationError:
            row = None  # reported at its field
        name, sex = (self.data.get(self.add_prefix(field), "") for field in ("name", "sex"))
        return likely_doubles(self.training, name, row, user=self.user, sex=sex if sex in Person.Sex.values else "")

    def _sent_before(self, key: str) -> bool:
        try:
            return Person.objects.filter(request_key=forms.UUIDField().clean(key)).exists()
        except forms.ValidationError:
            return False

    def clean(self):
        data = super().clean()
        if "village" in data and not data["village"] and not data.get("affiliation"):
            self.add_error("affiliation", "Isi unsur, atau pilih desanya.")
        return data

    def save_by(self, user):
        data = self.cleaned_data
        chosen = data.get("same_as", NEW)
        known = next((person for person, _ in self.doubles if str(person.pk) == chosen), None)
        entry = {"village": data["village"], "affiliation": data["affiliation"]}
        if known:
            entry |= known_entry(self.training, known)
        return self.take(known or self.instance, entry, user, data.get("request_key"))

    def take(self, person: Person, entry: dict, user, key) -> Participant:
        """Registers the person; one of no own village becomes a walk-in, whether or not that was ticked."""
        entry["walk_in"] = self.cleaned_data["walk_in"] or is_walk_in(self.own, entry)
        self.registered = add_person(self.training, person, entry, by=user, key=key)
        return (self.registered.current + self.registered.replaced)[0]


def is_walk_in(own: set[int] | None, entry: dict) -> bool:
    """Fasilitator propose people of their own invited villages; all others whom they add count as walk-ins."""
    village = entry.get("village")
    return own is not None and (village is None or village.pk not in own)


class SubstituteForm(PersonEntryForm):
    """Form of the substitute of an invited person. The village is that of the invited person by default."""

    field_order = ["same_as", "name", "sex", "village", "affiliation", "institution"]

    def __init__(self, *args, participant: Participant, **kwargs):
        self.participant = participant
        super().__init__(*args, **kwargs)

    def fields_for_people(self):
        super().fields_for_people()
        del self.fields["walk_in"]
        self.initial.setdefault("village", self.participant.village_id)

    def take(self, person, entry, user, key):
        return substitute(self.participant, person, entry, by=user, key=key)


def describe(person: Person) -> str:
    posts = ", ".join(f"{post.get_post_display()} {post.group}" for post in person.posts.all() if post.is_open)
    place = str(person.village) if person.village else person.institution or "tanpa desa"
    return " – ".join(filter(None, [f"{person.name} ({person.sex})", place, posts]))


class ParticipantForm(EditForm):
    """Form of village, group and post as on that day."""

    fixed = ("training",)

    class Meta:
        model = Participant
        fields = ["training", "village", "group", "post", "affiliation", "walk_in"]

    def fields_for_people(self):
        district = self.instance.training.district_id
        villages = Village.objects.visible_to(self.user).filter(subdistrict__district=district)
        if not may(self.user, Right.EDIT_TRAININGS):
            villages = Village.objects.editable_by(self.user).filter(invitations__training=self.instance.training)
            self.fields["village"].required = True
        row_field(self, "village").queryset = villages
        row_field(self, "village").empty_label = "Bukan dari desa"
        groups = (
            KpspamsGroup.objects.filter(village__in=villages)
            .select_related("village")
            .order_by("village__code", "name")
        )
        row_field(self, "group").queryset = groups
        label_rows(row_field(self, "group"), lambda group: f"{group}, {group.village}")
        row_field(self, "group").empty_label = "Bukan pengurus KPSPAMS"
        self.fields["affiliation"].help_text = "Bagi orang tanpa kelompok, misalnya Kepala Desa atau Kader AMPL."

    def clean(self):
        data = super().clean()
        group, village = data.get("group"), data.get("village")
        if group and village and group.village_id != village.pk:
            self.add_error("group", f"{group} bukan kelompok {village}. Pilih kelompok desa itu, atau ganti desanya.")
        if data.get("post") and "group" in data and not group:
            self.add_error("group", "Pilih KPSPAMS tempat jabatan itu, atau kosongkan jabatannya.")
        return data

    def save_by(self, user):
        hold(self.instance.training)
        return super().save_by(user)
