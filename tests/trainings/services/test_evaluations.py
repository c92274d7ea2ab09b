import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from records.models import Event
from tests import factories as f
from trainings.models import AgendaSpeaker, EvaluationSheet, Training
from trainings.queries.evaluations import figures_of_evaluation
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
    """Four participants were present; one aspect and Saran."""
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
    return {(aspects[0].pk, 0): value, (aspects[1].pk, 0): text}


def test_sheets_are_numbered_and_name_nobody(dataset, aspects):
    outcome = write(dataset, [sheet(aspects, "4", "Bagus"), {}, sheet(aspects, "3")])
    assert (outcome.changed, outcome.added) == (0, 2)
    one, two = aspects
    assert stored_cells(dataset.training) == {(1, one.pk, 0): "4", (1, two.pk, 0): "Bagus", (2, one.pk, 0): "3"}
    known = {"id", "training", "number", "source", "link", "request_key"}  # no person, no moment, no device
    assert {field.name for field in EvaluationSheet._meta.concrete_fields} == known


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
        write(dataset, [{(aspect.pk, 0): "4"}])


def test_a_cell_changed_by_somebody_else_is_asked(dataset, aspects):
    cell = (1, aspects[0].pk, 0)
    write(dataset, [sheet(aspects, "4", "Kata")])
    (clash,) = write(dataset, wanted={cell: "2"}, seen={cell: token("3")}).clashes
    assert (clash.mine_text, clash.theirs_text, clash.label) == ("2", "4", "Lembar 1, Kesesuaian materi")
    assert stored_cells(dataset.training)[cell] == "4"
    assert write(dataset, wanted={cell: "2"}, seen={cell: token("3")}, chosen={cell: token("4")}).changed == 1
    assert stored_cells(dataset.training)[cell] == "2"


def test_remarks_are_changed_and_taken_out(dataset, aspects):
    cell = (1, aspects[1].pk, 0)
    write(dataset, [sheet(aspects, "4", "Kata")])
    write(dataset, wanted={cell: "Lain"}, seen={cell: token("Kata")})
    assert stored_cells(dataset.training)[cell] == "Lain"
    write(dataset, wanted={cell: ""}, seen={cell: token("Lain")})
    assert cell not in stored_cells(dataset.training)


def test_a_sheet_is_not_emptied_wholly(dataset, aspects):
    cell = (1, aspects[0].pk, 0)
    write(dataset, [sheet(aspects, "4")])
    with pytest.raises(ValidationError, match="Lembar 1 menjadi kosong"):
        write(dataset, wanted={cell: ""}, seen={cell: token("4")})


def test_the_last_sheet_is_taken_away(dataset, aspects):
    write(dataset, [sheet(aspects, "4"), sheet(aspects, "2")])
    assert remove_last(dataset.training, by=dataset.staff) == 2
    assert stored_cells(dataset.training) == {(1, aspects[0].pk, 0): "4"}
    remove_last(dataset.training, by=dataset.staff)
    with pytest.raises(ValidationError, match="Belum ada lembar"):
        remove_last(dataset.training, by=dataset.staff)


def test_a_closed_training_takes_no_sheet(dataset, aspects):
    Training.objects.update(state=Training.State.CLOSED)
    with pytest.raises(ValidationError, match="Buka kembali"):
        write(dataset, [sheet(aspects, "4")])


def test_cells_of_another_training_are_refused(dataset, aspects):
    other = f.EvaluationQuestionFactory()
    for call in ({"new": [{(other.pk, 0): "4"}]}, {"wanted": {(9, aspects[0].pk, 0): "4"}}):
        with pytest.raises(ValidationError, match="Muat ulang"):
            write(dataset, **call)


def test_the_history_tells_numbers_and_no_marks(dataset, aspects):
    write(dataset, [sheet(aspects, "4", "Rahasia")])
    (event,) = Event.objects.filter(kind="trainings.training")
    assert event.changes == {"lembar evaluasi ditambah": ["", "1–1"]}


def test_tokens_hide_the_words():
    cells = {(1, 12_345, 0): "4", (2, 12_346, 7): "Saran panjang"}
    text = write_tokens(cells)
    assert "Saran" not in text
    assert read_tokens(text) == {cell: token(value) for cell, value in cells.items()}


@pytest.fixture
def rated(dataset, aspects):
    """One narasumber teaches, and one question is about each."""
    item = f.AgendaItemFactory(session=dataset.session)
    speaker = f.ResourcePersonFactory(person__name="Sri Wahyuni")
    AgendaSpeaker.objects.create(item=item, resource_person=speaker)
    question = f.EvaluationQuestionFactory(training=dataset.training, number=3, aspect="Penguasaan", scope="narasumber")
    return question, speaker


def test_each_narasumber_is_asked_about_and_kept_after_leaving_the_agenda(dataset, rated):
    question, speaker = rated
    write(dataset, [{(question.pk, speaker.pk): "3"}])
    AgendaSpeaker.objects.all().delete()
    cell = (1, question.pk, speaker.pk)
    (clash,) = write(dataset, wanted={cell: "4"}, seen={cell: token("1")}).clashes
    assert clash.label == "Lembar 1, Penguasaan (Sri Wahyuni)"
    assert write(dataset, wanted={cell: "4"}, seen={cell: token("3")}).changed == 1
    figures = figures_of_evaluation(dataset.training)
    assert (figures.mean, [(row.person, row.sheets, row.mean) for row in figures.speakers]) == (None, [(speaker, 1, 4)])


def test_a_narasumber_who_does_not_teach_here_is_refused(dataset, rated):
    stranger = f.ResourcePersonFactory()
    with pytest.raises(ValidationError, match="Muat ulang"):
        write(dataset, [{(rated[0].pk, stranger.pk): "3"}])


def test_the_database_keeps_one_answer_a_place(dataset, rated):
    question, speaker = rated
    sheet = f.EvaluationSheetFactory(training=dataset.training, number=1)
    f.EvaluationAnswerFactory(sheet=sheet, question=question, resource_person=speaker)
    f.EvaluationAnswerFactory(sheet=sheet, question=question)
    for person in (speaker, None):
        with pytest.raises(IntegrityError, match=r"evaluation_answer_once|UNIQUE"), transaction.atomic():
            f.EvaluationAnswerFactory(sheet=sheet, question=question, resource_person=person)
    with pytest.raises(IntegrityError, match="evaluation_question_of_each_speaker"), transaction.atomic():
        f.EvaluationQuestionFactory(training=dataset.training, number=9, scope="narasumber", resource_person=speaker)
