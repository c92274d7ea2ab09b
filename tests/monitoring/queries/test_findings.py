"""The eight national findings: each rule, as of a day, in the unit and as pages."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from kpspams.models import KpspamsGroup
from monitoring.queries.findings import FINDINGS, Found, findings_of, totals
from tests import factories as make

DAY = date(2026, 11, 1)
PAGE = reverse("monitoring:findings")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    """A fixed day: the rows below have dates, and figures as of today must not change with the calendar."""
    with time_machine.travel("2026-11-24 03:00Z", tick=True):
        yield


def judged(group, on=DAY):
    (row,) = findings_of(KpspamsGroup.objects.filter(pk=group.pk), on)
    return {key: item.found.value for key, item in row.judged.items()}


def some(judged, *keys):
    return [judged[key] for key in keys]


def check(group, **facts):
    return make.GroupCheckFactory(**({"group": group, "checked_on": date(2026, 6, 1)} | facts))


def test_the_national_list_has_the_shares_that_a_dpmu_knows():
    shares = [round(finding.national_share, 1) for finding in FINDINGS.values()]
    assert shares == [4.3, 10.0, 49.5, 2.9, 9.2, 29.6, 5.0, 8.0]


def test_a_group_that_nobody_looked_at_is_no_finding_but_without_data():
    group = make.GroupFactory()
    found = judged(group)
    assert found.pop("tanpa-rencana-kerja") == "ada"  # the deadline of the year has passed
    assert set(found.values()) == {"belum"}


@pytest.mark.parametrize(
    ("books", "none", "partly"),
    [
        ("tidak_ada", "ada", "tidak"),
        ("tidak_lengkap", "tidak", "ada"),
        ("lengkap", "tidak", "tidak"),
        ("", "belum", "belum"),
    ],
)
def test_books(books, none, partly):
    group = make.GroupFactory()
    check(group, bookkeeping=books)
    assert some(judged(group), "tanpa-pembukuan", "pembukuan-tidak-lengkap") == [none, partly]


@pytest.mark.parametrize(("has", "found"), [(True, "tidak"), (False, "ada"), (None, "belum")])
def test_asset_list(has, found):
    group = make.GroupFactory()
    check(group, has_asset_list=has)
    assert judged(group)["tanpa-daftar-aset"] == found


@pytest.mark.parametrize(
    ("facts", "none", "low"),
    [
        ({"fee_system": "tidak_ada"}, "ada", "tidak"),
        ({"fee_system": "tetap", "income": 900_000, "operating_cost": 900_000}, "tidak", "tidak"),
        ({"fee_system": "meter", "income": 899_999, "operating_cost": 900_000}, "tidak", "ada"),
        ({"fee_system": "meter", "income": None, "operating_cost": 900_000}, "tidak", "belum"),
        ({"fee_system": "", "income": None, "operating_cost": None}, "belum", "belum"),
    ],
)
def test_fee(facts, none, low):
    group = make.GroupFactory()
    check(group, **facts)
    assert some(judged(group), "tanpa-iuran", "iuran-di-bawah-bop") == [none, low]


def test_the_newest_check_up_to_the_day_speaks():
    group = make.GroupFactory()
    check(group, checked_on=date(2026, 3, 1), bookkeeping="tidak_ada")
    check(group, checked_on=date(2026, 6, 1), bookkeeping="lengkap")
    check(group, checked_on=date(2026, 6, 1), bookkeeping="tidak_lengkap")  # a correction of the same day
    check(group, checked_on=date(2026, 11, 2), bookkeeping="lengkap")
    assert judged(group)["pembukuan-tidak-lengkap"] == "ada"
    assert judged(group, date(2026, 5, 1))["tanpa-pembukuan"] == "ada"
    assert judged(group, date(2026, 2, 1))["tanpa-pembukuan"] == "belum"


@pytest.mark.parametrize(("day", "found"), [(date(2025, 11, 1), "ada"), (date(2025, 10, 31), "belum")])
def test_a_check_speaks_for_twelve_months(day, found):
    group = make.GroupFactory()
    check(group, checked_on=day, bookkeeping="tidak_ada")
    assert judged(group)["tanpa-pembukuan"] == found


def plan(group, year, *steps):
    row = make.WorkPlanFactory(group=group, year=year)
    for action, day in steps:
        row.steps.create(action=action, on=day)
    return row


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], "ada"),
        ([("submit", "2026-01-20")], "tidak"),
        ([("submit", "2026-01-20"), ("approve", "2026-02-01")], "tidak"),
        ([("submit", "2026-01-20"), ("return", "2026-02-01")], "ada"),
        ([("submit", "2026-11-02")], "ada"),
    ],
)
def test_a_plan_counts_when_it_was_submitted_by_the_day(steps, found):
    group = make.GroupFactory()
    plan(group, 2026, *steps)
    assert judged(group)["tanpa-rencana-kerja"] == found


def test_the_year_of_the_grant_says_nothing_about_the_year_of_the_plan():
    group = make.GroupFactory()
    make.GrantAwardFactory(village=group.village, fiscal_year=2017)
    plan(group, 2026, ("submit", "2026-01-10"))
    assert judged(group)["tanpa-rencana-kerja"] == "tidak"


def test_before_the_deadline_the_plan_of_the_year_before_counts_too():
    group = make.GroupFactory()
    assert judged(group, date(2026, 1, 31))["tanpa-rencana-kerja"] == "belum"
    plan(group, 2025, ("submit", "2025-01-10"))
    assert judged(group, date(2026, 1, 31))["tanpa-rencana-kerja"] == "tidak"
    assert judged(group, date(2026, 2, 1))["tanpa-rencana-kerja"] == "ada"


def test_plans_before_the_office_recorded_any_are_without_data():
    assert judged(make.GroupFactory(), date(2016, 6, 1))["tanpa-rencana-kerja"] == "belum"


@pytest.mark.parametrize(
    ("states", "broken", "partly"),
    [
        ([], "belum", "belum"),
        ([None], "belum", "belum"),
        (["berfungsi"], "tidak", "tidak"),
        (["sebagian"], "tidak", "ada"),
        (["tidak"], "ada", "tidak"),
        (["tidak", "tidak"], "ada", "tidak"),
        (["berfungsi", "tidak"], "tidak", "ada"),
        (["tidak", None], "tidak", "ada"),
        (["berfungsi", None], "belum", "belum"),
    ],
)
def test_water_of_the_village_where_nobody_said_which_the_group_operates(states, broken, partly):
    group = make.GroupFactory()
    for state in states:
        facility = make.FacilityFactory(village=group.village)
        if state:
            make.ConditionCheckFactory(facility=facility, functioning=state, checked_on=date(2026, 6, 1))
    assert some(judged(group), "sam-tidak-berfungsi", "sam-berfungsi-sebagian") == [broken, partly]


def test_a_group_is_judged_by_what_it_operated_on_the_day():
    group = make.GroupFactory()
    broken = make.FacilityFactory(village=group.village)
    far = make.FacilityFactory()  # in the next village
    make.ConditionCheckFactory(facility=broken, functioning="tidak", checked_on=date(2026, 6, 1))
    make.ConditionCheckFactory(facility=far, functioning="berfungsi", checked_on=date(2026, 6, 1))
    make.GroupFacilityFactory(group=group, facility=far, starts_on=date(2026, 8, 1))
    assert judged(group)["sam-tidak-berfungsi"] == "tidak"
    assert judged(group, date(2026, 7, 1))["sam-tidak-berfungsi"] == "ada"


def test_shares_name_the_groups_with_data_as_their_base():
    one, two, _three = (make.GroupFactory() for _ in range(3))
    check(one, bookkeeping="tidak_ada")
    check(two, bookkeeping="lengkap")
    rows = findings_of(KpspamsGroup.objects.all(), DAY)
    total = totals(rows)[1]
    assert (total.yes, total.known, total.unknown, total.share) == (1, 2, 1, 50.0)
    assert totals([])[0].share is None


def filled(count):
    groups = []
    for _ in range(count):
        group = make.GroupFactory()
        check(group, bookkeeping="tidak_ada", checked_on=date(2026, 10, 1))
        make.GrantAwardFactory(village=group.village)
        plan(group, 2026, ("submit", "2026-01-20"))
        facility = make.ConditionCheckFactory(facility__village=group.village).facility
        make.GroupFacilityFactory(group=group, facility=facility)
        groups.append(group)
    return groups


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (PAGE, 20),
        (reverse("monitoring:finding_groups", args=["tanpa-pembukuan"]), 18),
    ],  # the first has buttons, and counts villages without a group
)
def test_pages_ask_the_same_number_of_queries(address, queries, count, client, django_assert_num_queries):
    filled(count)
    client.force_login(make.UserFactory())
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_page_tells_totals_and_leads_to_the_groups(client):
    filled(3)
    make.GroupFactory(name="Tanpa Data")
    client.force_login(make.OfficialFactory())
    page = client.get(PAGE)
    total = page.context["totals"][1]
    assert (total.yes, total.known, total.unknown) == (3, 3, 1)
    place, cohort = page.context["breakdowns"]
    assert sum(row[3] for row in place["rows"]) == 4
    assert [row[0] for row in cohort["rows"]] == ["TA 2017", "Bukan desa penerima"]
    unknown = client.get(reverse("monitoring:finding_groups", args=["tanpa-pembukuan"]), {"keadaan": "belum"})
    assert [row.group.name for row in unknown.context["object_list"]] == ["Tanpa Data"]


def test_the_number_of_a_row_is_the_length_of_its_list(client):
    groups = filled(3)
    client.force_login(make.UserFactory())
    place = groups[0].village.subdistrict
    expected = sum(group.village.subdistrict == place for group in groups)
    address = reverse("monitoring:finding_groups", args=["tanpa-pembukuan"])
    found = client.get(address, {"kecamatan": place.pk, "ta": "2017"})
    assert found.context["page_obj"].paginator.count == expected


def test_a_facilitator_sees_the_own_groups_only(client):
    own, _other = filled(2)
    client.force_login(make.FacilitatorFactory(villages=[own.village]))
    assert client.get(PAGE).context["count"] == 1


def test_a_day_that_has_not_come_is_said_at_its_field(client):
    client.force_login(make.UserFactory())
    page = client.get(PAGE, {"per": "2099-01-01"})
    assert page.context["filters"].errors["per"] == [
        "Tanggal ini belum tiba. Pilih hari ini atau hari yang sudah lewat."
    ]


def test_an_unknown_finding_is_not_found(client):
    client.force_login(make.UserFactory())
    assert client.get("/temuan/apa-saja/").status_code == 404


def test_all_findings_leave_as_a_file_group_by_group(client):
    filled(2)
    client.force_login(make.OfficialFactory())
    response = client.get(PAGE, {"unduh": "csv", "per": "2026-11-01"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Tidak memiliki pembukuan" in lines[0]
    assert Found.YES in {item.found for item in findings_of(KpspamsGroup.objects.all(), DAY)[0].judged.values()}


def test_the_page_of_a_group_tells_its_findings(client):
    (group,) = filled(1)
    client.force_login(make.UserFactory())
    text = client.get(group.get_absolute_url()).content.decode()
    assert "Temuan nasional" in text
    assert "Tidak memiliki pembukuan" in text
