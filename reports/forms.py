"""The filters of /laporan/ and the request that a button sends."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.lists import FilterForm
from accounts.models import District
from kpspams.models import DamageReport, KpspamsGroup, WorkPlan
from reports import documents
from reports.kinds import SUBJECTS
from reports.models import Report
from trainings.models import Training, TrainingDay, TrainingSession
from villages.models import Village


class ReportFilter(FilterForm):
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *Report.Kind.choices])
    state = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua keadaan"), *Report.State.choices])
    whose = forms.ChoiceField(
        label="Diminta oleh", required=False, choices=[("", "Siapa saja"), ("saya", "Saya sendiri")]
    )

    def narrow_kind(self, rows, value):
        return rows.filter(kind=value)

    def narrow_state(self, rows, value):
        return rows.filter(state=value)

    def narrow_whose(self, rows, value):
        return rows.filter(by=self.user)


class ReportRequestForm(forms.Form):
    """What `report_button` sends. The subject is looked for among the rows that the person sees."""

    kind = forms.ChoiceField()
    subject = forms.ChoiceField(choices=[(name, name) for name in SUBJECTS])
    subject_id = forms.IntegerField(min_value=1)
    format = forms.ChoiceField(required=False, choices=[("", ""), *Report.Format.choices])
    key = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, user: Any):
        super().__init__(data)
        self.user = user
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in documents.KINDS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, subject = cleaned.get("kind"), cleaned.get("subject")
        if kind and subject and subject not in documents.document(kind).SUBJECTS:
            raise ValidationError("Jenis laporan ini tidak ada untuk data itu.")
        if kind:
            for name, choices in getattr(documents.document(kind), "OPTIONS", {}).items():
                if self.data.get(name) and self.data[name] not in choices:
                    raise ValidationError("Pilihan untuk laporan ini tidak dikenal.")
        return cleaned

    def rows(self) -> Any:
        """The rows, in scope, among which the subject is looked for."""
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

    def parameters(self) -> dict[str, str]:
        """The options of this kind of paper that were sent."""
        options = getattr(documents.document(self.cleaned_data["kind"]), "OPTIONS", {})
        return {name: self.data[name] for name in options if self.data.get(name)}


class KeyForm(forms.Form):
    """The press that asks for several papers at once; the same key twice asks once."""

    key = forms.UUIDField(required=False)
