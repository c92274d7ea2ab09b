"""Two users, or one user's two clicks, at the same moment: real threads on real connections."""

import threading
import uuid
from datetime import date

import pytest
from django.db import connection

from trainings.models import Attendance, Training
from trainings.services.attendance import Mark, mark
from trainings.services.participants import as_entry, register
from trainings.services.trainings import Sitting, log_training

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Runs the calls at once and returns their results; the exception of any is raised here."""
    start, results, errors = threading.Barrier(len(calls)), [None] * len(calls), []

    def run(number, call):
        try:
            start.wait()
            results[number] = call()
        except Exception as error:  # it is raised again in the thread of the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def test_two_markers_of_one_cell_one_writes_and_one_is_asked(dataset, people):
    cell = (people[0].pk, dataset.session.pk)
    outcomes = together(
        *(
            lambda status=status, user=user: mark(
                Training.objects.get(pk=dataset.training.pk), {cell: Mark(status)}, {}, by=user, source="grid"
            )
            for status, user in (("hadir", dataset.staff), ("izin", dataset.admin))
        )
    )
    stored = Attendance.objects.get().status
    assert sorted(outcome.written for outcome in outcomes) == [0, 1]
    assert [c.theirs.status for outcome in outcomes for c in outcome.clashes] == [stored]


def test_form_sent_twice_at_once_makes_one_training(dataset):
    key = uuid.uuid4()

    def send():
        frame = Training(district=dataset.district, fiscal_year=2018, title="Baru", venue="Balai")
        sitting = Sitting(dates=[date(2018, 12, 4)], villages=[dataset.satu], register_boards=True)
        return log_training(frame, sitting, by=dataset.staff, key=key).pk

    first, second = together(send, send)
    assert first == second
    row = Training.objects.get(title="Baru")
    assert (row.days.count(), row.invitations.count(), row.participants.count()) == (1, 1, 2)


def test_two_people_registering_at_once_share_one_numbering(dataset):
    def send(village):
        entries = [as_entry(member) for member in dataset.boards[village.pk].values()]
        return len(register(Training.objects.get(pk=dataset.training.pk), entries, by=dataset.staff).added)

    assert together(lambda: send(dataset.satu), lambda: send(dataset.dua)) == [2, 2]
    assert [row.number for row in dataset.training.participants.all()] == [1, 2, 3, 4]
