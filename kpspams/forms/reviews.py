"""What reviewers say about a submitted plan, what its writer answers, and the signed paper."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kpspams.models import LineNote, PlanScan
from records.editing import EditForm, OnceForm
from records.files import AsksAgain, UploadField, drop_unused


class LineNoteForm(EditForm):
    """A new note; the plan and its line come from the address."""

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
    """The writer's answer to a note; asked again it is bettered."""

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


class PlanScanForm(AsksAgain, OnceForm):
    """The signed plan as PDF or photo."""

    fixed = ("plan",)

    upload = UploadField(label="Berkas", error_messages={"required": "Pilih berkas pindaian atau foto."})

    class Meta:
        model = PlanScan
        fields = ["plan", "signed_on", "note"]
        help_texts = {"note": "Misalnya: halaman 2, atau ditandatangani Kepala Desa."}

    field_order = ["upload"]

    def fields_for_people(self):
        self.fields["signed_on"].widget.attrs["max"] = localdate().isoformat()

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and day > localdate():
            raise forms.ValidationError("Tanggal tanda tangan tidak boleh sesudah hari ini.")
        return day

    def save_by(self, user):
        """Row and file together; of a form sent twice the second file is let go."""
        kept = None
        try:
            with transaction.atomic():
                kept = self.instance.file = self.cleaned_data["upload"].keep()
                self.instance.by = user
                row = super().save_by(user)
                if row.file_id != kept.pk:
                    drop_unused(kept)
        except BaseException:
            if kept:
                kept.erase()
            raise
        return row
