import pytest

from documents.registry import KINDS
from reports.templatetags.paper_prints import PRINTS, RARER

EVERY = [(paper, *print_) for table in (PRINTS, RARER) for paper, prints in table.items() for print_ in prints]


@pytest.mark.parametrize(("paper", "kind", "word", "options"), EVERY, ids=[f"{p}-{w}" for p, _, w, _ in EVERY])
def test_each_button_asks_for_what_its_paper_knows(paper, kind, word, options):
    known = getattr(KINDS[kind], "OPTIONS", {})
    assert {name: value for name, value in options.items() if value in known.get(name, {})} == options


def test_no_two_buttons_of_a_paper_say_the_same():
    words = [(paper, word) for paper, _, word, _ in EVERY]
    assert len(set(words)) == len(words)
