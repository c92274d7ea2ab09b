"""The blank sheet of the evaluation, and the recap of the filled sheets."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from documents.trainings import evaluation_recap, evaluation_sheet
from tests import factories
from tests.documents.samples import make_training, mark, paper_of, table_of, words_of
from trainings.models import AgendaSpeaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(office):
    training = make_training(villages=2, days=1)
    speaker = factories.ResourcePersonFactory(person__name="I Wayan Contoh")
    factories.EvaluationQuestionFactory(training=training, number=1, aspect="Waktu")
    factories.EvaluationQuestionFactory(
        training=training, number=2, aspect="Penguasaan materi", resource_person=speaker
    )
    factories.EvaluationQuestionFactory(training=training, number=3, aspect="Saran", kind="teks")
    return training


def fill(training, sheets):
    waktu, penguasaan, saran = training.evaluation_questions.filter(scope="pelatihan")
    for number, (first, second, words) in enumerate(sheets, 1):
        sheet = factories.EvaluationSheetFactory(training=training, number=number)
        factories.EvaluationAnswerFactory(sheet=sheet, question=waktu, value=first)
        factories.EvaluationAnswerFactory(sheet=sheet, question=penguasaan, value=second)
        if words:
            factories.EvaluationAnswerFactory(sheet=sheet, question=saran, value=None, text=words)


def test_the_sheet_has_a_box_for_each_mark_and_lines_for_words(training):
    snapshot, content = paper_of("evaluation_sheet", training)
    assert snapshot["aspects"] == [
        {"number": "1", "text": "Waktu"},
        {"number": "2", "text": "Penguasaan materi (I Wayan Contoh)"},
    ]
    assert snapshot["open"] == [{"number": "3", "text": "Saran"}]
    text = words_of(content)
    assert "1 Waktu □ □ □ □" in text
    assert "Lembar ini tidak perlu diberi nama." in text


def test_the_recap_counts_marks_and_keeps_the_words(training):
    mark(training)
    fill(training, [(4, 3, "Tambah praktik"), (3, 3, ""), (2, 4, ""), (4, 4, ""), (4, 3, "Ruang panas & sempit")])
    snapshot, content = paper_of("evaluation_recap", training)
    table = table_of(snapshot, "Penilaian per aspek")
    assert table["rows"] == [
        ["1", "Waktu", "0", "1", "1", "3", "5", "3,40"],
        ["2", "Penguasaan materi (I Wayan Contoh)", "0", "0", "3", "2", "5", "3,40"],
    ]
    assert table["footer"][0][-1] == "3,40"
    text = words_of(content)
    assert "Lembar terisi : 5 dari 6 orang yang hadir (83,3 %)" in text
    assert "Ruang panas & sempit" in text
    assert "Tambah praktik" in text


@pytest.fixture
def rated(training):
    """Two narasumber teach; one question with scores and one with text is about each of them."""
    mark(training)
    people = [factories.ResourcePersonFactory(person__name=name) for name in ("Sri Contoh", "Budi Contoh")]
    session = training.days.first().sessions.first()
    for hour, person in enumerate(people, 8):
        item = factories.AgendaItemFactory(session=session, starts=time(hour), ends=time(hour + 1))
        AgendaSpeaker.objects.create(item=item, resource_person=person)
    for number, aspect, kind in ((4, "Penguasaan bahan", "skala"), (5, "Pesan", "teks")):
        factories.EvaluationQuestionFactory(
            training=training, number=number, aspect=aspect, kind=kind, scope="narasumber"
        )
    return people


def test_the_sheet_asks_about_each_narasumber_of_the_agenda(training, rated):
    snapshot, content = paper_of("evaluation_sheet", training)
    aspects, words = [{"number": "4", "text": "Penguasaan bahan"}], [{"number": "5", "text": "Pesan"}]
    assert snapshot["speakers"] == [
        {"name": name, "aspects": aspects, "open": words} for name in ("Sri Contoh", "Budi Contoh")
    ]
    assert "Narasumber: Budi Contoh" in words_of(content)


def test_the_recap_has_a_table_a_narasumber(training, rated):
    fill(training, [(4, 3, "")] * 5)
    question, remark = training.evaluation_questions.filter(scope="narasumber")
    for sheet, value in zip(training.evaluation_sheets.all(), (4, 4, 3), strict=False):
        factories.EvaluationAnswerFactory(sheet=sheet, question=question, resource_person=rated[0], value=value)
    factories.EvaluationAnswerFactory(
        sheet=sheet, question=remark, resource_person=rated[0], value=None, text="Jelas sekali"
    )
    snapshot, content = paper_of("evaluation_recap", training)
    assert table_of(snapshot, "Penilaian Sri Contoh")["rows"] == [
        ["4", "Penguasaan bahan", "0", "0", "1", "2", "3", "3,67"]
    ]
    assert table_of(snapshot, "Penilaian Budi Contoh")["rows"][0][-2:] == ["0", "belum ada data"]
    assert table_of(snapshot, "Penilaian per aspek")["footer"][0][-1] == "3,50"
    assert "Jelas sekali" in words_of(content)
    official = evaluation_recap.EvaluationRecap().collect(training, {}, factories.OfficialFactory())
    assert "Penilaiannya dicetak mulai 5 lembar." in str(official["body"])
    assert "3,67" not in str(official["body"])


def test_few_sheets_are_told_to_the_office_alone(training):
    fill(training, [(4, 3, "")])
    user = factories.OfficialFactory()
    with pytest.raises(ValidationError, match="mulai 5 lembar"):
        evaluation_recap.EvaluationRecap().collect(training, {}, user)
    assert evaluation_recap.EvaluationRecap().collect(training, {}, factories.UserFactory())["body"]


def test_nothing_to_print_is_refused_in_words(office):
    training = make_training(villages=1)
    with pytest.raises(ValidationError, match="Butir evaluasi belum ada"):
        evaluation_sheet.EvaluationSheet().clean(training, {})
    with pytest.raises(ValidationError, match="Belum ada lembar evaluasi"):
        evaluation_recap.EvaluationRecap().clean(training, {})
