"""Forms of the buttons that request one document or several."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import District
from documents import registry
from documents.choices import Format
from kpspams.models import KpspamsGroup
from monitoring.queries.area import Area
from plans.models import DamageReport, WorkPlan
from records.fields import DayField, SeenField, WholeField, choice_field
from reports.models.subjects import SUBJECTS
from trainings.models import Training, TrainingDay, TrainingSession
from villages.models import Village


class ReportRequestForm(forms.Form):
    """The data of a `report_button`. The subject is looked up among the rows visible to the user."""

    kind = forms.ChoiceField()
    subject = forms.ChoiceField(choices=[(name, name) for name in SUBJECTS])
    subject_id = WholeField(min_value=1)
    format = forms.ChoiceField(required=False, choices=[("", ""), *Format.choices])
    key = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, user: Any):
        super().__init__(data)
        self.user = user
        choice_field(self, "kind").choices = registry.choices()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, subject = cleaned.get("kind"), cleaned.get("subject")
        if kind and subject and SUBJECTS[subject] not in registry.document(kind).subjects:
            raise ValidationError("Jenis laporan ini tidak ada untuk data itu.")
        if kind:
            for name, choices in registry.document(kind).options.items():
                if self.data.get(name) and self.data[name] not in choices:
                    raise ValidationError("Pilihan untuk laporan ini tidak dikenal.")
        return cleaned

    def rows(self) -> Any:
        """The rows in scope among which the subject is looked up."""
        trainings = Training.objects.visible_to(self.user)
        return {
            "training": trainings,
            "day": TrainingDay.objects.filter(training__in=trainings),
            "session": TrainingSession.objects.filter(day__training__in=trainings),
            "work_plan": WorkPlan.objects.visible_to(self.user),
            "group": KpspamsGroup.objects.visible_to(self.user),
            "village": Village.objects.visible_to(self.user),
            "district": District.objects.visible_to(self.user),
            "damage": DamageReport.objects.visible_to(self.user),
        }[self.cleaned_data["subject"]]

    def parameters(self) -> dict[str, Any]:
        """The submitted options of this kind, and the filter of the page for kinds that use it."""
        document = registry.document(self.cleaned_data["kind"])
        names = (*document.options, *document.row_options)
        found = {name: self.data[name] for name in names if self.data.get(name)}
        if document.takes_filter:
            found["filter"] = Area.of(self.data, self.user).parameters
        return found


class KeyForm(forms.Form):
    """Form that requests several documents at once; a repeated request key makes no second request."""

    key = forms.UUIDField(required=False)


class MeetingLetterForm(forms.Form):
    """Number and date of the undangan, recorded in the accounts file before it is requested."""

    use_required_attribute = False
    nomor = SeenField(
        label="Nomor surat undangan",
        required=False,
        max_length=80,
        help_text="Dari buku agenda. Bila dikosongkan, undangan mencetak “Nomor: ......” untuk diisi tangan.",
    )
    tanggal = DayField(
        label="Tanggal surat",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Wajib bila nomornya diisi. Bila keduanya kosong, tercetak titik-titik.",
    )
