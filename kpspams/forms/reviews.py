"""What reviewers say about a submitted plan, what its writer answers, and the signed paper."""

from django import forms
from django.utils import timezone

from kpspams.models import LineNote, PlanScan
from records.editing import EditForm
from records.file_forms import NewFileForm


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


class PlanScanForm(NewFileForm):
    """The signed plan as PDF or photo."""

    fixed = ("plan",)

    class Meta:
        model = PlanScan
        fields = ["plan", "signed_on", "note"]
        help_texts = {"note": "Misalnya: halaman 2, atau ditandatangani Kepala Desa."}

    def save_by(self, user):
        self.instance.by = user
        return super().save_by(user)
