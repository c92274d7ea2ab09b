from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from records import formats, in_words

TERBILANG = [
    (0, "nol"),
    (1, "satu"),
    (10, "sepuluh"),
    (11, "sebelas"),
    (12, "dua belas"),
    (15, "lima belas"),
    (20, "dua puluh"),
    (21, "dua puluh satu"),
    (99, "sembilan puluh sembilan"),
    (100, "seratus"),
    (101, "seratus satu"),
    (110, "seratus sepuluh"),
    (111, "seratus sebelas"),
    (200, "dua ratus"),
    (1_000, "seribu"),
    (1_001, "seribu satu"),
    (1_100, "seribu seratus"),
    (2_000, "dua ribu"),
    (2_018, "dua ribu delapan belas"),
    (11_111, "sebelas ribu seratus sebelas"),
    (21_000, "dua puluh satu ribu"),
    (100_000, "seratus ribu"),
    (101_000, "seratus satu ribu"),
    (1_000_000, "satu juta"),
    (1_001_000, "satu juta seribu"),
    (94_935_000, "sembilan puluh empat juta sembilan ratus tiga puluh lima ribu"),
    (1_000_000_000, "satu miliar"),
    (1_001_001_001, "satu miliar satu juta seribu satu"),
    (10**12, "satu triliun"),
    (-21, "minus dua puluh satu"),
]


@pytest.mark.parametrize(("number", "text"), TERBILANG)
def test_terbilang(number, text):
    assert in_words.terbilang(number) == text


_VALUES = {word: value for value, word in enumerate(in_words._DIGITS) if word} | {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "seribu": 1000,
}
_TIMES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15, "kuintiliun": 10**18}


def _read_back(text):
    """Parses the words back by independent rules."""
    total = group = last = 0
    for word in text.split():
        if word == "seribu":
            total += 1000
        elif word in _TIMES:
            total, group, last = total + group * _TIMES[word], 0, 0
        elif word in ("belas", "puluh", "ratus"):
            group += {"belas": 10, "puluh": last * 9, "ratus": last * 99}[word]
        else:
            last = _VALUES[word]
            group += last
    return total + group


@given(st.integers(min_value=1, max_value=10**21 - 1))
def test_terbilang_reads_back_as_the_number(number):
    assert _read_back(in_words.terbilang(number)) == number


@given(st.integers(min_value=1, max_value=10**21 - 1))
def test_terbilang_uses_the_se_forms(number):
    text = f" {in_words.terbilang(number)} "
    for wrong in (" satu puluh ", " satu ratus ", " satu belas ", "  ", "-"):
        assert wrong not in text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.5, "satu koma lima"),
        (Decimal("-0.105"), "minus nol koma satu nol lima"),
        (10**15, "satu kuadriliun"),
        (-(10**18), "minus satu kuintiliun"),
        (10**21, "1.000.000.000.000.000.000.000"),
        (None, ""),
    ],
)
def test_terbilang_of_any_figure(number, text):
    assert in_words.terbilang(number) == text


FORMATTERS = (
    in_words.terbilang,
    formats.number_id,
    formats.rupiah,
    formats.rupiah_letter,
    in_words.rupiah_in_words,
    formats.percent,
)


@given(st.integers(-(10**40), 10**40) | st.floats() | st.decimals() | st.none())
def test_no_formatter_falls_over_a_figure(value):
    assert [type(form(value)) for form in FORMATTERS] == [str] * len(FORMATTERS)


def test_what_is_not_known_has_no_text():
    known_by_one = (
        *FORMATTERS,
        formats.file_size,
        formats.date_id,
        formats.day_date,
        in_words.date_in_words,
        formats.time_id,
        formats.moment_id,
    )
    assert [form(None) for form in (*known_by_one, formats.nip, formats.phone_id)] == [""] * (len(known_by_one) + 2)
    assert (formats.span(None, date(2018, 12, 4)), formats.people_count(None, 3)) == ("", "")


def test_dates_in_office_form():
    day = date(2018, 12, 4)
    assert formats.date_id(day) == "4 Desember 2018"
    assert formats.day_date(day) == "Selasa, 4 Desember 2018"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month):
    name = formats.MONTHS[month - 1]
    assert formats.date_id(date(2026, month, 1)) == f"1 {name} 2026"
    short = {"Agustus": "Agt"}.get(name, name[:3])
    assert formats.MONTHS_SHORT[month - 1] == short


def test_every_day_has_its_name():
    named = [formats.day_date(date(2018, 12, day)).split(",")[0] for day in range(3, 10)]
    assert named == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def test_a_moment_is_read_in_the_local_zone():
    late_in_utc = datetime(2018, 12, 3, 18, 30, tzinfo=UTC)
    assert formats.date_id(late_in_utc) == "4 Desember 2018"
    assert formats.time_id(late_in_utc) == "01.30"
    assert formats.moment_id(late_in_utc) == "4 Desember 2018, 01.30 WIB"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2018, 12, 4), date(2018, 12, 6), "4 s.d. 6 Desember 2018"),
        (date(2018, 12, 4), date(2018, 12, 4), "4 Desember 2018"),
        (date(2018, 11, 30), date(2018, 12, 2), "30 November s.d. 2 Desember 2018"),
        (date(2018, 12, 30), date(2019, 1, 2), "30 Desember 2018 s.d. 2 Januari 2019"),
        (date(2018, 12, 4), date(2019, 12, 6), "4 Desember 2018 s.d. 6 Desember 2019"),
    ],
)
def test_span(first, last, text):
    assert formats.span(first, last) == text


@pytest.mark.parametrize(
    ("last", "still", "text"),
    [
        (date(2020, 1, 1), "sampai sekarang", "12 Februari 2018 s.d. 1 Januari 2020"),
        (date(2018, 2, 12), "", "12 Februari 2018 s.d. 12 Februari 2018"),
        (None, "sampai sekarang", "12 Februari 2018 sampai sekarang"),
        (None, "", "12 Februari 2018"),
    ],
)
def test_from_until(last, still, text):
    assert formats.from_until(date(2018, 2, 12), last, still) == text


def test_span_refuses_an_end_before_the_beginning():
    with pytest.raises(ValueError):
        formats.span(date(2018, 12, 6), date(2018, 12, 4))


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 KB"), (938, "1 KB"), (86_400, "86 KB"), (999_400, "999 KB"), (2_449_000, "2,4 MB")]
)
def test_file_size(count, text):
    assert formats.file_size(count) == text


def test_date_in_words():
    assert in_words.date_in_words(date(2018, 12, 6)) == (
        "Kamis tanggal Enam bulan Desember tahun Dua Ribu Delapan Belas (06-12-2018)"
    )


def test_times():
    assert formats.time_id(time(8, 0)) == "08.00"
    assert formats.time_span(time(8, 0), time(16, 30)) == "08.00 s.d. 16.30 WIB"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (Decimal("350.00"), "350"),
        (Decimal("1250.50"), "1.250,5"),
        (Decimal("0.075"), "0,075"),
        (1250.5, "1.250,5"),
        (-1_234_567, "-1.234.567"),
        (Decimal("1E+6"), "1.000.000"),
    ],
)
def test_number_id(value, text):
    assert formats.number_id(value) == text


def test_number_id_rounds_half_up():
    assert formats.number_id(Decimal("2.5"), 0) == "3"
    assert formats.number_id(Decimal("1250.5"), 2) == "1.250,50"
    assert formats.number_id(Decimal("-0.4"), 0) == "0"


def test_rupiah():
    assert formats.rupiah(94_935_000) == "Rp94.935.000"
    assert formats.rupiah(Decimal("5899.50")) == "Rp5.900"
    assert formats.rupiah(0) == "Rp0"
    assert formats.rupiah(-2_000) == "-Rp2.000"
    assert formats.rupiah_letter(1_250_000) == "Rp1.250.000,00"
    assert in_words.rupiah_in_words(1_001_000) == "satu juta seribu rupiah"


def test_percent():
    assert formats.percent(Decimal("85.71")) == "85,7 %"
    assert formats.percent(50) == "50 %"
    # 100 only for all, 0 only for none.
    assert formats.percent(Decimal("99.96")) == "99,9 %"
    assert formats.percent(Decimal("0.01")) == "0,1 %"
    assert formats.percent(Decimal("100.01")) == "100,1 %"
    assert formats.percent(10**30) == f"1{'.000' * 10} %"
    assert formats.percent(Decimal("99.99"), 0) == "99 %"
    assert [formats.percent(0), formats.percent(100)] == ["0 %", "100 %"]
    assert formats.percent(30, 0) == "30 %"


def test_people_count():
    assert formats.people_count(30, 18) == "48 orang (30 L, 18 P)"
    assert formats.people_count(0, 0) == "0 orang (0 L, 0 P)"


def test_nip_in_groups():
    assert formats.nip("197001012000031001") == "19700101 200003 1 001"
    assert formats.nip("19700101 200003 1 001") == "19700101 200003 1 001"
    assert formats.nip("12345") == "12345"
    assert formats.nip("١٩٧٠٠١٠١٢٠٠٠٠٣١٠٠١") == "١٩٧٠٠١٠١٢٠٠٠٠٣١٠٠١"


def test_phone_as_people_write_it():
    assert formats.phone_id("+6281234567890") == "0812-3456-7890"
    assert formats.phone_id("08xx-xxxx-0001") == "08xx-xxxx-0001"
    assert formats.phone_id("") == ""


def _render(source, **context):
    return Template("{% load formats %}" + source).render(Context(context))


def test_filters_in_a_template():
    assert _render("{{ n|rupiah }} {{ n|rupiah_in_words }}", n=1_000) == "Rp1.000 seribu rupiah"
    assert _render("{{ d|day_date }}", d=date(2018, 12, 4)) == "Selasa, 4 Desember 2018"
    assert _render("{% span a b %}", a=date(2018, 12, 4), b=date(2018, 12, 6)) == "4 s.d. 6 Desember 2018"
    assert (
        _render("{% from_until a b %}", a=date(2018, 12, 4), b=date(2019, 1, 1))
        == "4 Desember 2018 s.d. 1 Januari 2019"
    )
    assert _render('{% from_until a b "– sekarang" %}', a=date(2018, 12, 4), b=None) == "4 Desember 2018 – sekarang"
    assert _render("{% time_span a b %}", a=time(8), b=time(9, 5)) == "08.00 s.d. 09.05 WIB"
    assert _render("{% people_count 1 2 %}") == "3 orang (1 L, 2 P)"


def test_a_missing_value_leaves_room_for_a_default():
    assert _render('{{ n|rupiah|default:"Belum ada data" }}', n=None) == "Belum ada data"
    assert _render('{{ n|number_id|default:"Belum ada data" }}', n=0) == "0"
    assert _render("[{% span a b %}]", a=None, b=None) == "[]"
    assert _render("[{% from_until a b %}]", a=None, b=None) == "[]"


def test_a_filter_escapes_what_it_passes_through():
    assert _render("{{ n|nip }}", n="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2026-12-02", "2 Desember 2026"), ("2026-02-30", "2026-02-30"), ("141/12-2018", "141/12-2018"), (None, "")],
)
def test_a_date_as_a_browser_sends_it_is_shown_in_the_long_form(text, shown):
    assert formats.iso_date_id(text) == shown


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["hari"], "hari"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b dan c")]
)
def test_enumeration_ends_with_dan(parts, text):
    assert formats.enumeration(parts) == text
