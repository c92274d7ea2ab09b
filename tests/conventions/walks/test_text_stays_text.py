"""Typed text is shown as typed: it never becomes a tag, an attribute, a template or a statement."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from documents.plans import work_plan
from documents.trainings import attendance_sheet
from tests.conventions.walks.walk import Page, walk
from tests.pamsimas.demo.tables import APPS

LONG = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}{% now 'Y' %}'; DROP TABLE x"
SHORT = "<b id=jebol>\"'"
TINY = "<b>"
# Computed, not typed, or in a format that the database or a page parses again.
BY_RULE = {"search_key", "password", "username", "code", "kind", "posts", "token", "file", "emblem", "sha256", "phone"}
BY_RULE |= {"plan_deadline", "plan_proposal_deadline", "part"}  # days of the year; the name of a place in a letter
BY_RULE |= {"token_hash"}
CODES = {"imports.Synonym.place", "imports.Synonym.topic"}  # a key of a kabupaten, a choice of the portal


def texts_of(model):
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if field.name not in BY_RULE and f"{model._meta.label}.{field.name}" not in CODES:
            yield field


def poison(row, field) -> bool:
    """Writes the longest payload that the column takes; False where none fits or the database refuses it."""
    room = field.max_length or 10_000
    for payload in (LONG, SHORT, TINY):
        for text in (payload, f"{row.pk}{payload}"):  # a second row with the same text, where it must be unique
            if len(text) <= room:
                try:
                    with transaction.atomic():
                        type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: text})
                except IntegrityError:
                    continue
                return True
    return False


@pytest.fixture
def poisoned(dataset):
    """The dataset with a payload in every text column, and its history."""
    labels = {"records.Event", "imports.ImportRun", "jobs.WorkerHeartbeat", "reports.Report"}
    done = set()
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model._meta.label in labels:
                continue
            for row in model._base_manager.all():
                done |= {f"{model._meta.label}.{field.name}" for field in texts_of(model) if poison(row, field)}
    for name in ("village", "person", "group", "plan", "training", "facility", "document"):
        row = getattr(dataset, name)
        row.refresh_from_db()
        before = type(row)._base_manager.get(pk=row.pk)
        type(row)._base_manager.filter(pk=row.pk).update(version=before.version)
        field = next(texts_of(type(row)), None)
        if field is not None:
            setattr(row, field.attname, f"<b id=jebol>{getattr(row, field.attname)}"[: field.max_length])
            row.change(by=dataset.people["staff"], reason=LONG)
            poison(row, field)
    assert {
        "villages.Village.name",
        "villages.Person.name",
        "trainings.Training.title",
        "plans.Activity.title",
    } <= done
    for person in dataset.people.values():
        if person:
            person.refresh_from_db()
    return dataset


def became_more_than_text(page: Page) -> list:
    """Tags and attributes that only a payload can have made."""
    found = []
    for tag, facts in page.tags:
        script = tag == "script" and not facts.get("src", "").startswith("/static/")
        planted = facts.get("src") == "x" or "onerror" in facts or facts.get("id") == "jebol"
        broken = any(not name.replace("-", "").replace(":", "").isalnum() for name in facts)
        if script or planted or broken:
            found.append((tag, facts))
    return found


@pytest.mark.parametrize("role", ["admin", "facilitator", "official", "camat", "central"])
def test_no_page_takes_text_for_anything_else(role, poisoned, client):
    shown = set()
    for seen in walk(client, poisoned, role):
        name, page = seen.name, seen.page
        assert became_more_than_text(page) == [], name
        assert "49" not in page.text or "{{ 7*7 }}" in page.text, name
        if LONG in page.text:
            shown.add(name)
    expected = {
        "villages:village_detail",
        "kpspams:group_detail",
        "trainings:training_detail",
        "villages:person_detail",
    }
    assert expected <= shown, expected - shown


@pytest.mark.parametrize("mode", list(attendance_sheet.MODES))
def test_no_sheet_takes_text_for_anything_else(mode, poisoned):
    training, admin = poisoned.training, poisoned.people["admin"]
    training.refresh_from_db()
    snapshot = attendance_sheet.AttendanceSheet().collect(
        training, attendance_sheet.AttendanceSheet().clean(training, {"mode": mode}), admin
    )
    page = Page(attendance_sheet.AttendanceSheet().render(snapshot))
    assert became_more_than_text(page) == []
    assert LONG in page.text


def test_no_plan_takes_text_for_anything_else(poisoned):
    plan, admin = poisoned.plan, poisoned.people["admin"]
    plan.refresh_from_db()
    page = Page(
        work_plan.WorkPlanDocument().render(
            work_plan.WorkPlanDocument().collect(plan, work_plan.WorkPlanDocument().clean(plan, {}), admin)
        )
    )
    assert became_more_than_text(page) == []
    assert LONG in page.text


def test_what_became_a_tag_is_found():
    assert became_more_than_text(Page("<p>aman</p>")) == []
    assert became_more_than_text(Page(f"<p>{LONG}</p>")) != []
    assert became_more_than_text(Page(f'<input value="{SHORT}">')) != []
