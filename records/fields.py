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


class CoordinateField(forms.DecimalField):
    """Degrees as maps give them, with dot or comma: "-4.083" and "-4,083" are the same point."""

    widget = forms.TextInput

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
