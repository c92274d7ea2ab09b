"""Form fields with the parsers, limits and messages of the portal."""

import re
from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from records import letters
from records.formats import phone_id
from records.parsers import days, degrees, numbers, phones, text, times


class RowsField(forms.ModelMultipleChoiceField):
    """A choice of several rows. A number too large for a key is no choice; SQLite would raise OverflowError."""

    def _check_values(self, value):
        for sent in value if isinstance(value, list | tuple) else ():
            if isinstance(sent, str) and sent.strip().lstrip("+-").isdecimal() and len(sent) > 18:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": sent[:20]})
        return super()._check_values(value)


ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # the range of a calendar; each form has its own limits


class NumberText:
    """A figure, read by records.parsers.numbers as in imports and pasted lists; the label names the unit."""

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
        """Shows a stored 10.50 as it is typed, 10,5."""
        return value.normalize() + 0 if isinstance(value, Decimal) and value.is_finite() else value

    def validate(self, value):
        forms.Field.validate(self, value)


class DayField(forms.DateField):
    """A day as the browser's calendar sends it or as people write it (records.parsers.days)."""

    def to_python(self, value):
        if isinstance(value, str) and not ISO_DAY.fullmatch(value.strip()):
            return days.read(value)
        return super().to_python(value)


class AddressDayField(DayField):
    """An optional day in the query string of a list."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": "Tulis tanggal yang benar, misalnya 2018-12-31."},
            **kwargs,
        )


class ClockField(forms.TimeField):
    """A time of the day as the browser sends it or as people write it (records.parsers.times), shown as "08:30"."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TimeInput({"type": "time"}, format="%H:%M"))
        super().__init__(**kwargs)

    def to_python(self, value):
        return times.read(value) if isinstance(value, str) else super().to_python(value)


class SeenField(forms.CharField):
    """Text without invisible characters, its letters composed; only invisible characters count as empty."""

    def to_python(self, value):
        return super().to_python(text.seen(value) if isinstance(value, str) else value)


class NameField(SeenField):
    """A name, which documents print: characters that cannot be printed are refused."""

    default_validators = [letters.check_name]


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The choice field `name` of a form; the form sets its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is a {type(field).__name__}, which has no choices")
    return field


def row_field(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """The model choice field `name` of a form; the form sets its queryset."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is a {type(field).__name__}, which has no rows")
    return field


def label_rows(field: forms.ModelChoiceField, label: Callable[..., str]):
    """Sets the label of each row; Django's hook for it is a method."""
    field.label_from_instance = label  # type: ignore[method-assign]  # set on the field, no subclass for one label


def unprintable(form: forms.BaseForm) -> str:
    """Warning about characters of a saved form that no document can print; empty where all can be printed."""
    texts = {
        str(form[name].label): form.cleaned_data[name]
        for name, field in form.fields.items()
        if isinstance(field, SeenField) and isinstance(form.cleaned_data.get(name), str)
    }
    return letters.warning(texts)


def is_name(column) -> bool:
    return isinstance(column, models.CharField) and column.name == "name"


def bounds(column) -> tuple[int | None, int | Decimal | None]:
    """The smallest and largest value of a column of figures, by its validators."""
    least = [check.limit_value for check in column.validators if isinstance(check, MinValueValidator)]
    most = [check.limit_value for check in column.validators if isinstance(check, MaxValueValidator)]
    if isinstance(column, models.IntegerField):
        most.append(_largest(column))
    return max(least, default=None), min(most, default=None)


def whole_bounds(column: models.IntegerField) -> tuple[int, int]:
    """The smallest and largest value of a column of whole figures; Django gives each such column both."""
    least, most = bounds(column)
    if least is None or most is None:
        raise TypeError(f"{column} has no limits")
    return least, int(most)


def _sentences(column) -> dict[str, str]:
    """Message of the limits of a column (records.models.figures)."""
    codes = {MinValueValidator: "min_value", MaxValueValidator: "max_value"}
    own = {codes[type(check)]: check.message for check in column._validators if type(check) in codes}
    return {codes[type(check)]: check.message for check in column.default_validators if type(check) in codes} | own


def _largest(column: models.IntegerField) -> int:
    """Limits of SQLite and PostgreSQL."""
    if isinstance(column, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return 32_767
    if isinstance(column, models.PositiveBigIntegerField | models.BigIntegerField):
        return 2**63 - 1
    return 2**31 - 1


def field_of_column(column, **kwargs):
    """The form field of a model's column: figures and days are read by the readers of records.parsers."""
    if not column.choices:
        if type(column) in (models.CharField, models.TextField):
            kwargs.setdefault("form_class", NameField if is_name(column) else SeenField)
        if isinstance(column, models.DecimalField):
            kwargs.setdefault("form_class", FigureField)
        elif isinstance(column, models.IntegerField):
            kwargs.setdefault("form_class", WholeField)
        elif isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
            kwargs.setdefault("form_class", DayField)
        elif isinstance(column, models.TimeField):
            kwargs.setdefault("form_class", ClockField)
        if isinstance(column, models.DecimalField | models.IntegerField):
            kwargs["min_value"], kwargs["max_value"] = bounds(column)
            kwargs["error_messages"] = _sentences(column) | (kwargs.get("error_messages") or {})
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
    """Latitude or longitude of a stored point; the help text says how further decimals are rounded."""
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
