"""Form fields that take whatever is sent."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from records.words import phone_id


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


class PhoneField(forms.CharField):
    """A telephone number as people write it ("0812-3456-7890"), stored as E.164 ("+6281234567890")."""

    widget = forms.TextInput({"type": "tel", "autocomplete": "off"})

    def prepare_value(self, value):
        return phone_id(value) if value else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "ID")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError("Tulis nomor HP seperti 0812 3456 7890, atau kosongkan.")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
