"""Forms of trainings: the frame and the filters of the list, and the fields of invited villages."""

import re

from django import forms
from django.db import transaction
from django.db.models import Count

from accounts.lists import FilterForm
from accounts.models import District, Subdistrict, User
from kpspams.models import Member
from records.editing import EditForm
from records.fields import RowsField, WholeField, choice_field, row_field
from trainings.models import Training
from trainings.models.trainings import QUOTA
from trainings.queries.counting import uncounted
from trainings.rules.recipients import fault_of
from trainings.services.schedule import rebuild_sessions
from trainings.services.schedule_changes import keep_schedule
from trainings.services.trainings import Wish
from villages.models import GrantAward, Village

MAX_RECIPIENT = 160  # characters of one line of Yth.
VILLAGE_CHOICE = '{% include "trainings/_village_choice.html" %}'


def cohort_choices(villages) -> list[tuple[str, str]]:
    """Grant years of these villages with their counts: ("2017", "TA 2017 (16 desa)"), newest first."""
    awards = GrantAward.objects.filter(village__in=villages).order_by("-fiscal_year")
    counts = awards.values_list("fiscal_year").annotate(Count("village", distinct=True))
    return [(str(year), f"TA {year} ({count} desa)") for year, count in counts]


def check_recipients(text: str) -> str:
    """One addressee per line, without "Yth." and numbers, which the letter prints. Raises ValidationError."""
    lines = [re.sub(r"^(yth\b\.?|\d+[.)])\s*", "", " ".join(line.split()), flags=re.I) for line in text.splitlines()]
    lines = [line for line in lines if line]
    for line in lines:
        if len(line) > MAX_RECIPIENT:
            raise forms.ValidationError(
                f"Baris “{line[:40]}…” terlalu panjang; paling banyak {MAX_RECIPIENT} huruf. "
                "Tulis satu penerima per baris."
            )
        if fault := fault_of(line):
            raise forms.ValidationError(
                f"Baris “{line[:40]}” tampaknya {fault}, bukan penerima. Tulis jabatan atau kantor yang diundang, "
                "misalnya Kepala Dinas PMD."
            )
    return "\n".join(lines)


class VillageChoice(RowsField):
    """Field of villages as checkboxes, grouped by kecamatan (trainings/_village_choice.html)."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Village.objects.none(), required=False, **kwargs)

    def groups(self, ticked) -> list[tuple[str, int, list]]:
        """(kecamatan, number of ticked, [(key as text, name, ticked)])."""
        ticked = {str(value) for value in ticked or []}
        found: dict[str, list] = {}
        villages = Village.objects.none() if self.queryset is None else self.queryset
        for village in villages.select_related("subdistrict").order_by("code"):
            rows = found.setdefault(str(village.subdistrict), [])
            rows.append((str(village.pk), village.name, str(village.pk) in ticked))
        return [(name, sum(row[2] for row in rows), rows) for name, rows in found.items()]


def village_field(form: forms.BaseForm) -> VillageChoice:
    """The field `villages` of an inviting form."""
    field = form.fields["villages"]
    if not isinstance(field, VillageChoice):
        raise TypeError(f"villages is a {type(field).__name__}")
    return field


class WishMixin(forms.Form):
    """Fields of the number of people and the posts that are requested from each village."""

    quota = WholeField(
        label="Jumlah orang dari tiap desa", min_value=QUOTA.least, max_value=QUOTA.most, initial=Wish.quota
    )
    posts = forms.MultipleChoiceField(
        label="Jabatan yang diharapkan",
        choices=Member.Post,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Wish.posts),
    )

    def wish(self) -> Wish:
        return Wish(self.cleaned_data["quota"], tuple(self.cleaned_data["posts"]))


class TrainingForm(EditForm):
    class Meta:
        model = Training
        fields = [
            "kind",
            "title",
            "district",
            "programme",
            "fiscal_year",
            "cohort_year",
            "wave",
            "venue",
            "online",
            "organiser",
            "recipients",
            "proposal_deadline",
            "sheet_unit",
            "officers",
        ]
        widgets = {
            "sheet_unit": forms.RadioSelect,
            "recipients": forms.Textarea({"rows": 4}),
            "officers": forms.CheckboxSelectMultiple,
        }
        field_classes = {"officers": RowsField}

    def fields_for_people(self):
        self.fields[
            "title"
        ].help_text = "Seperti tercetak pada daftar hadir, misalnya Pelatihan Peningkatan Kapasitas KPSPAMS."
        self.fields["fiscal_year"].help_text = "Tahun anggaran pelatihan; bukan tahun penerimaan desa."
        self.fields["cohort_year"].help_text = (
            "Tahun desa menerima bantuan. Pelatihan dihitung dalam Terlatih untuk desa penerima TA itu; bila kosong, "
            "hanya untuk desa yang bukan penerima."
        )
        self.fields["venue"].help_text = "Boleh di luar kabupaten. Kosongkan bila hanya daring."
        self.fields["online"].label = "Daring (dengan atau tanpa tempat)"
        self.fields[
            "proposal_deadline"
        ].help_text = (
            "Fasilitator mengusulkan peserta sampai hari ini. Sesudahnya usulan tetap diterima, dengan tanda terlambat."
        )
        self.fields["sheet_unit"].help_text = "Apa yang ditandatangani peserta. Kehadiran dicatat untuk tiap lembar."
        row_field(self, "programme").empty_label = "Tanpa program"
        self.fields[
            "programme"
        ].help_text = "Dihitung dalam Terlatih bila sama dengan program bantuan desanya, atau tanpa program."
        if self.instance.pk and not self.is_bound:
            notes = [part.sentence for part in uncounted(self.instance)]
            self.fields["cohort_year"].help_text = " ".join([self.fields["cohort_year"].help_text, *notes])
        own = self.instance.district_id or self.user.district_id
        districts = row_field(self, "district")
        districts.queryset = District.objects.visible_to(self.user)
        if own:
            self.initial["district"] = own
            districts.widget, districts.disabled = forms.HiddenInput(), True
        officers = User.objects.current().facilitators().filter(district__in=districts.queryset)
        if own:
            officers = officers.filter(district=own)
        if self.instance.pk:
            officers = officers | User.objects.filter(officer_of=self.instance)
        field = row_field(self, "officers")
        field.queryset = officers.distinct().order_by("name", "username")
        field.help_text = (
            "Fasilitator yang boleh mencatat kehadiran semua peserta pelatihan ini. Staf dan admin selalu boleh."
        )
        if not field.queryset.exists():
            del self.fields["officers"]

    def clean_recipients(self):
        return check_recipients(self.cleaned_data["recipients"])

    def clean(self):
        data = super().clean()
        if not data.get("venue") and not data.get("online") and "venue" not in self.errors:
            self.add_error("venue", "Isi tempat, atau centang daring.")
        district = data.get("district")
        if district and any(officer.district_id != district.pk for officer in data.get("officers") or ()):
            self.add_error("officers", f"Pilih petugas dari {district} saja.")
        return data

    def save_by(self, user):
        other_unit = "sheet_unit" in self.changed_data
        other_place = self.instance.pk and {"venue", "online"} & set(self.changed_data)
        with transaction.atomic():
            if other_place:
                keep_schedule(self.instance)
            row = super().save_by(user)
            if other_unit:
                rebuild_sessions(row)
        return row


class TrainingFilter(FilterForm):
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *Training.Kind.choices])
    ta = forms.ChoiceField(label="Tahun anggaran", required=False)
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua keadaan"), *Training.Progress.choices],
    )
    kecamatan = forms.ModelChoiceField(
        label="Kecamatan yang diundang",
        required=False,
        queryset=Subdistrict.objects.none(),
        empty_label="Semua kecamatan",
    )

    def fields_for_people(self):
        years = Training.objects.visible_to(self.user).order_by("-fiscal_year").values_list("fiscal_year", flat=True)
        choice_field(self, "ta").choices = [("", "Semua TA"), *((str(y), f"TA {y}") for y in years.distinct())]
        row_field(self, "kecamatan").queryset = Subdistrict.objects.visible_to(self.user)

    def narrow_jenis(self, rows, value):
        return rows.filter(kind=value)

    def narrow_ta(self, rows, value):
        return rows.filter(fiscal_year=value)

    def narrow_keadaan(self, rows, value):
        return rows.in_progress(value)

    def narrow_kecamatan(self, rows, value):
        return rows.filter(pk__in=Training.objects.filter(invitations__village__subdistrict=value).values("pk"))
