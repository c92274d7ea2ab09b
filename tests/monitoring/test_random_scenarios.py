"""Consistency of days: all pages, documents and exports give the same figures of random dated scenarios, entered in any
order.
"""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.district import periodic_report
from monitoring.charts import charts
from monitoring.exports import CHAIN_COLUMNS, COVERAGE_COLUMNS
from monitoring.queries import final_figures
from monitoring.queries.area import Area, VillageArea
from monitoring.queries.area_facts import AreaFacts
from monitoring.queries.chain import State, chains_of
from monitoring.queries.coverage import Registry
from monitoring.queries.digest import digest_of, message
from monitoring.queries.water import unchecked, with_water
from plans.models import DamageReport, WorkPlan
from plans.queries.plan_status import status_on
from plans.queries.progress import carried_out
from plans.queries.realisation import by_area, by_month, by_source
from records.sums import sum_known
from tests import factories as make
from tests.monitoring.scenarios import enter, scenarios
from villages.models import Facility, GrantAward, Village

pytestmark = pytest.mark.django_db
PERIOD_END = date(2019, 3, 31)


@contextmanager
def undone():
    """Rolls back the writes inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def columns(rows, recorded):
    return [[str(column.of(row)) for column in recorded] for row in rows]


def figures_on(day, user):
    """All figures of one day in plain values; figures of several pages are compared with each other first."""
    district = user.district
    area = Area.of({"per": day.isoformat()}, user)
    digest = digest_of(Area.of_district({"per": day.isoformat(), "ta": "semua"}, user))
    drawn = {item.key: item for item in charts(area)}
    chains = area.chains()
    by_stage = {stage.key: [item.count for item in stage.counts] for stage in digest.stages}
    done = [stage.reached for stage in digest.stages]

    # The chain: Beranda, Ringkasan, Gambar, Lembar Desa, the message.
    assert columns(chains, CHAIN_COLUMNS) == columns(digest.chains, CHAIN_COLUMNS)
    assert [row.done for row in drawn["corong"].rows] == done
    recorded = [
        f"{stage.label}: {stage.done} dari {stage.total} desa" if stage.known else f"{stage.label}: belum ada data"
        for stage in digest.stages
    ]
    assert [line for line in recorded if line not in message(digest)] == []
    first = chains[0].village
    sheet = digest_of(VillageArea.of_village({"per": day.isoformat()}, user, first))
    assert [step.summary for step in sheet.chains[0].steps] == [step.summary for step in chains[0].steps]

    # Coverage: Cakupan, Ringkasan, Gambar, the public page.
    rows, total = Registry(Village.objects.all()).as_of(day)
    public = final_figures.compute(district, day)
    assert columns([total], COVERAGE_COLUMNS[2:]) == columns([digest.coverage], COVERAGE_COLUMNS[2:])
    assert [row.place.name for row in rows if row.checked] == [row[0] for row in drawn["cakupan"].table]
    recorded = (
        "spam",
        "spam_dicek",
        "spam_berfungsi",
        "sr_aktif",
        "kk_terlayani",
        "jiwa_terlayani",
        "jiwa_dasar_persen",
    )
    sums = (total.facilities, total.checked, total.working, total.connections, total.households, total.people)
    assert tuple(public["figures"][key] for key in recorded) == (*sums, total.jiwa.whole)

    # The public page counts the villages of a cohort, by the same chain.
    cohort = Village.objects.filter(pk__in=GrantAward.objects.values("village")).order_by("code")
    ours = chains_of(cohort.select_related("subdistrict__district__settings_row"), day)
    for key, name in final_figures.STAGE_FIGURES.items():
        states = [chain.stage(key).state for chain in ours]
        known = set(states) > {State.UNKNOWN} or (states and State.UNKNOWN not in states)
        assert public["figures"][name] == (states.count(State.DONE) if known else None)

    # Findings and money: Ringkasan and Gambar.
    findings = [(total.finding.key, total.yes, total.known, total.unknown) for total in digest.findings]
    shown = [(total.finding.key, total.yes, total.known, total.unknown) for total in drawn["temuan"].rows]
    assert shown in ([], findings)
    spent = drawn["realisasi-per-triwulan"].rows
    recorded = [row.realised for row in spent if row.realised is not None]
    money = digest.money and (digest.money.planned, digest.realised)
    assert money == ((sum(row.planned for row in spent), sum(recorded) if recorded else None) if spent else None)
    plans = AreaFacts(area).plans
    for split in (by_area, by_source, by_month):  # bidang, source and month split the same sum, known or not
        assert [sum_known(row.realised for row in split(plan)) for plan in plans] == [plan.realised for plan in plans]
    assert {f.pk for f in unchecked(Facility.objects.all(), day)} == {
        f.pk for f in with_water(Facility.objects.built_by(day), day) if f.water.needs_check
    }
    return {
        "chain": columns(chains, CHAIN_COLUMNS),
        "stages": by_stage,
        "coverage": columns([total], COVERAGE_COLUMNS[2:]),
        "findings": findings,
        "money": money,
        "damages": [(damage.what, damage.village, damage.days, damage.cost) for damage in digest.damages],
        "charts": {key: item.table for key, item in drawn.items()},
        "public": {key: value for key, value in public.items() if key != "sample"},
        "message": message(digest),
    }


def report_of_the_period(user):
    """The tables of Laporan berkala, compared with the pages of its last day."""
    parameters = {"period": "2019-03", "filter": {"ta": "semua"}}
    tables = {
        part["caption"]: part["rows"]
        for part in periodic_report.PeriodicReport().collect(user.district, parameters, user)["tables"]
    }
    figures = figures_on(PERIOD_END, user)
    assert [row[1:-1] for row in tables["Desa menurut tahap"]] == list(figures["stages"].values())
    assert len(tables["Kerusakan yang belum selesai"]) == len(figures["damages"])
    return tables


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios, day=st.dates(date(2018, 1, 1), date(2020, 6, 30)), seed=st.integers(1, 10_000))
def test_all_figures_of_a_day_agree_in_any_order_of_entry(scenario, day, seed):
    found = []
    for order in (0, seed):
        with undone():
            user = make.UserFactory(username="penguji")
            enter(scenario, order, user)
            found.append((figures_on(day, user), report_of_the_period(user)))
    assert found[0] == found[1]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios)
def test_the_dated_rows_say_of_today_what_the_columns_say(scenario):
    with undone():
        user = make.UserFactory()
        enter(scenario, 0, user)
        today = localdate()
        for plan in WorkPlan.objects.prefetch_related("steps"):
            assert status_on(plan.steps.all()) == plan.status
        assert set(carried_out(on=today)) == set(carried_out())
        assert set(DamageReport.objects.open_on(today)) == set(DamageReport.objects.open())
        figures_on(today, user)
