"""Forms of assignments (penugasan): who works where, and until when."""

import uuid
from datetime import date, timedelta
from itertools import groupby

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from accounts.models import Subdistrict, User
from records.editing import EditForm, fit_widget
from records.fields import DayField, RowsField, choice_field, row_field
from records.formats import date_id
from records.models import OUT_OF_ORDER
from records.sent_content import KeyedForm
from villages.models import Assignment, GrantAward, Village
from villages.services.assignments import check_free


class PlainForm(KeyedForm, forms.Form):
    """A form that creates several rows at once, with the guarantees of OnceForm."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["request_key"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            fit_widget(field)


class BySubdistrict(ModelChoiceIterator):
    """Villages under the name of their kecamatan; the queryset comes in that order."""

    def __iter__(self):
        for subdistrict, villages in groupby(self.queryset, key=lambda village: village.subdistrict):
            yield str(subdistrict), [self.choice(village) for village in villages]


class VillageChoices(RowsField):
    iterator = BySubdistrict

    def label_from_instance(self, village):
        return village.name


class AssignForm(PlainForm):
    fasilitator = forms.ModelChoiceField(
        label="Fasilitator",
        queryset=User.objects.none(),
        empty_label="Pilih fasilitator",
        error_messages={"invalid_choice": "Fasilitator ini tidak dapat dipilih. Pilih dari daftar."},
    )
    villages = VillageChoices(
        label="Desa",
        queryset=Village.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang sedikitnya satu desa."},
    )
    starts_on = DayField(label="Mulai", initial=localdate)
    ends_on = DayField(
        label="Berakhir", required=False, help_text="Biasanya akhir tahun anggaran. Kosongkan bila belum ditentukan."
    )

    field_order = ["fasilitator", "starts_on", "ends_on", "villages"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        facilitators = User.objects.visible_to(self.user).current().facilitators()
        row_field(self, "fasilitator").queryset = facilitators.order_by("name", "username")
        if len(only := facilitators[:2]) == 1:
            self.fields["fasilitator"].initial = only[0].pk
        row_field(self, "villages").queryset = (
            Village.objects.visible_to(self.user)
            .select_related("subdistrict")
            .order_by("subdistrict__code", "search_key", "pk")
        )
        self.fields["ends_on"].initial = date(localdate().year, 12, 31)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", OUT_OF_ORDER)
        user = data.get("fasilitator")
        if user and not user.all_districts:
            strange = [v for v in data.get("villages", []) if v.subdistrict.district_id != user.district_id]
            if strange:
                self.add_error(
                    "villages", f"{strange[0]} tidak terletak di {user.district}, kabupaten fasilitator ini."
                )
        return data


class AssignmentForm(EditForm):
    """Form of the dates of one assignment; its last day ends it."""

    fixed = ("user", "village")

    class Meta:
        model = Assignment
        fields = ["user", "village", "starts_on", "ends_on"]
        help_texts = {"ends_on": "Untuk mengakhiri penugasan, isi hari terakhirnya. Kosongkan bila belum ditentukan."}

    def clean(self):
        super().clean()
        data = self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", OUT_OF_ORDER)
        elif starts_on and "ends_on" not in self.errors:
            check_free(self.instance.user, self.instance.village, starts_on, ends_on, but=self.instance)
        return data


class ByFacilitator(ModelChoiceIterator):
    """Assignments under the name of who holds them; the queryset comes in that order."""

    def __iter__(self):
        for user, assignments in groupby(self.queryset, key=lambda assignment: assignment.user):
            yield str(user), [self.choice(assignment) for assignment in assignments]


class AssignmentChoices(RowsField):
    iterator = ByFacilitator

    def label_from_instance(self, assignment):
        return f"{assignment.village}, s.d. {date_id(assignment.ends_on)}"


class ExtendForm(PlainForm):
    """Form that extends assignments: all that end are ticked; the user unticks those that stop."""

    until = DayField(label="Diperpanjang sampai")
    assignments = AssignmentChoices(
        label="Penugasan yang diperpanjang",
        queryset=Assignment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Hapus centang bila fasilitator itu tidak lanjut di desa itu.",
        error_messages={
            "required": "Centang sedikitnya satu penugasan.",
            "invalid_choice": "Salah satu penugasan sudah diperpanjang atau diubah. Muat ulang halaman ini.",
        },
    )

    def __init__(self, *args, ending, **kwargs):
        """`ending`: the assignments to choose from (a queryset of Assignment)."""
        super().__init__(*args, **kwargs)
        row_field(self, "assignments").queryset = ending
        rows = list(ending)
        self.fields["assignments"].initial = [row.pk for row in rows]
        if rows:
            # An assignment of a year ends on 31 December: the day after lies in the next TA.
            year = (max(row.ends_on for row in rows) + timedelta(days=1)).year
            self.fields["until"].initial = date(year, 12, 31)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        until, rows = data.get("until"), data.get("assignments")
        if until and rows and (late := max(row.ends_on for row in rows)) >= until:
            raise ValidationError(
                {"until": f"Pilih tanggal sesudah {date_id(late)}, hari terakhir penugasan yang Anda centang."}
            )
        return data


class AssignmentFilter(FilterForm):
    fasilitator = forms.ModelChoiceField(
        label="Fasilitator", required=False, queryset=User.objects.none(), empty_label="Semua fasilitator"
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("berjalan", "Berjalan"),
            ("mulai", "Belum mulai"),
            ("berakhir", "Berakhir"),
        ],
    )

    def fields_for_people(self):
        known = User.objects.visible_to(self.user).filter(assignments__isnull=False).distinct()
        row_field(self, "fasilitator").queryset = known.order_by("name", "username")

    def narrow_fasilitator(self, rows, value):
        return rows.filter(user=value)

    def narrow_keadaan(self, rows, value):
        today = localdate()
        if value == "berjalan":
            return rows.current()
        return rows.filter(starts_on__gt=today) if value == "mulai" else rows.filter(ends_on__lt=today)


class GapFilter(FilterForm):
    ta = forms.TypedChoiceField(label="Desa sasaran TA", required=False, coerce=int, empty_value=None)
    kecamatan = forms.ModelChoiceField(
        label="Kecamatan", required=False, queryset=Subdistrict.objects.none(), empty_label="Semua kecamatan"
    )

    def fields_for_people(self):
        awards = GrantAward.objects.filter(village__in=Village.objects.visible_to(self.user))
        years = awards.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        choice_field(self, "ta").choices = [("", "Semua desa"), *((str(year), f"TA {year}") for year in years)]
        row_field(self, "kecamatan").queryset = Subdistrict.objects.visible_to(self.user)

    def narrow_ta(self, rows, value):
        return rows.of_cohort(value)

    def narrow_kecamatan(self, rows, value):
        return rows.filter(subdistrict=value)
