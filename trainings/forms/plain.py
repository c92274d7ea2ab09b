"""What forms of a service share, and the form that asks for a reason."""

from django import forms

from records.editing import fit_widget
from records.fields import SeenField
from records.plain_forms import PlainForm


class Plain(PlainForm):
    """A form of a service, with calendars and the keyboard of figures."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            fit_widget(field)


class ReasonForm(Plain):
    reason = SeenField(label="Alasan", widget=forms.Textarea({"rows": 3}), max_length=500)
