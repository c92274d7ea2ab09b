"""Forms of the parts of a training: days, sessions, invitations, and its closing."""

from crispy_forms.layout import HTML, Layout
from django import forms

from records.constraints import sentence_of
from records.editing import fit_widget
from records.fields import ClockField, DayField, SeenField, field_of_column
from records.plain_forms import PlainForm
from trainings.forms.hours import check_hours
from trainings.forms.trainings import VILLAGE_CHOICE, VillageChoice, WishMixin, cohort_choices
from trainings.models import Invitation, TrainingDay, TrainingSession
from trainings.services import schedule, trainings
from villages.models import Village


class Plain(PlainForm):
    """A form of a service, with calendars and the keyboard of figures."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            fit_widget(field)


class DayForm(Plain):
    """A further day of a training."""

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


class InviteForm(WishMixin, Plain):
    """Further villages, by cohort or one by one."""

    cohorts = forms.MultipleChoiceField(
        label="Undang semua desa penerima", required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = VillageChoice(label="Undang desa satu per satu")

    def __init__(self, *args, training, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training
        near = Village.objects.visible_to(user).filter(subdistrict__district=training.district_id)
        if not training.is_sample:
            near = near.filter(is_sample=False)
        near = near.exclude(invitations__training=training)
        self.fields["villages"].queryset = near
        self.fields["cohorts"].choices = cohort_choices(near)
        if not self.fields["cohorts"].choices:
            del self.fields["cohorts"]
        cohorts = ["cohorts"] if "cohorts" in self.fields else []
        self.helper.layout = Layout(*cohorts, HTML(VILLAGE_CHOICE), "quota", "posts")

    def village_groups(self):
        return self.fields["villages"].groups(self["villages"].value())

    def clean(self):
        data = super().clean()
        if not data.get("cohorts") and not data.get("villages") and "villages" not in self.errors:
            self.add_error("villages", "Pilih sedikitnya satu desa, atau satu tahun penerima.")
        return data

    def save_by(self, user):
        data = self.cleaned_data
        chosen = list(data["villages"])
        chosen += trainings.cohort_villages(self.training, [int(year) for year in data.get("cohorts") or []])
        return trainings.invite(self.training, chosen, self.wish(), by=user)


class InvitationForm(WishMixin, Plain):
    """Quota and wished posts of one village."""

    def __init__(self, *args, invitation: Invitation, **kwargs):
        self.invitation = invitation
        kwargs["initial"] = {"quota": invitation.quota, "posts": invitation.post_codes}
        super().__init__(*args, **kwargs)

    def save_by(self, user):
        wish = self.wish()
        self.invitation.quota, self.invitation.posts = wish.quota, " ".join(wish.posts)
        trainings.change_invitation(self.invitation, by=user)
        return self.invitation


class ReasonForm(Plain):
    reason = SeenField(label="Alasan", widget=forms.Textarea({"rows": 3}), max_length=500)
