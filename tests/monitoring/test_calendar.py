"""Kalender kegiatan: what a month shows, to whom, and with how many queries."""

from datetime import date, time

import pytest
from django.urls import reverse

from monitoring.queries.calendar import MAX_OF_DAY, entries_between
from tests import factories as make
from trainings.models import Training

CALENDAR, PRINT = reverse("monitoring:calendar"), reverse("monitoring:calendar_print")
MONTH = {"bulan": "2018-12"}


def training_on(*days, **fields):
    training = make.TrainingFactory(**fields)
    for day in days:
        make.TrainingSessionFactory(day__training=training, day__date=day, starts=time(8), ends=time(12))
    return training


def titles(page):
    return [entry.title for entry in page.context["entries"]]


@pytest.fixture
def month(db):
    """A training of two days, a meeting that was cancelled, a visit, and a day of the month after."""
    training_on(date(2018, 12, 31), date(2019, 1, 2), title="Pelatihan kader")
    training_on(date(2018, 12, 5), title="Rapat awal", kind="rapat", state=Training.State.CANCELLED, venue="Aula")
    village = make.VillageFactory(name="Rejo")
    return make.VisitFactory(village=village, on=date(2018, 12, 5), by__name="Sari")


def test_calendar_shows_the_month_with_cancelled_meetings_marked(month, client):
    client.force_login(make.UserFactory())
    page = client.get(CALENDAR, MONTH)
    assert titles(page) == [
        "Rapat awal",
        f"Kunjungan {month.village}: Pemantauan rutin",
        "Pelatihan kader (hari ke-1 dari 2)",
    ]
    text = page.content.decode()
    assert "<strong>dibatalkan</strong>" in text
    assert "Rapat, 08.00 s.d. 12.00 WIB" in text
    assert "?bulan=2018-11" in text
    assert "?bulan=2019-01" in text
    assert [len(week) for week in page.context["weeks"]] == [7] * 6
    assert page.context["weeks"][0][0].day == date(2018, 11, 26)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("pelatihan", 1), ("rapat", 1), ("kunjungan", 1), ("lain", 3)],
)
def test_calendar_filters_by_kind(month, client, kind, count):
    client.force_login(make.UserFactory())
    page = client.get(CALENDAR, MONTH | {"jenis": kind})
    assert {entry.kind for entry in page.context["entries"]} <= {kind} or kind == "lain"
    assert len(page.context["entries"]) == count


@pytest.mark.parametrize("address", [CALENDAR, PRINT])
def test_calendar_shows_a_person_only_what_is_visible(month, client, address):
    own = make.TrainingDayFactory(training__title="Bimtek desa", date=date(2018, 12, 7)).training
    village = make.VillageFactory()
    make.InvitationFactory(training=own, village=village)
    client.force_login(make.FacilitatorFactory(villages=[village]))
    assert titles(client.get(address, MONTH)) == ["Bimtek desa"]
    client.force_login(make.AdminFactory(district=make.OtherDistrictFactory()))
    page = client.get(address, MONTH)
    assert titles(page) == []
    assert "Tidak ada pelatihan, rapat, atau kunjungan pada Desember 2018." in page.content.decode()


@pytest.mark.parametrize("named", ["2018-13", "x", "1999-01", "٢٠١٨-٠١"])
def test_calendar_of_no_month_is_that_of_today(db, client, named):
    client.force_login(make.UserFactory())
    page = client.get(CALENDAR, {"bulan": named, "hari": named})
    assert page.context["month"] == page.context["this_month"]


def test_calendar_of_a_full_day_names_the_rest_and_lists_it(db, client):
    for _ in range(MAX_OF_DAY + 3):
        make.VisitFactory(on=date(2018, 12, 5))
    client.force_login(make.UserFactory())
    text = client.get(CALENDAR, MONTH).content.decode()
    assert "3 kegiatan lainnya" in text
    assert text.count("cal-entry ") == MAX_OF_DAY
    page = client.get(CALENDAR, {"hari": "2018-12-05"})
    assert page.content.decode().count("cal-entry ") == len(page.context["entries"]) == MAX_OF_DAY + 3


def test_entries_between_leaves_out_the_oldest(month):
    visit = make.VisitFactory(on=date(2018, 12, 6))
    entries, cut = entries_between(make.UserFactory(), date(2018, 12, 1), date(2018, 12, 31), limit=1)
    assert (next(entry.uid for entry in entries), len(entries), cut) == (f"kunjungan-{visit.pk}", 2, True)


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("address", [CALENDAR, PRINT])
def test_calendar_asks_the_same_number_of_queries(db, client, count, address, django_assert_num_queries):
    for _ in range(count):
        training = training_on(date(2018, 12, 4), date(2018, 12, 5))
        make.ParticipantFactory(training=training)
        make.VisitFactory(on=date(2018, 12, 4))
    client.force_login(make.UserFactory())
    client.get(address, MONTH)
    with django_assert_num_queries(6):
        page = client.get(address, MONTH)
    assert len(page.context["entries"]) == 3 * count


def test_calendar_print_lists_place_and_people(month, client):
    training = training_on(date(2018, 12, 4), title="Bimtek", venue="Balai desa")
    make.ParticipantFactory(training=training)
    client.force_login(make.UserFactory())
    page = client.get(PRINT, MONTH)
    rows = [(entry.hours, entry.place, entry.people) for entry in page.context["entries"]]
    assert rows[0] == ("08.00 s.d. 12.00 WIB", "Balai desa", "1 peserta")
    assert rows[2] == ("", f"{month.village}, Kec. {month.village.subdistrict.name}", "Sari")
    assert "(dibatalkan)" in page.content.decode()
