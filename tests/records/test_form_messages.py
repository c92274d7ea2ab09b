"""Messages of Django's own validators, in the office's wording."""

import pytest
from django import forms


class Sample(forms.Form):
    name = forms.CharField(max_length=5, min_length=2)
    count = forms.IntegerField(min_value=1, max_value=9)
    size = forms.DecimalField(max_digits=4, decimal_places=1, localize=True)
    day = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "A")])


FINE = {"name": "abc", "count": "3", "size": "1,5", "day": "31-12-2026", "kind": "a"}


@pytest.mark.parametrize(
    ("field", "typed", "text"),
    [
        ("name", "", "Isian ini wajib diisi."),
        ("name", "abcdefg", "Isi paling banyak 5 huruf; sekarang 7."),
        ("name", "a", "Isi paling sedikit 2 huruf; sekarang 1."),
        ("name", "a\0b", "Ada tanda yang tidak terbaca dalam isian ini. Ketik ulang isiannya."),
        ("count", "", "Isian ini wajib diisi."),
        ("count", "x", "Tulis bilangan bulat, misalnya 12."),
        ("count", "0", "Isi angka paling kecil 1."),
        ("count", "10", "Isi angka paling besar 9."),
        ("size", "x", "Tulis angka, misalnya 1.250,5."),
        ("size", "1,55", "Tulis paling banyak 1 angka di belakang koma."),
        ("size", "12345", "Tulis paling banyak 4 angka seluruhnya."),
        ("day", "32-12-2026", "Tulis tanggal yang benar, misalnya 31-12-2026."),
        ("kind", "b", "Pilih salah satu dari daftar."),
    ],
)
def test_each_check_says_what_to_do(field, typed, text):
    form = Sample(FINE | {field: typed})
    assert not form.is_valid()
    assert form.errors[field][0] == text


def test_what_is_right_passes():
    assert Sample(FINE).is_valid()
