"""Laporan Bulanan Fasilitator and Laporan Hasil Monitoring: what the field recorded, and what it did not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from documents import registry
from documents.choices import Audience
from reports.models import Report
from reports.services import requests
from tests import factories as make
from tests.documents.samples import paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2025-11-20 03:00Z")


@pytest.fixture
def villages(office):
    return [make.VillageFactory(name=f"Contoh {name}") for name in ("Satu", "Dua", "Tiga")]


@pytest.fixture
def facilitator(villages):
    return make.FacilitatorFactory(name="Fasilitator Uji", villages=villages[:2])


@pytest.fixture
def visit(villages, facilitator):
    return make.VisitFactory(
        village=villages[0],
        by=facilitator,
        purpose="rusak",
        result="Pompa diangkat.",
        problem="Gulungan putus.",
        follow_up="Kelompok membeli gulungan.",
    )


def test_a_month_of_one_fasilitator(office, facilitator, visit, villages):
    make.VisitFactory(village=villages[1], by=facilitator, on=date(2025, 10, 31))
    make.VisitFactory(village=villages[0], by=make.UserFactory())
    snapshot, content = paper_of("visit_report", office.district, facilitator, period="2025-11")
    assert table_of(snapshot, "Kunjungan")["rows"] == [
        [
            *("1", "3 November 2025", "Contoh Satu", "Kerusakan SPAM", "Ketua KPSPAMS"),
            *("Pompa diangkat.", "Gulungan putus.", "Kelompok membeli gulungan."),
        ]
    ]
    printed = words_of(content)
    assert "1 kunjungan: 1 kerusakan SPAM" in printed
    assert "Desa dikunjungi : 1 dari 2 desa" in printed
    assert "2. Desa yang belum dikunjungi Contoh Dua." in printed
    assert "Fasilitator Uji" in printed


def test_a_fasilitator_gets_the_own_one_whatever_is_asked(office, facilitator, visit, villages):
    other = make.FacilitatorFactory(name="Orang Lain", villages=villages[2:])
    make.VisitFactory(village=villages[2], by=other)
    requested = {"period": "2025-11", "filter": {"fasilitator": str(facilitator.pk)}}
    report = requests.request_document("visit_report", office.district, requested, other)
    assert report.audience == Audience.REQUESTER
    paper = registry.document("visit_report")
    own = paper.collect(office.district, report.parameters, other)
    assert [row[2] for row in table_of(own, "Kunjungan")["rows"]] == ["Contoh Tiga"]
    office_sees = paper.collect(office.district, report.parameters, make.UserFactory())
    assert [row[2] for row in table_of(office_sees, "Kunjungan")["rows"]] == ["Contoh Satu"]
    everybody = paper.collect(office.district, {"period": "2025-11", "filter": {}}, make.UserFactory())
    assert len(table_of(everybody, "Kunjungan")["rows"]) == 2


def test_what_monitoring_found_in_each_village(office, staff, visit, villages):
    make.ConditionCheckFactory(
        facility__village=villages[0], facility__name="SPAM Uji", checked_on=date(2025, 11, 5), functioning="sebagian"
    )
    make.GroupCheckFactory(group__village=villages[1], group__name="Tirta Uji", checked_on=date(2025, 11, 6))
    make.DamageReportFactory(facility__village=villages[0], since=date(2025, 9, 1), handled_by="Seksi Teknik")
    snapshot, content = paper_of("monitoring_report", office.district, staff, period="2025-11")
    rows = [row for block in snapshot["body"] if block["kind"] == "table" for row in block["rows"]]
    found = {row[0]: row[1:] for row in rows}
    assert set(found) == {"Contoh Satu", "Contoh Dua"}
    assert (
        "3 November 2025 Kerusakan SPAM: Pompa diangkat. 5 November 2025 SPAM Uji: berfungsi sebagian"
        in (found["Contoh Satu"][0])
    )
    assert "Gulungan putus" in found["Contoh Satu"][1]
    assert "ditangani Seksi Teknik" in found["Contoh Satu"][2]
    assert '6 November 2025 KPSPAMS "Tirta Uji": aktif' in found["Contoh Dua"][0]
    printed = words_of(content)
    assert "Desa dipantau : 2 dari 3 desa" in printed
    assert "Belum dipantau pada masa ini: Contoh Tiga." in printed


def test_months_to_come_and_people_who_see_a_part_are_refused(office, facilitator):
    for kind in ("visit_report", "monitoring_report"):
        with pytest.raises(ValidationError, match="Desember 2025 belum mulai"):
            registry.document(kind).clean(office.district, {"period": "2025-12"})
    with pytest.raises(PermissionDenied):
        requests.request_document("monitoring_report", office.district, {"period": "2025-11"}, facilitator)


def test_the_list_of_visits_asks_for_them(client, office, facilitator, visit, staff):
    page = reverse("fieldwork:visit_list")
    client.force_login(facilitator)
    own = client.get(page).text
    assert 'value="visit_report"' in own
    assert 'value="monitoring_report"' not in own
    client.force_login(staff)
    assert 'value="monitoring_report"' in client.get(page).text
    requested = {"kind": "visit_report", "subject": "district", "subject_id": office.district.pk, "period": "2025-11"}
    client.post(reverse("reports:report_request"), requested | {"fasilitator": str(facilitator.pk)})
    assert Report.objects.get().parameters == {"period": "2025-11", "filter": {"fasilitator": str(facilitator.pk)}}


def test_an_old_open_damage_is_no_visit_and_is_told_all_the_same(office, staff, villages):
    """No village was visited in the month: an old damage, open or closed before it, is no visit."""
    make.DamageReportFactory(facility__village=villages[0], facility__name="SPAM Uji", since=date(2025, 9, 1))
    repaired = make.DamageReportFactory(
        facility__village=villages[1], since=date(2025, 8, 1), state="berfungsi", working_again_on=date(2025, 8, 9)
    )
    make.DamageStepFactory(report=repaired, state="berfungsi", on=date(2025, 8, 9))
    snapshot, content = paper_of("monitoring_report", office.district, staff, period="2025-11")
    assert [block for block in snapshot["body"] if block["kind"] == "table"] == []
    printed = words_of(content)
    assert "Desa dipantau : 0 dari 3 desa" in printed
    assert "Kerusakan lama di desa yang belum dipantau: Contoh Satu: 1 September 2025 Rusak: " in printed
    assert "Contoh Dua: " not in printed


def test_a_step_within_the_period_is_a_look(office, staff, villages):
    report = make.DamageReportFactory(facility__village=villages[0], since=date(2025, 9, 1))
    make.DamageStepFactory(report=report, state="diperiksa", on=date(2025, 11, 4))
    snapshot, _ = paper_of("monitoring_report", office.district, staff, period="2025-11")
    rows = [row for block in snapshot["body"] if block["kind"] == "table" for row in block["rows"]]
    assert [row[0] for row in rows] == ["Contoh Satu"]


def test_each_day_is_written_once_and_a_running_system_is_no_problem(office, staff, villages):
    for name in ("SPAM A", "SPAM B"):
        make.ConditionCheckFactory(
            facility__village=villages[0], facility__name=name, checked_on=date(2025, 11, 5), cause="Kran diganti"
        )
    snapshot, _ = paper_of("monitoring_report", office.district, staff, period="2025-11")
    ((_, found, problems, *_),) = [
        row for block in snapshot["body"] if block["kind"] == "table" for row in block["rows"]
    ]
    assert found == "5 November 2025 SPAM A: berfungsi; SPAM B: berfungsi"
    assert problems == "-"


def test_monitoring_can_be_limited_to_one_cohort(client, office, staff, villages):
    make.GrantAwardFactory(village=villages[0], fiscal_year=2017)
    client.force_login(staff)
    assert '<option value="2017">TA 2017</option>' in client.get(reverse("fieldwork:visit_list")).text
    requested = {
        "kind": "monitoring_report",
        "subject": "district",
        "subject_id": office.district.pk,
        "period": "2025-11",
    }
    client.post(reverse("reports:report_request"), requested | {"ta": "2017"})
    report = Report.objects.get()
    assert report.parameters["filter"]["ta"] == "2017"
    _, content = paper_of("monitoring_report", office.district, staff, **report.parameters)
    assert "Desa dipantau : 0 dari 1 desa" in words_of(content)


def test_what_was_ticked_stands_beside_the_words_of_the_visitor(office, facilitator, visit, villages):
    make.ConditionCheckFactory(
        facility__village=villages[0], facility__name="SPAM Uji", checked_on=visit.on, functioning="tidak",
        cause="Pompa macet", recorded_by=facilitator,
    )  # fmt: skip
    make.GroupCheckFactory(
        group__village=villages[0], group__name="Tirta Uji", checked_on=visit.on, active=False, recorded_by=facilitator
    )
    make.ConditionCheckFactory(facility__village=villages[0], checked_on=visit.on)  # another user's
    make.VisitMonthFactory(visit=visit, group__village=villages[0], group__name="Zamrud Uji", answer="nihil")
    snapshot, _ = paper_of("visit_report", office.district, facilitator, period="2025-11")
    ticked = 'SPAM Uji: tidak berfungsi (Pompa macet); KPSPAMS "Tirta Uji": tidak aktif'
    ticked += '; KPSPAMS "Zamrud Uji": November 2025 tidak ada kegiatan'
    assert table_of(snapshot, "Kunjungan")["rows"][0][5] == f"Pompa diangkat. Dicatat: {ticked}."


def test_the_page_of_a_visit_shows_what_was_ticked_and_leads_to_the_damage(client, facilitator, visit, villages):
    check = make.ConditionCheckFactory(
        facility__village=villages[0], facility__name="SPAM Uji", checked_on=visit.on, functioning="tidak",
        recorded_by=facilitator,
    )  # fmt: skip
    client.force_login(facilitator)
    page = client.get(visit.get_absolute_url()).text
    assert "SPAM Uji: tidak berfungsi" in page
    assert reverse("plans:damage_create", args=[check.facility_id]) in page
    damage = make.DamageReportFactory(facility=check.facility, since=visit.on)
    page = client.get(visit.get_absolute_url()).text
    assert damage.get_absolute_url() in page
    assert reverse("plans:damage_create", args=[check.facility_id]) not in page
