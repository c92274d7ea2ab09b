from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as make
from villages.models import VillageOfficial
from villages.services.posts import take_office

pytestmark = pytest.mark.django_db


def successor(before, **values):
    person = make.PersonFactory(village=before.village)
    fields = {"village": before.village, "office": before.office, "person": person, "starts_on": date(2024, 3, 1)}
    return VillageOfficial(**(fields | values))


def test_the_holder_before_ends_the_day_before():
    staff = make.UserFactory()
    before = make.VillageOfficialFactory()
    new = take_office(successor(before), by=staff)
    before.refresh_from_db()
    assert (before.ends_on, new.ends_on) == (date(2024, 2, 29), None)
    assert [event.verb for event in Event.objects.of(before)] == ["change"]
    assert [event.verb for event in Event.objects.of(new)] == ["add"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2018, 1, 1), None),  # the first day of the holder
        (date(2017, 1, 1), None),  # before a current holder
        (date(2017, 1, 1), date(2018, 1, 1)),  # overlaps the holder's time
        (date(2019, 1, 1), date(2019, 12, 31)),  # a past post inside the holder's time
    ],
)
def test_days_that_lie_over_another_holder_are_refused(starts_on, ends_on):
    before = make.VillageOfficialFactory()
    with pytest.raises(ValidationError, match="tercatat sebagai Kepala Desa"):
        take_office(successor(before, starts_on=starts_on, ends_on=ends_on), by=make.UserFactory())
    assert list(VillageOfficial.objects.values_list("pk", "ends_on")) == [(before.pk, None)]


def test_a_past_holder_is_recorded_before_the_present_one():
    before = make.VillageOfficialFactory()
    past = successor(before, starts_on=date(2012, 1, 1), ends_on=date(2017, 12, 31))
    take_office(past, by=make.UserFactory())
    before.refresh_from_db()
    assert before.ends_on is None
