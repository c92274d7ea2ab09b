from datetime import time

from tests import factories as f
from trainings.models import Participant
from trainings.queries.figures import present_per_session, training_figures
from villages.models import Person


def test_figures_of_a_training_that_nobody_was_marked_in(dataset, people):
    figures = training_figures(dataset.training)
    assert (figures.registered.text, figures.present.text) == ("4 orang (2 L, 2 P)", "0 orang (0 L, 0 P)")
    assert (figures.marked, figures.missing, figures.represented, figures.unregistered) == (False, [], 0, [])


def test_lesson_hours_follow_the_sessions_attended(dataset, people):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=3)
    evening = f.TrainingSessionFactory(day=dataset.day, name="Malam", starts=time(19), ends=time(21))
    f.AgendaItemFactory(session=evening, lesson_hours=2)
    for person, session, status in (
        (0, dataset.session, "hadir"),
        (0, evening, "terlambat"),
        (1, dataset.session, "izin"),
        (1, evening, "hadir"),
        (2, dataset.session, "alpa"),
    ):
        f.AttendanceFactory(participant=people[person], session=session, status=status)
    figures = training_figures(dataset.training)
    assert [row.lesson_hours for row in figures.people] == [5, 2, 0, 0]
    assert [(row.present, row.days_present) for row in figures.people] == [(True, 1), (True, 1), (False, 0), (False, 0)]
    assert [s.status_text for s in figures.sessions] == ["1 hadir, 1 izin, 1 tanpa keterangan", "1 hadir, 1 terlambat"]
    assert [s.unmarked for s in figures.sessions] == [1, 2]
    assert (figures.lesson_hours, figures.present.text) == (5, "2 orang (1 L, 1 P)")
    assert (figures.represented, figures.missing) == (1, [dataset.dua])
    assert present_per_session(dataset.training) == {dataset.session.pk: 1, evening.pk: 2}


def test_items_without_session_belong_to_the_only_one(dataset):
    f.AgendaItemFactory(session=None, day=dataset.day, lesson_hours=2)
    day = training_figures(dataset.training).days[0]
    assert (day.sessions[0].lesson_hours, day.uncounted_hours) == (2, 0)
    f.TrainingSessionFactory(day=dataset.day, name="Malam")
    day = training_figures(dataset.training).days[0]
    assert ([s.lesson_hours for s in day.sessions], day.uncounted_hours) == ([0, 0], 2)


def test_withdrawn_people_are_not_counted(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    Participant.objects.filter(pk=people[0].pk).update(state=Participant.State.WITHDRAWN)
    figures = training_figures(dataset.training)
    assert (figures.registered.total, figures.present.total, present_per_session(dataset.training)) == (3, 0, {})


def test_people_without_village_stand_last_and_represent_none(dataset, people):
    guest = f.ParticipantFactory(training=dataset.training, person__village=None, number=9)
    f.AttendanceFactory(participant=guest, session=dataset.session)
    figures = training_figures(dataset.training)
    assert [row.village for row in figures.villages] == [dataset.satu, dataset.dua, None]
    assert (figures.represented, figures.villages[-1].present.women) == (0, 1)
    assert guest.person.sex == Person.Sex.FEMALE


def test_figures_take_the_same_number_of_queries_for_1_and_5(dataset, people, django_assert_num_queries):
    for number in range(10, 15):
        row = f.ParticipantFactory(training=dataset.training, number=number)
        f.InvitationFactory(training=dataset.training, village=row.village)
        session = f.TrainingSessionFactory(day=dataset.day)
        f.AgendaItemFactory(session=session)
        f.AttendanceFactory(participant=row, session=session)
    with django_assert_num_queries(6):
        training_figures(dataset.training)


def test_a_human_being_counts_once_though_two_rows_took_part(dataset, people):
    first, again = people[0], people[2]
    Person.objects.filter(pk=again.person_id).update(merged_into=first.person)
    for row in (first, again, people[1]):
        f.AttendanceFactory(participant=row, session=dataset.session)
    figures = training_figures(dataset.training)
    assert (figures.registered.text, figures.present.text) == ("3 orang (1 L, 2 P)", "2 orang (1 L, 1 P)")
    session = figures.sessions[0]
    assert (session.present.total, session.lines, len(figures.people)) == (2, 3, 4)
    assert [[row.participant.number for row in rows] for rows in figures.doubled] == [[1, 3]]
    assert present_per_session(dataset.training) == {dataset.session.pk: 3}
    assert figures.represented == 2  # each row counts for the village that it was registered for
