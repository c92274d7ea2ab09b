"""Forms of the association, its members and its meetings, and the filter of the member list."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.forms.districts import preset_district
from kpspams.forms.kinds import KIND_CHOICES, PAMSIMAS
from kpspams.models import Association, AssociationMeeting, AssociationMembership, KpspamsGroup
from kpspams.services.association import correct, join
from records.editing import EditForm
from records.fields import AddressDayField, label_rows, row_field
from records.files import FileForm
from records.formats import date_id
from records.parsers.days import past_day
from villages.forms.places import PlaceFilter


class AssociationForm(EditForm):
    class Meta:
        model = Association
        fields = ["district", "name", "formed_on", "dissolved_on"]
        help_texts = {
            "name": "Misalnya Asosiasi SPAMS Perdesaan Kabupaten Mesuji.",
            "dissolved_on": "Kosongkan bila asosiasi masih ada.",
        }

    def fields_for_people(self):
        preset_district(self, self.user)
        for name in ("formed_on", "dissolved_on"):
            self.fields[name].validators.append(past_day)
        if not self.instance.pk:
            del self.fields["dissolved_on"]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_dissolved_on(self):
        day = self.cleaned_data["dissolved_on"]
        running = self.instance.memberships.open().count() if day else 0
        if running:
            raise ValidationError(f"Masih ada {running} anggota. Catat dahulu tanggal keluarnya.")
        return day


class MembershipForm(EditForm):
    """Form of a group that joins. Any KPSPAMS or other SPAM group of a village may join."""

    fixed = ("association",)

    class Meta:
        model = AssociationMembership
        fields = ["association", "group", "starts_on", "ends_on"]
        help_texts = {"ends_on": "Kosongkan bila masih anggota."}

    def fields_for_people(self):
        self.fields["starts_on"].validators.append(past_day)
        self.fields["ends_on"].validators.append(past_day)
        field = row_field(self, "group")
        association = self.instance.association
        if self.instance.pk:
            field.disabled = True  # another group is another membership
            return
        groups = KpspamsGroup.objects.visible_to(self.user).filter(village__subdistrict__district=association.district)
        if not association.is_sample:
            groups = groups.filter(is_sample=False)  # a real association cannot refer to sample groups
        field.queryset = groups.select_related("village__subdistrict").order_by("village__name", "name")
        field.label = "Kelompok"
        field.empty_label = "Pilih kelompok"
        label_rows(field, group_choice)
        self.initial.setdefault("starts_on", localdate())

    def save_by(self, user):
        if not self.instance.pk:
            self.instance = join(self.instance, by=user, key=self.cleaned_data.get("request_key"))
            return self.instance
        self.instance.version = self.cleaned_data.get("version") or 0
        self.changes = correct(self.instance, by=user)
        return self.instance


def group_choice(group) -> str:
    other = "" if group.is_pamsimas else ", non-Pamsimas"
    return f"{group.village.name}: {group.name} ({group.village.subdistrict}{other})"


class MeetingForm(FileForm):
    fixed = ("association",)
    file_column = "minutes"

    class Meta:
        model = AssociationMeeting
        fields = ["association", "held_on", "place", "topic", "attended", "decisions"]
        localized_fields = ["attended"]

    def fields_for_people(self):
        self.fields["held_on"].validators.append(past_day)

    def clean_held_on(self):
        day, formed = self.cleaned_data["held_on"], self.instance.association.formed_on
        if day and formed and day < formed:
            raise ValidationError(f"Asosiasi baru dibentuk pada {date_id(formed)}.")
        return day


class MembersFilter(PlaceFilter):
    village = "group__village"

    jenis = forms.ChoiceField(label="Jenis", required=False, choices=KIND_CHOICES)
    pada = AddressDayField(label="Anggota pada tanggal")

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Masih anggota"), ("semua", "Semua yang pernah")],
    )

    def narrow_keadaan(self, rows, value):
        """The view applies it, together with the day."""
        return rows

    def narrow_jenis(self, rows, value):
        return rows.filter(group__is_pamsimas=value == PAMSIMAS)

    def narrow_pada(self, rows, value):
        """The view applies the day, because an empty field means today."""
        return rows

    @property
    def day(self):
        return self.cleaned_data.get("pada") or localdate()
