"""Concurrent requests: the throttle counts each attempt, and a kabupaten keeps an admin."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory

from accounts.handover import close_account
from accounts.models import User
from accounts.services.users import change_user, deactivate
from accounts.throttle import THROTTLES, TooFast, take
from tests.factories import (
    AdminFactory,
    DistrictFactory,
    FacilitatorFactory,
    UserFactory,
    VillageFactory,
    WorkPlanFactory,
)
from villages.models import Assignment

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Runs the calls in threads that start together; the results, exceptions included."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=30)
            return call()
        except (ValidationError, TooFast) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_attempts_at_once_are_counted_one_by_one():
    def attempt():
        return take(RequestFactory().post("/masuk/", REMOTE_ADDR="203.0.113.9"), "siti")

    answers = at_once(*[attempt] * 16)
    assert sum(answer is None for answer in answers) == THROTTLES["pair"].size
    assert sum(isinstance(answer, TooFast) for answer in answers) == 16 - THROTTLES["pair"].size


def test_two_admins_cannot_close_each_other():
    district = DistrictFactory()
    one, other = AdminFactory(district=district), AdminFactory(district=district)
    answers = at_once(lambda: deactivate(other, by=one), lambda: deactivate(one, by=other))
    assert sorted(isinstance(answer, ValidationError) for answer in answers) == [False, True]
    assert User.objects.current().filter(role=User.Role.ADMIN).count() == 1


def test_two_admins_cannot_demote_themselves_together():
    district = DistrictFactory()
    admins = [AdminFactory(district=district), AdminFactory(district=district)]

    def step_down(admin):
        admin.role = User.Role.STAFF
        return change_user(admin, by=admin)

    answers = at_once(*[lambda admin=admin: step_down(admin) for admin in admins])
    assert sorted(isinstance(answer, ValidationError) for answer in answers) == [False, True]
    assert User.objects.filter(role=User.Role.ADMIN).count() == 1


def test_two_facilitators_closed_at_once_do_not_take_over_from_one_another():
    admin = AdminFactory()
    pairs = [[FacilitatorFactory(villages=[VillageFactory()]) for _ in range(2)] for _ in range(8)]
    for one, other in pairs:
        answers = at_once(
            lambda one=one, other=other: close_account(one, {"penugasan": other}, by=admin),
            lambda one=one, other=other: close_account(other, {"penugasan": one}, by=admin),
        )
        assert sorted(isinstance(answer, ValidationError) for answer in answers) == [False, True]
        stays = User.objects.get(pk__in=[one.pk, other.pk], is_active=True)
        villages = Assignment.objects.current().filter(user=stays).values_list("village", flat=True)
        assert set(villages) == set(Assignment.objects.filter(user__in=[one, other]).values_list("village", flat=True))


def test_the_last_two_approvers_closed_at_once_leave_one():
    admin = AdminFactory()
    WorkPlanFactory(status="submitted")
    one, other = (UserFactory(may_approve=True) for _ in range(2))
    answers = at_once(
        lambda: close_account(one, {}, by=admin),
        lambda: close_account(other, {}, by=admin),
    )
    assert sorted(isinstance(answer, ValidationError) for answer in answers) == [False, True]
    assert User.objects.current().filter(may_approve=True).count() == 1
