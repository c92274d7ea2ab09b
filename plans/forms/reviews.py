"""Forms of notes on a submitted plan, of answers, and of the signed scan."""

from django import forms
from django.utils import timezone

from accounts.rights import Right
from plans.models import LineNote, PlanScan, SignedPaper
from plans.rules.plan_approval import refusal
from records.editing import EditForm, OnceForm
from records.fields import NameField, SeenField
from records.file_forms import NewFileForm


class LineNoteForm(EditForm):
    """Form of a new note; the URL has the plan and its line."""

    fixed = ("plan",)

    class Meta:
        model = LineNote
        fields = ["plan", "text"]
        widgets = {"text": forms.Textarea({"rows": 4})}
        help_texts = {"text": "Tulis apa yang perlu diperbaiki atau dijelaskan."}
        error_messages = {"text": {"required": "Tulis catatannya."}}

    def save_by(self, user):
        self.instance.by = user
        return super().save_by(user)


class AnswerForm(EditForm):
    """Form of the answer to a note, which may be edited."""

    class Meta:
        model = LineNote
        fields = ["answer"]
        widgets = {"answer": forms.Textarea({"rows": 4})}
        error_messages = {"answer": {"required": "Tulis jawabannya."}}

    def fields_for_people(self):
        self.fields["answer"].required = True
        self.fields["answer"].help_text = "Apa yang sudah diubah, atau mengapa tetap demikian."

    def save_by(self, user):
        if "answer" in self.changed_data:
            self.instance.answered_by, self.instance.answered_at = user, timezone.now()
        return super().save_by(user)


class PlanScanForm(NewFileForm):
    """Form of the signed plan as PDF or photo."""

    fixed = ("plan",)

    class Meta:
        model = PlanScan
        fields = ["plan", "signed_on", "note"]
        help_texts = {"note": "Misalnya: halaman 2, atau ditandatangani Kepala Desa."}

    def save_by(self, user):
        self.instance.by = user
        return super().save_by(user)


class SettlesPlan(OnceForm):
    """Records the approval together with the scan, or neither."""

    def save_by(self, user):
        fresh = self.instance
        row = super().save_by(user)
        if row is fresh:  # otherwise the same form was sent before
            data = self.cleaned_data
            paper = SignedPaper(data["signer_name"], data["signer_office"], data["signed_on"], row)
            row.plan.record_approval(user, data["note"], paper)
        return row


class RecordedApprovalForm(PlanScanForm, SettlesPlan):
    """Form of an approval on paper: scan, signer and day, which lies in the past."""

    plan_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    signer_name = NameField(
        label="Nama penanda tangan", max_length=120, error_messages={"required": "Tulis nama yang menandatangani."}
    )
    signer_office = SeenField(
        label="Jabatan penanda tangan",
        max_length=120,
        help_text="Seperti tertulis pada naskah, misalnya Kepala Desa Sumber Makmur.",
        error_messages={"required": "Tulis jabatannya seperti pada naskah."},
    )

    field_order = ["upload", "signer_name", "signer_office", "signed_on", "note"]

    def fields_for_people(self):
        super().fields_for_people()
        self.fields["signed_on"].required = True
        self.fields["signed_on"].error_messages["required"] = "Isi tanggal tanda tangan."
        self.fields["note"].help_text = ""
        self.initial["plan_version"] = self.instance.plan.version

    def clean_signed_on(self):
        day, year = super().clean_signed_on(), self.instance.plan.year
        if day and day.year < year - 1:
            raise forms.ValidationError(f"Rencana kerja ini untuk tahun {year}. Periksa tahun tanda tangannya.")
        return day

    def clean(self):
        data = super().clean()
        plan, key = self.instance.plan, data.get("request_key")
        if key and PlanScan.objects.filter(request_key=key).exists():
            return data  # sent twice: the first request recorded it
        if plan.status != plan.Status.SUBMITTED or data.get("plan_version") != plan.version:
            raise forms.ValidationError(
                "Rencana kerja ini berubah sejak Anda membuka halaman ini. Buka lagi rencananya, lalu ulangi."
            )
        if reason := refusal(plan, self.user, Right.RECORD_APPROVALS):
            raise forms.ValidationError(reason)
        return data
