"""Form of Salin pelatihan: title, wave and first day of the new training, and the parts to copy."""

from django import forms

from records import formats
from records.editing import ConfirmMixin
from records.fields import ClockField, DayField, choice_field
from trainings.forms.dates import check_year
from trainings.forms.titles import CopiedTitleForm
from trainings.models import Training
from trainings.rules.hours import minutes_between
from trainings.services.copies import Copied, copy_training, moved_hours, parts_of


class CopyForm(ConfirmMixin, CopiedTitleForm):
    still_save_label = "Ya, geser jamnya."
    dated_by = "first"

    first = DayField(label="Tanggal hari pertama")
    starts = ClockField(
        label="Jam mulai hari pertama",
        required=False,
        help_text="Bila diganti, jam semua acara dan sesi bergeser sama banyak.",
    )
    parts = forms.MultipleChoiceField(
        label="Yang ikut disalin",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Peserta, kehadiran, nilai, nomor surat, dan berkas SPJ tidak ikut.",
    )

    field_order = ["title", "wave", "first", "starts", "parts"]

    class Meta:
        model = Training
        fields = ["title", "wave"]

    def __init__(self, *args, source: Training, **kwargs):
        self.source = source
        self.left_out: list[str] = []
        super().__init__(*args, **kwargs)

    @property
    def copied_from(self) -> Training:
        return self.source

    def fields_for_people(self):
        super().fields_for_people()
        self.hours = moved_hours(self.source, 0)
        if self.hours:
            self.initial["starts"] = self.hours[0].starts
        else:
            del self.fields["starts"]
        parts = parts_of(self.source)
        choice_field(self, "parts").choices = list(parts.items())
        self.initial.update(title=self.source.title, parts=list(parts))
        self.fields["title"].help_text = "Seperti tercetak pada daftar hadir. Ganti angkatannya bila perlu."
        if not parts:
            del self.fields["parts"]

    def clean_first(self):
        return check_year(self.cleaned_data["first"])

    @property
    def minutes(self) -> int:
        """By how much the hours move."""
        starts = self.cleaned_data.get("starts")
        return minutes_between(self.hours[0].starts, starts) if starts else 0

    def clean_starts(self):
        moved_hours(self.source, self.minutes)
        return self.cleaned_data["starts"]

    def doubts(self):
        if not self.minutes:
            return []
        days = [
            f"hari ke-{number} {formats.time_span(day.starts, day.ends)}"
            for number, day in enumerate(moved_hours(self.source, self.minutes), 1)
        ]
        return [f"Jam semua acara dan sesi bergeser {abs(self.minutes)} menit: {'; '.join(days)}. Centang bila benar."]

    def save_by(self, user) -> Training:
        data = self.cleaned_data
        new = self.instance
        new.fiscal_year = data["first"].year
        parts = data.get("parts") or []
        copied: Copied = copy_training(
            self.source, new, data["first"], parts, by=user, key=data.get("request_key"), minutes=self.minutes
        )
        self.left_out = copied.left_out
        return copied.training
