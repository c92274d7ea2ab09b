"""The field of forms that change several ticked participants at once."""

from collections.abc import Callable

from django import forms
from django.db.models import QuerySet

from records.fields import RowsField, label_rows, row_field
from trainings.models import Participant


def without_name(row: Participant, sentence: str) -> str:
    """The sentence about this person without the name, for a label that has the name already."""
    return sentence.replace(f"{row.person.name} ", "", 1)


class SeveralForm(forms.Form):
    """`describe`: the label of a participant, with what stands in the way."""

    participants = RowsField(
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Centang sedikitnya satu peserta.",
            "invalid_choice": "Peserta itu tidak ada pada daftar ini. Pilih kembali dari daftar peserta.",
        },
    )

    def offer(self, rows: QuerySet[Participant], label: str, describe: Callable[[Participant], str]):
        field = row_field(self, "participants")
        field.label, field.queryset = label, rows.select_related("person", "village")
        label_rows(field, describe)
