import pytest

from records.misspellings import distance


@pytest.mark.parametrize(("typed", "name", "far"), [("abc", "abcdef", 0), ("abd", "abcdef", 1), ("xyz", "abc", 3)])
def test_distance_is_to_the_nearest_beginning(typed, name, far):
    assert distance(typed, name) == far
