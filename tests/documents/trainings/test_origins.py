"""A rapat of offices names institutions where a training names villages."""

import pytest

from documents import registry
from documents.trainings.origins import count_offices, origins_of
from tests import factories
from tests.documents.samples import make_training, mark

pytestmark = pytest.mark.django_db
OFFICES = "Kepala Dinas PMD\nCamat Uji\nKepala Bappeda"


def meeting(villages=0, institutions=(), recipients=OFFICES):
    training = make_training(villages=villages, per_village=1, days=1, kind="rapat", recipients=recipients)
    for number, name in enumerate(institutions, 50):
        person = factories.PersonFactory(village=None, institution=name)
        factories.ParticipantFactory(training=training, village=None, person=person, number=number)
    return training


def sheet_of(training, mode):
    document = registry.document("attendance_sheet")
    content = document.collect(training, document.clean(training, {"mode": mode}), None)
    (sheet,) = content["sheets"]
    return [column["head"] for column in sheet["columns"]][3:5], " ".join(sheet["totals"])


def test_attendance_sheet_of_offices_blank_and_filled(office):
    training = meeting(institutions=["Dinas PMD", "DINAS PMD", "Kecamatan Uji"])
    for mode, count in (("blank", "........"), ("filled", "2")):
        mark(training) if mode == "filled" else None
        heads, totals = sheet_of(training, mode)
        assert heads == ["Jabatan", "Instansi"]
        assert f"| Instansi terwakili {count}, diundang 3" in totals
        assert "Desa" not in totals


def test_attendance_sheet_of_offices_and_villages(office):
    training = meeting(villages=2, institutions=["Dinas PMD"])
    mark(training)
    heads, totals = sheet_of(training, "filled")
    assert heads == ["Jabatan/Unsur", "Instansi/Desa"]
    assert "Instansi/Desa terwakili 3, diundang 5" in totals


@pytest.mark.parametrize("kind", ["official_minutes", "minutes", "memo"])
def test_minutes_of_offices(kind, office):
    training = meeting(institutions=["Dinas PMD", "Kecamatan Uji"])
    mark(training)
    document = registry.document(kind)
    html = document.render(document.collect(training, document.clean(training, {}), None))
    assert "2 instansi (diundang 3)" in html
    assert " desa" not in html.split("<body")[1]


def test_origins_of_villages_stay(office):
    labels = [origins_of(one, "Tiyuh") for one in (meeting(1, recipients=""), meeting(recipients=""), make_training(1))]
    assert [(one.label, one.heading, one.post_heading) for one in labels] == [
        ("Tiyuh", "Tiyuh/Kecamatan", "Jabatan/Unsur")
    ] * 3
    assert count_offices(["Dinas PMD", "dinas  pmd", "", "Bappeda"]) == 2
