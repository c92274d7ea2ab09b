"""Preview rows, written in bulk."""

import pytest
from django.db import IntegrityError

from imports.models import ImportRow, ImportRun
from imports.rows import planning, preview_rows
from tests import factories as make

pytestmark = pytest.mark.django_db

FULL = {
    "sheet": "Data",
    "line": 7,
    "raw": {"name": "Budi “ketua”", "on": {"day": "2018-12-04"}},
    "verdict": "ask",
    "label": "Budi 100%",
    "changes": [["Nama", "Budi", "Budi S."]],
    "errors": [["name", "Nama kosong.", "B7"]],
    "options": [{"id": "5", "text": "Budi"}],
    "question": "q",
    "choice": "new",
    "recognised": {"id": "5", "text": "Budi"},
    "notes": {"name": "diisi"},
    "understood": {"name": "Budi"},
    "adds": ["orang"],
    "skipped": False,
}
EMPTY = {name: type(value)() for name, value in FULL.items()} | {"verdict": "same", "line": 8}


@pytest.fixture
def run():
    user = make.AdminFactory()
    return ImportRun.objects.create(kind="boards", place=user.district.code, name="a.xlsx", by=user)


def test_insert_stores_what_bulk_create_stores(run):
    rows = [(FULL if number % 2 else EMPTY) | {"run_id": run.pk, "number": number} for number in range(1, 151)]
    preview_rows.insert([dict(row) for row in rows])
    stored = list(ImportRow.objects.order_by("number").values(*rows[0]))
    assert stored == rows
    ImportRow.objects.all().delete()
    ImportRow.objects.bulk_create([ImportRow(**row) for row in rows])
    assert list(ImportRow.objects.order_by("number").values(*rows[0])) == stored


def test_insert_names_every_column():
    assert {*preview_rows.NAMES} == {*FULL, "run_id", "number"}


def test_insert_stores_all_rows_or_none(run):
    rows = [EMPTY | {"run_id": run.pk, "number": number} for number in [*range(1, 151), 150]]
    with pytest.raises(IntegrityError):
        preview_rows.insert(rows)
    assert not ImportRow.objects.exists()


def test_stored_rows_come_in_the_order_of_the_file(run, monkeypatch):
    monkeypatch.setattr(planning, "CHUNK", 2)
    assert list(planning.stored_rows(run)) == []
    preview_rows.insert([EMPTY | {"run_id": run.pk, "number": number} for number in (5, 1, 3, 2, 4)])
    assert [row.number for row in planning.stored_rows(run)] == [1, 2, 3, 4, 5]


def test_insert_of_no_rows(run):
    preview_rows.insert([])
    assert not ImportRow.objects.exists()
