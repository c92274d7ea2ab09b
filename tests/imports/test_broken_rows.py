"""Rows that raise an unexpected error are named and do not affect the others."""

from unittest import mock

import pytest
from django.db import DataError

from imports.rows.ledger import Ledger
from kpspams.importers.boards import BoardImport
from kpspams.models import Member
from tests import factories as make
from tests.imports.office import book, figures, preview, save, work, wrongs
from villages.models import Person

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
BROKE = (
    "Portal gagal mengolah baris 3 lembar Pengurus; baris ini dilewati dan baris lain tetap dapat disimpan. Periksa "
    "isinya atau tulis ulang barisnya; bila sudah benar, kirim baris ini kepada pengelola portal."
)


@pytest.fixture
def group():
    return make.GroupFactory(village=make.VillageFactory(code="18.11.01.2001", name="Wiralaga I"), name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


def content(*names):
    posts = ["Ketua", "Sekretaris", "Bendahara"]
    rows = [
        ["Wiralaga I", "Tirta Jaya", name, "L", post, "14-03-2018"] for name, post in zip(names, posts, strict=False)
    ]
    return book(("Pengurus", [HEAD, *rows]))


def failing(target, name, when):
    """Patches the method: it raises where `when` is true, and works otherwise."""
    real = getattr(target, name)

    def method(self, *args, **kwargs):
        if when(self, *args):
            raise KeyError("nobody foresaw this")
        return real(self, *args, **kwargs)

    return mock.patch.object(target, name, method)


def named(row, *_):
    return row.get("name") == "Rusak"


@pytest.mark.parametrize(
    "fault",
    [
        failing(BoardImport, "plan", lambda _, row: named(row)),
        failing(Ledger, "take", lambda _, row: named(row)),
        failing(Person, "prepare", lambda person: person.name == "Rusak"),
    ],
)
def test_a_row_that_breaks_is_named_and_spares_the_others(staff, group, fault, caplog):
    with fault:
        run = preview("boards", content("Budi", "Rusak", "Siti"), staff)
        assert figures(run) == {"rows": 3, "new": 2, "error": 1}
        assert wrongs(run) == [(3, "", BROKE)]
        run = save(run, staff, "good")
    assert figures(run) == {"rows": 3, "created": 2, "skipped": 1}
    assert sorted(Member.objects.values_list("person__name", flat=True)) == ["Budi", "Siti"]
    assert "nobody foresaw this" in caplog.text


def test_a_row_that_breaks_after_the_preview_is_shown_first(staff, group):
    run = preview("boards", content("Budi", "Rusak", "Siti"), staff)
    with failing(BoardImport, "plan", lambda _, row: named(row)):
        run = work(save(run, staff))
        assert (figures(run).items() >= {"rows": 3, "new": 2, "error": 1}.items(), Member.objects.count()) == (True, 0)
        assert wrongs(run) == [(3, "", BROKE)]


def test_a_row_that_the_database_refuses_is_named_and_the_others_are_saved(staff, group):
    manager = type(Person._base_manager)
    real = manager.bulk_create

    def bulk_create(self, rows, *args, **kwargs):
        if any(getattr(row, "name", "") == "Rusak" for row in rows):
            raise DataError("value out of range")
        return real(self, rows, *args, **kwargs)

    run = preview("boards", content("Budi", "Rusak", "Siti"), staff)
    with mock.patch.object(manager, "bulk_create", bulk_create):
        run = work(save(run, staff))
        assert (run.step, Person.objects.count(), Member.objects.count()) == ("preview", 0, 0)
        assert run.counts["broken"] == [2]
        assert "tidak dapat ditulis ke basis data" in run.counts["notice"]
        assert wrongs(run) == [(3, "", BROKE)]
        run = save(run, staff, "good")
    assert figures(run) == {"rows": 3, "created": 2, "skipped": 1}
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Budi", "Siti"]


def test_a_plan_that_cannot_be_trusted_ends_and_names_the_row(staff, group):
    def index_breaks(self, row):
        row.label = row.get("name", "")
        if named(row):
            row.then(lambda: {}["missing"])

    with mock.patch.object(BoardImport, "plan", index_breaks):
        run = preview("boards", content("Budi", "Rusak", "Siti"), staff)
    assert (run.state, run.error.partition(" karena")[0]) == (
        "failed",
        "Pengolahan berhenti pada baris 3 lembar Pengurus",
    )
