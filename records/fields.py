"""Form fields that take whatever is sent."""

from django import forms
from django.core.exceptions import ValidationError


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to choose. A number that no key can hold is no choice; SQLite would raise OverflowError."""

    def _check_values(self, value):
        for sent in value if isinstance(value, list | tuple) else ():
            if isinstance(sent, str) and sent.strip().lstrip("+-").isdecimal() and len(sent) > 18:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": sent[:20]})
        return super()._check_values(value)
