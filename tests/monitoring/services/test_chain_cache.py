"""ChainCache agrees with the chain: pages over many villages show the figures of an uncached computation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring import tasks
from monitoring.models import ChainCache
from monitoring.queries.chain import LABELS, chains_of
from monitoring.queries.stage_counts import stage_counts
from monitoring.services import chain_cache
from tests import factories as make
from tests.monitoring.test_views import villages_of_cohort
from trainings.services.attendance import Mark, mark
from villages.models import Village

pytestmark = pytest.mark.django_db
HOME = reverse("monitoring:home")


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    """Pages compute two villages; for three they read the cache, and as of a past day nothing is computed."""
    monkeypatch.setattr(chain_cache, "MAX_JUDGED_TODAY", 2)
    monkeypatch.setattr(chain_cache, "MAX_JUDGED", 2)


@pytest.fixture
def villages():
    """Five villages of TA 2017 in different states, one of which got a grant of 2018 too."""
    found = villages_of_cohort(5)
    found[0].facilities.get().checks.create(checked_on=localdate(), functioning="tidak", checked_by="Petugas")
    found[1].groups.get().documents.all().delete()
    found[2].groups.get().work_plans.get().steps.all().delete()
    make.GrantAwardFactory(village=found[3], fiscal_year=2018)
    return found


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def kept():
    return {
        (row.village_id, row.cohort_year): [getattr(row, key) for key in LABELS] for row in ChainCache.objects.all()
    }


def judged(cohort_year):
    rows = Village.objects.select_related("subdistrict__district__settings_row")
    rows = rows.of_cohort(cohort_year) if cohort_year else rows
    found = chains_of(rows, localdate(), cohort_year or None)
    return {(chain.village.pk, cohort_year): [step.state.value for step in chain.steps] for chain in found}


def test_standings_are_the_chains_of_today_for_every_cohort(villages):
    assert chain_cache.count_all() == Village.objects.count()
    assert kept() == judged(0) | judged(2017) | judged(2018)
    chain_cache.count_all()
    assert kept() == judged(0) | judged(2017) | judged(2018)


def test_beranda_shows_the_same_numbers_and_rows_counted_and_judged(villages, staff, client, monkeypatch):
    tasks.count_all()
    requested = [
        {"ta": "2017"},
        {"ta": "semua"},
        {"ta": "2017", "tahap": "facility", "keadaan": "none"},
        {"ta": "2017", "keadaan": "none"},
        {"ta": "spam", "tahap": "legal", "keadaan": "half"},
    ]

    def seen():
        pages = [client.get(HOME, query).context for query in requested]
        return [
            (page["total"], page["tiles"], page["paginator"].count, [chain.village for chain in page["page_obj"]])
            for page in pages
        ]

    counted = seen()
    assert client.get(HOME, requested[0]).context["counted_at"] is not None
    monkeypatch.setattr(chain_cache, "MAX_JUDGED_TODAY", 500)
    assert client.get(HOME, requested[0]).context["counted_at"] is None
    assert seen() == counted
    assert [len(rows) for *_, rows in counted] == [5, Village.objects.count(), 1, 3, 4]


def test_what_was_written_down_is_counted_within_the_minute(villages, staff):
    chain_cache.count_all()
    village = villages[4]
    check = village.facilities.get().checks.model(
        facility=village.facilities.get(), checked_on=localdate(), functioning="tidak", checked_by="Petugas"
    )
    assert kept() == judged(0) | judged(2017) | judged(2018)
    check.add(by=staff)
    assert kept() != judged(0) | judged(2017) | judged(2018)
    tasks.count_touched()
    assert kept() == judged(0) | judged(2017) | judged(2018)
    award = villages[3].awards.get(fiscal_year=2018)
    award.delete()
    villages[3].postal_code = "34598"
    villages[3].change(by=staff)
    new = make.VillageFactory()
    tasks.count_touched()
    assert kept() == judged(0) | judged(2017)
    assert (new.pk, 0) in kept()


def test_attendance_moves_the_invited_villages(villages, staff):
    chain_cache.count_all()
    invitation = villages[0].invitations.get()
    participant = invitation.training.participants.get()
    participant.attendances.all().delete()
    mark(
        invitation.training,
        {(participant.pk, session.pk): Mark("alpa") for session in [invitation.training.days.get().sessions.get()]},
        {},
        by=staff,
        source="grid",
    )
    tasks.count_touched()
    assert ChainCache.objects.get(village=villages[0], cohort_year=2017).trained == "none"
    assert kept() == judged(0) | judged(2017) | judged(2018)


def test_too_many_villages_of_a_past_day_are_listed_and_not_counted(villages, staff, client):
    tasks.count_all()
    page = client.get(HOME, {"ta": "2017", "per": (localdate() - timedelta(days=1)).isoformat()})
    assert (page.context["total"], page.context["tiles"], len(page.context["page_obj"])) == (5, None, 5)
    assert "Pilih kabupaten atau kecamatan" in page.content.decode()
    client.force_login(make.OfficialFactory())
    assert "Pilih kabupaten atau kecamatan" in client.get(HOME, {"ta": "2017", "tahun": "2025"}).content.decode()


def test_what_was_not_counted_yet_is_said(villages, staff, client):
    assert "sedang dihitung" in client.get(HOME, {"ta": "2017"}).content.decode()
    chain_cache.count([villages[0].pk])
    page = client.get(HOME, {"ta": "2017"})
    assert (page.context["total"], page.context["uncounted"]) == (5, 4)
    assert "4 desa belum terhitung" in page.content.decode()


def test_the_export_of_many_villages_has_them_all(villages, staff, client):
    tasks.count_all()
    answer = client.get(HOME, {"ta": "2017", "unduh": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().split("\n")
    assert len(lines) == 1 + 5


def test_small_installations_keep_no_standings(villages, monkeypatch):
    monkeypatch.setattr(chain_cache, "MAX_JUDGED_TODAY", 500)
    tasks.count_all()
    tasks.count_touched()
    assert ChainCache.objects.count() == 0


@pytest.mark.parametrize("count", [3, 9])
def test_many_villages_ask_the_same_number_of_queries(staff, client, count, django_assert_num_queries):
    villages_of_cohort(count)
    tasks.count_all()
    client.get(HOME)
    with django_assert_num_queries(40):
        assert client.get(HOME).context["total"] == count


def test_stage_counts_of_the_page_are_those_of_the_tally(villages, staff, client):
    tasks.count_all()
    rows = Village.objects.select_related("subdistrict__district__settings_row").of_cohort(2017)
    assert client.get(HOME, {"ta": "2017"}).context["tiles"] == stage_counts(chains_of(rows, localdate(), 2017))
