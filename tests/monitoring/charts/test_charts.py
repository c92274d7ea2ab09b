"""Gambar: table, drawing and file of each chart agree, by user and day, without colour too."""

import math
import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from monitoring.charts import CHARTS, chart, charts
from monitoring.charts.base import described, head_of
from monitoring.drawing import AMBER, GREEN, GREY, RED, Bar, Piece, Row, bar_chart
from monitoring.forms.charts import ChartFilter
from records.exports import Column, Kind
from records.models import Event
from records.sums import sum_known
from tests import factories as make

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
PAGE = reverse("monitoring:chart_list")


def read(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves


def drawn(found):
    """All text of a drawing, including that for tooltips and screen readers."""
    return " ".join(read(found.svg).itertext())


def scenario(year=2026):
    """Two kecamatan with villages, a training, plans with realisation, checks of groups and of water systems."""
    for code, kind in (("18.11.01", "berfungsi"), ("18.11.02", "tidak")):
        place = make.SubdistrictFactory(code=code, name=f"Kec {code[-2:]}")
        village = make.VillageFactory(subdistrict=place, households=300, people=1_250, figures_year=2024)
        group = make.GroupFactory(village=village, formed_on=date(2018, 1, 1))
        make.GroupCheckFactory(group=group, checked_on=date(year, 3, 1), bookkeeping="ada")
        plan = make.ApprovedPlanFactory(group=group, year=year)
        line = make.ActivityFundingFactory(activity__plan=plan, activity__months=4095).activity
        make.ProgressFundingFactory(progress__activity=line, progress__month=2, cost=1_250_000)
        facility = make.FacilityFactory(village=village)
        make.ConditionCheckFactory(
            facility=facility, checked_on=date(year, 3, 1), functioning=kind, people=700, households=155
        )
    training = make.TrainingFactory(title="Pelatihan <b>tebal</b> & panjang " + "sekali " * 12)
    session = make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training, date=date(year, 2, 1)))
    make.InvitationFactory(training=training, village=village)
    for sex in "LLP":
        person = make.PersonFactory(village=village, sex=sex)
        seat = make.ParticipantFactory(training=training, person=person, village=village)
        make.AttendanceFactory(participant=seat, session=session)
    return village


@pytest.fixture
def staff(time_machine):
    time_machine.move_to("2026-06-30 10:00+07:00", tick=False)
    scenario()
    return make.UserFactory()


def area(user, **requested):
    return ChartFilter({"ta": "semua", **requested}, user=user, searchable=False).area


@pytest.mark.parametrize("key", CHARTS)
def test_drawing_table_and_file_tell_the_same(key, staff, client):
    found = chart(key, area(staff))
    words = drawn(found)
    for row in found.table:
        for text, column in zip(row[1:], found.columns[1:], strict=True):
            assert text in words, (column.label, text)
    client.force_login(staff)
    file = client.get(reverse("monitoring:chart_detail", args=[key]), {"ta": "semua", "unduh": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(file.streaming_content)))["Data"]
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert head == [column.label for column in found.columns]
    assert len(rows) == len(found.rows) > 0
    for cells, row in zip(rows, found.rows, strict=True):
        for value, column in zip(cells, found.columns, strict=True):
            shown = column.of(row)
            if column.kind is Kind.DATE:
                assert value.date() == shown
            elif isinstance(shown, str) or shown is None:
                assert value == shown
            else:
                assert value == pytest.approx(float(shown))


def test_the_figures_are_those_of_their_pages(staff):
    by_key = {found.key: found for found in charts(area(staff))}
    money = [(row.label, row.planned, row.realised) for row in by_key["realisasi-per-triwulan"].rows]
    assert [label for label, _, _ in money] == [f"Triwulan {word}" for word in ("I", "II", "III", "IV")]
    assert sum_known(realised for _, _, realised in money) == 2_500_000
    assert by_key["kehadiran"].table[0][2:] == ["2", "1", "3", "3"]
    assert by_key["cakupan"].table[0][:7] == ["Kec 01", "155", "300", "51,7 %", "700", "1.250", "56 %"]
    assert [row.so_far <= row.done <= row.total == 2 for row in by_key["corong"].rows] == [True] * 4
    assert by_key["tahap-per-kecamatan"].table[3][1:] == ["SPAM berfungsi", "1", "0", "0", "0", "1"]
    assert by_key["temuan"].table[1][-1] == "10 %"


def test_the_page_names_day_and_source_and_its_ids_are_once(staff, client):
    client.force_login(staff)
    page = client.get(PAGE, {"ta": "semua", "per": "2026-04-01"}).content.decode()
    assert page.count("Keadaan per 1 April 2026.") == len(CHARTS)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count('role="img"') == len(CHARTS)
    titles = re.findall(r'<title id="gambar-([a-z-]+)-title">([^<]*)<', page)
    assert {key: title for key, title in titles if not title or "&lt;" in title} == {}
    assert " style=" not in page
    assert "<b>tebal" not in page
    assert len(page) < 100_000


def test_as_of_a_day_before_all_facts_the_charts_say_why_they_are_empty(staff, client):
    client.force_login(staff)
    empty = {found.key for found in charts(area(staff, per="2017-01-01", ta="semua")) if not found.rows}
    assert empty == {
        "realisasi-per-triwulan", "realisasi-per-sumber", "kehadiran", "temuan", "cakupan", "cakupan-per-tahun",
    }  # fmt: skip
    page = client.get(PAGE, {"ta": "semua", "per": "2017-01-01"})
    assert "Belum ada rencana kerja 2017 yang disetujui" in page.content.decode()
    file = client.get(reverse("reports:picture_png", args=["kehadiran"]), {"per": "2017-01-01"})
    assert file.status_code == 302


def test_a_day_before_all_years_is_refused_in_words(staff, client):
    client.force_login(staff)
    page = client.get(PAGE, {"per": "0001-01-01"})
    assert page.status_code == 200
    assert "Pilih tanggal sejak tahun 2000" in page.content.decode()


def test_of_too_many_villages_nothing_is_counted(staff, monkeypatch):
    monkeypatch.setattr("monitoring.charts.base.MAX_VILLAGES", 1)
    monkeypatch.setattr(
        "monitoring.queries.area_facts.AreaFacts.chains", property(lambda facts: pytest.fail("counted"))
    )
    empty = {(found.empty, len(found.rows)) for found in charts(area(staff))}
    assert empty == {("Gambar dibuat dari paling banyak 1 desa. Pilih kabupaten atau kecamatan.", 0)}


def test_a_facilitator_sees_own_villages_only_and_is_told(staff, client):
    user = make.FacilitatorFactory(villages=[scenario(2025)])
    found = chart("corong", area(user))
    assert {row.total for row in found.rows} == {1}
    assert "hanya desa penugasan Anda" in found.as_of
    client.force_login(user)
    assert "hanya desa penugasan Anda" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "requested", [{"per": "besok", "ta": "x", "kecamatan": "'"}, {"tahun": "9" * 30, "program": "-1"}]
)
def test_nonsense_in_the_address_is_told(requested, staff, client):
    client.force_login(staff)
    page = client.get(PAGE, requested)
    assert page.status_code == 200
    assert page.context["filters"].errors


def test_the_page_asks_as_much_for_five_times_the_villages(client):
    client.force_login(make.UserFactory())
    counts = []
    for more in (1, 4):
        for _ in range(more):
            scenario()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE, {"ta": "semua", "tahun": "2026"})
        (attendance,) = (found for found in page.context["charts"] if found.key == "kehadiran")
        counts.append((len(attendance.rows), len(queries)))
    (one, few), (five, many) = counts
    assert (one, five) == (1, 5)
    assert few == many < 70


def test_states_differ_in_black_and_white():
    """Filled, rising lines, crossed lines, dots: no two areas differ by colour alone."""
    fills = [GREEN, AMBER, RED, GREY]
    assert len({(fill.ground == fill.ink, fill.pattern) for fill in fills}) == 4
    svg = bar_chart("x", "t", "d", [Row("a", [Bar([Piece(3, fill) for fill in fills], "12")])])
    root = read(svg)
    assert len(root.findall(f"{SVG}g/{SVG}path")) == 3


def test_a_long_label_is_shortened_and_stays_text():
    svg = bar_chart("x", "<i>", "d", [Row("<script>" * 9, [Bar([Piece(0, GREEN)], "0")])])
    root = read(svg)
    assert root.find(f"{SVG}title").text == "<i>"
    assert root.find(f"{SVG}text").text.startswith("<script>")
    assert root.find(f"{SVG}text").text.endswith("…")


def test_a_chart_leaves_as_png_and_the_download_is_written_down(staff, client):
    client.force_login(staff)
    answer = client.get(reverse("reports:picture_png", args=["cakupan"]), {"ta": "semua"})
    assert answer["Content-Type"] == "image/png"
    assert len(answer.content) < 500_000
    image = Image.open(BytesIO(answer.content)).convert("RGB")
    assert image.width == 1080
    assert 400 < image.height < 1600
    water = sum(count for count, colour in image.getcolors(1 << 20) if math.dist(colour, (11, 79, 120)) < 12)
    assert water > 5_000  # the image contains the bars, not only the text
    event = Event.objects.get(by=staff, verb=Event.Verb.DOWNLOAD)
    assert (event.label, "DATA CONTOH" in event.reason) == ("Cakupan air minum per kecamatan (PNG), 2 baris", False)
    assert client.get(reverse("reports:picture_png", args=["tidak-ada"])).status_code == 404


@pytest.mark.parametrize(
    ("label", "kind", "head"),
    [
        ("Realisasi (%)", Kind.DECIMAL, "Bagian realisasi"),
        ("KK terlayani (%)", Kind.DECIMAL, "Bagian KK terlayani"),
        ("Bagian", Kind.DECIMAL, "Bagian"),
        ("Desa (%)", Kind.TEXT, "Desa (%)"),
    ],
)
def test_a_percent_carries_its_sign_once(label, kind, head):
    column = Column(label, lambda row: 8.2, "", kind)
    assert head_of(column) == head
    if kind is Kind.DECIMAL:
        assert described([column], [None]) == f"{head}: 8,2 %"
