"""Kalender kegiatan: what a month shows, to whom, and with how many queries."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from monitoring.queries.calendar import MAX_OF_DAY, Entry, entries_between, last_of_month, weeks_of
from tests import factories as make
from trainings.models import Training

CALENDAR = reverse("monitoring:calendar")
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


def test_calendar_shows_a_person_only_what_is_visible(month, client):
    own = make.TrainingDayFactory(training__title="Bimtek desa", date=date(2018, 12, 7)).training
    village = make.VillageFactory()
    make.InvitationFactory(training=own, village=village)
    client.force_login(make.FacilitatorFactory(villages=[village]))
    assert titles(client.get(CALENDAR, MONTH)) == ["Bimtek desa"]
    client.force_login(make.AdminFactory(district=make.OtherDistrictFactory()))
    page = client.get(CALENDAR, MONTH)
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
def test_calendar_asks_the_same_number_of_queries(db, client, count, django_assert_num_queries):
    for _ in range(count):
        training = training_on(date(2018, 12, 4), date(2018, 12, 5))
        make.ParticipantFactory(training=training)
        make.VisitFactory(on=date(2018, 12, 4))
    client.force_login(make.UserFactory())
    client.get(CALENDAR, MONTH)
    with django_assert_num_queries(7):
        page = client.get(CALENDAR, MONTH)
    assert len(page.context["entries"]) == 3 * count


@pytest.mark.parametrize(
    ("month", "weeks", "before_first", "after_last"),
    [
        ((2021, 2), 4, 0, 0),  # begins on Monday, ends on Sunday
        ((2026, 6), 5, 0, 5),  # begins on Monday
        ((2026, 11), 6, 6, 6),  # begins on Sunday
        ((2024, 2), 5, 3, 3),
        ((2018, 12), 6, 5, 6),
        ((2019, 1), 5, 1, 3),
    ],
)
def test_weeks_of_leave_days_of_other_months_empty(month, weeks, before_first, after_last):
    """Even where one of them is today or has an activity."""
    first = date(*month, 1)
    entries = [Entry("rapat", first + timedelta(days=at), "Rapat", "/", f"{at}") for at in range(-7, 40)]
    for today in (first - timedelta(days=1), last_of_month(first) + timedelta(days=1), first):
        found = weeks_of(first, entries, today)
        cells = [cell for week in found for cell in week]
        outside = [cell for cell in cells if not cell.in_month]
        assert (len(found), len(outside)) == (weeks, before_first + after_last)
        assert [cell.in_month for cell in cells[: before_first + 1]] == [False] * before_first + [True]
        assert [cell for cell in outside if cell.is_today or cell.entries] == []
        assert [cell.day for cell in cells if cell.is_today] == ([first] if today == first else [])
        assert all(len(cell.entries) == 1 for cell in cells if cell.in_month)


def test_calendar_offers_its_print_of_the_month_and_kind_shown(month, client):
    make.OtherDistrictFactory()
    client.force_login(make.AdminFactory())
    text = client.get(CALENDAR, MONTH | {"jenis": "rapat"}).content.decode()
    for name, value in (("kind", "activity_calendar"), ("period", "2018-12"), ("activity", "rapat")):
        assert f'name="{name}" value="{value}"' in text
    assert "Cetak PDF" not in client.get(CALENDAR, {"hari": "2018-12-05"}).content.decode()


@pytest.mark.parametrize(
    ("people", "recipients", "villages", "shown"),
    [
        (0, "Dinas PMD\nDinas Kesehatan", 3, "2 instansi, 3 desa diundang"),
        (0, "Dinas PMD", 0, "1 instansi diundang"),
        (2, "Dinas PMD", 3, "2 peserta"),
        (0, "", 0, ""),
    ],
)
def test_entries_name_the_invited_until_people_are_registered(db, people, recipients, villages, shown):
    training = training_on(date(2018, 12, 5), kind="rapat", recipients=recipients)
    make.InvitationFactory.create_batch(villages, training=training)
    make.ParticipantFactory.create_batch(people, training=training)
    (entry,), _ = entries_between(make.UserFactory(), date(2018, 12, 1), date(2018, 12, 31))
    assert entry.people == shown
