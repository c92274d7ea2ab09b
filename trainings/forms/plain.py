"""Base of forms that call a service, and the form of a reason."""

from django import forms

from records.editing import fit_widget
from records.fields import SeenField
from records.plain_forms import PlainForm


class Plain(PlainForm):
    """Base form of a service, with date pickers and numeric keyboards."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            fit_widget(field)


class ReasonForm(Plain):
    reason = SeenField(label="Alasan", widget=forms.Textarea({"rows": 3}), max_length=500)
