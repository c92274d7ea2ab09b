import pytest

from villages.models import Person


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Suka Maju", "dusun Suka Maju"), ("Dusun I", "Dusun I"), ("dsn. 2", "dsn. 2"), ("", "")],
)
def test_the_word_dusun_stands_once(typed, shown):
    assert Person(hamlet=typed).hamlet_text == shown
