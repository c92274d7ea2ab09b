"""Forms of villages, grants and officials, and the filters of the list."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from accounts.lists import FilterForm, offer_named_year
from accounts.models import District, Subdistrict
from records.editing import EditForm
from records.fields import choice_field, point_field, row_field
from records.parsers.days import near_day, past_day
from records.parsers.degrees import LAT, LNG
from villages.forms.fields import check_point
from villages.forms.people import PersonChoiceForm
from villages.models import GrantAward, Village, VillageOfficial
from villages.queries.places import chosen_district
from villages.services.former_names import bare_name, keep_former
from villages.services.posts import take_office


def cohort_choices(user):
    """Years of grants of villages that this user sees, newest first."""
    awards = GrantAward.objects.visible_to(user).order_by("-fiscal_year")
    years = awards.values_list("fiscal_year", flat=True).distinct()
    return [("", "Semua"), *((str(year), f"TA {year}") for year in years)]


class PlaceFilter(FilterForm):
    """Filter by kecamatan and cohort, for lists of rows of villages. `village` is the path to the village ("" for
    villages).

    A user of several kabupaten chooses one first: a list of all kecamatan would be useless.
    """

    village = ""

    kabupaten = forms.ModelChoiceField(District.objects.none(), required=False, empty_label="Semua kabupaten")
    kecamatan = forms.ModelChoiceField(queryset=Subdistrict.objects.none(), required=False, empty_label="Semua")
    ta = forms.ChoiceField(label="Desa penerima", required=False)

    def fields_for_people(self):
        subdistricts = Subdistrict.objects.visible_to(self.user)
        if self.user.all_districts and District.objects.visible_to(self.user)[1:2].exists():
            row_field(self, "kabupaten").queryset = District.objects.visible_to(self.user)
            if place := chosen_district(self.data, subdistricts):
                subdistricts = subdistricts.filter(district=place)
            else:
                self.fields["kecamatan"].widget = forms.HiddenInput()
        else:
            del self.fields["kabupaten"]
        row_field(self, "kecamatan").queryset = subdistricts
        choice_field(self, "ta").choices = cohort_choices(self.user)
        offer_named_year(self, "ta", "TA {}")

    def narrow_kabupaten(self, rows, value):
        path = f"{self.village}__subdistrict__district" if self.village else "subdistrict__district"
        return rows.filter(**{path: value})

    def narrow_kecamatan(self, rows, value):
        path = f"{self.village}__subdistrict" if self.village else "subdistrict"
        return rows.filter(**{path: value})

    def narrow_ta(self, rows, value):
        awarded = GrantAward.objects.filter(fiscal_year=value).values("village")
        return rows.filter(**{f"{self.village or 'pk'}__in": awarded})


class VillageFilter(PlaceFilter):
    kpspams = forms.ChoiceField(
        label="KPSPAMS", required=False, choices=[("", "Semua"), ("ada", "Sudah ada"), ("tanpa", "Tanpa KPSPAMS")]
    )

    def narrow_kpspams(self, rows, value):
        return rows.filter(has_current_group()) if value == "ada" else rows.exclude(has_current_group())


def has_current_group() -> Exists:
    """Filter: whether a village has a group that is not dissolved; groups of the app above come by reverse relation."""
    is_current = Q(groups__dissolved_on=None) | Q(groups__dissolved_on__gt=localdate())
    return Exists(Village.objects.filter(is_current, pk=OuterRef("pk"), groups__isnull=False))


class VillageForm(EditForm):
    keep_former = forms.BooleanField(
        label="Catat nama atau kode lama sebagai nama sebelumnya",
        required=False,
        initial=True,
        help_text="Bila nama atau kode diubah: desa tetap ditemukan dengan yang lama. Hapus centang untuk salah ketik.",
    )
    lat = point_field(LAT, "Lintang")
    lng = point_field(LNG, "Bujur")

    class Meta:
        model = Village
        fields = [
            "subdistrict",
            "code",
            "name",
            "edition",
            "postal_code",
            "households",
            "people",
            "figures_year",
            "lat",
            "lng",
        ]
        localized_fields = ["households", "people"]
        help_texts = {"name": 'Tanpa kata "Desa", misalnya Wiralaga I.', "code": "Contoh: 18.11.01.2001"}

    def fields_for_people(self):
        row_field(self, "subdistrict").queryset = Subdistrict.objects.visible_to(self.user)
        self.fields["postal_code"].widget.attrs["inputmode"] = "numeric"
        self.former = (self.instance.name, self.instance.code)
        if not self.instance.pk:
            del self.fields["keep_former"]

    def clean_name(self):
        return bare_name(self.cleaned_data["name"])

    def clean_postal_code(self):
        code = self.cleaned_data["postal_code"]
        if code and not (code.isdigit() and len(code) == 5):
            raise ValidationError("Kode pos terdiri atas 5 angka.")
        return code

    def clean_figures_year(self):
        year = self.cleaned_data["figures_year"]
        if year is not None and not 1990 <= year <= localdate().year:
            raise ValidationError(f"Isi tahun antara 1990 dan {localdate().year}.")
        return year

    def clean(self):
        data = super().clean()
        subdistrict, code = data.get("subdistrict"), data.get("code")
        if subdistrict and code and not code.startswith(f"{subdistrict.code}."):
            self.add_error(
                "code",
                f"Kode desa di {subdistrict} dimulai dengan {subdistrict.code}, misalnya {subdistrict.code}.2001.",
            )
        households, people = data.get("households"), data.get("people")
        if households and people and people < households:
            self.add_error("people", "Jumlah jiwa tidak mungkin lebih kecil daripada jumlah KK.")
        if subdistrict:
            check_point(self, subdistrict.district)
        return data

    def save_by(self, user):
        """Saves the village and records its former name. Raises Conflict as EditForm."""
        with transaction.atomic():
            village = super().save_by(user)
            if self.cleaned_data.get("keep_former") and (village.name, village.code) != self.former:
                name, code = self.former
                until = localdate() - timedelta(days=1)
                keep_former(village, name, code if code != village.code else "", by=user, until=until)
        return village


class GrantAwardForm(EditForm):
    fixed = ("village",)

    class Meta:
        model = GrantAward
        fields = ["village", "programme", "fiscal_year", "scheme"]


class VillageOfficialForm(PersonChoiceForm):
    """Form of a post in the village government; the previous holder ends the day before."""

    whole = "village"
    fixed = ("village",)
    before = ("office",)
    after = ("starts_on", "ends_on")

    class Meta:
        model = VillageOfficial
        fields = ["village", "office", "person", "starts_on", "ends_on"]
        help_texts = {"ends_on": "Kosongkan bila masih menjabat."}

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["starts_on"].validators.append(near_day)

    def home(self):
        return self.instance.village

    def save_row(self, user, key):
        return take_office(self.instance, by=user, key=key)


class OfficialEndForm(EditForm):
    class Meta:
        model = VillageOfficial
        fields = ["starts_on", "ends_on"]
        help_texts = {"ends_on": "Hari terakhir menjabat."}

    def fields_for_people(self):
        self.fields["starts_on"].disabled = True
        self.fields["starts_on"].widget = forms.HiddenInput()
        self.fields["ends_on"].required = True
        self.fields["ends_on"].validators.append(past_day)
