from datetime import time

import pytest
from django.core.exceptions import ValidationError

from documents.trainings import schedule
from tests import factories
from tests.documents.samples import make_training, paper_of, table_of, words_of

pytestmark = pytest.mark.django_db


def test_items_stand_by_day_with_who_teaches_and_sums_of_jp(office):
    training = make_training(villages=1, days=2)
    session = training.days.first().sessions.get()
    first = session.items.get()
    first.pb_code, first.method = "PB 2.1", "ceramah"
    first.save()
    for role, name in (("narasumber", "Ni Made Contoh"), ("moderator", "Suparman")):
        person = factories.ResourcePersonFactory(person__name=name)
        factories.AgendaSpeakerFactory(item=first, resource_person=person, role=role)
    factories.AgendaItemFactory(
        session=session, topic="Rehat", kind="istirahat", lesson_hours=0, starts=time(9, 30), ends=time(9, 45)
    )
    factories.AgendaItemFactory(
        session=session, topic="Iuran", lesson_hours=1, starts=time(9, 45), ends=time(10, 30), speaker="Dinas PMD"
    )
    snapshot, content = paper_of("schedule", training)
    table = table_of(snapshot, "Jadwal")
    assert [row[:8] for row in table["rows"]] == [
        [
            "1",
            "Selasa, 4 Desember 2018",
            "08.00 - 09.30",
            "PB 2.1 Materi hari 1",
            "7",
            "Ni Made Contoh",
            "Suparman",
            "ceramah",
        ],
        ["2", "", "09.30 - 09.45", "Rehat", "-", "", "", ""],
        ["3", "", "09.45 - 10.30", "Iuran", "1", "Dinas PMD", "", ""],
        ["", "", "", "Jumlah JP hari ke-1", "8", "", "", ""],
        ["1", "Rabu, 5 Desember 2018", "08.00 - 09.30", "Materi hari 2", "8", "", "", ""],
        ["", "", "", "Jumlah JP hari ke-2", "8", "", "", ""],
    ]
    assert table["footer"][0][3:5] == ["Jumlah JP", "16"]
    text = words_of(content)
    assert "JADWAL PELATIHAN PENINGKATAN KAPASITAS KPSPAMS TAHUN 2018" in text
    assert "Ketua Panitia," in text
    assert snapshot["document"]["page_size"] == "f4-wide"


def test_a_meeting_has_no_lesson_hours(office):
    training = make_training(villages=1, days=1, kind="rapat")
    training.days.get().items.update(lesson_hours=0)
    snapshot, content = paper_of("schedule", training)
    assert table_of(snapshot, "Jadwal")["footer"] == []
    assert "SUSUNAN ACARA" in words_of(content)


def test_an_empty_agenda_is_refused_in_words(office):
    day = factories.TrainingDayFactory()
    with pytest.raises(ValidationError, match="Susunan acara masih kosong"):
        schedule.TrainingSchedule().clean(day.training, {})


@pytest.mark.parametrize("days", [2, 3])
def test_queries_do_not_grow_with_days(office, django_assert_num_queries, days):
    training = make_training(villages=1, days=days)
    for day in training.days.all():
        factories.AgendaSpeakerFactory(item=day.items.get())
    with django_assert_num_queries(17):
        schedule.TrainingSchedule().collect(training, {}, None)
