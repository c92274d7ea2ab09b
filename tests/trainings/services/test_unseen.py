"""What is written, what clashes, what is let alone."""

import pytest

from trainings.services.unseen import weigh


@pytest.mark.parametrize(
    ("wanted", "seen", "stands", "expected"),
    [
        ("A", "", "", ({1: "A"}, {})),  # first value of an empty cell
        ("A", "B", "B", ({1: "A"}, {})),  # a change of what was seen
        ("A", "A", "B", ({}, {})),  # not touched here, whatever others did
        ("A", "", "A", ({}, {})),  # stands already: sent twice
        ("A", "", "B", ({}, {1: "A"})),  # somebody else wrote meanwhile
        ("", "B", "C", ({}, {1: ""})),  # emptied here, changed there
        ("", "B", "B", ({1: ""}, {})),
    ],
)
def test_weigh(wanted, seen, stands, expected):
    def cell(value):
        return {1: value} if value else {}

    assert weigh({1: wanted}, cell(seen), cell(stands), blank="") == expected


def test_what_was_seen_may_be_kept_as_a_sign():
    assert weigh({1: "new"}, {1: 3}, {1: "old"}, blank="", sign=len) == ({}, {})  # the same sign is not told apart
    assert weigh({1: "newer"}, {1: 3}, {1: "old"}, blank="", sign=len) == ({1: "newer"}, {})
    assert weigh({1: "newer"}, {1: 3}, {1: "older"}, blank="", sign=len) == ({}, {1: "newer"})
