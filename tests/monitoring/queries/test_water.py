"""The state of a water system on a day: the newest fact counts, and every page reads it from one place."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from monitoring.queries.chain import State, chains_of
from monitoring.queries.coverage import Registry
from monitoring.queries.findings import facility_findings, totals
from monitoring.queries.next_steps import cards
from monitoring.queries.water import unchecked, with_water
from plans.models import DamageReport
from plans.services.damages import report_damage, take_step
from tests import factories as make
from villages.models import Facility, Village

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 3)


@pytest.fixture
def facility():
    return make.FacilityFactory()


@pytest.fixture
def user():
    return make.UserFactory()


def look(facility, on, functioning, **figures):
    return make.ConditionCheckFactory(facility=facility, checked_on=on, functioning=functioning, **figures)


def damage(facility, since, user, recorded=None, stopped=True):
    report = DamageReport(facility=facility, since=since, component="pompa", description="Pompa macet", stopped=stopped)
    return report_damage(report, recorded or since, [], by=user)


def repair(report, on, user):
    return take_step(report, "berfungsi", on, "Pompa diganti", [], by=user)


def state(facility, on):
    """State and label of the chain; asserts that coverage, findings, next step and the list of unchecked
    systems agree.
    """
    rows = Village.objects.filter(pk=facility.village_id).select_related("subdistrict__district__settings_row")
    step = chains_of(rows, on)[0].stage("facility")
    (water,) = (row.water for row in with_water(Facility.objects.filter(pk=facility.pk), on))
    working = Registry(Village.objects.filter(pk=facility.village_id)).as_of(on)[1].working
    assert (working is None) == (not water.is_known)
    if water.is_known:
        assert (step.state == State.DONE) == (working == 1)
        broken = {total.finding.key: total.yes for total in totals([], facility_findings(Facility.objects.all(), on))}
        assert (step.state == State.NONE) == (broken["sam-tidak-berfungsi"] == 1)
    assert unchecked(Facility.objects.all(), on).exists() == water.needs_check
    return step.state, step.summary


def test_a_repair_of_the_same_day_is_newer_than_the_check_that_found_the_damage(facility, user):
    look(facility, DAY, "tidak")
    report = damage(facility, DAY, user)
    assert state(facility, DAY) == (State.NONE, "Tidak berfungsi, rusak sejak 3 November 2025")
    repair(report, DAY, user)
    assert state(facility, DAY) == (State.DONE, "Berfungsi, diperbaiki 3 November 2025, perlu dicek")
    (card,) = cards([Village.objects.select_related("subdistrict__district").get(pk=facility.village_id)], DAY)
    assert card.step is None or not card.step.label.startswith("Laporkan kerusakan")
    assert list(unchecked(Facility.objects.all(), DAY)) == [facility]
    look(facility, DAY + timedelta(days=1), "berfungsi")
    assert state(facility, DAY + timedelta(days=1)) == (State.DONE, "Berfungsi")


def test_a_check_after_the_repair_of_the_same_day_is_newer(facility, user):
    repair(damage(facility, DAY - timedelta(days=5), user), DAY, user)
    look(facility, DAY, "tidak")
    assert state(facility, DAY) == (State.NONE, "Tidak berfungsi")


@pytest.mark.parametrize("recorded", [DAY, DAY + timedelta(days=2)])
def test_a_newer_open_damage_without_water_wins_over_the_check(facility, user, recorded):
    look(facility, DAY - timedelta(days=30), "berfungsi")
    damage(facility, DAY, user, recorded=recorded)
    before = DAY - timedelta(days=1)
    assert state(facility, before) == (State.DONE, "Berfungsi")
    assert state(facility, recorded) == (State.NONE, "Tidak berfungsi, rusak sejak 3 November 2025")


def test_a_newer_check_wins_over_an_open_damage_and_the_words_say_that_they_disagree(facility, user):
    damage(facility, DAY, user)
    look(facility, DAY + timedelta(days=9), "berfungsi")
    word = "Berfungsi, kerusakan sejak 3 November 2025 belum ditutup: periksa mana yang benar"
    assert state(facility, DAY + timedelta(days=9)) == (State.DONE, word)


def test_an_open_damage_with_running_water_leaves_the_check(facility, user):
    look(facility, DAY, "berfungsi")
    damage(facility, DAY, user, stopped=False)
    assert state(facility, DAY) == (State.DONE, "Berfungsi")


def test_a_damage_that_was_opened_again_is_read_by_its_dated_steps(facility, user):
    report = repair(damage(facility, DAY, user), DAY + timedelta(days=5), user)
    take_step(report, "diperbaiki", DAY + timedelta(days=8), "Macet lagi", [], by=user)
    days = [DAY, DAY + timedelta(days=6), DAY + timedelta(days=8)]
    assert [state(facility, day)[0] for day in days] == [State.NONE, State.DONE, State.NONE]
    assert [DamageReport.objects.open_on(day).count() for day in days] == [1, 0, 1]


def test_a_repair_speaks_for_twelve_months(facility, user):
    repair(damage(facility, DAY, user), DAY, user)
    assert state(facility, date(2026, 11, 3))[0] == State.DONE
    assert state(facility, date(2026, 11, 4)) == (
        State.UNKNOWN,
        "Perlu dicek, terakhir 3 November 2025: catat pemeriksaan SPAM",
    )


def test_a_figure_left_out_by_the_check_that_found_it_broken_comes_back_with_the_repair(facility, user):
    look(facility, date(2025, 5, 1), "berfungsi", people=300)
    look(facility, DAY, "tidak")
    report = damage(facility, DAY, user)
    assert Registry(Village.objects.all()).as_of(DAY)[1].people == 0
    repair(report, DAY, user)
    assert Registry(Village.objects.all()).as_of(DAY)[1].people == 300


def test_broken_systems_of_villages_without_a_group_are_findings(client, user):
    """Each SPAM is assessed once: with a group, without any, and with a dissolved group."""
    for _ in range(2):
        look(make.FacilityFactory(), DAY, "tidak")
    look(make.FacilityFactory(village=make.GroupFactory().village), DAY, "berfungsi")
    look(make.FacilityFactory(village=make.GroupFactory(dissolved_on=date(2020, 1, 1)).village), DAY, "sebagian")
    client.force_login(user)
    page = client.get(reverse("monitoring:findings"), {"per": "2025-11-30"})
    found = {total.finding.key: (total.yes, total.known) for total in page.context["totals"]}
    assert (found["sam-tidak-berfungsi"], found["sam-berfungsi-sebagian"]) == ((2, 4), (1, 4))
    home = client.get(reverse("monitoring:home"), {"per": "2025-11-30", "ta": "semua"})
    assert home.context["tiles"][3].of(State.NONE) == 2
    address = reverse("monitoring:finding_groups", args=["sam-tidak-berfungsi"])
    rows = client.get(address, {"per": "2025-11-30"})
    assert len(rows.context["object_list"]) == 2
    file = client.get(address, {"per": "2025-11-30", "unduh": "csv"})
    assert len(b"".join(file.streaming_content).decode().splitlines()) == 1 + 2


@pytest.mark.parametrize(
    ("on", "word", "known"),
    [
        (date(2023, 3, 1), "1 dari 2 berfungsi, 1 belum diperiksa: catat pemeriksaan SPAM", (1, 1)),
        (date(2024, 2, 29), "0 dari 2 berfungsi, 1 perlu dicek: catat pemeriksaan SPAM", (0, 1)),
        (date(2025, 3, 1), "Perlu dicek, terakhir 29 Februari 2024: catat pemeriksaan SPAM", (None, 0)),
    ],
)
def test_of_two_systems_the_words_say_which_nobody_looked_at_and_coverage_counts_alike(facility, on, word, known):
    other = make.FacilityFactory(village=facility.village)
    look(facility, date(2023, 2, 28), "berfungsi")
    look(other, date(2024, 2, 29), "tidak")
    rows = Village.objects.filter(pk=facility.village_id).select_related("subdistrict__district__settings_row")
    assert chains_of(rows, on)[0].stage("facility").summary == word
    total = Registry(rows).as_of(on)[1]
    assert (total.working, total.known) == known


def test_repaired_broken_and_repaired_again_on_a_leap_day(facility, user):
    leap = date(2024, 2, 29)
    look(facility, leap, "tidak")
    report = damage(facility, leap, user)
    seen = []
    for step in ("berfungsi", "diperbaiki", "berfungsi"):
        report = take_step(report, step, leap, "Catatan", [], by=user)
        seen.append(state(facility, leap)[0])
    assert seen == [State.DONE, State.NONE, State.DONE]
    assert state(facility, date(2025, 2, 28))[0] == State.DONE
    assert state(facility, date(2025, 3, 1))[0] == State.UNKNOWN
