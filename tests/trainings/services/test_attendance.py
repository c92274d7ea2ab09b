import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import Attendance, Training
from trainings.services.attendance import Mark, NeedsReason, mark
from trainings.services.closing import close_day

SOURCE = Attendance.Source.GRID


def cells(dataset, people, *statuses):
    return {(p.pk, dataset.session.pk): Mark(status) for p, status in zip(people, statuses, strict=False)}


def stored(dataset):
    return {row.participant.number: row.status for row in Attendance.objects.filter(session=dataset.session)}


def test_mark_writes_changed_cells_with_who_and_how_in_one_event(dataset, people):
    before = Event.objects.count()
    wanted = cells(dataset, people, "hadir", "izin", "")
    assert mark(dataset.training, wanted, {}, by=dataset.staff, source=SOURCE).written == 2
    assert stored(dataset) == {1: "hadir", 2: "izin"}
    row = Attendance.objects.get(participant=people[0])
    assert (row.marked_by, row.source) == (dataset.staff, "grid")
    assert Event.objects.count() == before + 1
    assert dataset.training.events.first().changes == {
        "1. Ketua A, 4 Desember 2018 Sehari penuh": ["Belum dicatat", "Hadir"],
        "2. Bendahara A, 4 Desember 2018 Sehari penuh": ["Belum dicatat", "Izin"],
    }


def test_mark_twice_writes_once(dataset, people):
    wanted = cells(dataset, people, "hadir", "hadir")
    mark(dataset.training, wanted, {}, by=dataset.staff, source=SOURCE)
    events = Event.objects.count()
    again = mark(dataset.training, wanted, {}, by=dataset.staff, source=SOURCE)
    assert (again.written, again.clashes, Event.objects.count()) == (0, [], events)


def test_mark_changes_and_clears(dataset, people):
    seen = cells(dataset, people, "hadir", "hadir")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, cells(dataset, people, "sakit", ""), seen, by=dataset.admin, source=SOURCE)
    assert stored(dataset) == {1: "sakit"}
    assert Attendance.objects.get(participant=people[0]).marked_by == dataset.admin


def test_cell_that_the_person_left_alone_keeps_what_somebody_else_wrote(dataset, people):
    mark(dataset.training, cells(dataset, people, "izin"), {}, by=dataset.admin, source=SOURCE)
    outcome = mark(dataset.training, cells(dataset, people, "", "hadir"), {}, by=dataset.staff, source=SOURCE)
    assert outcome.clashes == []
    assert stored(dataset) == {1: "izin", 2: "hadir"}


def test_two_people_on_one_cell_clash_and_nothing_is_written(dataset, people):
    mark(dataset.training, cells(dataset, people, "izin"), {}, by=dataset.admin, source=SOURCE)
    outcome = mark(dataset.training, cells(dataset, people, "hadir", "hadir"), {}, by=dataset.staff, source=SOURCE)
    assert [(c.label, c.mine.status, c.theirs.status, c.by) for c in outcome.clashes] == [
        ("1. Ketua A, Selasa, 4 Desember 2018, Sehari penuh", "hadir", "izin", dataset.admin)
    ]
    assert stored(dataset) == {1: "izin"}


def test_answer_to_a_clash_is_written_only_over_the_mark_it_knew(dataset, people):
    mark(dataset.training, cells(dataset, people, "izin"), {}, by=dataset.admin, source=SOURCE)
    wanted = cells(dataset, people, "hadir")
    mark(
        dataset.training,
        cells(dataset, people, "sakit"),
        cells(dataset, people, "izin"),
        by=dataset.admin,
        source=SOURCE,
    )
    again = mark(dataset.training, wanted, cells(dataset, people, "izin"), by=dataset.staff, source=SOURCE)
    assert [(c.mine.status, c.theirs.status) for c in again.clashes] == [("hadir", "sakit")]
    last = mark(dataset.training, wanted, cells(dataset, people, "sakit"), by=dataset.staff, source=SOURCE)
    assert (last.written, stored(dataset)) == (1, {1: "hadir"})


def test_cleared_meanwhile_is_a_clash_too(dataset, people):
    seen = cells(dataset, people, "hadir")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, cells(dataset, people, ""), seen, by=dataset.admin, source=SOURCE)
    outcome = mark(dataset.training, cells(dataset, people, "izin"), seen, by=dataset.staff, source=SOURCE)
    assert [(c.mine.status, c.theirs.status, c.by) for c in outcome.clashes] == [("izin", "", None)]


def test_cells_of_another_training_are_refused(dataset, people):
    stranger = f.ParticipantFactory()
    session = f.TrainingSessionFactory()
    for cell in ((stranger.pk, dataset.session.pk), (people[0].pk, session.pk)):
        with pytest.raises(ValidationError, match="Muat ulang"):
            mark(dataset.training, {cell: Mark("hadir")}, {}, by=dataset.staff, source=SOURCE)
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("state", [Training.State.CLOSED, Training.State.CANCELLED])
def test_locked_training_keeps_its_marks(state, dataset, people):
    Training.objects.filter(pk=dataset.training.pk).update(state=state)
    with pytest.raises(ValidationError, match="Buka kembali dahulu"):
        mark(dataset.training, cells(dataset, people, "hadir"), {}, by=dataset.staff, source=SOURCE)


def test_mark_asks_the_same_number_of_queries_for_1_and_4(dataset, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        mark(dataset.training, cells(dataset, people[:1], "hadir"), {}, by=dataset.staff, source=SOURCE)
    with django_assert_num_queries(len(queries)):
        mark(
            dataset.training, cells(dataset, people[1:], "hadir", "izin", "sakit"), {}, by=dataset.staff, source=SOURCE
        )


def noted(dataset, person, status, remark):
    return {(person.pk, dataset.session.pk): Mark(status, remark)}


def test_remark_is_written_changed_and_told(dataset, people):
    first = noted(dataset, people[0], "izin", "acara keluarga")
    mark(dataset.training, first, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, noted(dataset, people[0], "izin", "hujan"), first, by=dataset.admin, source=SOURCE)
    row = Attendance.objects.get()
    assert (row.status, row.remark, row.marked_by) == ("izin", "hujan", dataset.admin)
    assert dataset.training.events.first().changes == {
        "1. Ketua A, 4 Desember 2018 Sehari penuh": ["Izin (acara keluarga)", "Izin (hujan)"]
    }


def test_remark_of_one_and_mark_of_another_do_not_clash(dataset, people):
    seen = noted(dataset, people[0], "hadir", "")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, noted(dataset, people[0], "terlambat", ""), seen, by=dataset.admin, source=SOURCE)
    outcome = mark(dataset.training, noted(dataset, people[0], "hadir", "hujan"), seen, by=dataset.staff, source=SOURCE)
    assert outcome.clashes == []
    row = Attendance.objects.get()
    assert (row.status, row.remark) == ("terlambat", "hujan")


def test_two_remarks_on_one_cell_clash(dataset, people):
    seen = noted(dataset, people[0], "hadir", "")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, noted(dataset, people[0], "hadir", "satu"), seen, by=dataset.admin, source=SOURCE)
    outcome = mark(dataset.training, noted(dataset, people[0], "hadir", "dua"), seen, by=dataset.staff, source=SOURCE)
    assert [(c.mine_text, c.theirs_text, c.token) for c in outcome.clashes] == [
        ("Hadir (dua)", "Hadir (satu)", "hadir:satu")
    ]
    assert Attendance.objects.get().remark == "satu"


def test_remark_needs_a_mark_and_goes_with_it(dataset, people):
    with pytest.raises(ValidationError, match="Keterangan tanpa kehadiran: Ketua A"):
        mark(dataset.training, noted(dataset, people[0], "", "hujan"), {}, by=dataset.staff, source=SOURCE)
    seen = noted(dataset, people[0], "izin", "hujan")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    mark(dataset.training, noted(dataset, people[0], "", "hujan"), seen, by=dataset.staff, source=SOURCE)
    assert stored(dataset) == {}


def test_closed_day_changes_with_a_reason_as_a_correction(dataset, people):
    seen = cells(dataset, people, "hadir", "hadir")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    close_day(dataset.day, {}, by=dataset.staff)
    wanted = cells(dataset, people, "alpa", "hadir")
    with pytest.raises(NeedsReason, match="4 Desember 2018 sudah ditutup"):
        mark(dataset.training, wanted, seen, by=dataset.admin, source=SOURCE)
    assert stored(dataset) == {1: "hadir", 2: "hadir"}
    mark(dataset.training, wanted, seen, by=dataset.admin, source=SOURCE, reason="Tanda tangan orang lain")
    assert list(Attendance.objects.order_by("participant__number").values_list("status", "source")) == [
        ("alpa", "koreksi"),
        ("hadir", "grid"),
    ]
    shown = Event.objects.of(dataset.day).first()
    assert (shown.verb, shown.by, shown.reason, shown.changes) == (
        "change",
        dataset.admin,
        "Tanda tangan orang lain",
        {"1. Ketua A, 4 Desember 2018 Sehari penuh": ["Hadir", "Tanpa keterangan"]},
    )


def test_closed_day_takes_an_unchanged_sheet_without_a_reason(dataset, people):
    seen = cells(dataset, people, "hadir")
    mark(dataset.training, seen, {}, by=dataset.staff, source=SOURCE)
    close_day(dataset.day, {}, by=dataset.staff)
    assert mark(dataset.training, seen, seen, by=dataset.staff, source=SOURCE).written == 0
