"""Forms of /laporan/jadwal/: a new schedule, its next owner, and a single document of the same kind."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.timezone import localdate

from accounts.handover import colleagues
from accounts.models import District, User
from accounts.rights import Right
from documents.choices import Format
from documents.district.periodic_report import PeriodicReport
from documents.periods import Period
from monitoring.queries.area_choices import AreaChoices
from records.editing import OnceForm
from records.fields import choice_field, row_field
from reports.models import Schedule
from reports.services.schedules import first_day

MONTHS_SHOWN, QUARTERS_SHOWN = 12, 4


def villages_of(user: User) -> list[tuple[str, str]]:
    """The villages that a report may include: cohorts, newest first, or all."""
    return AreaChoices(user, {}).cohorts(newest_first=True)


class ScheduleForm(OnceForm):
    ta = forms.ChoiceField(label="Desa", help_text="Desa yang diceritakan laporannya.")

    class Meta:
        model = Schedule
        fields = ["district", "every"]
        help_texts = {"every": "Dibuat pada hari pertama sesudah bulan atau triwulan berakhir, pukul 06.00 WIB."}

    def fields_for_people(self):
        districts = District.objects.visible_to(self.user)
        row_field(self, "district").queryset = districts
        choice_field(self, "ta").choices = villages_of(self.user)
        if len(districts) == 1:
            self.fields["district"].initial = districts[0]
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].disabled = True

    def save_by(self, user):
        schedule = self.instance
        schedule.kind, schedule.owner = PeriodicReport.kind, user
        schedule.parameters = {"filter": {"ta": self.cleaned_data["ta"]}}
        schedule.next_on = first_day(schedule.every, localdate())
        schedule.validate_constraints()
        return super().save_by(user)


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(User.objects.none(), label="Pemilik baru", empty_label="Pilih penerimanya")

    def __init__(self, *args, schedule: Schedule, **kwargs):
        super().__init__(*args, **kwargs)
        people = colleagues(schedule.owner).with_right(Right.SCHEDULE_REPORTS)
        row_field(self, "owner").queryset = people
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class NowForm(forms.Form):
    """Choices of the form for a single document, which is sent to the same URL as every document button."""

    subject_id = forms.ChoiceField(label="Kabupaten")
    period = forms.ChoiceField(label="Masa laporan")
    ta = forms.ChoiceField(label="Desa")
    format = forms.ChoiceField(label="Bentuk", choices=[(Format.PDF, "PDF"), (Format.XLSX, "Excel (XLSX)")])

    def __init__(self, *, user: User):
        super().__init__(auto_id="sekarang-%s")
        districts = [(str(district.pk), str(district)) for district in District.objects.visible_to(user)]
        choice_field(self, "subject_id").choices = districts
        if len(districts) == 1:
            self.fields["subject_id"].widget = forms.HiddenInput()
            self.fields["subject_id"].initial = districts[0][0]
        choice_field(self, "ta").choices = villages_of(user)
        choice_field(self, "period").choices = [
            (period.code, period.words) for period in (*_last(1, MONTHS_SHOWN), *_last(3, QUARTERS_SHOWN))
        ]


def _last(months: int, count: int) -> list[Period]:
    """The last periods that have ended, newest first."""
    found = [Period.ended_by(localdate(), months)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found
