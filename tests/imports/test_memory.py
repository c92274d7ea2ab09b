"""Memory of a worker: an import releases its objects without the garbage collector, which is off."""

import gc
import weakref

import pytest

from imports.services import worker
from tests import factories as make
from tests.imports.office import book, figures, hand_in
from tests.imports.office import work as work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def collector_off():
    gc.disable()
    yield
    gc.enable()


def test_check_frees_what_it_compared_with(collector_off, monkeypatch):
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    by = make.UserFactory(district=village.subdistrict.district)
    group = make.GroupFactory(village=village, name="Tirta Jaya")
    head = ["Desa", "Kelompok", "Nama", "L/P", "Jabatan", "TMT"]
    row = [village.name, group.name, "Budi", "L", "Ketua", "14-03-2018"]
    run = hand_in("boards", book(("Pengurus", [head, row])), by)
    used = []
    adapter_of = worker.adapter_of

    def noted(*args):
        adapter = adapter_of(*args)
        used.append(weakref.ref(adapter))
        return adapter

    monkeypatch.setattr(worker, "adapter_of", noted)
    monkeypatch.setattr(worker.gc, "enable", lambda: None)
    assert figures(work_on(run)) == {"rows": 1, "new": 1}
    assert [adapter() for adapter in used] == [None]
