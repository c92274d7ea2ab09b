from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from imports.files import books
from records.fields import (
    CoordinateField,
    DayField,
    FigureField,
    PhoneField,
    RowsField,
    SeenField,
    WholeField,
    choice_field,
    field_of_column,
    label_rows,
    row_field,
    whole_bounds,
)
from records.parsers import degrees
from tests.factories import VillageFactory
from villages.models import Village


@pytest.mark.parametrize("sent", [str(2**63), str(10**30), "9" * 5_000, "-" + "9" * 30, "\u0661" * 30])
def test_a_number_that_no_key_can_hold_is_no_choice(sent, db):
    village = VillageFactory()
    field = RowsField(queryset=Village.objects.all())
    with pytest.raises(ValidationError) as refused:
        field.clean([str(village.pk), sent])
    assert refused.value.messages == ["Ada pilihan yang tidak dikenal. Pilih dari daftar."]
    assert list(field.clean([str(village.pk)])) == [village]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (WholeField(label="Harga (Rp)"), "Rp1.500.000,-", 1_500_000),
        (WholeField(label="Harga (Rp)"), "5 juta", 5_000_000),
        (WholeField(label="Harga (Rp)", localize=True), "1.388.821", 1_388_821),
        (WholeField(required=False), "", None),
        (FigureField(max_digits=12, decimal_places=2), "1.250,5", Decimal("1250.5")),
        (FigureField(max_digits=7, decimal_places=2, label="Kapasitas (L/detik)"), "30 l/menit", Decimal("0.5")),
        (CoordinateField(axis=degrees.LAT, max_digits=9, decimal_places=6), "-3.958", Decimal("-3.958")),
        (CoordinateField(axis=degrees.LAT, max_digits=9, decimal_places=6), "3,958° LS", Decimal("-3.958")),
        (CoordinateField(axis=degrees.LAT, max_digits=9, decimal_places=6), "-3.95812345", Decimal("-3.958123")),
        (DayField(), "2026-12-31", date(2026, 12, 31)),
        (DayField(), "Jum’at, 7 Desember 2018", date(2018, 12, 7)),
        (PhoneField(required=False), "tidak ada", ""),
        (PhoneField(required=False), "0812-3456-7890", "+6281234567890"),
    ],
)
def test_a_field_reads_as_imports_do(field, typed, value):
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (WholeField(label="Harga (Rp)"), "75,000", "meragukan"),
        (WholeField(), "1500.5", "Tulis bilangan bulat, misalnya 12."),
        (WholeField(error_messages={"invalid": "Tulis rupiah penuh."}), "lima", "Tulis rupiah penuh."),
        (WholeField(max_value=10**12), "1000000000001", "paling besar"),
        (FigureField(max_digits=12, decimal_places=2), "0.125", "paling banyak 2 angka"),
        (FigureField(max_digits=5, decimal_places=2), "1234", "paling banyak"),
        (PhoneField(), "8,12346E+11", "dibulatkan oleh Excel"),
        (CoordinateField(axis=degrees.LAT), "105.281 BT", "tertukar"),
    ],
)
def test_a_field_refuses_what_it_would_have_to_guess(field, typed, message):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert message in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["\u200b\u200d", "\u3164", "\x07\x1b", "\ud800", "\u2800\ufeff"])
def test_a_name_of_signs_that_no_eye_sees_is_no_name(typed):
    field = field_of_column(Village._meta.get_field("name"))
    with pytest.raises(ValidationError, match="Isian ini wajib diisi"):
        field.clean(typed)


def test_unseen_signs_go_and_the_name_stays():
    assert SeenField().clean("Si\u200bti\x07 \u202eA") == "Siti A"
    assert books.clean("Si\u200bti\ud800 A") == "Siti A"
    assert [books.clean(cell) for cell in ("'+628123", "'=1+1", "'Abdul")] == ["+628123", "=1+1", "'Abdul"]


def test_a_form_sets_choices_and_rows_of_fields_that_have_them(db):
    village = VillageFactory()

    class Form(forms.Form):
        name = forms.CharField()
        sex = forms.ChoiceField()
        village = forms.ModelChoiceField(Village.objects.none(), empty_label=None)

    form = Form()
    choice_field(form, "sex").choices = [("L", "Laki-laki")]
    row_field(form, "village").queryset = Village.objects.all()
    label_rows(row_field(form, "village"), lambda row: f"Desa {row.name}")
    assert list(form.fields["sex"].choices) == [("L", "Laki-laki")]
    assert [(str(key), label) for key, label in form.fields["village"].choices] == [
        (str(village.pk), f"Desa {village.name}")
    ]
    with pytest.raises(TypeError, match="name is a CharField, which has no choices"):
        choice_field(form, "name")
    with pytest.raises(TypeError, match="sex is a ChoiceField, which has no rows"):
        row_field(form, "sex")


def test_a_column_of_whole_figures_has_both_limits():
    assert whole_bounds(Village._meta.get_field("version"))[0] == 0
    assert whole_bounds(Village._meta.get_field("version"))[1] == 2**31 - 1
