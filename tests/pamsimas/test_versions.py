"""Versions of tables: a rule over the names of migrations."""

import pytest

from pamsimas import versions
from pamsimas.versions import Kind, Mismatch, mismatch

DJANGO = {("auth", "0001_initial")}
FIRST = {("accounts", "0001_initial"), ("villages", "0001_initial"), ("villages", "0002_programmes")}
SECOND = {("accounts", "0001_tables_2026_12b"), ("villages", "0001_tables_2026_12b"), ("villages", "0002_programmes_1")}
THIRD = {("accounts", "0001_tables_2026_12c"), ("villages", "0001_tables_2026_12c")}
LATER = {("villages", "0003_wells")}


@pytest.mark.parametrize(
    ("applied", "known", "expected"),
    [
        (set(), SECOND, None),
        (SECOND, SECOND, None),
        ({("accounts", "0001_tables_2026_12b")}, SECOND, None),  # a start that was interrupted
        (DJANGO, SECOND | DJANGO, None),
        (SECOND, SECOND | LATER, None),
        (FIRST, SECOND, Mismatch(Kind.OLDER, "villages.0002_programmes")),
        (SECOND, THIRD, Mismatch(Kind.OLDER, "villages.0002_programmes_1")),
        (FIRST, FIRST | LATER, None),
        (FIRST | LATER, FIRST, Mismatch(Kind.NEWER, "villages.0003_wells")),
        (SECOND | LATER, SECOND, Mismatch(Kind.NEWER, "villages.0003_wells")),
        (THIRD, SECOND, Mismatch(Kind.NEWER, "villages.0001_tables_2026_12c")),
        (SECOND, FIRST, Mismatch(Kind.NEWER, "villages.0002_programmes_1")),
        (SECOND | {("auth", "0099_new")}, SECOND | DJANGO, Mismatch(Kind.NEWER, "auth.0099_new")),
        (DJANGO | {("auth", "0099_new")}, SECOND | DJANGO, Mismatch(Kind.NEWER, "auth.0099_new")),
        (SECOND | {("shop", "0001_initial")}, SECOND, None),  # an app that is not ours
    ],
)
def test_mismatch_tells_older_from_newer(applied, known, expected):
    assert mismatch(applied, known) == expected


def test_mismatch_tables_without_a_record():
    assert mismatch(DJANGO, SECOND | DJANGO, {"villages_village"}) == Mismatch(Kind.UNRECORDED)
    assert mismatch(SECOND, SECOND, {"villages_village"}) is None


def test_on_disk_lists_the_migrations_of_each_app():
    found = versions.on_disk()
    assert {app for app, _ in found} >= {"accounts", "records", "villages", "plans"}
    assert all(name[:4].isdigit() for _, name in found)
