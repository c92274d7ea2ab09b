"""Form of a whole training on one page."""

from datetime import date, time, timedelta

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.utils.timezone import localdate

from records.editing import ConfirmMixin, fit_widget
from records.fields import ClockField, DayField, SeenField, WholeField, choice_field, row_field
from records.parsers import day_lists
from trainings.forms.hours import check_hours
from trainings.forms.trainings import (
    VILLAGE_CHOICE,
    TrainingForm,
    VillageChoice,
    WishMixin,
    cohort_choices,
    village_field,
)
from trainings.models import AgendaItem
from trainings.services.agendas import TEMPLATES, template_items
from trainings.services.schedule import Hours
from trainings.services.trainings import Sitting, log_training
from villages.models import Village

MAX_DAYS = 31
NO_TEMPLATE = "kosong"
BREAK = AgendaItem.Kind.BREAK


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
