"""One unsur for several participants."""

from django import forms

from accounts.models import User
from records.fields import RowsField, SeenField, label_rows, row_field
from trainings.forms.participants import UNSUR
from trainings.forms.plain import Plain
from trainings.models import Participant, Training
from trainings.services.affiliations import affiliation_refusal, change_affiliation


class AffiliationForm(Plain):
    """The chosen people with their unsur of today, ticked where it can be changed; the others say why not."""

    participants = RowsField(
        queryset=Participant.objects.none(),
        label="Peserta yang diubah unsurnya",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Centang sedikitnya satu peserta.",
            "invalid_choice": "Peserta itu tidak ada pada daftar ini. Pilih kembali dari daftar peserta.",
        },
    )
    affiliation = SeenField(
        label="Unsur baru",
        max_length=120,
        help_text=f"Misalnya {', '.join(UNSUR[:4])}. Tercetak pada daftar hadir.",
    )

    def __init__(self, *args, training: Training, rows: list[Participant], **kwargs):
        kwargs["initial"] = {"participants": [row.pk for row in rows if not affiliation_refusal(row)]}
        super().__init__(*args, **kwargs)
        self.training = training
        field = row_field(self, "participants")
        field.queryset = Participant.objects.filter(pk__in=[row.pk for row in rows]).select_related("person", "village")
        label_rows(field, describe)

    def save_by(self, user: User) -> list[Participant]:
        data = self.cleaned_data
        return change_affiliation(self.training, data["participants"], " ".join(data["affiliation"].split()), by=user)


def describe(row: Participant) -> str:
    """Name, village, and the unsur of today or what stands in the way."""
    place = f", Desa {row.village.name}" if row.village else ""
    if reason := affiliation_refusal(row):
        return f"{row.person.name}{place} – tidak dapat diubah: {reason}"
    return f"{row.person.name}{place} – sekarang {row.affiliation or 'tanpa unsur'}"
