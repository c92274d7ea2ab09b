"""People of no group and walk-ins, and what was recorded of a participant."""

from django import forms

from accounts.rights import Right, may
from kpspams.models import KpspamsGroup
from records.editing import EditForm, OnceForm
from trainings.models import Participant
from trainings.services.guard import hold
from trainings.services.participants import add_person, boards, likely_doubles
from villages.models import Person, Village

UNSUR = ["Kepala Desa", "Perangkat Desa", "BPD", "Kader AMPL", "Tokoh masyarakat", "Perangkat daerah", "Puskesmas"]
NEW = "baru"


class PersonEntryForm(OnceForm):
    """One person in seconds. Who is probably known already is offered instead of being entered twice."""

    affiliation = forms.CharField(
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
        self.fields["sex"].choices = Person.Sex.choices
        village = self.fields["village"]
        village.queryset = Village.objects.visible_to(self.user).filter(subdistrict__district=self.training.district_id)
        village.empty_label = "Bukan dari desa"
        if not may(self.user, Right.EDIT_TRAININGS):
            own = Village.objects.editable_by(self.user)
            village.queryset = own.filter(invitations__training=self.training)
            village.required, village.empty_label = True, "Pilih desa"
        self.doubles = self._doubles() if self.is_bound else []
        if self.doubles:
            labels = [(str(person.pk), _describe(person)) for person in self.doubles]
            self.fields["same_as"] = forms.ChoiceField(
                label="Nama ini sudah ada pada data orang",
                choices=[*labels, (NEW, "Bukan mereka: catat sebagai orang baru")],
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih orangnya, atau catat sebagai orang baru."},
            )
            self.order_fields(self.field_order)

    def _doubles(self) -> list[Person]:
        key = self.data.get(self.add_prefix("request_key"), "")
        if self._sent_before(key):
            return []  # the person of this very form
        village = self.data.get(self.add_prefix("village"), "")
        try:
            row = self.fields["village"].to_python(village)
        except forms.ValidationError:
            row = None  # told at its field
        return likely_doubles(self.training, self.data.get(self.add_prefix("name"), ""), row, user=self.user)

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
        known = next((person for person in self.doubles if str(person.pk) == chosen), None)
        entry = {"village": data["village"], "affiliation": data["affiliation"], "walk_in": data["walk_in"]}
        if known:
            entry |= self._known(known)
        key = data.get("request_key")
        self.registered = add_person(self.training, known or self.instance, entry, by=user, key=key)
        return (self.registered.added + self.registered.returned + self.registered.already)[0]

    def _known(self, person: Person) -> dict:
        """What stands of a person already: the village, and the post in its group."""
        held = [row for row in boards(self.training, [person.village_id]) if row.person_id == person.pk]
        if held:
            return {"village": held[0].group.village, "group": held[0].group, "post": held[0].post}
        return {"village": person.village} if person.village else {}


def _describe(person: Person) -> str:
    posts = ", ".join(f"{post.get_post_display()} {post.group}" for post in person.posts.all() if post.ends_on is None)
    place = str(person.village) if person.village else person.institution or "tanpa desa"
    return " – ".join(filter(None, [f"{person.name} ({person.sex})", place, posts]))


class ParticipantForm(EditForm):
    """Village, group and post as on that day."""

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
        self.fields["village"].queryset = villages
        self.fields["village"].empty_label = "Bukan dari desa"
        groups = (
            KpspamsGroup.objects.filter(village__in=villages)
            .select_related("village")
            .order_by("village__code", "name")
        )
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = lambda group: f"{group}, {group.village}"
        self.fields["group"].empty_label = "Bukan pengurus KPSPAMS"
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
