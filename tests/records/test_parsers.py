"""Parsers of imports, pasted lists and forms: printed values are read back, ambiguous ones are refused."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.months import mask_to_months, months_text, months_to_mask
from records import formats
from records.parsers import days, degrees, months, numbers, phones

WHOLE = st.integers(-(10**15), 10**15)
DAYS = st.dates(date(1945, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "places", "label", "value"),
    [
        ("5 juta", 0, "Harga satuan (Rp)", 5_000_000),
        ("Rp2,5 jt", 0, "Harga satuan (Rp)", 2_500_000),
        ("750rb", 0, "Harga satuan (Rp)", 750_000),
        ("1,5 miliar rupiah", 0, "Biaya (Rp)", 1_500_000_000),
        ("30 liter/menit", 2, "Kapasitas (L/detik)", "0.5"),
        ("3,6 m3/jam", 2, "kapasitas (L/detik)", 1),
        ("1.500 liter", 1, "Reservoir (m³)", "1.5"),
        ("350 KK", 0, "Jumlah KK", 350),
        ("Rp1.500.000,-", 0, "", 1_500_000),
        ("Rp. 2.000,00", 0, "", 2000),
        ("75,00", 0, "Harga (Rp)", 75),
        ("1,250,000", 0, "", 1_250_000),
        ("1,250.50", 2, "", "1250.5"),
        ("1.5", 2, "", "1.5"),
        ("0,25", 2, "", "0.25"),
        ("1.125", 2, "", 1125),
        ("-Rp500", 0, "", -500),
        ("−4", 0, "", -4),
        ("Rp -", 0, "", None),
        (" – ", 0, "", None),
    ],
)
def test_figures(text, places, label, value):
    assert numbers.read(text, places, label=label) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "places", "label", "message"),
    [
        ("75,000", 0, "Harga (Rp)", "“75,000” meragukan: tiga angka di belakang satu tanda. Tulis 75.000"),
        ("12,500", 2, "Volume", "meragukan"),
        ("1234.567", 2, "", "meragukan"),
        ("0.125", 2, "Volume", "“0.125” harus paling banyak 2 angka di belakang koma."),
        ("1.500 juta", 0, "", "meragukan"),
        ("1500,5", 0, "Harga (Rp)", "harus bilangan bulat"),
        ("20 liter/menit", 2, "Kapasitas (L/detik)", "tidak genap dalam liter/detik"),
        ("350 jiwa", 0, "Jumlah KK", "“jiwa” pada “350 jiwa” tidak dikenal"),
        ("12 lusin", 2, "Volume", "“lusin” pada “12 lusin” tidak dikenal"),
        ("Rp5.000/bulan", 0, "Harga satuan (Rp)", "tidak dikenal"),
        ("1,5 M", 0, "Harga satuan (Rp)", "tidak jelas"),
        ("8,12E+11", 0, "", "dibulatkan oleh Excel"),
        ("1.2.3", 2, "", "Titik dan koma"),
        ("1.50.000", 0, "", "Titik dan koma"),
        ("sekitar 5", 0, "", "bukan angka"),
        ("> 5", 0, "", "bukan angka"),
        ("5-6", 0, "", "bukan angka"),
        ("9" * 61, 0, "", "bukan angka"),
        ("٣", 0, "", "bukan angka"),
    ],
)
def test_figures_that_would_have_to_be_guessed(text, places, label, message):
    with pytest.raises(ValidationError) as refused:
        numbers.read(text, places, label=label)
    assert message in refused.value.messages[0]


@given(WHOLE)
def test_money_as_printed_reads_back(amount):
    texts = [formats.rupiah(amount), formats.rupiah_letter(amount), formats.number_id(amount), str(amount)]
    assert [numbers.read(text, label="Biaya (Rp)") for text in texts] == [amount] * 4


@given(st.decimals(-(10**9), 10**9, places=2))
def test_figures_as_printed_and_exported_read_back(value):
    assert numbers.read(formats.number_id(value), 2) == value
    assert numbers.read(formats.number_id(value, 2), 2) == value
    assert numbers.read(str(value), 2) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_cell_of_type_number_is_never_rounded_in_silence(number):
    try:
        value = numbers.of_number(number, 2)
    except ValidationError:
        return
    assert float(value) == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-06T08:12:11.000+07:00", date(2024, 5, 6)),
        ("2024-05-06T18:12:11Z", date(2024, 5, 7)),  # in WIB it is the next day
        ("2024-05-06T08:12:11", date(2024, 5, 6)),
        ("2024-05-06 08:12", date(2024, 5, 6)),
        ("Jum’at, 7 Desember 2018", date(2018, 12, 7)),
        ("Jum'at 7 Des. 2018", date(2018, 12, 7)),
        ("Senin/3 Desember 2018", date(2018, 12, 3)),
        ("Hari Senin, tanggal 3 Desember 2018", date(2018, 12, 3)),
        ("7 Nop 2018", date(2018, 11, 7)),
        ("12 Agst. 2020", date(2020, 8, 12)),
        ("04/XII/2018", date(2018, 12, 4)),
        ("4-Dec-2018", date(2018, 12, 4)),
        ("-", None),
    ],
)
def test_days(text, value):
    assert days.read(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Senin, 4 Desember 2018", "4 Desember 2018 adalah hari Selasa"),
        ("sebelum 4 Desember 2018", "bukan tanggal"),
        ("04-12-18", "bukan tanggal"),
        ("31 Februari 2018", "tidak ada dalam kalender"),
        ("2024-13-45T08:12:11Z", "tidak ada dalam kalender"),
        ("1 Mei 1890", "Periksa tahun"),
    ],
)
def test_what_is_no_day(text, message):
    with pytest.raises(ValidationError) as refused:
        days.read(text)
    assert message in refused.value.messages[0]


@given(DAYS, st.times())
def test_days_as_printed_and_exported_read_back(day, at):
    moment = datetime.combine(day, time(at.hour, at.minute))
    texts = [
        formats.date_id(day),
        formats.day_date(day),
        formats.date_in_words(day),
        day.isoformat(),
        f"{day:%d-%m-%Y}",
    ]
    texts += [formats.moment_id(moment), moment.isoformat(" ", "minutes"), moment.isoformat()]
    texts += [f"{day.day} {formats.MONTHS_SHORT[day.month - 1]} {day.year}"]
    assert [days.read(text) for text in texts] == [day] * len(texts)


def test_a_moment_of_another_zone_is_read_in_ours():
    assert days.read(datetime(2026, 11, 30, 20, tzinfo=UTC).isoformat()) == date(2026, 12, 1)


def test_years():
    assert [days.year(text) for text in ("2017", "TA 2017", "T.A. 2017", "Tahun 2017", "-")] == [*[2017] * 4, None]
    assert days.year("1998", first=1945) == 1998
    for text in ("98", "1998", "2017/2018", "2.017"):
        with pytest.raises(ValidationError):
            days.year(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan, Des", {1, 12}),
        ("1, 12", {1, 12}),
        ("11, 2", {2, 11}),
        ("1 12", {1, 12}),
        ("Januari dan Desember", {1, 12}),
        ("Jan-Des", set(range(1, 13))),
        ("Jan s/d Mar, Des", {1, 2, 3, 12}),
        ("April sampai dengan Juni", {4, 5, 6}),
        ("bulan ke-4", {4}),
        ("TW I dan TW III", {1, 2, 3, 7, 8, 9}),
        ("Semester II", {7, 8, 9, 10, 11, 12}),
        ("TW 1, 2", {1, 2, 3, 4, 5, 6}),
        ("Triwulan I dan III", {1, 2, 3, 7, 8, 9}),
        ("TW 2 & 4, Juli", {4, 5, 6, 7, 10, 11, 12}),
        ("Triwulan I s/d III", set(range(1, 10))),
        ("semester 1-2", set(range(1, 13))),
        ("setiap bulan", set(range(1, 13))),
    ],
)
def test_months(text, found):
    assert months.read(text) == found


@pytest.mark.parametrize("text", ["112", "Nov-Feb", "lusa", "13", "0", "1-2-3", "sd", "x", "TW 1, 12", "TW 5"])
def test_what_is_no_month(text):
    with pytest.raises(ValidationError):
        months.read(text)


@given(st.integers(1, 4095))
def test_months_as_printed_read_back(mask):
    assert months_to_mask(months.read(months_text(mask))) == mask
    names = ", ".join(formats.MONTHS[month - 1] for month in mask_to_months(mask))
    assert months_to_mask(months.read(names)) == mask
    assert months_to_mask(months.read(", ".join(map(str, mask_to_months(mask))))) == mask


@pytest.mark.parametrize(
    "text", ["tidak ada", "tdk punya", "Belum ada", "-", "–", "0", "ga punya HP", "tidak punya hp", "kosong", "xxx"]
)
def test_no_telephone(text):
    assert phones.read(text) == ""


@pytest.mark.parametrize("text", ["8,12346E+11", "8.12E11", "+8,12346E+11", "6,28123E+12"])
def test_a_telephone_that_excel_rounded(text):
    with pytest.raises(ValidationError, match="sudah dibulatkan oleh Excel"):
        phones.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "0812O3456789",
        "0812345678 / 0813111111",
        "0812 3456 7890/91",
        "12",
        "08123",
        "0800BUNGA",
        "081234567890123",
        "812345600000000",
        "081234567890 (istri)",
    ],
)
def test_what_is_no_telephone(text):
    with pytest.raises(ValidationError, match="Nomor HP tidak benar"):
        phones.read(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0812 3456 7890 (WA)", "+6281234567890"),
        ("HP/WA: 081234567890;", "+6281234567890"),
        ("0062 812-3456-7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0724/123456", "+62724123456"),
    ],
)
def test_telephones_as_offices_write_them(text, stored):
    assert phones.read(text) == stored


@given(st.integers(10**8, 10**10 - 1))
def test_telephones_as_printed_and_exported_read_back(rest):
    stored = f"+628{rest}"
    local = stored.removeprefix("+62")
    for text in (formats.phone_id(stored), stored, f"'{stored}", local, f"0{local}", f"62{local}", f"WA 0{local}"):
        assert phones.read(text) == stored


def telephone(text):
    try:
        return phones.read(text)
    except ValidationError:
        return None


@given(st.from_regex(r"0?8[0-9]{4,14}", fullmatch=True))
def test_telephones_of_digits_alone_are_those_beside_a_word(digits):
    assert telephone(digits) == telephone(f"WA {digits}")


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("-3.958", degrees.LAT, "-3.958"),
        ("-3,958", degrees.LAT, "-3.958"),
        ("3.958 LS", degrees.LAT, "-3.958"),
        ("3,958° S", degrees.LAT, "-3.958"),
        ("LS 3.958", degrees.LAT, "-3.958"),
        ("105,281° BT", degrees.LNG, "105.281"),
        ("105.281 E", degrees.LNG, "105.281"),
        ("3°57'28.8\" LS", degrees.LAT, "-3.958"),
        ("105°16’51,6” BT", degrees.LNG, "105.281"),
        ("-3.95812345", degrees.LAT, "-3.958123"),
        ("-3.9581235", degrees.LAT, "-3.958124"),  # a half is rounded away from zero
        ("3,95812355° LS", degrees.LAT, "-3.958124"),
        ("105.28123456789012", degrees.LNG, "105.281235"),
    ],
)
def test_degrees(text, axis, value):
    assert degrees.read(text, axis) == Decimal(value)


def test_a_limit_of_degrees_is_not_rounded():
    assert degrees.read("-4.23", degrees.LAT, 3) == Decimal("-4.23")
    with pytest.raises(ValidationError, match="paling banyak 3 angka"):
        degrees.read("-4.2345", degrees.LAT, 3)


@pytest.mark.parametrize(
    ("text", "axis", "message"),
    [
        ("105.281 BT", degrees.LAT, "Mungkin lintang dan bujur tertukar"),
        ("-3.958 LU", degrees.LAT, "bukan derajat"),
        ("181", degrees.LNG, "bukan derajat"),
        ("105.281.234", degrees.LNG, "bukan derajat"),
        ("-3.95812345, 105.28123456", degrees.LAT, "memuat lintang dan bujur"),
        ("180.0000006", degrees.LNG, "bukan derajat"),
    ],
)
def test_what_are_no_degrees(text, axis, message):
    with pytest.raises(ValidationError) as refused:
        degrees.read(text, axis)
    assert message in refused.value.messages[0]


@given(st.decimals(-90, 90, places=6))
def test_degrees_as_printed_read_back(value):
    assert degrees.read(str(value), degrees.LAT) == value
    assert degrees.read(f"{value:f}".replace(".", ","), degrees.LAT) == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    readers = (
        days.read,
        days.year,
        months.read,
        phones.read,
        numbers.read,
        lambda cell: numbers.read(cell, 2, label="Kapasitas (L/detik)"),
        lambda cell: degrees.read(cell, degrees.LAT),
    )
    assert [sentence for sentence in map(partial(refusal, text=text), readers) if not sentence.endswith(".")] == []


def refusal(read, text) -> str:
    """The message of the parser; a full stop where it accepts the text."""
    try:
        read(text)
    except ValidationError as error:
        return error.messages[0]
    return "."
