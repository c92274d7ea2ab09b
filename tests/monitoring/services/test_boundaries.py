"""Batas wilayah: accepted GeoJSON files, refusals with a message, saved boundaries."""

import json
from datetime import timedelta
from math import cos, pi, sin

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from monitoring.models import Boundary
from monitoring.parsers.geojson import MAX_BYTES, POINTS_KEPT, TOLERANCE, read, rings_of, simplified
from monitoring.services import boundaries
from records.models import Event
from tests import factories as make
from tests.pages import errors, page_messages

pytestmark = pytest.mark.django_db
UPLOAD = reverse("monitoring:boundary_import")


def circle(lng=105.4, lat=-3.9, radius=0.05, points=400):
    ring = [[lng + radius * cos(2 * pi * n / points), lat + radius * sin(2 * pi * n / points)] for n in range(points)]
    return [*ring, ring[0]]


def feature(code, ring=None, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring or circle()]}
    return {"type": "Feature", "properties": {"KODE": code, **properties}, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def file(content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile("batas.geojson", content)


def test_a_simplified_line_has_few_points_and_stays_near():
    ring = [(x, y) for x, y in circle(points=5_000)]
    (line,) = simplified([ring])
    assert 10 < len(line) <= POINTS_KEPT
    assert line[0] == line[-1]
    for x, y in line:
        assert abs(((x - 105.4) ** 2 + (y + 3.9) ** 2) ** 0.5 - 0.05) < TOLERANCE
    wild = [(105 + (n * 7919 % 1000) / 1000, -4 + (n * 104729 % 1000) / 1000) for n in range(3_000)]
    assert sum(map(len, simplified([[*wild, wild[0]]]))) <= POINTS_KEPT


def test_a_ring_smaller_than_the_eye_sees_stays_one():
    (line,) = simplified([[(105.4, -3.9)] * 5])
    assert len(line) >= 2


BAD = {
    "no json": b"{",
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 200_000,
    "nan": b'{"type": "FeatureCollection", "features": [NaN]}',
    "huge number": b'{"type": ' + b"9" * 10_000 + b"}",
    "no collection": {"type": "Feature"},
    "a list": [1],
    "empty": collection(),
    "features no list": {"type": "FeatureCollection", "features": {"a": 1}},
    "a feature is a word": collection("x"),
    "a point": collection({"geometry": {"type": "Point", "coordinates": [105, -4]}}),
    "no coordinates": collection({"geometry": {"type": "Polygon"}}),
    "coordinates a word": collection({"geometry": {"type": "Polygon", "coordinates": "x"}}),
    "short": collection(feature("18.11.01", [[105, -4], [105, -4]])),
    "words": collection(feature("18.11.01", [["a", "b"]] * 5)),
    "true": collection(feature("18.11.01", [[True, False]] * 5)),
    "swapped": collection(feature("18.11.01", [[-3.9, 105.4]] * 5)),
    "metres": collection(feature("18.11.01", [[534_000, 9_567_000]] * 5)),
    "infinite": json.dumps(collection(feature("18.11.01", [[1, 0]] * 5))).replace("[1, 0]", "[1e999, 0]").encode(),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, client):
    client.force_login(make.AdminFactory())
    answer = client.post(UPLOAD, {"file": file(content)})
    assert answer.status_code == 422
    (sentence,) = errors(answer)["file"]
    assert sentence.endswith(".")


def test_too_large_and_too_many(monkeypatch):
    big = file(b"{}")
    big.size = MAX_BYTES + 1
    with pytest.raises(ValidationError, match="lebih dari 20 MB"):
        read(big)
    monkeypatch.setattr("monitoring.parsers.geojson.MAX_POINTS", 100)
    with pytest.raises(ValidationError, match="lebih dari 100 titik"):
        read(file(collection(feature("18.11.01"))))
    monkeypatch.setattr("monitoring.parsers.geojson.MAX_FEATURES", 1)
    with pytest.raises(ValidationError, match="Paling banyak 1"):
        read(file(collection(feature("18.11.01"), feature("18.11.02"))))


def test_an_import_is_looked_at_before_it_is_saved_and_replaces_what_was_there(client):
    village, admin = make.VillageFactory(), make.AdminFactory()
    place = village.subdistrict
    Boundary.objects.create(
        code=place.code, geometry={"type": "MultiPolygon", "coordinates": [[circle()]]}, source="lama"
    )
    client.force_login(admin)
    plain = village.code.replace(".", "")
    rows = [feature(place.code, NAMA="<script>x</script>"), feature(plain), feature(plain), feature("99.99.99")]
    checked = client.post(UPLOAD, {"file": file(collection(*rows))}, follow=True)
    assert Boundary.objects.get().source == "lama"
    (match,) = checked.context["matches"]
    assert (match.name, match.villages, match.subdistricts, match.unknown) == ("KODE", [village.code], [place.code], 1)
    assert "<script>x" not in checked.content.decode()
    address = checked.redirect_chain[-1][0]
    assert client.post(address, {"name": "NAMA", "source": ""}).status_code == 422
    saved = client.post(address, {"name": "KODE", "source": "BIG 2024"})
    assert saved.url == reverse("monitoring:map")
    assert dict(Boundary.objects.values_list("code", "source")) == {place.code: "BIG 2024", village.code: "BIG 2024"}
    assert len(rings_of(Boundary.objects.get(code=village.code).geometry)) == 2
    assert Event.objects.filter(by=admin, label="Batas wilayah: 2 diimpor").count() == 1
    again = client.get(address)
    assert again.url == UPLOAD
    assert "Unggah lagi" in page_messages(again)[-1]
    assert place.name in client.get(reverse("monitoring:boundary_list")).content.decode()
    client.post(reverse("monitoring:boundary_delete"))
    assert not Boundary.objects.exists()


def test_an_outline_far_from_its_kabupaten_is_refused(client):
    village = make.VillageFactory()
    client.force_login(make.AdminFactory())
    token = boundaries.put_aside(read_features(feature(village.code, circle(lng=110))))
    answer = client.post(reverse("monitoring:boundary_check", args=[token]), {"name": "KODE", "source": "x"})
    assert answer.status_code == 422
    assert f"Batas {village} ({village.code}) terletak di luar" in errors(answer)["__all__"][0]
    assert not Boundary.objects.exists()


def read_features(*rows):
    return read(file(collection(*rows)))


def test_codes_of_another_kabupaten_are_not_known(client):
    elsewhere = make.AdminFactory(district=make.OtherDistrictFactory())
    village = make.VillageFactory()
    assert boundaries.matches(read_features(feature(village.code)), boundaries.known_places(elsewhere)) == []


def test_what_was_put_aside_is_gone_after_a_day_and_names_are_no_paths():
    old = boundaries.put_aside(read_features(feature("18.11.01")))
    assert boundaries.taken_up(old)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        young = boundaries.put_aside(read_features(feature("18.11.01")))
    with pytest.raises(ValidationError, match="lewat satu hari"):
        boundaries.taken_up(old)
    assert boundaries.taken_up(young)
    with pytest.raises(ValidationError):
        boundaries.taken_up("../../secret_key")
