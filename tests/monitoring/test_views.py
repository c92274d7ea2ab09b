"""Beranda: scope, filters, a fixed number of queries."""

import pytest
from django.urls import reverse

from tests import factories as make

HOME = reverse("monitoring:home")


def villages_of_cohort(count):
    """Villages with everything that the chain reads."""
    villages = []
    for _ in range(count):
        village = make.GrantAwardFactory().village
        group = make.MemberFactory(group__village=village, group__formed_on="2018-02-01").group
        make.LegalDocumentFactory(group=group)
        plan = make.WorkPlanFactory(group=group)
        plan.steps.create(action="submit", on="2026-01-05")
        make.ConditionCheckFactory(facility__village=village)
        session = make.TrainingSessionFactory(day__training__cohort_year=2017)
        make.InvitationFactory(training=session.day.training, village=village)
        participant = make.ParticipantFactory(training=session.day.training, person__village=village)
        make.AttendanceFactory(participant=participant, session=session)
        villages.append(village)
    return villages


@pytest.mark.parametrize("count", [1, 5])
def test_home_asks_the_same_number_of_queries(db, client, count, django_assert_num_queries):
    villages_of_cohort(count)
    client.force_login(make.UserFactory())
    client.get(HOME)
    with django_assert_num_queries(40):
        response = client.get(HOME)
    assert response.context["total"] == count


def test_home_shows_a_facilitator_own_villages_only(db, client):
    own, other = villages_of_cohort(2)
    client.force_login(make.FacilitatorFactory(villages=[own]))
    page = client.get(HOME)
    assert [chain.village for chain in page.context["page_obj"]] == [own]
    assert other.name not in page.content.decode()


def test_home_shows_nothing_of_another_district(db, client):
    villages_of_cohort(1)
    client.force_login(make.AdminFactory(district=make.OtherDistrictFactory()))
    page = client.get(HOME)
    assert page.context["total"] == 0
    assert "Belum ada desa yang tercatat" in page.content.decode()


def test_home_narrows_to_a_state_of_a_stage(db, client):
    first, _second = villages_of_cohort(2)
    first.facilities.get().checks.create(checked_on="2026-11-01", functioning="tidak", checked_by="Petugas")
    client.force_login(make.OfficialFactory())
    page = client.get(HOME, {"tahap": "facility", "keadaan": "none"})
    assert [chain.village for chain in page.context["page_obj"]] == [first]
    counts = {item.state: item.count for item in page.context["tiles"][3].counts}
    assert counts == {"done": 1, "half": 0, "none": 1, "unknown": 0}


def test_home_as_of_a_day_and_not_of_a_day_to_come(db, client):
    villages_of_cohort(1)
    client.force_login(make.UserFactory())
    past = client.get(HOME, {"per": "2018-01-01"})
    assert [step.state for step in past.context["page_obj"][0].steps] == ["unknown"] * 4
    assert "Tanggal ini belum tiba" in client.get(HOME, {"per": "2999-01-01"}).content.decode()


@pytest.mark.parametrize(
    "query", ["ta=99999999999", "ta=x", "kecamatan=abc", "page=zzz", "per=0000", "tahap=x&keadaan=y"]
)
def test_home_survives_nonsense(db, client, query):
    villages_of_cohort(1)
    client.force_login(make.UserFactory())
    assert client.get(f"{HOME}?{query}").status_code == 200


def test_home_says_so_to_a_facilitator_without_villages(db, client):
    client.force_login(make.FacilitatorFactory())
    assert "Hubungi admin DPMU" in client.get(HOME).content.decode()
