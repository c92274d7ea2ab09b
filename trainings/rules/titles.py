"""Years in titles of trainings."""

import re

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def names_year(text: str, year: int) -> bool:
    """Whether the year stands in the text as a number of its own."""
    return str(year) in YEAR.findall(text)


def with_year(text: str, old: int, new: int) -> str:
    """The text of a training of the year `old` for one of the year `new`: "Bimtek 2026/2027" becomes "2027/2028".

    Earlier years are what the training is about, so they remain, as does a text without the year.
    """
    if not names_year(text, old):
        return text
    return YEAR.sub(lambda found: str(int(found[0]) + new - old) if int(found[0]) >= old else found[0], text)
