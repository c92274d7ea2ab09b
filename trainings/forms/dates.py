"""Forms of dates: another date for one day, and for all days at once."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from records.constraints import sentence_of
from records.editing import ConfirmMixin
from records.fields import DayField
from trainings.forms.plain import Plain
from trainings.models import Training, TrainingDay
from trainings.services import dates

FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_year(day: date) -> date:
    """Raises ValidationError for an implausible year."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Isi tanggal antara tahun {FIRST_YEAR} dan {LAST_YEAR}.")
    return day


class DayDateForm(ConfirmMixin, Plain):
    """Form of another date for one day; a day with attendance needs a confirmation."""

    still_save_label = "Ya, kehadiran yang tercatat ikut ke tanggal baru."

    date = DayField(label="Tanggal baru")

    def __init__(self, *args, day: TrainingDay, **kwargs):
        kwargs["initial"] = {"date": day.date}
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_date(self):
        to = check_year(self.cleaned_data["date"])
        if self.day.training.days.filter(date=to).exclude(pk=self.day.pk).exists():
            raise ValidationError(sentence_of(TrainingDay, "training_day_once"))
        return to

    def doubts(self):
        to = self.cleaned_data["date"]
        if to == self.day.date or self.day.closed_at or not dates.is_marked(self.day):
            return []
        return [dates.marked_sentence(self.day.date, to)]

    def save_by(self, user) -> bool:
        confirmed = bool(self.cleaned_data.get("still_save"))
        return dates.move_day(self.day, self.cleaned_data["date"], confirmed=confirmed, by=user)


class ShiftForm(Plain):
    """Form of a new first day for all days. Only what was previewed is saved: `seen` contains the preview."""

    first = DayField(label="Tanggal hari pertama yang baru")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, training: Training, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training

    def clean_first(self):
        first = check_year(self.cleaned_data["first"])
        dates.refuse_fixed(self.training)
        moves = dates.moves_to(self.training, first)
        if moves and moves[0].before == first:
            raise ValidationError("Hari pertama sudah bertanggal itu. Pilih tanggal lain.")
        if moves:
            check_year(moves[-1].to)
        return first

    def moves(self) -> list[dates.Move]:
        return dates.moves_to(self.training, self.cleaned_data["first"])

    @property
    def preview_key(self) -> str:
        """The preview as text: it differs once a day was changed meanwhile."""
        return ";".join(f"{move.day.pk}:{move.before}:{move.to}" for move in self.moves())

    @property
    def is_seen(self) -> bool:
        return self.cleaned_data["seen"] == self.preview_key

    def save_by(self, user) -> list[dates.Move]:
        return dates.move_training(self.training, self.cleaned_data["first"], by=user)
