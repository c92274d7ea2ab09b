"""Filter forms of the lists of documents and bundles."""

from django import forms

from accounts.lists import FilterForm
from documents import registry
from documents.choices import IssueStatus
from reports.models import Report, ReportBundle

EVERYBODY = "semua"


class ReportFilter(FilterForm):
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *registry.choices()])
    state = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua keadaan"), *Report.State.choices])
    issue_status = forms.ChoiceField(
        label="Kedudukan", required=False, choices=[("", "Semua kedudukan"), *IssueStatus.choices]
    )
    parts = forms.ChoiceField(
        label="Bagian berkas", required=False, choices=[("", "Tidak ditampilkan"), ("ya", "Ditampilkan")]
    )
    # The user's own documents unless all are chosen; the page shows the two as tabs.
    whose = forms.ChoiceField(required=False, choices=[("", ""), (EVERYBODY, "")], widget=forms.HiddenInput)

    def narrow_kind(self, rows, value):
        return rows.filter(kind=value)

    def narrow_state(self, rows, value):
        return rows.filter(state=value)

    def narrow_issue_status(self, rows, value):
        return rows.filter(issue_status=value)

    def narrow_parts(self, rows, value):
        return rows

    def narrow_whose(self, rows, value):
        return rows

    def narrow(self, rows):
        rows = super().narrow(rows)
        if not self.of_everybody:
            rows = rows.filter(by=self.user)
        return rows if self.cleaned_data.get("parts") else rows.filter(bundle=None)

    @property
    def of_everybody(self) -> bool:
        return self.cleaned_data.get("whose") == EVERYBODY

    @property
    def is_plain(self) -> bool:
        """Whether no filter is set except `whose`."""
        return not any(value for name, value in self.cleaned_data.items() if name != "whose")


class BundleFilter(FilterForm):
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *ReportBundle.Kind.choices])
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua keadaan"), *ReportBundle.State.choices]
    )

    def narrow_jenis(self, rows, value):
        return rows.filter(kind=value)

    def narrow_keadaan(self, rows, value):
        return rows.filter(state=value)
