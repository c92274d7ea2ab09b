"""Deactivating an account hands over its open work, completely or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.handover import close_account, open_work
from accounts.models import User
from reports.models import Schedule
from tests import factories as make
from tests.pages import send
from villages.models import Assignment, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    admin = make.AdminFactory()
    make.AdminFactory()
    client.force_login(admin)
    return admin


@pytest.fixture
def villages():
    return make.VillageFactory.create_batch(2)


@pytest.fixture
def leaving(villages):
    return make.FacilitatorFactory(villages=villages)


def page(account):
    return reverse("accounts:user_deactivate", args=[account.pk])


def keys(account):
    return [handover.key for handover, _ in open_work(account)]


def working(user):
    return set(Assignment.objects.current().filter(user=user).values_list("village", flat=True))


def test_villages_go_to_the_successor_from_today_without_a_gap(client, admin, leaving, villages, time_machine):
    successor = make.FacilitatorFactory(villages=[villages[0]])
    assert send(client, page(leaving), penugasan=str(successor.pk)).status_code == 302
    leaving.refresh_from_db()
    assert not leaving.is_active
    assert working(successor) == {village.pk for village in villages}
    assert set(Village.objects.visible_to(successor)) == set(villages)
    time_machine.move_to(localdate() + timedelta(days=1))
    assert working(leaving) == set()
    assert working(successor) == {village.pk for village in villages}
    assert successor.assignments.filter(village=villages[0]).count() == 1
    assert [event.reason for event in successor.assignments.get(village=villages[1]).events] == [
        f"Melanjutkan {leaving}"
    ]


def test_without_an_answer_nothing_happens(client, admin, leaving, villages):
    answer = send(client, page(leaving))
    assert "penugasan" in answer.context["form"].errors
    assert User.objects.get(pk=leaving.pk).is_active
    assert working(leaving) == {village.pk for village in villages}


def test_assignments_may_end_without_a_successor(client, admin, leaving, time_machine):
    coming = make.AssignmentFactory(user=leaving, starts_on=localdate() + timedelta(days=30), ends_on=None)
    assert send(client, page(leaving), penugasan="akhiri").status_code == 302
    assert not Assignment.objects.filter(pk=coming.pk).exists()
    time_machine.move_to(localdate() + timedelta(days=1))
    assert working(leaving) == set()


def test_only_who_may_take_it_is_a_successor(admin, leaving):
    elsewhere = make.UserFactory(role=User.Role.FACILITATOR, district=make.OtherDistrictFactory())
    for wrong in (make.UserFactory(), elsewhere, leaving):
        with pytest.raises(ValidationError, match="tidak dapat menerima 2 desa penugasan"):
            close_account(leaving, {"penugasan": wrong}, by=admin)
    assert User.objects.get(pk=leaving.pk).is_active


def test_the_last_who_may_approve_leaves_the_right_behind(client, admin):
    approver = make.UserFactory(may_approve=True)
    make.WorkPlanFactory(status="submitted")
    other = make.UserFactory(may_approve=True)
    assert keys(approver) == []
    other.may_approve = False
    other.save()
    assert keys(approver) == ["pemeriksaan"]
    assert "akhiri" not in dict(client.get(page(approver)).context["form"].fields["pemeriksaan"].choices)
    assert send(client, page(approver), pemeriksaan=str(other.pk)).status_code == 302
    other.refresh_from_db()
    assert other.may_approve


def test_an_officer_of_an_open_training_is_replaced_with_an_event(client, admin):
    officer, successor, training = make.UserFactory(), make.UserFactory(), make.TrainingFactory()
    training.officers.add(officer)
    closed = make.TrainingFactory(state="closed")
    closed.officers.add(officer)
    assert send(client, page(officer), petugas=str(successor.pk)).status_code == 302
    assert list(training.officers.all()) == [successor]
    assert list(closed.officers.all()) == [officer]
    assert training.events[0].changes == {"petugas kehadiran": [str(officer), str(successor)]}


def test_who_has_nothing_in_hand_is_asked_as_ever(client, admin):
    account = make.UserFactory()
    assert "Nonaktifkan akun" in client.get(page(account)).content.decode()
    client.post(page(account))
    assert not User.objects.get(pk=account.pk).is_active


def test_handovers_are_asked_in_their_order(admin, leaving):
    leaving.may_approve = True
    leaving.save()
    make.WorkPlanFactory(status="submitted", group__village=leaving.assignments.first().village)
    make.TrainingFactory().officers.add(leaving)
    Schedule.objects.create(owner=leaving, district=leaving.district, next_on=localdate())
    assert keys(leaving) == ["jadwal", "petugas", "pemeriksaan", "penugasan"]
