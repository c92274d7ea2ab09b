"""Forms of certificates: numbers and date, and a certificate given for a reason."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from records.fields import DayField, SeenField, WholeField
from records.sent_content import KeyedForm
from trainings.forms.plain import Plain
from trainings.models import Training
from trainings.queries.certificates import NUMBER_LENGTH, PLACE, Candidate, Pattern, Roll
from trainings.services.certificates import Previewed, give, give_one

NUMBER_HELP = "Dari buku agenda; portal tidak membuat nomor. Kosongkan bila belum ada."


class DatedOn(Plain):
    dated_on = DayField(label="Tanggal sertifikat")

    def __init__(self, *args, first_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.first_day = first_day

    def clean_dated_on(self):
        on = self.cleaned_data["dated_on"]
        if self.first_day and on < self.first_day:
            raise ValidationError("Tanggal sertifikat tidak boleh sebelum pelatihan dimulai.")
        if on.year > localdate().year + 1:
            raise ValidationError("Periksa tahunnya: tanggal ini masih jauh di depan.")
        return on


class NumberingForm(DatedOn):
    """Form of numbering. Submitted by GET, because it only previews the numbers."""

    text = SeenField(
        label="Pola nomor",
        required=False,
        max_length=NUMBER_LENGTH,
        help_text=f"Tulis {PLACE} di tempat nomor urut, misalnya {PLACE}/SERT/DPMU/XII/2018. Kosong: tanpa nomor.",
    )
    start = WholeField(label="Mulai dari nomor", min_value=1, max_value=999_999, initial=1)
    width = WholeField(
        label="Banyak angka", min_value=1, max_value=6, initial=3, help_text="3 menjadikan nomor 7 tertulis 007."
    )
    field_order = ["text", "start", "width", "dated_on"]

    def __init__(self, *args, roll: Roll, **kwargs):
        super().__init__(*args, **kwargs)
        self.roll = roll

    def pattern(self) -> Pattern:
        data = self.cleaned_data
        return Pattern(" ".join(data["text"].split()), data["start"], data["width"])

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.pattern().check(max(1, len(self.roll.due)))
        return data

    def has_error_in_numbers(self) -> bool:
        """Fields without which no preview can be shown."""
        return any(self.has_error(name) for name in ("text", "start", "width"))

    def preview(self) -> list[tuple[Candidate, str]]:
        """Everybody who is due, with the number that they would get."""
        pattern = self.pattern()
        return [(row, pattern.of(place)) for place, row in enumerate(self.roll.due)]


class GiveForm(NumberingForm):
    """The confirmed preview: its numbers and the people for whom they were shown."""

    people = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def clean_people(self):
        try:
            return [int(pk) for pk in self.cleaned_data["people"].split()]
        except ValueError:
            raise ValidationError("Daftar penerima tidak terbaca. Buat pratinjau sekali lagi.") from None

    def save_by(self, user):
        data = self.cleaned_data
        return give(self.roll.training, Previewed(self.pattern(), data["dated_on"], data["people"]), by=user)


class ExceptionForm(KeyedForm, DatedOn):
    """Form of one certificate that the rule does not give."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = SeenField(
        label="Alasan",
        max_length=200,
        help_text="Misalnya keputusan Ketua DPMU dan nomornya. Tersimpan pada sertifikat dan riwayat.",
    )
    number = SeenField(label="Nomor", required=False, max_length=NUMBER_LENGTH, help_text=NUMBER_HELP)
    field_order = ["reason", "number", "dated_on", "request_key"]

    def __init__(self, *args, training: Training, participant: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.training, self.participant = training, participant
        self.fields["request_key"].initial = uuid.uuid4

    def save_by(self, user):
        data = self.cleaned_data
        return give_one(
            self.training,
            self.participant,
            number=" ".join(data["number"].split()),
            dated_on=data["dated_on"],
            reason=" ".join(data["reason"].split()),
            by=user,
            key=data["request_key"],
        )
