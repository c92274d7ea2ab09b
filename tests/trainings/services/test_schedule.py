from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import AgendaItem, Training, TrainingSession
from trainings.services import schedule
from trainings.services.agendas import template_items
from trainings.services.schedule import Hours

pytestmark = pytest.mark.django_db
UNIT = Training.SheetUnit


def built(unit, items=(), hours=Hours()):  # noqa: B008 - frozen
    day = f.TrainingDayFactory(training__sheet_unit=unit)
    schedule.build_day(day, unit, list(items), hours)
    return day


def sessions_of(day):
    return [(s.name, s.starts, s.ends) for s in day.sessions.order_by("starts", "pk")]


def test_template_holds_24_lesson_hours_in_three_days():
    days = template_items()
    assert {number: sum(item.lesson_hours for item in items) for number, items in days.items()} == {1: 7, 2: 9, 3: 8}
    items = [item for day in days.values() for item in day]
    assert (len(items), {item.lesson_hours for item in items if item.kind == "istirahat"}) == (28, {0})


def test_day_sheet_has_one_session_from_first_to_last_item():
    day = built(UNIT.DAY, template_items()[1])
    assert sessions_of(day) == [("Sehari penuh", time(8), time(16, 30))]
    assert day.items.filter(session=None).count() == 0


def test_half_day_sheets_split_at_noon_and_lunch_counts_for_none():
    day = built(UNIT.HALF, template_items()[1])
    assert sessions_of(day) == [("Pagi", time(8), time(12, 15)), ("Siang", time(13, 15), time(16, 30))]
    hours = {s.name: sum(item.lesson_hours for item in s.items.all()) for s in day.sessions.all()}
    assert hours == {"Pagi": 3, "Siang": 4}
    assert [item.topic for item in day.items.filter(session=None)] == ["Istirahat, salat, makan"]


def test_topic_sheets_make_a_session_for_each_topic():
    day = built(UNIT.TOPIC, template_items()[3])
    topics = [item for item in template_items()[3] if item.kind == "materi"]
    assert [name for name, _, _ in sessions_of(day)] == [item.topic for item in topics]
    assert {i.session.name for i in day.items.exclude(session=None)} == {item.topic for item in topics}


def test_day_without_agenda_takes_the_given_hours():
    assert sessions_of(built(UNIT.DAY, hours=Hours(time(9), time(15)))) == [("Sehari penuh", time(9), time(15))]
    assert sessions_of(built(UNIT.TOPIC)) == [("Sehari penuh", time(8), time(16, 30))]
    halves = [("Pagi", time(9), time(12, 15)), ("Siang", time(13, 15), time(15))]
    assert sessions_of(built(UNIT.HALF, hours=Hours(time(9), time(15)))) == halves


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (Hours(time(13), time(17)), [("Siang", time(13, 15), time(17))]),
        (Hours(time(8), time(12)), [("Pagi", time(8), time(12))]),
        (Hours(time(12, 15), time(13, 15)), [("Sehari penuh", time(12, 15), time(13, 15))]),
    ],
)
def test_half_days_outside_the_usual_hours(hours, expected):
    assert sessions_of(built(UNIT.HALF, hours=hours)) == expected


def test_same_topic_twice_gives_two_names():
    items = [
        AgendaItem(starts=time(8), ends=time(9), topic="Praktik", lesson_hours=1),
        AgendaItem(starts=time(9), ends=time(10), topic="Praktik", lesson_hours=2),
    ]
    day = built(UNIT.TOPIC, items)
    assert [name for name, _, _ in sessions_of(day)] == ["Praktik", "Praktik (2)"]
    assert [i.session.name for i in day.items.order_by("starts")] == ["Praktik", "Praktik (2)"]


def test_add_day_refuses_a_taken_date(dataset):
    with pytest.raises(ValidationError, match="sudah menjadi hari pelatihan"):
        schedule.add_day(dataset.training, dataset.day.date, Hours(), by=dataset.staff)
    day = schedule.add_day(dataset.training, date(2018, 12, 5), Hours(), by=dataset.staff)
    assert sessions_of(day) == [("Sehari penuh", time(8), time(16, 30))]
    assert dataset.training.events.first().changes == {"hari": ["", "Rabu, 5 Desember 2018"]}


def test_remove_day_is_refused_once_people_were_marked(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="kehadiran sudah tercatat"):
        schedule.remove_day(dataset.day, by=dataset.staff)
    dataset.session.attendances.all().delete()
    schedule.remove_day(dataset.day, by=dataset.staff)
    assert dataset.training.days.count() == 0


def test_remove_session_keeps_the_agenda_and_the_last_session(dataset):
    other = f.TrainingSessionFactory(day=dataset.day, name="Malam", starts=time(19), ends=time(20))
    item = f.AgendaItemFactory(session=other)
    schedule.remove_session(other, by=dataset.staff)
    item.refresh_from_db()
    assert item.session is None
    with pytest.raises(ValidationError, match="satu-satunya sesi"):
        schedule.remove_session(dataset.session, by=dataset.staff)


def test_remove_session_is_refused_once_people_were_marked(dataset, people):
    f.TrainingSessionFactory(day=dataset.day, name="Malam", starts=time(19), ends=time(20))
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="kehadiran sudah tercatat"):
        schedule.remove_session(dataset.session, by=dataset.staff)


def test_save_session_says_a_taken_name(dataset):
    session = TrainingSession(day=dataset.day, name=dataset.session.name, starts=time(8), ends=time(9))
    with pytest.raises(ValidationError, match="nama ini sudah ada"):
        schedule.save_session(session, by=dataset.staff)


def test_rebuild_sessions_moves_the_agenda(dataset):
    f.AgendaItemFactory(session=dataset.session, starts=time(8), ends=time(10))
    f.AgendaItemFactory(session=dataset.session, starts=time(14), ends=time(16))
    dataset.training.sheet_unit = UNIT.HALF
    schedule.rebuild_sessions(dataset.training)
    assert [(i.starts, i.session.name) for i in dataset.day.items.all()] == [(time(8), "Pagi"), (time(14), "Siang")]


def test_rebuild_sessions_is_refused_once_people_were_marked(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="satuan daftar hadir tidak dapat diganti"):
        schedule.rebuild_sessions(dataset.training)


def test_new_topic_takes_the_empty_session_then_makes_its_own(dataset):
    Training.objects.filter(pk=dataset.training.pk).update(sheet_unit=UNIT.TOPIC)
    items = [
        f.AgendaItemFactory(session=None, day=dataset.day, topic=topic, starts=time(hour), ends=time(hour + 1))
        for topic, hour in (("Satu", 8), ("Dua", 9))
    ]
    for item in items:
        item.refresh_from_db()
        schedule.place_item(item)
    assert sessions_of(dataset.day) == [("Satu", time(8), time(9)), ("Dua", time(9), time(10))]


def test_remove_item_keeps_its_text_in_the_history_of_the_training(dataset):
    item = f.AgendaItemFactory(session=dataset.session, topic="Pembukuan", lesson_hours=3)
    schedule.remove_item(item, by=dataset.staff)
    assert dataset.training.events.first().changes == {"mata acara": ["08.00 Pembukuan (3 JP)", ""]}
    assert Event.objects.filter(kind="trainings.agendaitem", verb="delete").count() == 1


@pytest.mark.parametrize("act", ["add_day", "remove_day", "save_session", "remove_session", "remove_item"])
def test_closed_training_keeps_its_schedule(act, dataset):
    item = f.AgendaItemFactory(session=dataset.session)
    Training.objects.filter(pk=dataset.training.pk).update(state=Training.State.CLOSED)
    calls = {
        "add_day": lambda: schedule.add_day(dataset.training, date(2018, 12, 9), Hours(), by=dataset.staff),
        "remove_day": lambda: schedule.remove_day(dataset.day, by=dataset.staff),
        "save_session": lambda: schedule.save_session(dataset.session, by=dataset.staff),
        "remove_session": lambda: schedule.remove_session(dataset.session, by=dataset.staff),
        "remove_item": lambda: schedule.remove_item(item, by=dataset.staff),
    }
    with pytest.raises(ValidationError, match="sudah selesai"):
        calls[act]()
