"""Expiry of imports: what is deleted after a while, and what stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from imports import tasks
from imports.models import ImportEffect, ImportRow, ImportRun
from imports.services.expiry import ABANDONED
from records.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db


def run_of(step, days, state="ready", **values):
    past = timezone.now() - timedelta(days=days)
    over = {"finished_at": past} if step in ("cancelled", "undone", "done") else {}
    run = make.ImportRunFactory(
        step=step, state=state, requested_at=past, reading={"unused": ["Kas"]}, **over, **values
    )
    make.ImportRowFactory(run=run)
    make.ImportEffectFactory(run=run)
    return run


def left_of(run):
    """(step, rows, effects, whether the file exists, values read)."""
    run.refresh_from_db()
    rows, effects = ImportRow.objects.filter(run=run).count(), ImportEffect.objects.filter(run=run).count()
    return run.step, rows, effects, bool(run.file), run.reading


@pytest.mark.parametrize(
    ("step", "state", "after"),
    [
        ("cancelled", "ready", "cancelled"),
        ("undone", "ready", "undone"),
        ("map", "ready", "cancelled"),
        ("preview", "ready", "cancelled"),
        ("read", "failed", "cancelled"),
        ("check", "failed", "cancelled"),
        ("apply", "failed", "cancelled"),
    ],
)
def test_what_nobody_goes_on_with_is_cleared_and_the_run_stays(step, state, after, django_capture_on_commit_callbacks):
    old, young = run_of(step, 31, state), run_of(step, 29, state)
    file, storage = old.file.name, old.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_expired_imports()
    assert left_of(old) == (after, 0, 0, False, {})
    assert (storage.exists(file), old.name) == (False, "desa.csv")
    assert left_of(young) == (step, 1, 1, True, {"unused": ["Kas"]})


def test_an_abandoned_import_has_its_line_of_history(django_capture_on_commit_callbacks):
    run = run_of("preview", 31)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clear_expired_imports()
        tasks.clear_expired_imports()
    events = Event.objects.of(run).values_list("verb", "by", "reason")
    assert list(events) == [("close", None, ABANDONED)]


@pytest.mark.parametrize(("step", "state"), [("done", "ready"), ("check", "queued"), ("undo", "failed")])
def test_what_was_saved_or_is_worked_on_stays(step, state):
    run = run_of(step, 400, state)
    tasks.clear_expired_imports()
    assert left_of(run)[:4] == (step, 1, 1, True)
    assert ImportRun.objects.filter(pk=run.pk, state=state).exists()


def test_columns_that_nobody_mapped_go_from_rows_that_were_not_saved():
    old, young = run_of("done", 31), run_of("done", 29)
    for run in (old, young):
        run.rows.update(skipped=True, raw={"name": "Siti", ImportRow.REST: {"nik": "1811"}})
    tasks.clear_expired_imports()
    assert old.rows.get().raw == {"name": "Siti"}
    assert young.rows.get().raw == {"name": "Siti", ImportRow.REST: {"nik": "1811"}}
