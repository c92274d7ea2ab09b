"""Concurrent changes of the member list: one membership at a time."""

from datetime import date, timedelta

import pytest

from kpspams.models import AssociationMembership
from kpspams.services.association import join
from tests.factories import AssociationFactory, GroupFactory, UserFactory
from tests.plans.services.test_races import HANDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("ends_on", [None, date(2022, 1, 1)])
def test_of_six_who_enter_the_same_group_one_does(ends_on):
    association, group, user = AssociationFactory(), GroupFactory(), UserFactory()

    def enter(number):
        joined = date(2020, 1, 1) + timedelta(days=number)
        row = AssociationMembership(association=association, group=group, starts_on=joined, ends_on=ends_on)
        return join(row, by=user).pk is not None

    assert sorted(map(str, at_once(enter))) == ["True"] + ["ValidationError"] * (HANDS - 1)
    assert association.memberships.get().events.count() == 1
