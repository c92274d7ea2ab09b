import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import EvaluationSheet, Training
from trainings.services.evaluations import (
    read_tokens,
    record_sheets,
    remove_last,
    room,
    stored_cells,
    token,
    write_tokens,
)


@pytest.fixture
def aspects(dataset, people):
    """Four people were present; one aspect and Saran."""
    for person in people:
        f.AttendanceFactory(participant=person, session=dataset.session)
    return [
        f.EvaluationQuestionFactory(training=dataset.training, number=1),
        f.EvaluationQuestionFactory(training=dataset.training, number=2, kind="teks"),
    ]


def write(dataset, new=(), wanted=None, seen=None, *, last=0, by=None, chosen=None):
    return record_sheets(
        dataset.training, wanted or {}, seen or {}, list(new), last=last, by=by or dataset.staff, chosen=chosen
    )


def sheet(aspects, value, text=""):
    return {aspects[0].pk: value, aspects[1].pk: text}


def test_sheets_are_numbered_and_name_nobody(dataset, aspects):
    outcome = write(dataset, [sheet(aspects, "4", "Bagus"), {}, sheet(aspects, "3")])
    assert (outcome.changed, outcome.added) == (0, 2)
    one, two = aspects
    assert stored_cells(dataset.training) == {(1, one.pk): "4", (1, two.pk): "Bagus", (2, one.pk): "3"}
    assert {field.name for field in EvaluationSheet._meta.concrete_fields} == {"id", "training", "number"}


def test_sent_twice_sheets_stand_once(dataset, aspects):
    rows = [sheet(aspects, "4"), sheet(aspects, "4")]
    assert [write(dataset, rows).added for _ in range(2)] == [2, 0]
    assert dataset.training.evaluation_sheets.count() == 2


def test_equal_sheets_of_two_typists_both_stand(dataset, aspects):
    rows = [sheet(aspects, "4")]
    assert [write(dataset, rows, by=by).added for by in (dataset.staff, dataset.admin)] == [1, 1]


def test_equal_sheets_typed_later_both_stand(dataset, aspects):
    write(dataset, [sheet(aspects, "4")])
    assert write(dataset, [sheet(aspects, "4")], last=1).added == 1


def test_at_most_as_many_sheets_as_people_were_present(dataset, aspects):
    write(dataset, [sheet(aspects, "4")] * 3)
    assert room(dataset.training) == 1
    with pytest.raises(ValidationError, match=r"sebanyak orang yang hadir: 4.*menambah 2 lembar, tempatnya tinggal 1"):
        write(dataset, [sheet(aspects, "3")] * 2, last=3)
    assert dataset.training.evaluation_sheets.count() == 3


def test_without_attendance_there_is_no_sheet(dataset, people):
    aspect = f.EvaluationQuestionFactory(training=dataset.training)
    with pytest.raises(ValidationError, match="Catat kehadiran dahulu"):
        write(dataset, [{aspect.pk: "4"}])


def test_a_cell_changed_by_somebody_else_is_asked(dataset, aspects):
    cell = (1, aspects[0].pk)
    write(dataset, [sheet(aspects, "4", "Kata")])
    (clash,) = write(dataset, wanted={cell: "2"}, seen={cell: token("3")}).clashes
    assert (clash.mine_text, clash.theirs_text, clash.label) == ("2", "4", "Lembar 1, Kesesuaian materi")
    assert stored_cells(dataset.training)[cell] == "4"
    assert write(dataset, wanted={cell: "2"}, seen={cell: token("3")}, chosen={cell: token("4")}).changed == 1
    assert stored_cells(dataset.training)[cell] == "2"


def test_remarks_are_changed_and_taken_out(dataset, aspects):
    cell = (1, aspects[1].pk)
    write(dataset, [sheet(aspects, "4", "Kata")])
    write(dataset, wanted={cell: "Lain"}, seen={cell: token("Kata")})
    assert stored_cells(dataset.training)[cell] == "Lain"
    write(dataset, wanted={cell: ""}, seen={cell: token("Lain")})
    assert cell not in stored_cells(dataset.training)


def test_a_sheet_is_not_emptied_wholly(dataset, aspects):
    cell = (1, aspects[0].pk)
    write(dataset, [sheet(aspects, "4")])
    with pytest.raises(ValidationError, match="Lembar 1 menjadi kosong"):
        write(dataset, wanted={cell: ""}, seen={cell: token("4")})


def test_the_last_sheet_is_taken_away(dataset, aspects):
    write(dataset, [sheet(aspects, "4"), sheet(aspects, "2")])
    assert remove_last(dataset.training, by=dataset.staff) == 2
    assert stored_cells(dataset.training) == {(1, aspects[0].pk): "4"}
    remove_last(dataset.training, by=dataset.staff)
    with pytest.raises(ValidationError, match="Belum ada lembar"):
        remove_last(dataset.training, by=dataset.staff)


def test_a_closed_training_takes_no_sheet(dataset, aspects):
    Training.objects.update(state=Training.State.CLOSED)
    with pytest.raises(ValidationError, match="Buka kembali"):
        write(dataset, [sheet(aspects, "4")])


def test_cells_of_another_training_are_refused(dataset, aspects):
    other = f.EvaluationQuestionFactory()
    for call in ({"new": [{other.pk: "4"}]}, {"wanted": {(9, aspects[0].pk): "4"}}):
        with pytest.raises(ValidationError, match="Muat ulang"):
            write(dataset, **call)


def test_the_history_tells_numbers_and_no_marks(dataset, aspects):
    write(dataset, [sheet(aspects, "4", "Rahasia")])
    (event,) = Event.objects.filter(kind="trainings.training")
    assert event.changes == {"lembar evaluasi ditambah": ["", "1–1"]}


def test_tokens_hide_the_words():
    cells = {(1, 12_345): "4", (2, 12_346): "Saran panjang"}
    text = write_tokens(cells)
    assert "Saran" not in text
    assert read_tokens(text) == {cell: token(value) for cell, value in cells.items()}
