"""Spans with a first and a last day: one rule for posts, memberships, assignments and operated water systems."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.timezone import localdate

from kpspams.models import AssociationMembership, GroupFacility, Member
from records.formats import date_id
from records.models import Conflict, DatedSpan
from tests import factories as make
from villages.models import Assignment, VillageOfficial

FACTORIES = {
    Assignment: make.AssignmentFactory,
    AssociationMembership: make.AssociationMembershipFactory,
    GroupFacility: make.GroupFacilityFactory,
    Member: make.MemberFactory,
    VillageOfficial: make.VillageOfficialFactory,
}
FIRST, LAST = date(2019, 5, 1), date(2020, 4, 30)
DAY = timedelta(days=1)
NAMED_OTHERWISE = {  # a day of a user's account, not of a span in the field
    "accounts.User": "an account has an end and no first day",
}

every_span = pytest.mark.parametrize("model", FACTORIES)


def test_every_span_is_tested():
    assert set(FACTORIES) == set(DatedSpan.__subclasses__())


def test_a_model_with_these_columns_is_a_span():
    named = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in settings.PORTAL_APPS
        and {"starts_on", "ends_on"} & {column.name for column in model._meta.fields}
        and not issubclass(model, DatedSpan)
    }
    assert named == set(NAMED_OTHERWISE)


@every_span
@pytest.mark.django_db
def test_the_database_refuses_an_end_before_the_start(model):
    rows = model.objects.filter(pk=FACTORIES[model](starts_on=FIRST).pk)
    with pytest.raises(IntegrityError, match="in_order"), transaction.atomic():
        rows.update(ends_on=FIRST - DAY)
    assert rows.update(ends_on=FIRST) == 1


@every_span
@pytest.mark.django_db
def test_a_form_shows_the_sentence_of_the_order(model):
    row = FACTORIES[model](starts_on=FIRST)
    row.ends_on = FIRST - DAY
    with pytest.raises(ValidationError) as raised:
        row.validate_constraints()
    (check,) = (check for check in model._meta.constraints if check.name.endswith("_in_order"))
    assert raised.value.messages == [check.violation_error_message]


@every_span
@pytest.mark.django_db
def test_current_on_a_day(model):
    row = FACTORIES[model](starts_on=FIRST, ends_on=LAST)
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    assert [model.objects.current(day).exists() for day in days] == [False, True, True, False]
    assert [row.covers(day) for day in days] == [False, True, True, False]
    assert not model.objects.current().exists()


@every_span
@pytest.mark.django_db
def test_current_asks_of_today_and_open_of_the_end(model):
    today = localdate()
    ends_today, open_now, to_come = (
        FACTORIES[model](starts_on=first, ends_on=last)
        for first, last in ((FIRST, today), (today, None), (today + DAY, None))
    )
    assert set(model.objects.current()) == {ends_today, open_now}
    assert set(model.objects.open()) == {open_now, to_come}
    assert [row.is_open for row in (ends_today, open_now, to_come)] == [False, True, True]


@pytest.mark.parametrize("ends_on", [None, LAST])
@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        (FIRST - 9 * DAY, FIRST - DAY, False),
        (FIRST - 9 * DAY, FIRST, True),
        (FIRST - 9 * DAY, None, True),
        (FIRST + DAY, FIRST + 2 * DAY, True),
        (LAST, None, True),
        (LAST + DAY, None, "while open"),
        (LAST + DAY, LAST + 2 * DAY, "while open"),
    ],
)
@pytest.mark.django_db
def test_overlapping_shares_a_day(ends_on, first, last, shared):
    row = make.AssignmentFactory(starts_on=FIRST, ends_on=ends_on)
    shared = ends_on is None if shared == "while open" else shared
    assert Assignment.objects.overlapping(first, last).exists() is shared
    assert row.overlaps(first, last) is shared


@every_span
@pytest.mark.django_db
def test_end_writes_the_last_day_with_an_event(model):
    row = FACTORIES[model](starts_on=FIRST)
    label = model._meta.get_field("ends_on").verbose_name
    assert row.end(LAST, by=make.AdminFactory(), reason="Pindah.") == {label: ["", date_id(LAST)]}
    row.refresh_from_db()
    assert row.ends_on == LAST
    assert [(event.verb, event.reason) for event in row.events] == [("change", "Pindah.")]


@pytest.mark.django_db
def test_end_leaves_an_earlier_end_and_sees_another_writer():
    row = make.AssignmentFactory(starts_on=FIRST, ends_on=LAST)
    assert row.end(LAST + DAY, by=make.AdminFactory()) == {}
    row.refresh_from_db()
    assert (row.ends_on, row.version) == (LAST, 1)
    Assignment.objects.update(version=2)
    with pytest.raises(Conflict):
        row.end(LAST - DAY, by=make.AdminFactory())


@pytest.mark.parametrize(
    ("model", "still"),
    [
        (Assignment, "tanpa batas"),
        (AssociationMembership, "sampai sekarang"),
        (GroupFacility, "dan masih dikelola"),
        (Member, "dan masih menjabat"),
        (VillageOfficial, "dan masih menjabat"),
    ],
)
def test_dates_in_words(model, still):
    assert model(starts_on=FIRST, ends_on=LAST).dates == "1 Mei 2019 s.d. 30 April 2020"
    assert model(starts_on=FIRST).dates == f"1 Mei 2019 {still}"


def test_both_columns_are_days():
    for model in FACTORIES:
        columns = [model._meta.get_field(name) for name in ("starts_on", "ends_on")]
        assert [type(column) for column in columns] == [models.DateField, models.DateField]
        assert [(column.null, column.blank) for column in columns] == [(False, False), (True, True)]
