import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import Attendance, Training
from trainings.services.attendance import Mark, NeedsReason, mark
from trainings.services.closing import close_day

SOURCE = Attendance.Source.GRID


def cells(world, people, *statuses):
    return {(p.pk, world.session.pk): Mark(status) for p, status in zip(people, statuses, strict=False)}


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
    assert [(c.label, c.mine.status, c.theirs.status, c.by) for c in outcome.clashes] == [
        ("1. Ketua A, Selasa, 4 Desember 2018, Sehari penuh", "hadir", "izin", world.admin)
    ]
    assert stored(world) == {1: "izin"}


def test_answer_to_a_clash_is_written_only_over_the_mark_it_knew(world, people):
    mark(world.training, cells(world, people, "izin"), {}, by=world.admin, source=SOURCE)
    wanted = cells(world, people, "hadir")
    mark(world.training, cells(world, people, "sakit"), cells(world, people, "izin"), by=world.admin, source=SOURCE)
    again = mark(world.training, wanted, cells(world, people, "izin"), by=world.staff, source=SOURCE)
    assert [(c.mine.status, c.theirs.status) for c in again.clashes] == [("hadir", "sakit")]
    last = mark(world.training, wanted, cells(world, people, "sakit"), by=world.staff, source=SOURCE)
    assert (last.written, stored(world)) == (1, {1: "hadir"})


def test_cleared_meanwhile_is_a_clash_too(world, people):
    seen = cells(world, people, "hadir")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, cells(world, people, ""), seen, by=world.admin, source=SOURCE)
    outcome = mark(world.training, cells(world, people, "izin"), seen, by=world.staff, source=SOURCE)
    assert [(c.mine.status, c.theirs.status, c.by) for c in outcome.clashes] == [("izin", "", None)]


def test_cells_of_another_training_are_refused(world, people):
    stranger = f.ParticipantFactory()
    session = f.TrainingSessionFactory()
    for cell in ((stranger.pk, world.session.pk), (people[0].pk, session.pk)):
        with pytest.raises(ValidationError, match="Muat ulang"):
            mark(world.training, {cell: Mark("hadir")}, {}, by=world.staff, source=SOURCE)
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


def noted(world, person, status, remark):
    return {(person.pk, world.session.pk): Mark(status, remark)}


def test_remark_is_written_changed_and_told(world, people):
    first = noted(world, people[0], "izin", "acara keluarga")
    mark(world.training, first, {}, by=world.staff, source=SOURCE)
    mark(world.training, noted(world, people[0], "izin", "hujan"), first, by=world.admin, source=SOURCE)
    row = Attendance.objects.get()
    assert (row.status, row.remark, row.marked_by) == ("izin", "hujan", world.admin)
    assert world.training.events.first().changes == {
        "1. Ketua A, 04-12-2018 Sehari penuh": ["Izin (acara keluarga)", "Izin (hujan)"]
    }


def test_remark_of_one_and_mark_of_another_do_not_clash(world, people):
    seen = noted(world, people[0], "hadir", "")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, noted(world, people[0], "terlambat", ""), seen, by=world.admin, source=SOURCE)
    outcome = mark(world.training, noted(world, people[0], "hadir", "hujan"), seen, by=world.staff, source=SOURCE)
    assert outcome.clashes == []
    row = Attendance.objects.get()
    assert (row.status, row.remark) == ("terlambat", "hujan")


def test_two_remarks_on_one_cell_clash(world, people):
    seen = noted(world, people[0], "hadir", "")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, noted(world, people[0], "hadir", "satu"), seen, by=world.admin, source=SOURCE)
    outcome = mark(world.training, noted(world, people[0], "hadir", "dua"), seen, by=world.staff, source=SOURCE)
    assert [(c.mine_text, c.theirs_text, c.token) for c in outcome.clashes] == [
        ("Hadir (dua)", "Hadir (satu)", "hadir:satu")
    ]
    assert Attendance.objects.get().remark == "satu"


def test_remark_needs_a_mark_and_goes_with_it(world, people):
    with pytest.raises(ValidationError, match="Keterangan tanpa kehadiran: Ketua A"):
        mark(world.training, noted(world, people[0], "", "hujan"), {}, by=world.staff, source=SOURCE)
    seen = noted(world, people[0], "izin", "hujan")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    mark(world.training, noted(world, people[0], "", "hujan"), seen, by=world.staff, source=SOURCE)
    assert stored(world) == {}


def test_closed_day_changes_with_a_reason_as_a_correction(world, people):
    seen = cells(world, people, "hadir", "hadir")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    close_day(world.day, {}, by=world.staff)
    wanted = cells(world, people, "alpa", "hadir")
    with pytest.raises(NeedsReason, match="4 Desember 2018 sudah ditutup"):
        mark(world.training, wanted, seen, by=world.admin, source=SOURCE)
    assert stored(world) == {1: "hadir", 2: "hadir"}
    mark(world.training, wanted, seen, by=world.admin, source=SOURCE, reason="Tanda tangan orang lain")
    assert list(Attendance.objects.order_by("participant__number").values_list("status", "source")) == [
        ("alpa", "koreksi"),
        ("hadir", "grid"),
    ]
    told = Event.objects.of(world.day).first()
    assert (told.verb, told.by, told.reason, told.changes) == (
        "change",
        world.admin,
        "Tanda tangan orang lain",
        {"1. Ketua A, 04-12-2018 Sehari penuh": ["Hadir", "Tanpa keterangan"]},
    )


def test_closed_day_takes_an_unchanged_sheet_without_a_reason(world, people):
    seen = cells(world, people, "hadir")
    mark(world.training, seen, {}, by=world.staff, source=SOURCE)
    close_day(world.day, {}, by=world.staff)
    assert mark(world.training, seen, seen, by=world.staff, source=SOURCE).written == 0
