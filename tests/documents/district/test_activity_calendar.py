"""Kalender kegiatan of a month: its weeks and its list, of what the requester may see."""

import re
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.choices import Audience
from reports.services import requests
from tests import factories as make
from tests.documents.samples import pages_of, paper_of
from trainings.models import Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(office, time_machine):
    """With a training of two days, the second in the month after, a cancelled meeting and seven visits on one day."""
    time_machine.move_to("2018-12-01 03:00Z")
    training = make.TrainingFactory(title="Pelatihan kader", venue="Balai desa", district=office.district)
    for day in (date(2018, 12, 31), date(2019, 1, 1)):
        make.TrainingSessionFactory(day__training=training, day__date=day, starts=time(8), ends=time(12))
    meeting = make.TrainingFactory(title="Rapat awal", kind="rapat", state=Training.State.CANCELLED)
    make.TrainingDayFactory(training=meeting, date=date(2018, 12, 3))
    own = make.VillageFactory(name="Rejo")
    make.VisitFactory(village=own, on=date(2018, 12, 5), by__name="Sari")
    for _ in range(12):
        make.VisitFactory(on=date(2018, 12, 5))
    return own


def test_activity_calendar_prints_weeks_and_list(office, village):
    snapshot, content = paper_of("activity_calendar", office.district, period="2018-12")
    weeks, lines = snapshot["weeks"], snapshot["lines"]
    assert (len(weeks), [day["number"] for day in weeks[0]]) == (6, ["", "", "", "", "", "1", "2"])
    assert weeks[1][0]["entries"] == ["Rapat awal (dibatalkan)"]
    assert len(weeks[1][2]["entries"]) == 13
    assert weeks[5][0]["entries"] == ["08.00 Pelatihan kader (hari ke-1 dari 2)"]
    assert weeks[5][1] == {"number": "", "entries": []}
    assert len(lines) == 15
    assert lines[-1] == [
        *("Senin, 31 Desember 2018", "08.00 s.d. 12.00 WIB", "Pelatihan kader (hari ke-1 dari 2)", "Balai desa", "-"),
    ]
    pages = pages_of(content)
    assert "KALENDER KEGIATAN DESEMBER 2018" in pages[0]
    assert "Keadaan per 1 Desember 2018" in pages[0]
    assert re.search(r"dan \d+ kegiatan lainnya", " ".join(pages[0].split()))
    assert "DAFTAR KEGIATAN DESEMBER 2018" in pages[1]


def test_activity_calendar_of_a_fasilitator_has_the_own_villages_and_stays_theirs(office, village):
    person = make.FacilitatorFactory(villages=[village])
    snapshot, _ = paper_of("activity_calendar", office.district, person, period="2018-12")
    assert [line[2] for line in snapshot["lines"]] == ["Kunjungan Desa Rejo: Pemantauan rutin"]
    report = requests.request_document("activity_calendar", office.district, {"period": "2018-12"}, by=person)
    assert report.audience == Audience.REQUESTER


def test_activity_calendar_of_one_kind_and_of_an_empty_month(office, village):
    snapshot, _ = paper_of("activity_calendar", office.district, period="2018-12", activity="rapat")
    assert [line[2] for line in snapshot["lines"]] == ["Rapat awal (dibatalkan)"]
    assert snapshot["document"]["title"] == f"Kalender kegiatan Desember 2018 (rapat), {office.district}"
    _, content = paper_of("activity_calendar", office.district, period="2017-02")
    assert len(pages_of(content)) == 1


def test_activity_calendar_defaults_to_this_month_and_refuses_an_unknown_one(office, village):
    document = registry.document("activity_calendar")
    assert document.clean(office.district, {}) == {"period": "2018-12", "activity": "semua"}
    with pytest.raises(ValidationError):
        document.clean(office.district, {"period": "2018-13"})
