"""Form of a meeting: frame, day, agenda and invitations on one short page."""

from datetime import time
from typing import Any

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import District
from records import formats
from records.fields import ClockField, DayField, SeenField, choice_field, row_field
from trainings.forms.dates import check_year
from trainings.forms.hours import check_hours
from trainings.forms.titles import CopiedTitleForm
from trainings.forms.trainings import (
    VILLAGE_CHOICE,
    VillageChoice,
    WishMixin,
    check_recipients,
    cohort_choices,
    village_field,
)
from trainings.models import Training
from trainings.rules.hours import minutes_between
from trainings.rules.recipients import MAX_NAMED
from trainings.services.agendas import shifted, spread
from trainings.services.schedule import Hours
from trainings.services.trainings import Sitting, log_training
from villages.models import Village

MEETING_KINDS = [kind for kind in Training.Kind if kind in Training.MEETINGS]


def copied(source: Training) -> dict[str, Any]:
    """Initial values from an earlier meeting; the day is entered anew."""
    day = source.days.prefetch_related("sessions", "items").first()
    invitations = list(source.invitations.all())
    found: dict[str, Any] = {
        name: getattr(source, name) for name in ("kind", "title", "venue", "online", "organiser", "recipients")
    }
    found["organiser"] = formats.in_sentence(source.organiser)
    found["villages"] = [row.village_id for row in invitations]
    if invitations:
        found |= {"quota": invitations[0].quota, "posts": invitations[0].post_codes}
    found["register_boards"] = source.participants.current().exists()
    if day is None:
        return found
    items, sessions = list(day.items.all()), list(day.sessions.all())
    found["lines"] = "\n".join(
        f"{formats.time_id(item.starts)}-{formats.time_id(item.ends)} {item.topic}" for item in items
    )
    if sessions:
        found |= {"starts": min(row.starts for row in sessions), "ends": max(row.ends for row in sessions)}
    return found


class MeetingForm(WishMixin, CopiedTitleForm):
    dated_by = "date"

    date = DayField(label="Tanggal")
    starts = ClockField(label="Jam mulai", initial=time(8, 30))
    ends = ClockField(label="Jam selesai", initial=time(12, 0))
    lines = SeenField(
        label="Acara, satu per baris",
        required=False,
        max_length=8_000,
        widget=forms.Textarea({"rows": 5}),
        initial="Pembukaan\nPembahasan\nKesimpulan dan penutup",
        help_text="Boleh dengan jam di depan, misalnya 08.30 Pembukaan. Isi jam semua baris, atau kosongkan semua: "
        "tanpa jam, waktunya dibagi rata.",
    )
    recipients = SeenField(
        label="Yth. (satu per baris)",
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Kantor atau jabatan yang diundang, misalnya Kepala Dinas PMD Kabupaten Mesuji. Lebih dari "
        f"{MAX_NAMED} baris dicetak sebagai lampiran undangan.",
    )
    cohorts = forms.MultipleChoiceField(
        label="Undang semua desa penerima", required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = VillageChoice(label="Undang desa satu per satu")
    register_boards = forms.BooleanField(
        label="Cetak nama pengurus dengan jabatan itu pada daftar hadir",
        required=False,
        initial=True,
        help_text="Tanpa ini daftar hadir berisi baris kosong saja.",
    )

    class Meta:
        model = Training
        fields = ["kind", "title", "district", "venue", "online", "organiser", "recipients"]

    def __init__(self, *args, source: Training | None = None, **kwargs):
        self.source = source
        super().__init__(*args, **kwargs)

    @property
    def copied_from(self) -> Training | None:
        return self.source

    def fields_for_people(self):
        super().fields_for_people()
        kinds = [(kind.value, kind.label) for kind in MEETING_KINDS]
        choice_field(self, "kind").choices = kinds
        self.initial["kind"] = Training.Kind.MEETING
        self.fields["title"].help_text = "Seperti tercetak pada undangan dan daftar hadir."
        self.fields["venue"].help_text = "Boleh di luar kabupaten. Kosongkan bila hanya daring."
        self.fields["quota"].initial = 2
        self.fields["posts"].initial = ["KET", "SEK"]
        self._district()
        villages = Village.objects.visible_to(self.user)
        if not self.user.is_sample:  # a real meeting must not refer to sample villages
            villages = villages.filter(is_sample=False)
        row_field(self, "villages").queryset = villages
        choice_field(self, "cohorts").choices = cohort_choices(villages)
        if not choice_field(self, "cohorts").choices:
            del self.fields["cohorts"]
        if self.source:
            self.initial.update(copied(self.source))
        cohorts = ["cohorts"] if "cohorts" in self.fields else []
        self.helper.layout = Layout(
            Fieldset("Rapat", "kind", "title", "district", "date", "starts", "ends", "venue", "online", "organiser"),
            Fieldset("Acara", "lines"),
            Fieldset("Yang diundang", "recipients"),
            Fieldset("Desa yang diundang", *cohorts, HTML(VILLAGE_CHOICE), "quota", "posts", "register_boards"),
            "request_key",
            "seen",
        )

    def _district(self):
        field, home = row_field(self, "district"), self.user.district
        field.queryset = District.objects.visible_to(self.user)
        if home:
            self.initial["district"] = home.pk
            field.widget, field.disabled = forms.HiddenInput(), True
            office = home.office_on(localdate())
            self.initial.setdefault("organiser", formats.in_sentence(office.office_name) if office else "")

    def clean_recipients(self):
        return check_recipients(self.cleaned_data["recipients"])

    def village_groups(self):
        return village_field(self).groups(self["villages"].value())

    def clean_date(self):
        return check_year(self.cleaned_data["date"])

    def clean(self):
        data = super().clean()
        if not data.get("venue") and not data.get("online") and "venue" not in self.errors:
            self.add_error("venue", "Isi tempat, atau centang daring.")
        if check_hours(self) and data.get("starts") and data.get("ends") and "lines" in data:
            self._spread(data)
        return data

    def _spread(self, data):
        lines = [line for line in data["lines"].splitlines() if line.strip()]
        try:
            self.items = spread(lines, Hours(data["starts"], data["ends"]))
            if self.items and self.items[0].starts != data["starts"]:
                self._shift(lines, data)
        except ValidationError as error:
            self.add_error("lines", error)

    def _shift(self, lines, data):
        """Moves the hours of the lines to another start of the meeting, and shows them before anything is saved."""
        before, starts = self.items[0].starts, data["starts"]
        first = f"Acara pertama mulai {formats.time_id(before)}, padahal jam mulai {formats.time_id(starts)}."
        typed = shifted(lines, minutes_between(before, starts))
        ends = max(item.ends for item in spread(typed, Hours(starts, data["ends"])))
        if ends > data["ends"]:
            raise ValidationError(
                f"{first} Bila semua baris digeser, acara berakhir {formats.time_id(ends)}, melewati jam selesai "
                f"{formats.time_id(data['ends'])}. Ubah jam selesai, atau jam barisnya."
            )
        sent = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        sent[self.add_prefix("lines")] = "\n".join(typed)
        self.data = sent
        raise ValidationError(
            f"{first} Jam semua baris sudah digeser seperti di atas dan belum tersimpan. Periksa, lalu simpan lagi; "
            "bila jam barisnya yang benar, ubah jam mulai."
        )

    def save_by(self, user):
        data = self.cleaned_data
        self.instance.fiscal_year = data["date"].year
        sitting = Sitting(
            dates=[data["date"]],
            hours=Hours(data["starts"], data["ends"]),
            agenda={1: self.items},
            villages=list(data["villages"]),
            cohorts=[int(year) for year in data.get("cohorts") or []],
            wish=self.wish(),
            register_boards=data["register_boards"],
        )
        return log_training(self.instance, sitting, by=user, key=data.get("request_key"))
