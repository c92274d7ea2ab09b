from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies

from records.fields import ClockField
from records.formats import time_id
from records.parsers import times
from trainings.services.agendas import spread
from trainings.services.schedule import Hours

HALF_PAST = time(8, 30)


@pytest.mark.parametrize(
    "written",
    [
        "08.30",
        "8.30",
        "08:30",
        "8:30",
        "08:30:00",
        "08.30 WIB",
        "pukul 08.30 WIB",
        "Pkl. 08.30 wib",
        "Jam 8.30",
        " 08.30 (WIB)",
    ],
)
def test_a_time_is_read_as_people_write_it(written):
    assert times.read(written) == ClockField().clean(written) == HALF_PAST


@pytest.mark.parametrize("written", ["", " ", "-", "–"])
def test_nothing_written_is_no_time(written):
    assert times.read(written) is None


@pytest.mark.parametrize(
    "written", ["08.00-10.00", "08.00 s.d. 10.00 WIB", "pukul 08.00 – 10.00", "08.00 sampai selesai"]
)
def test_two_times_are_refused_with_what_to_do(written):
    with pytest.raises(ValidationError, match=r"memuat dua jam\. Tulis satu jam saja"):
        ClockField().clean(written)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("8", "“8” bukan jam. Tulis seperti 08.30."),
        ("pagi", "“pagi” bukan jam. Tulis seperti 08.30."),
        ("24.00", "“24.00” bukan jam. Tulis seperti 08.30."),
        ("08.75", "“08.75” bukan jam. Tulis seperti 08.30."),
        ("08.30 WITA", "“08.30 WITA” memakai WITA. Tulis jam dalam WIB, misalnya 08.30."),
        ("8" * 10_000, f"“{'8' * 40}” dan seterusnya terlalu panjang. Tulis seperti 08.30."),
    ],
)
def test_what_is_no_time_is_refused(written, sentence):
    with pytest.raises(ValidationError) as error:
        ClockField().clean(written)
    assert error.value.messages == [sentence]


@given(strategies.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_what_the_portal_prints_is_read_back(moment):
    assert times.read(time_id(moment)) == times.read(f"{time_id(moment)} WIB") == moment


def test_lines_of_an_agenda_take_the_same_times():
    hours = Hours(time(8, 0), time(12, 0))
    lines = ["Pukul 08.30 WIB Pembukaan", "9:00 s.d. 10.15 WIB Materi 3", "10.15–11.00: Penutup"]
    found = [(time_id(item.starts), time_id(item.ends), item.topic) for item in spread(lines, hours)]
    assert found == [("08.30", "09.00", "Pembukaan"), ("09.00", "10.15", "Materi 3"), ("10.15", "11.00", "Penutup")]
    with pytest.raises(ValidationError, match=r"“25\.00” bukan jam"):
        spread(["25.00 Penutup"], hours)
