"""Merging three states of one value: what is written, what conflicts, what stays."""

import pytest

from records.merge import Side, merge, merge_cells, merge_parts


@pytest.mark.parametrize(
    ("mine", "seen", "stored", "side"),
    [
        ("A", "", "", Side.MINE),  # first value
        ("A", "B", "B", Side.MINE),  # a change of the value shown
        ("", "B", "B", Side.MINE),  # emptied
        ("A", "A", "B", Side.THEIRS),  # unchanged here
        ("A", "A", "", Side.THEIRS),  # unchanged here, emptied there
        ("A", "A", "A", Side.SAME),  # unchanged by both
        ("A", "", "A", Side.SAME),  # sent twice, or the same by two users
        ("", "B", "", Side.SAME),  # emptied by both
        ("A", "", "B", Side.CONFLICT),
        ("", "B", "C", Side.CONFLICT),  # emptied here, changed there
        ("A", "B", "", Side.CONFLICT),  # changed here, emptied there
        ("A", None, "B", Side.CONFLICT),  # the value shown is unknown
    ],
)
def test_merge(mine, seen, stored, side):
    assert merge(mine, seen, stored) is side


def test_merge_of_what_was_seen_as_a_sign():
    assert merge("new", 3, "old", sign=len) is Side.THEIRS  # values of the same sign are not distinguished
    assert merge("newer", 3, "old", sign=len) is Side.MINE
    assert merge("newer", 3, "older", sign=len) is Side.CONFLICT


def test_merge_cells_gives_what_is_written_and_what_is_in_conflict():
    wanted = {1: "A", 2: "A", 3: "A", 4: "A", 5: ""}
    seen = {3: "A", 5: "B"}
    stored = {2: "B", 3: "B", 4: "A", 5: "B"}
    assert merge_cells(wanted, seen, stored, blank="") == ({1: "A", 5: ""}, {2: "A"})


def test_merge_cells_keeps_what_was_seen_as_a_sign():
    assert merge_cells({1: "new"}, {1: 3}, {1: "old"}, blank="", sign=len) == ({}, {})
    assert merge_cells({1: "newer"}, {1: 3}, {1: "old"}, blank="", sign=len) == ({1: "newer"}, {})
    assert merge_cells({1: "newer"}, {1: 3}, {1: "older"}, blank="", sign=len) == ({}, {1: "newer"})


def test_merge_parts_joins_changes_of_different_parts():
    assert merge_parts(("A", "x"), ("A", ""), ("B", "")) == (["B", "x"], False)
    assert merge_parts(("A", "x"), ("A", ""), ("A", "y")) == (["A", "x"], True)
    assert merge_parts(("A", ""), ("A", ""), ("B", "y")) == (["B", "y"], False)
