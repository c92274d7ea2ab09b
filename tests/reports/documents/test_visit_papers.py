"""Laporan Bulanan Fasilitator and Laporan Hasil Monitoring: what was written down in the field, and what was not."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from reports import documents, services
from reports.models import Report
from tests import factories as make
from tests.reports.samples import paper_of, table_of, words_of

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
    asked = {"period": "2025-11", "filter": {"fasilitator": str(facilitator.pk)}}
    report = services.ask("visit_report", office.district, asked, other)
    assert report.audience == Report.Audience.ASKER
    paper = documents.document("visit_report")
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
    rows = [row for block in snapshot["body"] if block["is"] == "table" for row in block["rows"]]
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
            documents.document(kind).clean(office.district, {"period": "2025-12"})
    with pytest.raises(PermissionDenied):
        services.ask("monitoring_report", office.district, {"period": "2025-11"}, facilitator)


def test_the_list_of_visits_asks_for_them(client, office, facilitator, visit, staff):
    page = reverse("trainings:visit_list")
    client.force_login(facilitator)
    own = client.get(page).text
    assert 'value="visit_report"' in own
    assert 'value="monitoring_report"' not in own
    client.force_login(staff)
    assert 'value="monitoring_report"' in client.get(page).text
    asked = {"kind": "visit_report", "subject": "district", "subject_id": office.district.pk, "period": "2025-11"}
    client.post(reverse("reports:report_request"), asked | {"fasilitator": str(facilitator.pk)})
    assert Report.objects.get().parameters == {"period": "2025-11", "filter": {"fasilitator": str(facilitator.pk)}}
