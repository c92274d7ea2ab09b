"""Forms of water systems and their checks."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from records.editing import ConfirmMixin, EditForm, OnceForm
from records.fields import point_field
from records.files import PhotosField, ReselectFilesMixin, keep_photos
from records.parsers.days import past_day
from records.parsers.degrees import LAT, LNG
from records.plain_forms import PlainForm
from villages.forms.fields import check_point
from villages.models import ConditionCheck, Facility
from villages.models.facilities import BUILT


class FacilityForm(EditForm):
    fixed = ("village",)

    lat = point_field(LAT, "Lintang")
    lng = point_field(LNG, "Bujur")

    class Meta:
        model = Facility
        fields = [
            "village",
            "name",
            "technology",
            "energy",
            "capacity_lps",
            "reservoir_m3",
            "built_year",
            "funder",
            "lat",
            "lng",
        ]
        localized_fields = ["capacity_lps", "reservoir_m3"]
        help_texts = {"name": "Misalnya SPAM Dusun I."}

    def clean_built_year(self):
        year = self.cleaned_data["built_year"]
        if year is not None and year > localdate().year:
            raise ValidationError(f"Isi tahun antara {BUILT.least} dan {localdate().year}.")
        return year

    def clean(self):
        data = super().clean()
        check_point(self, self.instance.village.subdistrict.district)
        return data


class PhotosForm(PlainForm):
    """Form of photos that come after their check was recorded."""

    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto")


class ConditionCheckForm(ReselectFilesMixin, ConfirmMixin, OnceForm):
    """Form of a new check. Checks are only added, so unlikely values need a confirmation first."""

    fixed = ("facility",)
    uploads = ("photos",)
    still_save_label = "Angkanya benar. Tetap simpan."

    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto", required=False)

    class Meta:
        model = ConditionCheck
        fields = [
            "facility",
            "checked_on",
            "functioning",
            "cause",
            "checked_by",
            "connections_active",
            "connections_inactive",
            "taps",
            "households",
            "people",
            "hours",
        ]
        localized_fields = [
            "connections_active",
            "connections_inactive",
            "taps",
            "households",
            "people",
            "hours",
        ]

    def fields_for_people(self):
        self.fields["checked_on"].validators.append(past_day)
        self.initial.update(checked_on=self.initial.get("checked_on") or localdate(), checked_by=self.user.name)

    def clean(self):
        data = super().clean()
        if data.get("functioning") in ConditionCheck.NEEDS_CAUSE and not data.get("cause"):
            self.add_error("cause", ConditionCheck.CAUSE_MISSING)
        return data

    def doubts(self):
        data = self.cleaned_data
        village = self.instance.facility.village
        doubts = []
        for name, unit in (("households", "KK"), ("people", "jiwa")):
            served, all_of_them = data.get(name), getattr(village, name)
            if served and all_of_them and served > all_of_them:
                doubts.append(f"{unit} terlayani ({served}) melebihi jumlah {unit} {village} ({all_of_them}).")
        if data.get("households") and data.get("people") and data["people"] < data["households"]:
            doubts.append("Jiwa terlayani lebih sedikit daripada KK terlayani.")
        broken = data.get("functioning") == ConditionCheck.Functioning.BROKEN
        if broken and (data.get("hours") or data.get("connections_active")):
            doubts.append("Sarana dicatat tidak berfungsi, tetapi ada jam layanan atau SR aktif.")
        if not broken and data.get("hours") == 0:
            doubts.append("Jam layanan 0, tetapi sarana dicatat berfungsi.")
        return doubts

    def save_by(self, user):
        """Adds the check with its photos. The same form twice stores them once."""
        self.instance.recorded_by = user
        with transaction.atomic():
            check = super().save_by(user)
            keep_photos(check, self.cleaned_data["photos"])
        return check
