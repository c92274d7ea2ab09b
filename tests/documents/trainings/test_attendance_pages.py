"""The printed daftar hadir: rows, heads and signatures over its pages, and names of every kind."""

import re

import pytest

from documents import registry
from documents.rendering import printing
from documents.trainings import columns
from tests import factories
from tests.documents.attendance import collected, made, texts
from tests.documents.samples import make_training, pages_of, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("people", "empty"), [(0, 10), (1, 0), (48, 10), (200, 25)])
def test_every_row_comes_back_numbered_and_zigzag(office, people, empty):
    training = make_training(villages=1, per_village=0, days=1)
    for number in range(1, people + 1):
        person = factories.PersonFactory(village=None, district=training.district, institution="OPD")
        factories.ParticipantFactory(training=training, person=person, number=number)
    rules = training.district.rules
    rules.walk_in_rows = empty
    rules.save()
    training.refresh_from_db()
    snapshot = collected(training, mode="blank")
    sheet = snapshot["sheets"][0]
    assert texts(sheet, "No") == [str(number) for number in range(1, people + empty + 1)]
    sides = [row[-1]["style"] for row in columns.cells(sheet)[:4]]
    assert sides == ["", "right-half", "", "right-half"][: people + empty]
    content = printing.print_document(registry.document("attendance_sheet"), training.pk, snapshot).content
    signs = re.findall(r"(\d+)\. \.{12}", words_of(content))
    assert sorted(map(int, signs)) == list(range(1, people + empty + 1))


def test_the_head_repeats_and_pages_count(office):
    pages = pages_of(made(make_training(villages=16, days=1), mode="blank"))
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert "Tanda Tangan" in text
        assert f"Halaman {number} dari 3" in text


@pytest.mark.parametrize("empty", range(4, 34, 3))
def test_signatures_never_stand_alone(office, empty):
    training = make_training(villages=1, per_village=0, days=1)
    rules = training.district.rules
    rules.walk_in_rows = empty
    rules.save()
    training.refresh_from_db()
    last = pages_of(made(training, mode="blank"))[-1]
    assert "Mengetahui," in last
    assert "Rekapitulasi" in last
    assert f"{empty}. ...." in last


def test_sample_data_says_so_on_every_page(office):
    training = make_training(villages=16, days=1, is_sample=True)
    assert all("DATA CONTOH" in text for text in pages_of(made(training, mode="blank")))


def test_malicious_names_stay_text(office, tmp_path):
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA")
    payload = f'<img src="{secret.as_uri()}"><b>x</b>{{{{ letterhead }}}}&amp;'
    training = make_training(villages=1, days=1, title=payload[:60], venue=payload, wave="<script>1</script>")
    person = training.participants.first().person
    person.name = payload[:120]
    person.save()
    flat = words_of(made(training, mode="blank")).replace(" ", "")
    assert "<imgsrc=" in flat
    assert "<script>1</script>" in flat
    assert "RAHASIA" not in flat


def test_longest_and_shortest_names_stay_in_their_row(office):
    training = make_training(villages=1, days=1)
    names = ["A", "Bambang " * 13 + "Zulkarnain", "X" * 120]
    for participant, name in zip(training.participants.order_by("number"), names, strict=True):
        participant.person.name = name
        participant.person.save()
    flat = words_of(made(training, mode="blank")).replace(" ", "")
    for name in names:
        assert name.replace(" ", "") in flat


def test_five_hundred_rows_print_whole(office):
    """Heads repeat, the zigzag runs on, no row splits, the signature block never stands alone."""
    training = make_training(villages=1, per_village=0, days=1)
    village = training.invitations.get().village
    for number in range(1, 501):
        person = factories.PersonFactory(
            village=village, name=f"Peserta Ke{number} Bin Nama Panjang Sekali", sex="LP"[number % 2]
        )
        factories.ParticipantFactory(training=training, person=person, number=number, post="TEK")
    pages = pages_of(made(training, mode="blank"))
    signs, names = [], []
    for at, page in enumerate(pages, 1):
        assert "Tanda Tangan" in page
        assert f"Halaman {at} dari {len(pages)}" in page
        on_page = [int(number) for number in re.findall(r"(\d+)\. \.{12}", page)]
        assert on_page, "a page without a row"
        # A row that split would leave its name on one page and its signature on the other.
        named = [int(number) for number in re.findall(r"Ke(\d+)", page)]
        assert named == [number for number in on_page if number <= 500]
        signs += on_page
        names += named
    assert signs == list(range(1, 511))
    assert names == list(range(1, 501))
    assert "Mengetahui," in pages[-1]
    assert not any("Mengetahui," in page for page in pages[:-1])
