"""Constraints of the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests import factories as f
from trainings.models import Attendance, Training


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_constraints_hold_in_the_database(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    item = f.AgendaItemFactory(session=dataset.session)
    invited = dataset.training.invitations.first()
    refused(lambda: Training.objects.filter(pk=dataset.training.pk).update(fiscal_year=1999))
    refused(lambda: f.TrainingDayFactory(training=dataset.training, date=dataset.day.date))
    refused(lambda: f.TrainingSessionFactory(day=dataset.day, name=dataset.session.name))
    refused(lambda: type(dataset.session).objects.filter(pk=dataset.session.pk).update(ends="07:00"))
    refused(lambda: type(item).objects.filter(pk=item.pk).update(kind="istirahat"))
    refused(lambda: type(item).objects.filter(pk=item.pk).update(ends="07:00"))
    refused(lambda: f.InvitationFactory(training=dataset.training, village=invited.village))
    refused(lambda: f.ParticipantFactory(training=dataset.training, person=people[0].person, number=99))
    refused(lambda: f.ParticipantFactory(training=dataset.training, number=1))
    refused(lambda: f.AttendanceFactory(participant=people[0], session=dataset.session))


def test_marked_people_and_sessions_cannot_be_deleted(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    for row in (people[0], dataset.session, dataset.day, dataset.training):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2018, 12, 3), "Direncanakan"), (date(2018, 12, 4), "Berlangsung"), (date(2018, 12, 5), "Belum ditutup")],
)
def test_state_word_follows_the_days(day, word, dataset, time_machine_at):
    with time_machine_at(day):
        assert dataset.training.state_word == word


def test_state_word_of_decisions_and_of_no_days(dataset):
    assert f.TrainingFactory().state_word == "Direncanakan"
    dataset.training.state = Training.State.CANCELLED
    assert dataset.training.state_word == "Dibatalkan"


@pytest.mark.parametrize("state", Training.State.values)
@pytest.mark.parametrize("day", [date(2018, 12, 3), date(2018, 12, 4), date(2018, 12, 5)])
def test_in_progress_finds_what_the_row_itself_says(day, state, dataset, time_machine_at):
    without_days = f.TrainingFactory(district=dataset.district, state=state)
    Training.objects.filter(pk=dataset.training.pk).update(state=state)
    rows = Training.objects.with_dates()
    with time_machine_at(day):
        found = {row.pk: [p for p in Training.Progress if row in rows.in_progress(p)] for row in rows}
        assert found == {row.pk: [row.progress] for row in rows}
    assert set(found) == {without_days.pk, dataset.training.pk}


def test_decisions_are_called_alike_in_the_row_and_on_pages():
    for progress, state in Training.DECIDED.items():
        assert progress.label == state.label


def test_wished_posts_in_words():
    invitation = f.InvitationFactory.build(posts="TEK, KET")
    assert (invitation.post_codes, invitation.post_words) == (["KET", "TEK"], "Ketua, Seksi Teknik")
    assert f.InvitationFactory.build(posts="pengurus inti").post_words == "pengurus inti"
