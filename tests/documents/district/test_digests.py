"""Ringkasan and Lembar Desa: always one page, with the figures of the portal, in scope."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from documents import digests, registry
from documents.choices import Audience
from documents.rendering import pdf
from monitoring.charts import chart
from monitoring.forms.home import HomeFilter
from monitoring.queries.area import Area
from monitoring.queries.digest import digest_of
from monitoring.queries.stage_counts import stage_counts
from reports.models import Report
from reports.services import requests
from reports.tasks import render_report
from tests import factories as make
from tests.documents.samples import pages_of, paper_of

pytestmark = pytest.mark.django_db
LONG = "Sumber Makmur Sejahtera Bersama Abadi Jaya Sentosa Selamanya"


@pytest.fixture
def villages(office):
    found = [make.VillageFactory(name=f"{LONG} {number}") for number in range(12)]
    for village in found:
        make.GrantAwardFactory(village=village)
        make.GroupFactory(village=village)
        for number in range(2):
            make.DamageReportFactory(
                facility__village=village,
                facility__name=f"SPAM {LONG} {number}",
                since=date(2026, 1, 10),
                handled_by=LONG,
                estimated_cost=999_999_999_999,
            )
    return found


def test_much_to_tell_stays_on_one_page_each(office, staff, villages):
    shown = {}
    for kind, subject in (("summary", office.district), ("village_sheet", villages[0])):
        snapshot, content = paper_of(kind, subject, staff)
        (page,) = pages_of(content)
        assert snapshot["heading"].split()[0] in page
        shown[kind] = (len(snapshot["damages"]), snapshot["damages_left"])
    assert shown == {
        "summary": (digests.DAMAGES, "Dan 20 lainnya: Kerusakan SPAM di portal."),
        "village_sheet": (2, ""),
    }


def test_names_and_damages_fill_the_page(office, staff):
    for number in range(12):
        village = make.VillageFactory(name=f"Makmur {number}")
        make.GrantAwardFactory(village=village)
        make.GroupFactory(village=village)
        make.DamageReportFactory(facility__village=village, facility__name=f"SPAM {number}", since=date(2026, 1, 10))
    snapshot, content = paper_of("summary", office.district, staff)
    assert len(pages_of(content)) == 1
    assert snapshot["stages"][1][3].endswith(" lainnya")
    printed = registry.document("summary").fitted(snapshot, pdf.measure)
    assert len(printed["damages"]) > digests.DAMAGES
    assert printed["stages"][1][3] == ", ".join(f"Makmur {number}" for number in range(12))


def test_figures_are_those_of_beranda_and_of_the_chart(office, staff, villages):
    make.ConditionCheckFactory(facility__village=villages[0], checked_on=localdate())
    snapshot = registry.document("summary").collect(office.district, {"filter": {}}, staff)
    counts = stage_counts(HomeFilter({}, user=staff).area.chains())
    assert [row[1] for row in snapshot["stages"]] == [
        f"{stage.done} dari {stage.total} desa" if stage.known else "belum ada data" for stage in counts
    ]
    assert 0 < sum(stage.known > 0 for stage in counts) < len(counts)
    area = Area.of_district({}, staff)
    drawn = chart("corong", area)
    assert [row[1] for row in drawn.table] == [str(stage.done) if stage.known else "–" for stage in counts]
    assert snapshot["chart"]["svg"] == str(drawn.svg)
    assert [row[1] for row in snapshot["goals"]] == [goal.reached for goal in digest_of(area).goals]


def test_a_fasilitator_gets_an_extract_that_says_so(office, villages):
    own = make.FacilitatorFactory(villages=villages[:2])
    report = requests.request_document("summary", office.district, {"filter": {}}, own)
    assert report.audience == Audience.REQUESTER
    snapshot = registry.document("summary").collect(office.district, report.parameters, own)
    (untrained, *others) = (row[1] for row in snapshot["stages"])
    assert (untrained, [words.split()[2] for words in others]) == ("belum ada data", ["2"] * 3)
    assert "hanya desa penugasan Anda" in snapshot["as_of"]


def test_no_village_is_said_in_words(office, staff):
    with pytest.raises(ValidationError, match="Belum ada desa"):
        registry.document("summary").collect(office.district, {"filter": {}}, staff)


def test_names_end_in_a_number_when_there_is_no_room_left():
    assert digests.named([]) == "-"
    assert digests.named(["Satu", "Dua"]) == "Satu, Dua"
    assert digests.named(["Satu", "Dua", "Tiga"], 9) == "Satu, Dua, dan 1 lainnya"


def test_the_page_from_the_button_to_the_picture(client, office, staff, villages):
    client.force_login(staff)
    page = client.get(reverse("monitoring:village_sheet", args=[villages[0].pk]))
    assert 'value="village_sheet"' in page.text
    requested = {"kind": "village_sheet", "subject": "village", "subject_id": villages[0].pk, "per": "2026-02-01"}
    client.post(reverse("reports:report_request"), requested)
    report = Report.objects.get()
    assert report.parameters == {"filter": {"per": "2026-02-01"}}
    address = reverse("reports:report_png", args=[report.pk])
    assert client.get(address).status_code == 302  # not finished
    render_report(report.pk)
    answer = client.get(address)
    picture = Image.open(BytesIO(answer.content))
    assert (picture.format, 1000 < picture.width < 1200, len(answer.content) < 500_000) == ("PNG", True, True)
    assert report.events.filter(verb="download", reason="Sebagai gambar PNG").count() == 1
    client.force_login(make.FacilitatorFactory(villages=villages[1:2]))
    assert client.get(address).status_code == 404
