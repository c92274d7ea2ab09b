"""static/plans/plan_numbers.js parses a figure as records/parsers/numbers.py does."""

import itertools

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from records.parsers import numbers

pytestmark = pytest.mark.browser
SCRIPT = (settings.BASE_DIR / "static/plans/plan_numbers.js").read_text()
PARTS = ("0", "1", "12", "125", "000", "1250", ".", ",", "-", "Rp", "rb", " juta", " M", "kali", "rupiah", ",-", " ")
TYPED = ["".join(parts) for parts in itertools.product(PARTS, PARTS, PARTS, PARTS[:9])]
TYPED = [text for text in TYPED if ".." not in text]  # full stops behind a word, which nobody writes
TYPED += ["1.250.000", "1,250,000", "1.250,50", "1,250.50", "0.125", "0,145", "75,000", "1.500 juta", "2,5 jt", "1.2.3"]


def read(text: str, money: bool) -> str | None:
    """Hundredths; None for refused, empty or negative values, which the page does not add."""
    try:
        value = numbers.read(text, 0 if money else 2, label="harga satuan (Rp)" if money else "volume")
    except ValidationError:
        return None
    return None if value is None or value < 0 or text.lstrip(" Rp.").startswith("-") else str(int(value * 100))


def test_script_and_server_read_a_figure_alike(browser):
    page = browser.new_page()
    page.evaluate(SCRIPT)
    found = {
        money: page.evaluate(
            "([texts, money]) => texts.map((text) => planNumbers.hundredths(text, money)?.toString() ?? null)",
            [TYPED, money],
        )
        for money in (False, True)
    }
    page.close()
    for money in (False, True):
        differ = [
            (text, message, read(text, money))
            for text, message in zip(TYPED, found[money], strict=True)
            if message != read(text, money)
        ]
        assert "\n".join(map(str, differ[:20])) == ""
