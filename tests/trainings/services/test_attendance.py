import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import Attendance, Training
from trainings.services.attendance import mark

SOURCE = Attendance.Source.GRID


def cells(world, people, *statuses):
    return {(p.pk, world.session.pk): status for p, status in zip(people, statuses, strict=False)}


def stored(world):
    return {row.participant.number: row.status for row in Attendance.objects.filter(session=world.session)}


def test_mark_writes_changed_cells_with_who_and_how_in_one_event(world, people):
    before = Event.objects.count()
    wanted = cells(world, people, "hadir", "izin", "")
    assert mark(world.training, wanted, {}, by=world.staff, source=SOURCE).written == 2
    assert stored(world) == {1: "hadir", 2: "izin"}
    row = Attendance.objects.get(participant=people[0])
    assert (row.marked_by, row.source) == (world.staff, "grid")
    assert Event.objects.count() == before + 1
    assert world.training.events.first().changes == {
        "1. Ketua A, 04-12-2018 Sehari penuh": ["Belum dicatat", "Hadir"],
        "2. Bendahara A, 04-12-2018 Sehari penuh": ["Belum dicatat", "Izin"],
    }


def test_mark_twice_writes_once(world, people):
    wanted = cells(world, people, "hadir", "hadir")
    mark(world.training, wanted, {}, by=world.staff, source=SOURCE)
    events = Event.objects.count()
    again = mark(world.training, wanted, {}, by=world.staff, source=SOURCE)
    assert (again.written, again.clashes, Event.objects.count()) == (0, [], events)


def test_mark_changes_and_clears(world, people):
    seen = cells(world, people, "hadir", "hadir")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, cells(world, people, "sakit", ""), seen, by=world.admin, source=SOURCE)
    assert stored(world) == {1: "sakit"}
    assert Attendance.objects.get(participant=people[0]).marked_by == world.admin


def test_cell_that_the_person_left_alone_keeps_what_somebody_else_wrote(world, people):
    mark(world.training, cells(world, people, "izin"), {}, by=world.admin, source=SOURCE)
    outcome = mark(world.training, cells(world, people, "", "hadir"), {}, by=world.staff, source=SOURCE)
    assert outcome.clashes == []
    assert stored(world) == {1: "izin", 2: "hadir"}


def test_two_people_on_one_cell_clash_and_nothing_is_written(world, people):
    mark(world.training, cells(world, people, "izin"), {}, by=world.admin, source=SOURCE)
    outcome = mark(world.training, cells(world, people, "hadir", "hadir"), {}, by=world.staff, source=SOURCE)
    assert [(c.participant.number, c.mine, c.theirs, c.by) for c in outcome.clashes] == [
        (1, "hadir", "izin", world.admin)
    ]
    assert stored(world) == {1: "izin"}


def test_answer_to_a_clash_is_written_only_over_the_mark_it_knew(world, people):
    mark(world.training, cells(world, people, "izin"), {}, by=world.admin, source=SOURCE)
    wanted = cells(world, people, "hadir")
    mark(world.training, cells(world, people, "sakit"), cells(world, people, "izin"), by=world.admin, source=SOURCE)
    again = mark(world.training, wanted, {}, by=world.staff, source=SOURCE, chosen=cells(world, people, "izin"))
    assert [(c.mine, c.theirs) for c in again.clashes] == [("hadir", "sakit")]
    last = mark(world.training, wanted, {}, by=world.staff, source=SOURCE, chosen=cells(world, people, "sakit"))
    assert (last.written, stored(world)) == (1, {1: "hadir"})


def test_cleared_meanwhile_is_a_clash_too(world, people):
    seen = cells(world, people, "hadir")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, cells(world, people, ""), seen, by=world.admin, source=SOURCE)
    outcome = mark(world.training, cells(world, people, "izin"), seen, by=world.staff, source=SOURCE)
    assert [(c.mine, c.theirs, c.by) for c in outcome.clashes] == [("izin", "", None)]


def test_cells_of_another_training_are_refused(world, people):
    stranger = f.ParticipantFactory()
    session = f.TrainingSessionFactory()
    for cell in ((stranger.pk, world.session.pk), (people[0].pk, session.pk)):
        with pytest.raises(ValidationError, match="Muat ulang"):
            mark(world.training, {cell: "hadir"}, {}, by=world.staff, source=SOURCE)
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("state", [Training.State.CLOSED, Training.State.CANCELLED])
def test_locked_training_keeps_its_marks(state, world, people):
    Training.objects.filter(pk=world.training.pk).update(state=state)
    with pytest.raises(ValidationError, match="Buka kembali dahulu"):
        mark(world.training, cells(world, people, "hadir"), {}, by=world.staff, source=SOURCE)


def test_mark_asks_the_same_number_of_queries_for_1_and_4(world, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        mark(world.training, cells(world, people[:1], "hadir"), {}, by=world.staff, source=SOURCE)
    with django_assert_num_queries(len(queries)):
        mark(world.training, cells(world, people[1:], "hadir", "izin", "sakit"), {}, by=world.staff, source=SOURCE)
