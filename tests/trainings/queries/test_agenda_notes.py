from datetime import time

import pytest

from tests import factories as f
from trainings.models import AgendaItem, Training
from trainings.queries.agenda_notes import agenda_notes, of_times
from trainings.queries.teaching import with_speakers
from trainings.services.agendas import template_items


def test_times_point_at_overlaps_and_gaps():
    items = [
        AgendaItem(starts=time(8), ends=time(10), topic="A"),
        AgendaItem(starts=time(9, 30), ends=time(11), topic="B"),
        AgendaItem(starts=time(11, 15), ends=time(12), topic="C"),
    ]
    assert of_times(items) == [
        "Bertumpuk: “B” mulai 09.30, padahal “A” baru selesai 10.00.",
        "Kosong: 11.00 s.d. 11.15 belum diisi.",
    ]


def item(dataset, starts, ends, topic, **facts):
    return f.AgendaItemFactory(
        session=dataset.session, starts=time(*starts), ends=time(*ends), topic=topic, **({"lesson_hours": 0} | facts)
    )


def notes(dataset):
    rows = AgendaItem.objects.filter(day__training=dataset.training).select_related("day", "session")
    return agenda_notes(dataset.training, with_speakers(list(rows)))[dataset.day.pk]


def test_item_outside_of_its_session_is_pointed_out(dataset):
    item(dataset, (16,), (17,), "Penutupan", kind="acara")
    assert notes(dataset) == ["“Penutupan” berlangsung di luar sesi Sehari penuh (08.00 s.d. 16.30 WIB)."]


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (3, ["“Materi”: 3 JP memerlukan 135 menit, jadwalnya 90 menit."]),
        (2, []),
        (1, ["“Materi”: 90 menit cukup untuk 2 JP, tercatat 1 JP."]),
    ],
)
def test_lesson_hours_that_do_not_fit_the_minutes_are_pointed_out(hours, found, dataset):
    item(dataset, (8,), (9, 30), "Materi", lesson_hours=hours)
    assert notes(dataset) == found


def test_meeting_needs_no_lesson_hours(dataset):
    Training.objects.filter(pk=dataset.training.pk).update(kind=Training.Kind.MEETING)
    dataset.training.refresh_from_db()
    item(dataset, (8,), (9, 30), "Pembahasan")
    assert notes(dataset) == []


def test_more_lesson_hours_than_a_day_holds_are_pointed_out(dataset):
    item(dataset, (8,), (12, 30), "Satu", lesson_hours=6)
    item(dataset, (12, 30), (16, 15), "Dua", lesson_hours=5)
    assert notes(dataset) == ["11 JP dalam satu hari; biasanya 8 sampai 9 JP."]


def test_person_on_two_items_at_once_is_pointed_out(dataset):
    person = f.ResourcePersonFactory(person__name="Sutrisno")
    for topic in ("Satu", "Dua"):
        row = item(dataset, (8,), (9,), topic, kind="acara")
        f.AgendaSpeakerFactory(item=row, resource_person=person)
    assert notes(dataset)[1:] == ["Sutrisno tercatat pada dua mata acara sekaligus: “Satu” dan “Dua”."]


def test_person_in_another_training_at_that_time_is_pointed_out(dataset):
    person = f.ResourcePersonFactory(person__name="Sutrisno")
    f.AgendaSpeakerFactory(item=item(dataset, (8,), (9,), "Satu", kind="acara"), resource_person=person)
    other = f.TrainingSessionFactory(
        day__training__title="Rapat Lain", day__date=dataset.day.date, starts=time(8), ends=time(12)
    )
    there = f.AgendaItemFactory(session=other, starts=time(8, 30), ends=time(10), topic="Sambutan")
    f.AgendaSpeakerFactory(item=there, resource_person=person)
    assert notes(dataset) == ["Sutrisno pada jam “Satu” juga mengisi Rapat Lain, 08.30 s.d. 10.00 WIB."]
    Training.objects.filter(pk=there.day.training_id).update(state=Training.State.CANCELLED)
    assert notes(dataset) == []


def test_person_who_teaches_one_after_the_other_is_not_pointed_out(dataset):
    person = f.ResourcePersonFactory()
    for starts, ends, topic in (((8,), (9,), "Satu"), ((9,), (10,), "Dua")):
        f.AgendaSpeakerFactory(item=item(dataset, starts, ends, topic, kind="acara"), resource_person=person)
    assert notes(dataset) == []


def test_times_of_the_template_leave_nothing_to_say():
    assert [of_times(items) for items in template_items().values()] == [[], [], []]
