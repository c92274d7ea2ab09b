"""Forms of closing: counted signatures with the reason for a difference, and the scan of a signed sheet."""

from django import forms

from records.editing import ConfirmMixin
from records.fields import SeenField, WholeField
from records.files import ReselectFilesMixin, UploadField
from records.models.figures import COUNT
from trainings.forms.plain import Plain
from trainings.queries.closing import still_to_come
from trainings.queries.figure_rows import DayFigures, SessionFigures
from trainings.services.closing import Signatures
from trainings.services.sheets import add_sheet


class CloseForm(ConfirmMixin, Plain):
    """Form of the signatures on the sheets of each day, with the reason why they differ from the marks.

    A day whose agenda is not over needs a confirmation.
    """

    still_save_label = "Ya, tutup sekarang."

    def __init__(self, *args, days: list[DayFigures], **kwargs):
        """`days`: those to be closed."""
        super().__init__(*args, **kwargs)
        self.days = days
        for day, row in self.sheets():
            sheet = day.label.lower() + (f", {row.session}" if len(day.sessions) > 1 else "")
            self.fields[f"signatures_{row.session.pk}"] = WholeField(
                label=f"Tanda tangan pada daftar hadir {sheet}",
                help_text=f"Tercatat hadir di portal: {row.lines}. Kosongkan bila belum dihitung.",
                required=False,
                min_value=COUNT.least,
                max_value=COUNT.most,
                initial=row.session.signatures_counted,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )
        self.fields["reason"] = SeenField(
            label="Penjelasan selisih",
            help_text="Wajib bila jumlah tanda tangan berbeda dari yang tercatat hadir.",
            required=False,
            max_length=500,
            widget=forms.Textarea({"rows": 3}),
        )

    def doubts(self):
        return still_to_come(self.days)

    def sheets(self) -> list[tuple[DayFigures, SessionFigures]]:
        """Each sheet, with its day."""
        return [(day, row) for day in self.days for row in day.sessions]

    def signatures(self) -> Signatures:
        return {row.session.pk: self.cleaned_data[f"signatures_{row.session.pk}"] for _, row in self.sheets()}


class SheetForm(ReselectFilesMixin, Plain):
    """Form of one scan or photo of the signed sheet of a session."""

    upload = UploadField(label="Daftar hadir bertanda tangan")

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session

    def save_by(self, user):
        return add_sheet(self.session, self.cleaned_data["upload"], by=user)
