"""Counted signatures beside the ticks; closing and reopening of a day and a training."""

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.services import closing


def events(day):
    return [(e.verb, e.reason, e.changes) for e in Event.objects.of(day)]


def test_day_closes_with_its_counts_and_once(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    closing.close_day(dataset.day, {dataset.session.pk: 1}, by=dataset.staff)
    dataset.day.refresh_from_db()
    dataset.session.refresh_from_db()
    assert (dataset.day.closed_at is None, dataset.session.signatures_counted) == (False, 1)
    assert events(dataset.day) == [("close", "", {"tanda tangan Sehari penuh": ["", "1"]})]
    with pytest.raises(ValidationError, match="Selasa, 4 Desember 2018 sudah ditutup"):
        closing.close_day(dataset.day, {}, by=dataset.staff)


def test_day_with_a_difference_needs_a_reason(dataset, people):
    with pytest.raises(ValidationError, match="4 Desember 2018 Sehari penuh: 2 tanda tangan, 0 tercatat hadir"):
        closing.close_day(dataset.day, {dataset.session.pk: 2}, by=dataset.staff)
    dataset.day.refresh_from_db()
    assert dataset.day.closed_at is None
    closing.close_day(dataset.day, {dataset.session.pk: 2}, by=dataset.staff, reason="Tamu ikut tanda tangan")
    assert events(dataset.day)[0][:2] == ("close", "Tamu ikut tanda tangan")


def test_day_opens_again_with_a_reason(dataset):
    with pytest.raises(ValidationError, match="belum ditutup"):
        closing.reopen_day(dataset.day, by=dataset.staff, reason="x")
    closing.close_day(dataset.day, {}, by=dataset.staff)
    closing.reopen_day(dataset.day, by=dataset.staff, reason="Salah hari")
    dataset.day.refresh_from_db()
    assert dataset.day.closed_at is None
    assert events(dataset.day)[0] == ("reopen", "Salah hari", {})


def test_closing_the_training_leaves_closed_days_alone(dataset):
    other = f.TrainingSessionFactory(day=f.TrainingDayFactory(training=dataset.training, date="2018-12-05"))
    closing.close_day(dataset.day, {dataset.session.pk: 0}, by=dataset.staff)
    dataset.day.refresh_from_db()
    before = dataset.day.closed_at
    closing.close_training(dataset.training, {dataset.session.pk: 7, other.pk: 0}, by=dataset.staff)
    dataset.day.refresh_from_db()
    dataset.session.refresh_from_db()
    other.refresh_from_db()
    assert (dataset.day.closed_at, dataset.session.signatures_counted, other.signatures_counted) == (before, 0, 0)
    other.day.refresh_from_db()
    assert other.day.closed_at is not None


def test_close_keeps_counted_signatures(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    closing.close_training(dataset.training, {dataset.session.pk: 1}, by=dataset.staff)
    dataset.training.refresh_from_db()
    dataset.day.refresh_from_db()
    dataset.session.refresh_from_db()
    assert (dataset.training.state, dataset.session.signatures_counted) == ("closed", 1)
    assert dataset.day.closed_at is not None
    assert dataset.training.events.first().verb == Event.Verb.CLOSE


def test_close_with_a_difference_needs_a_reason(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="4 Desember 2018 Sehari penuh: 2 tanda tangan, 1 tercatat hadir"):
        closing.close_training(dataset.training, {dataset.session.pk: 2}, by=dataset.staff)
    dataset.training.refresh_from_db()
    assert dataset.training.state == "open"
    closing.close_training(
        dataset.training, {dataset.session.pk: 2}, by=dataset.staff, reason="Satu pendamping ikut tanda tangan"
    )
    dataset.training.refresh_from_db()
    assert dataset.training.state == "closed"


def test_close_twice_closes_once(dataset):
    closing.close_training(dataset.training, {}, by=dataset.staff)
    with pytest.raises(ValidationError, match="sudah selesai"):
        closing.close_training(dataset.training, {}, by=dataset.staff)
    assert dataset.training.events.filter(verb="close").count() == 1


def test_reopen_takes_closing_back(dataset):
    closing.close_training(dataset.training, {}, by=dataset.staff)
    closing.reopen_training(dataset.training, by=dataset.staff, reason="Ada yang keliru")
    dataset.training.refresh_from_db()
    dataset.day.refresh_from_db()
    dataset.session.refresh_from_db()
    assert (dataset.training.state, dataset.day.closed_at is None) == (
        "open",
        False,
    )  # changes of this day need a reason
    with pytest.raises(ValidationError, match="sudah terbuka"):
        closing.reopen_training(dataset.training, by=dataset.staff, reason="Lagi")
