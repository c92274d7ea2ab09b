import itertools
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from tests import factories as f
from trainings.models import AgendaItem, Training
from trainings.services import agendas
from trainings.services.schedule import Hours

HOURS = Hours(time(8, 30), time(12))
PARTLY_TIMED = (
    "Jam baru tertulis pada 1 dari 2 baris. Isi jam semua baris, atau kosongkan semua: tanpa jam, waktunya dibagi rata."
)


def shape(training):
    return [
        (day.date, [(item.starts, item.topic, item.lesson_hours) for item in day.items.all()])
        for day in training.days.all()
    ]


@pytest.fixture
def source(dataset):
    """An earlier training: two days apart, one item each, taught by a person and led by another."""
    row = f.TrainingFactory(district=dataset.district, title="Dahulu")
    made, komang = (f.ResourcePersonFactory(person__name=name) for name in ("Made", "Komang"))
    for on, topic in ((date(2017, 5, 2), "Satu"), (date(2017, 5, 4), "Dua")):
        session = f.TrainingSessionFactory(day__training=row, day__date=on)
        item = f.AgendaItemFactory(session=session, topic=topic, pb_code="PB 1", method="ceramah")
        f.AgendaSpeakerFactory(item=item, resource_person=made)
        f.AgendaSpeakerFactory(item=item, resource_person=komang, role="moderator")
    return row


@pytest.mark.parametrize(
    ("key", "days", "hours"), [("kpspams_3_hari", 3, 24), ("bimtek_1_hari", 1, 7), ("rapat_setengah_hari", 1, 0)]
)
def test_templates_hold_what_their_label_says(key, days, hours):
    found = agendas.template_items(key)
    assert (len(found), sum(item.lesson_hours for items in found.values() for item in items)) == (days, hours)
    assert all(item.ends == after.starts for items in found.values() for item, after in itertools.pairwise(items))


def test_copy_shifts_the_dates_and_takes_the_people_along(dataset, source):
    training = dataset.training
    planned = agendas.planned_from_training(source, training)
    assert agendas.fill_agenda(training, planned, source="disalin dari Dahulu", by=dataset.staff) == 2
    assert shape(training) == [
        (date(2018, 12, 4), [(time(8), "Satu", 2)]),
        (date(2018, 12, 6), [(time(8), "Dua", 2)]),
    ]
    items = AgendaItem.objects.filter(day__training=training)
    assert [(i.pb_code, i.method, i.session.name, [str(s) for s in i.speakers.all()]) for i in items] == [
        ("PB 1", "ceramah", "Sehari penuh", ["Made (narasumber)", "Komang (moderator)"])
    ] * 2
    assert training.events.first().changes == {"susunan acara": ["", "disalin dari Dahulu: 2 mata acara"]}
    assert shape(source)[0] == (date(2017, 5, 2), [(time(8), "Satu", 2)])


def test_fill_replaces_what_stood_on_these_days_only(dataset):
    f.AgendaItemFactory(session=dataset.session, topic="Lama")
    other = f.TrainingSessionFactory(day__training=dataset.training, day__date=date(2018, 12, 5))
    f.AgendaItemFactory(session=other, topic="Tetap")
    agendas.fill_agenda(
        dataset.training, agendas.planned_from_template("rapat_setengah_hari"), source="contoh", by=dataset.staff
    )
    topics = [[topic for _, topic, _ in items] for _, items in shape(dataset.training)]
    assert (topics[0][0], "Lama" in topics[0], topics[1]) == ("Registrasi", False, ["Tetap"])
    assert [s.name for s in dataset.day.sessions.all()] == ["Sehari penuh"]
    assert dataset.training.events.first().changes == {"susunan acara": ["2 mata acara", "contoh: 5 mata acara"]}


def test_fill_of_a_training_without_days_needs_the_first_day(dataset):
    row = f.TrainingFactory(district=dataset.district)
    planned = agendas.planned_from_template("kpspams_3_hari")
    with pytest.raises(ValidationError, match="Isi tanggal hari pertama"):
        agendas.fill_agenda(row, planned, source="contoh", by=dataset.staff)
    agendas.fill_agenda(row, planned, source="contoh", first=date(2026, 3, 30), by=dataset.staff)
    assert [day.date for day in row.days.all()] == [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)]


def test_new_day_goes_around_a_date_that_is_taken(dataset):
    for on in (date(2018, 12, 5), date(2018, 12, 6)):
        f.TrainingSessionFactory(day__training=dataset.training, day__date=on)
    dataset.training.days.filter(date=date(2018, 12, 5)).delete()
    planned = agendas.planned_from_template("kpspams_3_hari")
    agendas.fill_agenda(dataset.training, planned, source="contoh", by=dataset.staff)
    assert [day.date.day for day in dataset.training.days.all()] == [4, 6, 7]


def test_fill_refuses_once_people_were_marked(dataset, people):
    f.AgendaItemFactory(session=dataset.session, topic="Lama")
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="Kehadiran sudah tercatat"):
        agendas.fill_agenda(
            dataset.training, agendas.planned_from_template("bimtek_1_hari"), source="contoh", by=dataset.staff
        )
    assert shape(dataset.training) == [(date(2018, 12, 4), [(time(8), "Lama", 2)])]


def test_meeting_gets_no_lesson_hours_and_a_real_training_no_sample_people(dataset, source):
    source.days.first().items.get().speakers.first().resource_person.person.__class__.objects.filter(
        name="Made"
    ).update(is_sample=True)
    meeting = f.TrainingFactory(district=dataset.district, kind=Training.Kind.MEETING)
    planned = agendas.planned_from_training(source, meeting)
    assert [[item.lesson_hours for item in day.items] for day in planned] == [[0], [0]]
    assert [[str(one) for one in day.people[0]] for day in planned] == [["Komang (moderator)"]] * 2


def spread(*lines):
    return [(item.starts, item.ends, item.topic) for item in agendas.spread(list(lines), HOURS)]


def test_lines_without_times_share_the_hours_evenly():
    assert spread("Pembukaan", "Pembahasan", "Penutup") == [
        (time(8, 30), time(9, 40), "Pembukaan"),
        (time(9, 40), time(10, 50), "Pembahasan"),
        (time(10, 50), time(12), "Penutup"),
    ]


def test_lines_with_times_run_until_the_next_one():
    assert spread("08.30 Pembukaan", "9:00-11.30  Pembahasan  iuran", "11.30 Penutup") == [
        (time(8, 30), time(9), "Pembukaan"),
        (time(9), time(11, 30), "Pembahasan iuran"),
        (time(11, 30), time(12), "Penutup"),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["08.30 Pembukaan", "Pembahasan"], PARTLY_TIMED),
        (["25.00 Pembukaan"], "“25.00” bukan jam. Tulis seperti 08.30."),
        (["10.00 Satu", "09.00 Dua"], "Jam “Satu” tidak berurutan: mulai 10.00, selesai 09.00."),
        (["x" * 251], f"Acara “{'x' * 40}…” terlalu panjang; paling banyak 250 huruf."),
    ],
)
def test_lines_that_make_no_agenda_say_why(lines, text):
    with pytest.raises(ValidationError) as error:
        agendas.spread(lines, HOURS)
    assert error.value.messages == [text]


def test_a_year_in_front_is_no_time():
    assert spread("2026 tanpa titik") == [(time(8, 30), time(12), "2026 tanpa titik")]


def test_more_lines_than_minutes_are_refused_and_break_nothing():
    with pytest.raises(ValidationError, match="tidak berurutan"):
        agendas.spread(["Acara"] * 400, HOURS)
