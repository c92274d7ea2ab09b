"""static/plans/plan_words.js spells out a sum as records/formats.py does."""

import random

import pytest
from django.conf import settings

from records.in_words import rupiah_in_words

pytestmark = pytest.mark.browser
SCRIPT = (settings.BASE_DIR / "static/plans/plan_words.js").read_text()


def test_script_and_server_say_a_sum_alike(browser):
    random_ones = random.Random(6)
    amounts = [*range(1_300), 2_000, 21_000, 1_001_000, 94_935_000, 10**15, 10**21 - 1, 10**21, 10**30]
    amounts += [random_ones.randrange(10 ** random_ones.randint(4, 21)) for _ in range(700)]
    page = browser.new_page()
    page.evaluate(SCRIPT)
    message = page.evaluate(
        "(amounts) => amounts.map((amount) => planWords.rupiahInWords(BigInt(amount)))", [str(n) for n in amounts]
    )
    page.close()
    assert dict(zip(amounts, message, strict=True)) == {amount: rupiah_in_words(amount) for amount in amounts}
