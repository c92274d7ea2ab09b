"""Counted signatures beside the ticks; a day and a training are closed and opened again."""

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.services import closing


def events(day):
    return [(e.verb, e.reason, e.changes) for e in Event.objects.of(day)]


def test_day_closes_with_its_counts_and_once(world, people):
    f.AttendanceFactory(participant=people[0], session=world.session)
    closing.close_day(world.day, {world.session.pk: 1}, by=world.staff)
    world.day.refresh_from_db()
    world.session.refresh_from_db()
    assert (world.day.closed_at is None, world.session.signatures_counted) == (False, 1)
    assert events(world.day) == [("close", "", {"tanda tangan Sehari penuh": ["", "1"]})]
    with pytest.raises(ValidationError, match="Selasa, 4 Desember 2018 sudah ditutup"):
        closing.close_day(world.day, {}, by=world.staff)


def test_day_with_a_difference_needs_a_reason(world, people):
    with pytest.raises(ValidationError, match="4 Desember 2018 Sehari penuh: 2 tanda tangan, 0 tercatat hadir"):
        closing.close_day(world.day, {world.session.pk: 2}, by=world.staff)
    world.day.refresh_from_db()
    assert world.day.closed_at is None
    closing.close_day(world.day, {world.session.pk: 2}, by=world.staff, reason="Tamu ikut tanda tangan")
    assert events(world.day)[0][:2] == ("close", "Tamu ikut tanda tangan")


def test_day_opens_again_with_a_reason(world):
    with pytest.raises(ValidationError, match="belum ditutup"):
        closing.reopen_day(world.day, by=world.staff, reason="x")
    closing.close_day(world.day, {}, by=world.staff)
    closing.reopen_day(world.day, by=world.staff, reason="Salah hari")
    world.day.refresh_from_db()
    assert world.day.closed_at is None
    assert events(world.day)[0] == ("reopen", "Salah hari", {})


def test_closing_the_training_leaves_closed_days_alone(world):
    other = f.TrainingSessionFactory(day=f.TrainingDayFactory(training=world.training, date="2018-12-05"))
    closing.close_day(world.day, {world.session.pk: 0}, by=world.staff)
    world.day.refresh_from_db()
    before = world.day.closed_at
    closing.close_training(world.training, {world.session.pk: 7, other.pk: 0}, by=world.staff)
    world.day.refresh_from_db()
    world.session.refresh_from_db()
    other.refresh_from_db()
    assert (world.day.closed_at, world.session.signatures_counted, other.signatures_counted) == (before, 0, 0)
    other.day.refresh_from_db()
    assert other.day.closed_at is not None


def test_close_keeps_counted_signatures(world, people):
    f.AttendanceFactory(participant=people[0], session=world.session)
    closing.close_training(world.training, {world.session.pk: 1}, by=world.staff)
    world.training.refresh_from_db()
    world.day.refresh_from_db()
    world.session.refresh_from_db()
    assert (world.training.state, world.session.signatures_counted) == ("closed", 1)
    assert world.day.closed_at is not None
    assert world.training.events.first().verb == Event.Verb.CLOSE


def test_close_with_a_difference_needs_a_reason(world, people):
    f.AttendanceFactory(participant=people[0], session=world.session)
    with pytest.raises(ValidationError, match="4 Desember 2018 Sehari penuh: 2 tanda tangan, 1 tercatat hadir"):
        closing.close_training(world.training, {world.session.pk: 2}, by=world.staff)
    world.training.refresh_from_db()
    assert world.training.state == "open"
    closing.close_training(
        world.training, {world.session.pk: 2}, by=world.staff, reason="Satu pendamping ikut tanda tangan"
    )
    world.training.refresh_from_db()
    assert world.training.state == "closed"


def test_close_twice_closes_once(world):
    closing.close_training(world.training, {}, by=world.staff)
    with pytest.raises(ValidationError, match="sudah selesai"):
        closing.close_training(world.training, {}, by=world.staff)
    assert world.training.events.filter(verb="close").count() == 1


def test_reopen_takes_closing_back(world):
    closing.close_training(world.training, {}, by=world.staff)
    closing.reopen_training(world.training, by=world.staff, reason="Ada yang keliru")
    world.training.refresh_from_db()
    world.day.refresh_from_db()
    world.session.refresh_from_db()
    assert (world.training.state, world.day.closed_at is None) == ("open", False)  # what changes there needs a reason
    with pytest.raises(ValidationError, match="sudah terbuka"):
        closing.reopen_training(world.training, by=world.staff, reason="Lagi")
