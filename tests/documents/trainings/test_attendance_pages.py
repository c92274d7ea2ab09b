"""The printed daftar hadir: rows, headers and signatures across its pages, and names of every kind."""

import re

import pytest

from documents.rendering import pdf
from documents.trainings import attendance_sheet, columns
from tests import factories
from tests.documents.attendance import collected, made, printed, texts
from tests.documents.samples import make_training, pages_of, words_of

pytestmark = pytest.mark.django_db


def people_of_no_village(people, most=None):
    """A training of one day with this number of participants, with `most` empty rows in the settings of the office."""
    training = make_training(villages=1, per_village=0, days=1)
    for number in range(1, people + 1):
        person = factories.PersonFactory(village=None, district=training.district, institution="OPD")
        factories.ParticipantFactory(training=training, person=person, number=number)
    rules = training.district.rules
    rules.walk_in_rows = most
    rules.save()
    training.refresh_from_db()
    return training


@pytest.mark.parametrize(("people", "most"), [(0, 10), (1, 0), (48, 5), (200, None)])
def test_every_row_comes_back_numbered_and_zigzag(office, people, most):
    training = people_of_no_village(people, most)
    snapshot = printed(training, mode="blank")
    sheet = snapshot["sheets"][0]
    numbers = texts(sheet, "No")
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) == people + most if most is not None else people < len(numbers) < people + 25
    sides = [row[-1]["style"] for row in columns.cells(sheet)[:4]]
    assert sides == ["", "right-half", "", "right-half"][: len(numbers)]
    content = made(training, mode="blank")
    signs = re.findall(r"(\d+)\. \.{12}", words_of(content))
    assert sorted(map(int, signs)) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("people", [0, 3, 11, 12, 13, 14, 30, 36])
def test_empty_rows_fill_the_last_page_and_begin_no_other(office, people):
    """One more row would begin another page; without empty rows there are as many pages."""
    training = people_of_no_village(people)
    snapshot = collected(training, mode="blank")
    (sheet,) = printed(training, mode="blank")["sheets"]
    bare = {**sheet, "rows": sheet["rows"][: max(people, 1)]}
    more = {**sheet, "rows": [*sheet["rows"], snapshot["sheets"][0]["spare"][len(sheet["rows"]) - people]]}
    pages = [
        pdf.measure(attendance_sheet.AttendanceSheet().render({**snapshot, "sheets": [one]}))[0].pages
        for one in (bare, sheet, more)
    ]
    assert pages[1] == pages[0]
    assert pages[2] == pages[0] + 1


def test_the_head_repeats_and_pages_count(office):
    pages = pages_of(made(make_training(villages=16, days=1), mode="blank"))
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert "Tanda Tangan" in text
        assert f"Halaman {number} dari 3" in text


@pytest.mark.parametrize("people", range(4, 34, 3))
def test_signatures_never_stand_alone(office, people):
    last = pages_of(made(people_of_no_village(people, 0), mode="blank"))[-1]
    assert "Mengetahui," in last
    assert "Rekapitulasi" in last
    assert f"{people}. ...." in last


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
    """Headers repeat, the zigzag continues, no row splits, the signature block is never alone on a page."""
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
        # A split row would have its name on one page and its signature on the other.
        named = [int(number) for number in re.findall(r"Ke(\d+)", page)]
        assert named == [number for number in on_page if number <= 500]
        signs += on_page
        names += named
    assert signs == list(range(1, len(signs) + 1))
    assert 500 <= len(signs) < 530
    assert names == list(range(1, 501))
    assert "Mengetahui," in pages[-1]
    assert not any("Mengetahui," in page for page in pages[:-1])
