"""Forms of days and sessions."""

from django import forms

from records.constraints import sentence_of
from records.fields import ClockField, DayField, field_of_column
from trainings.forms.hours import check_hours
from trainings.forms.plain import Plain
from trainings.models import TrainingDay, TrainingSession
from trainings.services import schedule


class DayForm(Plain):
    """Form of an additional day of a training."""

    date = DayField(label="Tanggal")
    starts = ClockField(label="Jam mulai", initial="08:00")
    ends = ClockField(label="Jam selesai", initial="16:30")

    def __init__(self, *args, training, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training

    def clean_date(self):
        if TrainingDay.objects.filter(training=self.training, date=self.cleaned_data["date"]).exists():
            raise forms.ValidationError(sentence_of(TrainingDay, "training_day_once"))
        return self.cleaned_data["date"]

    def clean(self):
        data = super().clean()
        check_hours(self)
        return data

    def save_by(self, user):
        data = self.cleaned_data
        hours = schedule.Hours(data["starts"], data["ends"])
        return schedule.add_day(self.training, data["date"], hours, by=user)


class SessionForm(forms.ModelForm, Plain):
    class Meta:
        model = TrainingSession
        fields = ["day", "name", "starts", "ends"]
        formfield_callback = staticmethod(field_of_column)
        widgets = {"day": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].disabled = True
        self.fields["name"].help_text = "Misalnya Pagi, Siang, atau nama materi."

    def clean(self):
        data = super().clean()
        check_hours(self)
        return data

    def save_by(self, user):
        return schedule.save_session(self.instance, by=user)
