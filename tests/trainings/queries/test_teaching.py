from datetime import time
from decimal import Decimal

import pytest

from accounts.models import DistrictSettings
from tests import factories as f
from trainings.models import AgendaSpeaker
from trainings.queries.teaching import moderator_words, speaker_words, teaching, with_speakers

MODERATOR = AgendaSpeaker.Role.MODERATOR


@pytest.fixture
def items(dataset):
    one = f.AgendaItemFactory(session=dataset.session, starts=time(8), ends=time(9, 30), topic="Satu", lesson_hours=2)
    two = f.AgendaItemFactory(session=dataset.session, starts=time(10), ends=time(12, 15), topic="Dua", lesson_hours=3)
    return one, two


def shown(training):
    return [
        (str(row.resource_person), row.role_word, [i.topic for i in row.items], row.lesson_hours, row.clock_hours)
        for row in teaching(training)
    ]


def test_teaching_sums_lesson_hours_and_clock_hours_of_each_person(dataset, items):
    made, komang = (f.ResourcePersonFactory(person__name=name) for name in ("Made", "Komang"))
    f.AgendaSpeakerFactory(item=items[0], resource_person=komang, role=MODERATOR)
    f.AgendaSpeakerFactory(item=items[0], resource_person=made)
    f.AgendaSpeakerFactory(item=items[1], resource_person=made)
    f.AgendaSpeakerFactory(item=items[1], resource_person=komang)
    assert shown(dataset.training) == [
        ("Made", "Narasumber", ["Satu", "Dua"], 5, Decimal("3.75")),
        ("Komang", "Narasumber", ["Dua"], 3, Decimal("2.25")),
        ("Komang", "Moderator", ["Satu"], 2, Decimal("1.50")),
    ]


def test_clock_hours_follow_the_minutes_that_the_district_set(dataset, items):
    DistrictSettings.objects.create(district=dataset.district, honor_minutes=45)
    f.AgendaSpeakerFactory(item=items[1], resource_person=f.ResourcePersonFactory(person__name="Made"))
    dataset.training.district.refresh_from_db()
    assert shown(dataset.training) == [("Made", "Narasumber", ["Dua"], 3, Decimal("3.00"))]


def test_jadwal_prints_persons_where_chosen_and_else_the_typed_text(dataset, items):
    items[0].speaker = items[1].speaker = "Dinas PMD"
    f.AgendaSpeakerFactory(item=items[0], resource_person=f.ResourcePersonFactory(person__name="Made"))
    f.AgendaSpeakerFactory(item=items[0], resource_person=f.ResourcePersonFactory(person__name="Ketut"))
    f.AgendaSpeakerFactory(
        item=items[1], resource_person=f.ResourcePersonFactory(person__name="Komang"), role=MODERATOR
    )
    rows = with_speakers(list(items))
    assert [(speaker_words(row), moderator_words(row)) for row in rows] == [
        ("Made, Ketut", ""),
        ("Dinas PMD", "Komang"),
    ]
