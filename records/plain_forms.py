"""Base forms for the form template of the portal."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms


class PlainFormMixin:
    """Crispy helper without tag, token and buttons, which partials/_form.html writes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PlainForm(PlainFormMixin, forms.Form):
    """A form of a service, without a row of its own."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data
