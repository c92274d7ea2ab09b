"""Forms of trainings: the frame, a whole training on one page, and the filters of the list."""

import re
from datetime import date, time, timedelta

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from accounts.lists import FilterForm
from accounts.models import District, Subdistrict, User
from kpspams.models import Member
from records.editing import ConfirmMixin, EditForm, fit_widget
from records.fields import ClockField, DayField, RowsField, SeenField, WholeField, choice_field, row_field
from records.parsers import day_lists
from trainings.forms.hours import check_hours
from trainings.models import AgendaItem, Training
from trainings.models.trainings import QUOTA
from trainings.queries.counting import uncounted
from trainings.rules.recipients import fault_of
from trainings.services.agendas import TEMPLATES, template_items
from trainings.services.schedule import Hours, rebuild_sessions
from trainings.services.schedule_changes import keep_schedule
from trainings.services.trainings import Sitting, Wish, log_training
from villages.models import GrantAward, Village

MAX_DAYS = 31
MAX_RECIPIENT = 160  # characters of one line of Yth.
NO_TEMPLATE = "kosong"
BREAK = AgendaItem.Kind.BREAK
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


class TrainingLogForm(ConfirmMixin, TrainingForm, WishMixin):
    """Form of a whole training: frame, days, sheets, agenda, villages and the people of their boards."""

    still_save_label = "Simpan tanpa acara itu."

    first_date = DayField(label="Tanggal mulai", required=False)
    day_count = WholeField(
        label="Jumlah hari berturut-turut", min_value=1, max_value=MAX_DAYS, initial=3, required=False
    )
    other_dates = SeenField(
        label="Atau tanggal satu per satu",
        required=False,
        help_text="Misalnya 4, 5 dan 7 Desember 2018, atau 30 November s.d. 2 Desember 2018.",
    )
    starts = ClockField(label="Jam mulai", initial=time(8, 0))
    ends = ClockField(label="Jam selesai", initial=time(16, 30))
    agenda = forms.ChoiceField(
        label="Susunan acara",
        choices=[*TEMPLATES.items(), (NO_TEMPLATE, "Kosong, diisi atau disalin kemudian")],
        initial=next(iter(TEMPLATES)),
        widget=forms.RadioSelect,
        help_text="Contoh dapat diubah sesudahnya.",
    )
    cohorts = forms.MultipleChoiceField(
        label="Undang semua desa penerima", required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = VillageChoice(label="Undang desa satu per satu")
    register_boards = forms.BooleanField(
        label="Langsung daftarkan pengurus dengan jabatan itu sebagai peserta",
        required=False,
        initial=True,
        help_text="Yang menjabat pada hari pertama. Peserta dapat ditambah, diubah, atau dibatalkan sesudahnya.",
    )

    def fields_for_people(self):
        super().fields_for_people()
        villages = Village.objects.visible_to(self.user)
        if not self.user.is_sample:  # a real training must not refer to sample villages
            villages = villages.filter(is_sample=False)
        row_field(self, "villages").queryset = villages
        choice_field(self, "cohorts").choices = cohort_choices(villages)
        if not choice_field(self, "cohorts").choices:
            del self.fields["cohorts"]
        fit_widget(self.fields["first_date"])
        self.fields["fiscal_year"].initial = localdate().year
        frame = ["kind", "title", "district", "programme", "fiscal_year", "cohort_year", "wave", "venue", "online"]
        frame += ["organiser", "proposal_deadline", "request_key"]
        invitations = ["cohorts"] if "cohorts" in self.fields else []
        invitations += [HTML(VILLAGE_CHOICE), "quota", "posts", "register_boards", "recipients"]
        if "officers" in self.fields:
            self.fields["officers"].label = "Fasilitator yang bertugas"
        officers = [Fieldset("Petugas kehadiran", "officers")] if "officers" in self.fields else []
        self.helper.layout = Layout(
            Fieldset("Data pelatihan", *frame),
            Fieldset("Hari dan jam", "first_date", "day_count", "other_dates", "starts", "ends"),
            Fieldset("Daftar hadir dan susunan acara", "sheet_unit", "agenda", "still_save"),
            Fieldset("Desa yang diundang", *invitations),
            *officers,
        )

    def village_groups(self):
        return village_field(self).groups(self["villages"].value())

    def doubts(self):
        """The days of the chosen agenda that the training does not have: the items left out, by name."""
        data = self.cleaned_data
        if data.get("agenda") in (None, NO_TEMPLATE) or not self.has_days():
            return []
        days, planned = len(self.dates()), template_items(data["agenda"])
        lost = [
            item.topic for number, items in planned.items() if number > days for item in items if item.kind != BREAK
        ]
        if not lost:
            return []
        return [
            f"{TEMPLATES[data['agenda']]} memuat {len(planned)} hari, pelatihan ini {days} hari. Tidak ikut: "
            f"{'; '.join(lost)}. Tambah harinya, pilih contoh lain, atau centang di bawah."
        ]

    def has_days(self) -> bool:
        data = self.cleaned_data
        return bool(data.get("other_dates") or (data.get("first_date") and data.get("day_count")))

    def clean_other_dates(self) -> list[date]:
        return list(day_lists.read(self.cleaned_data["other_dates"], MAX_DAYS) or ())

    def clean(self):
        data = super().clean()
        check_hours(self)
        if not data.get("first_date") and not data.get("other_dates") and "other_dates" not in self.errors:
            self.add_error("first_date", "Isi tanggal mulai, atau tanggal satu per satu.")
        if data.get("first_date") and not data.get("day_count"):
            self.add_error("day_count", "Isi jumlah hari.")
        years = data.get("cohorts") or []
        if len(years) == 1 and not data.get("cohort_year"):
            data["cohort_year"] = int(years[0])
        return data

    def dates(self) -> list[date]:
        """The entered dates without duplicates, in order."""
        data = self.cleaned_data
        found = set(data["other_dates"])
        if data["first_date"]:
            found |= {data["first_date"] + timedelta(days=number) for number in range(data["day_count"])}
        return sorted(found)

    def save_by(self, user):
        data = self.cleaned_data
        sitting = Sitting(
            dates=self.dates(),
            hours=Hours(data["starts"], data["ends"]),
            agenda={} if data["agenda"] == NO_TEMPLATE else template_items(data["agenda"]),
            villages=list(data["villages"]),
            cohorts=[int(year) for year in data.get("cohorts") or []],
            wish=self.wish(),
            register_boards=data["register_boards"],
        )
        officers = data.get("officers") or ()
        return log_training(self.instance, sitting, by=user, key=data.get("request_key"), officers=officers)


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
