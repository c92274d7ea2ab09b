from collections import Counter

import pytest
from django.db.models import Sum

from trainings.models import AgendaItem, Attendance, Training, TrainingSession


@pytest.fixture
def training(demo):
    return Training.objects.get(fiscal_year=2018)


def test_three_days_of_24_jp(training):
    assert [day.date.isoformat() for day in training.days.all()] == ["2018-12-04", "2018-12-05", "2018-12-06"]
    hours = (
        AgendaItem.objects.filter(day__training=training).values_list("day__date__day").annotate(Sum("lesson_hours"))
    )
    assert dict(hours.order_by()) == {4: 7, 5: 9, 6: 8}
    assert not AgendaItem.objects.filter(day__training=training, session=None).exists()
    assert all(day.closed_at.date() == day.date for day in training.days.all())


def test_48_registered_and_42_came(training):
    participants = training.participants.all()
    assert participants.count() == 48
    assert set(Counter(participants.values_list("village__name", flat=True)).values()) == {3}
    came = participants.filter(attendances__status__in=Attendance.PRESENT).distinct()
    assert came.count() == 42
    away = participants.exclude(pk__in=came).values_list("village__name", flat=True)
    assert Counter(away) == {"Contoh Lima Belas": 3, "Contoh Enam Belas": 3}


def test_each_village_sent_a_woman(training):
    women = training.participants.filter(person__sex="P").values("village").distinct()
    assert women.count() == 16


def test_the_village_without_a_group_sent_kader_and_perangkat(training):
    rows = training.participants.filter(village__name="Contoh Empat Belas")
    assert [(row.group, row.role_word) for row in rows] == [
        (None, "Kader AMPL"),
        (None, "Kader AMPL"),
        (None, "Perangkat desa"),
    ]


def test_the_count_of_signatures_agrees_with_the_ticks(training):
    for session in TrainingSession.objects.filter(day__training=training):
        present = Attendance.objects.filter(session=session, status__in=Attendance.PRESENT)
        assert session.signatures_counted == present.count()
    assert set(Attendance.objects.values_list("status", flat=True)) == set(Attendance.Status.values)


def test_four_trainings_in_four_states(demo):
    states = {training.state_word for training in Training.objects.prefetch_related("days")}
    assert states == {"Selesai", "Belum ditutup", "Direncanakan", "Dibatalkan"}
