"""Form fields that take whatever is sent."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from records.models import MAX_RUPIAH, RupiahField
from records.parsers import days, degrees, numbers, phones, text
from records.words import phone_id


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to choose. A number that no key can hold is no choice; SQLite would raise OverflowError."""

    def _check_values(self, value):
        for sent in value if isinstance(value, list | tuple) else ():
            if isinstance(sent, str) and sent.strip().lstrip("+-").isdecimal() and len(sent) > 18:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": sent[:20]})
        return super()._check_values(value)


ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # what a calendar sends; each form has its own limits for it


class NumberText:
    """Reads what was typed as every import and pasted list does (records.parsers.numbers); the label names the unit."""

    label: str | None

    def to_python(self, value):
        if value in self.empty_values:  # type: ignore[attr-defined]
            return None
        if isinstance(value, str):
            try:
                value = numbers.read(value, self.places, label=str(self.label or ""))
            except ValidationError as error:
                own = self.error_messages["invalid"]  # type: ignore[attr-defined]
                raise ValidationError(own, "invalid") if error.code == "invalid" else error from None
        return None if value is None else self.number(value)

    @property
    def places(self) -> int:
        return getattr(self, "decimal_places", None) or 0

    def number(self, value):
        raise NotImplementedError


class WholeField(NumberText, forms.IntegerField):
    """ "1.250", "350 KK", "5 juta"."""

    def number(self, value):
        return int(numbers.exactly(value, 0, str(value)))


class FigureField(NumberText, forms.DecimalField):
    """ "2,5" with at most `decimal_places` decimals."""

    def number(self, value):
        return Decimal(value)

    def prepare_value(self, value):
        """A stored 10.50 is shown as it was typed, 10,5."""
        return value.normalize() + 0 if isinstance(value, Decimal) and value.is_finite() else value

    def validate(self, value):
        forms.Field.validate(self, value)


class DayField(forms.DateField):
    """A day as the browser's calendar sends it or as people write it (records.parsers.days)."""

    def to_python(self, value):
        if isinstance(value, str) and not ISO_DAY.fullmatch(value.strip()):
            return days.read(value)
        return super().to_python(value)


class SeenField(forms.CharField):
    """Text of which every sign can be seen; nothing but unseen signs is nothing."""

    def to_python(self, value):
        return super().to_python(text.seen(value) if isinstance(value, str) else value)


def largest(column: models.IntegerField) -> int:
    """What each database takes."""
    if isinstance(column, RupiahField):
        return MAX_RUPIAH
    if isinstance(column, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return 32_767
    if isinstance(column, models.PositiveBigIntegerField | models.BigIntegerField):
        return 2**63 - 1
    return 2**31 - 1


def field_of_column(column, **kwargs):
    """The form field of a model's column: figures and days are read by the readers of records.parsers."""
    if not column.choices:
        if type(column) in (models.CharField, models.TextField):
            kwargs.setdefault("form_class", SeenField)
        if isinstance(column, models.DecimalField):
            kwargs.setdefault("form_class", FigureField)
        elif isinstance(column, models.IntegerField):
            kwargs.setdefault("form_class", WholeField)
            if kwargs.get("localize"):
                kwargs.setdefault("max_value", largest(column))
        elif isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
            kwargs.setdefault("form_class", DayField)
    return column.formfield(**kwargs)


class CoordinateField(forms.DecimalField):
    """Degrees as maps and people give them: "-4.083", "-4,083" and "4,083° LS" are the same point."""

    widget = forms.TextInput

    def __init__(self, *args, axis: str, **kwargs):
        self.axis = axis
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = degrees.read(value, self.axis, self.decimal_places or 6)
        return super().to_python(value)


def point_field(axis: str, label: str) -> CoordinateField:
    """Half of a stored point; its help text says what is done with further decimals."""
    help_text = f"Contoh: {degrees.EXAMPLES[axis]}. {degrees.ROUNDING}"
    return CoordinateField(
        axis=axis, label=label, required=False, max_digits=9, decimal_places=degrees.POINT_PLACES, help_text=help_text
    )


class PhoneField(forms.CharField):
    """A telephone number as people write it ("0812-3456-7890"), stored as E.164 ("+6281234567890")."""

    widget = forms.TextInput({"type": "tel", "autocomplete": "off"})

    def prepare_value(self, value):
        return phone_id(value) if value else value

    def to_python(self, value):
        written = super().to_python(value)
        return phones.read(written) if written else ""
