"""Thousands separators are for readers; machine-readable numbers and years have none."""

import re

import pytest

from tests.conventions.walks.walk import Page

GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])")
COMMA_POINT = re.compile(r"(?<!\d)-?\d{1,3},\d{4,}")
YEAR = re.compile(r"(?<![\d.,])(?:1\.9\d\d|2\.0[0-4]\d)(?![\d.,]\d)")
# Ids of the rows of the dataset begin at 12.345; pages show none.
AN_ID = re.compile(r"(?<![\d.,])12\.(?:3[4-9]\d|[4-9]\d\d)(?![\d.])")
ADDRESSES = {
    "id",
    "name",
    "href",
    "action",
    "for",
    "src",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "list",
}
MESSAGE = "https://wa.me/?text="  # readable text within a URL
TYPED_BY_PEOPLE = {"text", "search", "tel", "email", "textarea"}


def for_machines(tag, facts):
    """The machine-readable attributes of one tag."""
    for name, value in facts.items():
        typed = tag == "input" and facts.get("type", "text") in TYPED_BY_PEOPLE
        if value.startswith(MESSAGE):
            continue
        if name in ADDRESSES or name.startswith("data-") or (name == "value" and not typed):
            yield name, value


def faults_of(page):
    found = []
    for tag, facts in page.tags:
        for name, value in for_machines(tag, facts):
            if GROUPED.search(value) or COMMA_POINT.search(value):
                found.append(f"<{tag} {name}={value[:80]!r}>")
    found += [f"year {year}" for year in YEAR.findall(page.text)]
    found += [f"id {number}" for number in AN_ID.findall(page.text)]
    return found


@pytest.mark.parametrize("role", ["admin", "staff", "facilitator", "official", "camat", "central", "anonymous"])
def test_no_number_for_machines_carries_a_dot(role, pages_of):
    found = {seen.name: faults_of(seen.page) for seen in pages_of(role)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ('<input name="hari-12.345">', ["<input name='hari-12.345'>"]),
        ('<a href="/desa/12.345/">x</a>', ["<a href='/desa/12.345/'>"]),
        ('<option value="12.345">', ["<option value='12.345'>"]),
        ('<i data-lat="-3,912345"></i>', ["<i data-lat='-3,912345'>"]),
        ("<p>TA 2.018</p>", ["year 2.018"]),
        ("<p>Nomor 12.345</p>", ["id 12.345"]),
        ('<input type="text" name="a" value="750.000"><p>Rp2.018.000, 2.018,5 dan 12.345.000</p>', []),
    ],
)
def test_such_numbers_are_found(html, faults):
    assert faults_of(Page(html)) == faults
