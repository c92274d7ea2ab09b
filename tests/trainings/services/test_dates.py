from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from records.models import Event
from tests import factories as f
from trainings.models import AgendaItem, Attendance, ScheduleChange
from trainings.services import dates

pytestmark = pytest.mark.django_db


def dates_of(training):
    return [day.date for day in training.days.all()]


def days(training, *numbers):
    return [f.TrainingDayFactory(training=training, date=date(2018, 12, number)) for number in numbers]


def test_move_day_keeps_agenda_and_marks_and_writes_both_dates(dataset, people):
    item = f.AgendaItemFactory(session=dataset.session)
    mark = f.AttendanceFactory(participant=people[0], session=dataset.session)
    assert dates.move_day(dataset.day, date(2018, 12, 6), confirmed=True, by=dataset.staff)
    dataset.day.refresh_from_db()
    assert dataset.day.date == date(2018, 12, 6)
    assert (AgendaItem.objects.get().day, Attendance.objects.get().session) == (dataset.day, mark.session)
    assert item.pk == AgendaItem.objects.get().pk
    changes = Event.objects.of(dataset.training).first().changes
    assert changes == {"tanggal hari": ["Selasa, 4 Desember 2018", "Kamis, 6 Desember 2018"]}


def test_move_day_twice_writes_once(dataset):
    assert dates.move_day(dataset.day, date(2018, 12, 6), by=dataset.staff)
    events = Event.objects.count()
    assert not dates.move_day(dataset.day, date(2018, 12, 6), by=dataset.staff)
    assert (Event.objects.count(), ScheduleChange.objects.count()) == (events, 1)


def test_move_day_is_refused_in_words(dataset, people):
    days(dataset.training, 5)
    with pytest.raises(ValidationError, match="Tanggal ini sudah menjadi hari pelatihan"):
        dates.move_day(dataset.day, date(2018, 12, 5), by=dataset.staff)
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="Kehadiran Selasa, 4 Desember 2018 sudah tercatat"):
        dates.move_day(dataset.day, date(2018, 12, 6), by=dataset.staff)
    dataset.training.days.update(closed_at=timezone.now())
    with pytest.raises(ValidationError, match="sudah ditutup"):
        dates.move_day(dataset.day, date(2018, 12, 6), confirmed=True, by=dataset.staff)
    dataset.training.close(by=dataset.staff)
    with pytest.raises(ValidationError, match="Pelatihan ini sudah selesai"):
        dates.move_day(dataset.day, date(2018, 12, 6), confirmed=True, by=dataset.staff)
    assert dates_of(dataset.training) == [date(2018, 12, 4), date(2018, 12, 5)]


@pytest.mark.parametrize(
    ("first", "expected"),
    [(date(2018, 12, 5), [5, 6, 9]), (date(2018, 12, 3), [3, 4, 7]), (date(2018, 12, 8), [8, 9, 12])],
)
def test_move_training_keeps_distances_though_days_follow_one_another(dataset, first, expected):
    days(dataset.training, 5, 8)
    moves = dates.move_training(dataset.training, first, by=dataset.staff)
    assert [day.day for day in dates_of(dataset.training)] == expected
    assert [(move.before.day, move.to.day) for move in moves] == list(zip([4, 5, 8], expected, strict=True))
    assert len(Event.objects.of(dataset.training).first().changes) == 3
    assert ScheduleChange.objects.get().dates == [date(2018, 12, 4), date(2018, 12, 5), date(2018, 12, 8)]
    assert dates.move_training(dataset.training, first, by=dataset.staff) == []


def test_move_training_names_the_days_that_stay(dataset, people):
    second = days(dataset.training, 5)[0]
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    second.closed_at = timezone.now()
    second.save()
    with pytest.raises(ValidationError) as refused:
        dates.move_training(dataset.training, date(2018, 12, 10), by=dataset.staff)
    assert refused.value.messages == [
        "Kehadiran Selasa, 4 Desember 2018 sudah tercatat.",
        "Rabu, 5 Desember 2018 sudah ditutup.",
        "Jadi pelatihan tidak dapat digeser sekaligus. Ubah tanggal hari lain satu per satu.",
    ]
    assert dates_of(dataset.training) == [date(2018, 12, 4), date(2018, 12, 5)]
