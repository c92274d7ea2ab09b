"""Days and years as offices write them: printed ones are read back, ambiguous ones are refused."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from records import formats, in_words
from records.parsers import days

DAYS = st.dates(date(1945, 1, 1), date(2100, 12, 31))


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
        in_words.date_in_words(day),
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
