"""Forms that the portal's template shows."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms


class PlainFormMixin:
    """partials/_form.html owns tag, token and buttons."""

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
