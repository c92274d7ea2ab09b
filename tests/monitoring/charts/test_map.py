"""Peta: the positions of villages, agreement of list and map, scope, and the size of the page."""

import gzip
import re
from io import BytesIO
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from monitoring.charts.map import Map, map_chart
from monitoring.drawing.map_names import meets
from monitoring.drawing.maps import KM_PER_DEGREE, WIDTH, Outline, Plane, Spot, map_drawing, sign
from monitoring.drawing.svg import SMALL, width_of
from monitoring.forms.map import MapFilter
from monitoring.models import Boundary
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("monitoring:map")
RING = [[105.3, -4.0], [105.5, -4.0], [105.5, -3.8], [105.3, -3.8], [105.3, -4.0]]
SQUARE = {"type": "MultiPolygon", "coordinates": [[RING]]}


def read(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves


def place(name="Contoh", lat="-3.90", lng="105.40", functioning="", **parts):
    village = make.VillageFactory(name=name, lat=lat, lng=lng, **parts)
    if functioning:
        make.ConditionCheckFactory(facility=make.FacilityFactory(village=village), functioning=functioning)
    return village


def the_map(user, **requested):
    filters = MapFilter({"ta": "semua", **requested}, user=user)
    return Map(filters.area, filters.chosen_state)


@pytest.fixture
def staff():
    return make.UserFactory()


def test_degrees_become_a_plane_with_north_up_and_true_distances():
    plane = Plane([(105.2, -4.1), (105.6, -3.8)])
    west, east, north = plane.at((105.2, -4.0)), plane.at((105.3, -4.0)), plane.at((105.2, -3.9))
    assert west[0] < east[0]
    assert north[1] < west[1]
    long, words = plane.bar()
    across, up = hypot(east[0] - west[0], east[1] - west[1]), west[1] - north[1]
    assert across / up == pytest.approx(0.9976, abs=1e-3)  # cos(-3.95°)
    assert long / up == pytest.approx(float(words.split()[0].replace(",", ".")) / (0.1 * KM_PER_DEGREE), rel=1e-6)
    assert plane.back(plane.at((105.33, -3.97))) == pytest.approx((105.33, -3.97))
    near = plane.view(8, (0, 0))
    assert (near.x, near.y, near.width) == (0, 0, WIDTH / 8)


def test_one_point_and_equal_points_are_a_map_too():
    for points in ([(105.4, -3.9)], [(105.4, -3.9)] * 3):
        plane = Plane(points)
        x, y = plane.at(points[0])
        assert (x, y) == pytest.approx((WIDTH / 2, plane.height / 2))


def test_states_differ_in_shape():
    drawn = [re.sub(r'"#[0-9a-f]{6}"', "", sign(state)) for state in ("done", "half", "none", "unknown")]
    assert len(set(drawn)) == 4


def _texts(svg):
    """The names on the map as (text, box), and the number of names at the end of a line."""
    shown, lines = [], 0
    for group in read(svg).iter("{http://www.w3.org/2000/svg}g"):
        if not (words := [text for text in group if text.tag.endswith("text")]) or not group.get("transform"):
            continue
        x, y = map(float, re.findall(r"[-0-9.]+", group.get("transform")))
        last = words[-1]
        wide = width_of(last.text, SMALL)
        left = x + float(last.get("x")) - {"start": 0, "end": wide, "middle": wide / 2}[last.get("text-anchor")]
        y += float(last.get("y"))
        shown.append((last.text, (left, y - 9, left + wide, y + 2)))
        lines += any(part.tag.endswith("path") and part.get("stroke-width") == "0.7" for part in group)
    return shown, lines


def test_names_do_not_cover_each_other():
    spots = [Spot(str(n), (105.4 + n / 400, -3.9), "done", "Nama yang panjang", "") for n in range(30)]
    plane = Plane([spot.point for spot in spots])
    svg = map_drawing("x", "t", "d", plane, spots, [Outline(strong=True, label="Kec", points=[(105.4, -3.9)])])
    shown, _ = _texts(svg)
    assert 2 < [name for name, _ in shown].count("Nama yang panjang") < 30
    assert [pair for pair in combinations([box for _, box in shown], 2) if meets(*pair)] == []
    assert "NaN" not in svg


def test_each_point_on_paper_has_its_name_however_close_they_are():
    near = [Spot(str(n), (105.4 + n % 4 / 60, -3.9 + n // 4 / 900), "done", f"Desa Nomor {n}", "") for n in range(16)]
    svg = map_drawing("x", "t", "d", Plane([(105.3, -4.0), (105.5, -3.8)]), near, below=[("done", "Sudah: 16")])
    shown, lines = _texts(svg)
    assert lines > 0
    assert "…" not in svg
    named = {name for name, _ in shown} | set(re.findall(r">\d+  ([^<]+)<", svg))
    assert {spot.label for spot in near} <= named
    boxes = [box for _, box in shown]
    assert [pair for pair in combinations(boxes, 2) if meets(*pair)] == []


def test_points_on_one_another_are_numbered_and_listed_below():
    crowd = [Spot(str(n), (105.4 + n / 30_000, -3.9), "half", f"Desa Nomor {n} Yang Panjang", "") for n in range(40)]
    plane = Plane([(105.3, -4.0), (105.5, -3.8)])
    svg = map_drawing("x", "t", "d", plane, crowd, below=[("half", "Sebagian: 40")])
    listed = dict(re.findall(r">(\d+)  (Desa Nomor \d+ Yang Panjang)<", svg))
    shown = [name for name, _ in _texts(svg)[0]]
    assert listed
    assert set(listed) <= set(shown)
    assert {spot.label for spot in crowd} == {*listed.values(), *(name for name in shown if name.startswith("Desa"))}
    assert map_drawing("x", "t", "d", plane, crowd[:1]).height < svg.height


def test_every_point_is_a_link_with_a_name_and_its_row_beside(staff, client):
    works = place("Jaya <b>", functioning="berfungsi")
    broken = place("Makmur", lat="-3.95", functioning="tidak")
    by_facility = make.VillageFactory(name="Titik SPAM")
    make.FacilityFactory(village=by_facility, lat="-3.97", lng="105.45")
    make.VillageFactory(name="Tanpa titik")
    client.force_login(staff)
    page = client.get(PAGE, {"ta": "semua"})
    html = page.content.decode()
    root = read(page.context["svg"])
    links = {link.get("data-spot"): link for link in root.iter() if link.get("data-spot")}
    assert set(links) == {str(works.pk), str(broken.pk), str(by_facility.pk)}
    for key, link in links.items():
        assert f'id="desa-{key}"' in html
        assert link.get("href").endswith(f"desa={key}#desa-{key}")
        assert link.get("id") == f"titik-{key}"
    assert links[str(broken.pk)].get("aria-label").endswith("SPAM berfungsi: Belum (Tidak berfungsi)")
    assert "(titik SPAM)" in html
    assert "1 desa belum mempunyai titik" in html
    assert "<b>" not in html.replace("<b>DATA", "")
    assert {item["label"]: item["count"] for item in page.context["legend"]} == {
        "Sudah": 1, "Sebagian": 0, "Belum": 1, "Belum ada data": 2,
    }  # fmt: skip


def test_list_and_map_filter_each_other(staff, client):
    works, broken = place(functioning="berfungsi"), place("Jauh", "-4.10", "105.70", functioning="tidak")
    client.force_login(staff)
    only = client.get(PAGE, {"ta": "semua", "keadaan": "none"})
    assert [row["place"].village for row in only.context["rows"]] == [broken]
    assert [item["count"] for item in only.context["legend"]] == [1, 0, 1, 0]
    chosen = client.get(PAGE, {"ta": "semua", "desa": works.pk, "zum": 4})
    assert chosen.context["in_view"] == {str(works.pk)}
    assert chosen.content.decode().count('aria-current="true"') >= 2
    assert "1 dari 2 desa tampak pada peta" in chosen.content.decode()
    aside = {tool["do"]: tool["url"] for tool in chosen.context["tools"]}
    assert set(aside) == {"dekat", "jauh", "utara", "selatan", "barat", "timur", "semua"}
    for url in aside.values():
        assert client.get(PAGE + url).status_code == 200


def test_another_stage_and_day(staff):
    village = place(functioning="berfungsi")
    assert the_map(staff).places[0].step.state == "done"
    assert the_map(staff, tahap="legal").places[0].step.key == "legal"
    assert the_map(staff, per="2017-01-01").places[0].step.state == "unknown"
    assert the_map(staff).places[0].village == village


def test_a_facilitator_sees_own_villages_only(client):
    own = place("Punya saya")
    place("Punya orang")
    client.force_login(make.FacilitatorFactory(villages=[own]))
    html = client.get(PAGE, {"ta": "semua"}).content.decode()
    assert "Punya saya" in html
    assert "Punya orang" not in html


@pytest.mark.parametrize(
    "requested", [{"zum": "9", "x": "nan", "y": "1e999", "desa": "x"}, {"x": "-5", "y": "5", "zum": "2", "tahap": "'"}]
)
def test_nonsense_in_the_address_changes_nothing(requested, staff, client):
    place()
    client.force_login(staff)
    assert client.get(PAGE, {"ta": "semua", **requested}).status_code == 200


def test_without_points_and_with_too_many_villages_the_page_says_so(staff, client, monkeypatch):
    make.VillageFactory()
    client.force_login(staff)
    assert "Isi lintang dan bujur pada halaman desa" in client.get(PAGE, {"ta": "semua"}).content.decode()
    assert client.get(reverse("reports:map_png"), {"ta": "semua"}).status_code == 302
    monkeypatch.setattr("monitoring.charts.map.MAX_VILLAGES", 0)
    assert "paling banyak 0 desa sekaligus" in client.get(PAGE, {"ta": "semua"}).content.decode()


def test_the_page_asks_as_much_for_five_villages_as_for_one(staff, client):
    client.force_login(staff)
    counts = []
    for more in (1, 4):
        for number in range(more):
            village = place(lat=f"-3.{80 + more + number}", functioning="berfungsi")
            Boundary.objects.create(code=village.code, geometry=SQUARE, source="x")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PAGE, {"ta": "semua"})
        counts.append((len(page.context["rows"]), len(queries)))
    (one, few), (five, many) = counts
    assert (one, five) == (1, 5)
    assert few == many < 20


def test_a_hundred_and_five_villages_stay_below_the_budget(staff, client):
    ring = [[105.3 + n / 1000, -4.0 + (n * n % 97) / 500] for n in range(150)]
    for number in range(105):
        village = place(f"Desa nomor {number}", f"-{3.75 + number % 10 / 25:.3f}", f"{105.1 + number // 10 / 20:.3f}")
        geometry = {"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]]]}
        Boundary.objects.create(code=village.code, geometry=geometry, source="x")
    client.force_login(staff)
    page = client.get(PAGE, {"ta": "semua"}, headers={"accept-encoding": "identity"})
    assert len(page.context["rows"]) == 105
    assert len(gzip.compress(page.content)) < 60_000  # of the 100 kB that a page may weigh with all its parts


def test_the_map_as_a_chart_has_legend_and_table(staff, client):
    place("Satu", functioning="berfungsi")
    make.VillageFactory()
    filters = MapFilter({"ta": "semua"}, user=staff)
    found = map_chart(filters.area, filters.chosen_state)
    words = " ".join(read(found.svg).itertext())
    assert "Sudah: 1" in words
    assert "Belum ada data: 1" in words
    assert "Satu" in words
    assert "<a " not in found.svg
    assert found.note == "1 desa belum mempunyai titik."
    assert [row[4] for row in found.table] == ["Sudah", "Belum ada data"]
    client.force_login(staff)
    answer = client.get(reverse("reports:map_png"), {"ta": "semua"})
    assert Image.open(BytesIO(answer.content)).width == 1080


def test_without_a_map_server_nothing_is_fetched_and_with_one_its_tiles_fit_the_plane(staff, client, settings):
    place()
    place("Jauh", "-4.10", "105.70")
    client.force_login(staff)
    assert "<image" not in client.get(PAGE, {"ta": "semua"}).content.decode()
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    page = client.get(PAGE, {"ta": "semua"})
    pictures = [item.attrib for item in read(page.context["svg"]).iter() if item.tag.endswith("}image")]
    assert 4 <= len(pictures) <= 40
    assert {re.sub(r"\d+", "9", item["href"]) for item in pictures} == {"https://tiles.example/9/9/9.png"}
    left, right = (f(float(i["x"]) + e * float(i["width"]) for i in pictures) for f, e in ((min, 0), (max, 1)))
    top, bottom = (f(float(i["y"]) + e * float(i["height"]) for i in pictures) for f, e in ((min, 0), (max, 1)))
    assert left <= 0 and right >= WIDTH  # noqa: PT018 - the whole width is covered
    assert top <= 0 and bottom >= page.context["map"].plane.height  # noqa: PT018
    assert "Peta dasar dari tiles.example." in page.content.decode()
