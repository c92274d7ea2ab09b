"""Data of a grid page is read as it was written, whatever is sent."""

import pytest

from records.parsers.grids import CellNames, ShownText, read_choices

ONE, TWO = CellNames("n", 1), CellNames("k", 2)
WORDS = ShownText(2, "-", r"[a-z]+(?::\S*)?")


@pytest.mark.parametrize(("names", "key", "name"), [(ONE, 12, "n-12"), (TWO, (12, 7), "k-12-7")])
def test_name_of_a_cell_and_back(names, key, name):
    assert names.name(key) == name
    assert names.key(name) == key


@pytest.mark.parametrize("name", ["", "k", "k-", "k-1", "k-1-2-3", "k-1-x", "n-1-2", "xk-1-2", "k-1-2\n", "k--1-2"])
def test_other_names_are_no_cells(name):
    assert TWO.key(name) is None


def test_numbers_that_no_database_holds_are_no_cells():
    assert TWO.key(f"k-{'9' * 18}-1") == (10**18 - 1, 1)
    assert TWO.key(f"k-{'9' * 19}-1") is None
    assert ONE.key("n-१") is None


def test_read_gives_the_cells_that_were_sent():
    assert list(TWO.read({"k-1-2": "hadir", "r-1-2": "hujan", "version": "x", "k-1-3": ""})) == [
        ((1, 2), "hadir"),
        ((1, 3), ""),
    ]


def test_shown_text_is_read_as_it_was_written():
    shown = {(1, 2): "hadir", (1, 3): "izin:acara%20keluarga"}
    text = WORDS.write(shown)
    assert text == "1-2-hadir 1-3-izin:acara%20keluarga"
    assert WORDS.read(text) == shown
    assert ShownText(1, ":", "[0-9]+").read("3:0 4:1234") == {3: "0", 4: "1234"}
    assert WORDS.write({}) == ""


@pytest.mark.parametrize("text", ["", " ", "1-2", "1-2-", "1-2-HADIR", "x1-2-hadir", "1-2-hadir!", "a" * 10_000])
def test_shown_text_that_nobody_wrote_is_nothing_seen(text):
    assert WORDS.read(text) == {}


def test_shown_text_keeps_what_is_readable_among_the_rest():
    assert WORDS.read("1-2-hadir 1-2-izin! akhir=5 3-4-sakit") == {(1, 2): "hadir", (3, 4): "sakit"}


def test_choices_insist_or_leave():
    sent = {
        "pilih-k-1-2": "saya:izin:hujan",
        "pilih-k-1-3": "mereka",
        "pilih-k-1-4": "saya:",
        "pilih-k-1-5": "lain",
        "pilih-x-1-6": "mereka",
        "k-1-7": "mereka",
    }
    assert read_choices(sent, TWO) == ({(1, 2): "izin:hujan", (1, 4): ""}, {(1, 3)})
