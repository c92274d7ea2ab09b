"""Concurrent imports of two users of one kabupaten: no row is lost, doubled or overwritten unnoticed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from imports import tasks
from imports.models import ImportEffect
from imports.services import lifecycle
from imports.services.worker import STALE
from tests import factories as make
from tests.imports.office import book, figures, preview
from villages.models import Village

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = ["Kode desa", "Desa", "Jumlah KK", "Tahun data penduduk"]


def file_of(*figures):
    rows = [[f"18.11.01.{number}", f"Desa {number}", households, 2025] for number, households in figures]
    return book(("Data", [HEAD, *rows]))


@pytest.fixture
def two():
    """A preview of each, of files that have one village in common, and its user."""
    first = make.AdminFactory()
    second = make.AdminFactory(district=first.district)
    make.SubdistrictFactory(code="18.11.01", name="Mesuji", district=first.district)
    return [
        (preview("villages", file_of((2001, 100), (2002, 200), (2003, 300)), first), first),
        (preview("villages", file_of((2003, 333), (2004, 400), (2005, 500)), second), second),
    ]


def at_once(*calls):
    """The results of the calls, which start together; for a refusal its message."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=60)
            return call()
        except ValidationError as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def worked(run):
    tasks.run_import(run.pk)
    run.refresh_from_db()
    return run


def households():
    return dict(Village.objects.order_by("code").values_list("name", "households"))


def test_of_two_who_save_at_once_one_waits_and_sees_what_the_other_saved(two):
    answers = at_once(*(lambda run=run, by=by: lifecycle.save(run, "all", by=by) for run, by in two))
    assert sorted(answers, key=str) == [lifecycle.BUSY, None]
    (saved, _), (waiting, by) = two if answers[0] is None else reversed(two)
    assert (worked(saved).step, waiting.step) == ("done", "preview")
    lifecycle.save(waiting, "all", by=by)
    assert (worked(waiting).step, waiting.counts["notice"], Village.objects.count()) == ("check", STALE, 3)
    assert {name: count for name, count in figures(worked(waiting)).items() if name != "notice"} == {
        "rows": 3,
        "new": 2,
        "change": 1,
    }
    lifecycle.save(waiting, "all", by=by)
    assert worked(waiting).step == "done"
    shared = 333 if waiting.pk == two[1][0].pk else 300
    assert households() == {"2001": 100, "2002": 200, "2003": shared, "2004": 400, "2005": 500}
    assert ImportEffect.objects.filter(verb="add").count() == 5


def test_two_workers_and_a_second_saver_at_once_write_each_row_once(two):
    (first, one), (second, other) = two
    lifecycle.save(first, "all", by=one)
    answers = at_once(
        lambda: tasks.run_import(first.pk),
        lambda: tasks.run_import(first.pk),  # its message came twice
        lambda: lifecycle.save(second, "all", by=other),
    )
    assert answers[2] in (None, lifecycle.BUSY)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.step, figures(first)) == ("done", {"rows": 3, "created": 3})
    if second.step == "preview":
        lifecycle.save(second, "all", by=other)
    assert worked(second).step == "check"
    assert (Village.objects.count(), ImportEffect.objects.count()) == (3, 3)
