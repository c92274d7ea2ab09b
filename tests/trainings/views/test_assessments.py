import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import EvaluationSheet, TestQuestion, TestResult, Training


def at(dataset, name, *more):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *more])


def sentence(response):
    return [str(message) for message in response.context["messages"]]


def give(people, phase, *scores):
    for person, score in zip(people, scores, strict=False):
        f.TestResultFactory(participant=person, phase=phase, score=score)


def test_the_office_reads_scores_of_persons_and_others_do_not(dataset, people, as_user):
    give(people, "pre", 41, 43, 47, 53)
    page = as_user(dataset.staff).get(at(dataset, "assessments")).content.decode()
    assert all(f">{score}<" in page for score in (41, 43, 47, 53))
    for person in (dataset.facilitator, dataset.official):
        page = as_user(person).get(at(dataset, "assessments"))
        assert not any(f">{score}<" in page.content.decode() for score in (41, 43, 47, 53))
        assert page.context["phases"] == []  # four results would identify persons
    give([f.ParticipantFactory(training=dataset.training, number=5)], "pre", 60)
    page = as_user(dataset.facilitator).get(at(dataset, "assessments"))
    assert [phase.count for phase in page.context["phases"]] == [5]
    assert page.context["people"] == []


def test_answers_of_few_tell_nothing_about_them(dataset, people, as_user):
    """Scores of five are shown as a mean; the answers of one of them are not."""
    question = f.TestQuestionFactory(training=dataset.training)
    fifth = f.ParticipantFactory(training=dataset.training, number=5)
    give([*people, fifth], "pre", 50, 60, 70, 80, 90)
    f.TestAnswerFactory(result=TestResult.objects.first(), question=question)
    shown = {
        role: as_user(getattr(dataset, role)).get(at(dataset, "assessments")).context["shows_questions"]
        for role in ("staff", "official")
    }
    assert shown == {"staff": True, "official": False}


def test_remarks_are_for_the_office(dataset, people, as_user):
    words = f.EvaluationQuestionFactory(training=dataset.training, kind="teks")
    for number in range(1, 6):
        sheet = f.EvaluationSheetFactory(training=dataset.training, number=number)
        f.EvaluationAnswerFactory(sheet=sheet, question=words, value=None, text="Kata rahasia")
    shown = {
        role: "Kata rahasia" in as_user(getattr(dataset, role)).get(at(dataset, "assessments")).content.decode()
        for role in ("staff", "facilitator", "official")
    }
    assert shown == {"staff": True, "facilitator": False, "official": False}


def test_scores_are_typed_and_the_mean_is_said(dataset, people, as_user):
    data = {f"n-{people[0].pk}": "70", f"n-{people[1].pk}": "77,5", f"n-{people[2].pk}": ""}
    response = as_user(dataset.staff).post(at(dataset, "test_entry", "pre"), data, follow=True)
    assert sentence(response) == ["Nilai pre-test tersimpan: 2 orang, rata-rata 73,8."]
    rows = TestResult.objects.order_by("score").values_list("score", "source", "recorded_by")
    assert [(str(score), source, by) for score, source, by in rows] == [
        ("70.00", "nilai", dataset.staff.pk),
        ("77.50", "nilai", dataset.staff.pk),
    ]


def test_a_wrong_score_stays_in_its_field_and_nothing_is_saved(dataset, people, as_user):
    data = {f"n-{people[0].pk}": "170", f"n-{people[1].pk}": "80"}
    response = as_user(dataset.staff).post(at(dataset, "test_entry", "pre"), data)
    page = response.content.decode()
    assert [row["error"] for row in response.context["errors"]] == ["Nilai “170” di atas 100."]
    assert ('value="170"' in page, 'value="80"' in page) == (True, True)
    assert TestResult.objects.count() == 0


def absent(dataset, *people):
    for person in people:
        f.AttendanceFactory(participant=person, session=dataset.session, status="sakit")


def test_scores_of_absent_people_need_a_confirmation_that_names_them(dataset, people, as_user):
    absent(dataset, *people[:2])
    client, address = as_user(dataset.staff), at(dataset, "test_entry", "post")
    data = {f"n-{people[0].pk}": "70", f"n-{people[2].pk}": "90"}  # nothing is recorded of the second
    requested = client.post(address, data)
    assert (requested.context["absent"], TestResult.objects.count()) == ([people[0]], 0)
    assert f'name="still_save"\n      value="{people[0].pk}"' in requested.content.decode()
    more = data | {f"n-{people[1].pk}": "60", "still_save": str(people[0].pk)}
    assert client.post(address, more).context["absent"] == people[:2]
    assert client.post(address, data | {"still_save": str(people[0].pk)}).status_code == 302
    seen = client.get(address).context["seen"]
    again = {f"n-{people[0].pk}": "70", f"n-{people[2].pk}": "95", "version": seen}
    assert client.post(address, again).status_code == 302  # the score of the absent one did not change
    assert sorted(str(row.score) for row in TestResult.objects.all()) == ["70.00", "95.00"]


def test_pasted_scores_of_absent_people_need_a_confirmation(dataset, people, as_user):
    absent(dataset, people[0])
    client, address = as_user(dataset.staff), at(dataset, "test_paste", "pre")
    text = "Nama\tNilai\nKetua A\t80\n"
    preview = client.post(address, {"teks": text}).context
    sent = {"teks": text, "diperiksa": preview["checked"], "version": preview["seen"], "langkah": "simpan"}
    requested = client.post(address, sent)
    assert (requested.context["absent"], TestResult.objects.count()) == ([people[0]], 0)
    client.post(address, sent | {"still_save": str(people[0].pk)})
    assert TestResult.objects.count() == 1


def test_letters_are_typed_and_counted(dataset, people, as_user):
    for number, key in enumerate("BSB", 1):
        f.TestQuestionFactory(training=dataset.training, number=number, key=key)
    address = at(dataset, "test_entry", "post") + "?isi=jawaban"
    as_user(dataset.staff).post(address, {f"n-{people[0].pk}": "b s s"})
    assert str(TestResult.objects.get(phase="post").score) == "66.67"
    page = as_user(dataset.staff).get(address).content.decode()
    assert 'value="BSS"' in page


def test_the_second_typist_sees_both_and_chooses(dataset, people, as_user):
    client = as_user(dataset.staff)
    seen = client.get(at(dataset, "test_entry", "pre")).context["seen"]
    f.TestResultFactory(participant=people[0], phase="pre", score=55, recorded_by=dataset.admin)
    name = f"n-{people[0].pk}"
    mine = {name: "70", f"n-{people[1].pk}": "90", "version": seen}
    response = client.post(at(dataset, "test_entry", "pre"), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert ('value="saya:55|"' in page, 'value="90"' in page, dataset.admin.name in page) == (True, True, True)
    assert TestResult.objects.count() == 1
    client.post(at(dataset, "test_entry", "pre"), mine | {f"pilih-{name}": "mereka"})
    assert sorted(str(row.score) for row in TestResult.objects.all()) == ["55.00", "90.00"]
    client.post(at(dataset, "test_entry", "pre"), mine | {f"pilih-{name}": "saya:55|"})
    assert sorted(str(row.score) for row in TestResult.objects.all()) == ["70.00", "90.00"]


def test_a_closed_training_shows_scores_and_takes_none(dataset, people, as_user):
    give(people, "pre", 55)
    Training.objects.update(state=Training.State.CLOSED)
    client = as_user(dataset.staff)
    page = client.get(at(dataset, "test_entry", "pre")).content.decode()
    assert ("nilainya terkunci" in page, f'name="n-{people[0].pk}"' in page) == (True, False)
    response = client.post(at(dataset, "test_entry", "pre"), {f"n-{people[0].pk}": "90"}, follow=True)
    assert "Buka kembali dahulu" in sentence(response)[0]
    assert str(TestResult.objects.get().score) == "55.00"


def test_there_are_two_tests(dataset, as_user):
    assert as_user(dataset.staff).get(at(dataset, "test_entry", "sisipan")).status_code == 404


def test_a_paste_is_shown_chosen_and_saved(dataset, people, as_user):
    client, address = as_user(dataset.staff), at(dataset, "test_paste", "pre")
    text = "Nama\tNilai\nKetua A\t80\nOrang Asing\t70\n"
    preview = client.post(address, {"teks": text})
    assert (preview.context["ready"], preview.context["waiting"], TestResult.objects.count()) == (1, 1, 0)
    sent = {
        "teks": text,
        "diperiksa": preview.context["checked"],
        "version": preview.context["seen"],
        "langkah": "simpan",
    }
    again = client.post(address, sent)
    assert "Pilih orangnya" in again.context["error"]
    assert TestResult.objects.count() == 0
    response = client.post(address, sent | {"baris-3": str(people[3].pk)}, follow=True)
    assert sentence(response) == ["Nilai pre-test tersimpan: 2 orang, rata-rata 75,0."]
    assert {row.participant.number: str(row.score) for row in TestResult.objects.all()} == {1: "80.00", 4: "70.00"}


def test_choices_of_another_text_do_not_count(dataset, people, as_user):
    client, address = as_user(dataset.staff), at(dataset, "test_paste", "pre")
    checked = client.post(address, {"teks": "Orang Asing;70"}).context["checked"]
    data = {"teks": "Orang Lain;70", "diperiksa": checked, "langkah": "simpan", "baris-1": str(people[0].pk)}
    response = client.post(address, data)
    assert (response.status_code, response.context["waiting"], TestResult.objects.count()) == (200, 1, 0)


def evaluation(dataset, people):
    for person in people:
        f.AttendanceFactory(participant=person, session=dataset.session)
    return [
        f.EvaluationQuestionFactory(training=dataset.training, number=1),
        f.EvaluationQuestionFactory(training=dataset.training, number=2, kind="teks"),
    ]


def test_sheets_are_typed_in_one_grid(dataset, people, as_user):
    one, two = evaluation(dataset, people)
    client, address = as_user(dataset.staff), at(dataset, "evaluation_entry")
    seen = client.get(address).context["seen"]
    data = {"version": seen, f"b-0-{one.pk}-0": "4", f"b-0-{two.pk}-0": " Bagus  sekali ", f"b-2-{one.pk}-0": "3"}
    for _ in range(2):  # sent twice, the sheets exist once
        response = client.post(address, data, follow=True)
        assert sentence(response) == ["Evaluasi tersimpan: 2 lembar dari 4 orang hadir."]
    page = client.get(address)
    assert (page.context["keep"], "evaluasi-2" in page.content.decode()) == ("evaluasi-2", True)
    assert [[cell["text"] for cell in row["cells"]] for row in page.context["rows"]] == [
        ["4", "Bagus sekali"],
        ["3", ""],
    ]
    assert len(page.context["new"]) == 2  # as many as participants are left


def test_a_wrong_mark_stays_in_its_field(dataset, people, as_user):
    one, _ = evaluation(dataset, people)
    response = as_user(dataset.staff).post(
        at(dataset, "evaluation_entry"), {f"b-0-{one.pk}-0": "7", f"b-1-{one.pk}-0": "3"}
    )
    assert [cell["error"] for cell in response.context["errors"]] == ["tulis 1, 2, 3, atau 4"]
    assert [row["cells"][0]["text"] for row in response.context["new"]][:2] == ["7", "3"]
    assert EvaluationSheet.objects.count() == 0


def test_too_many_sheets_are_refused_and_kept_on_the_page(dataset, people, as_user):
    one, _ = evaluation(dataset, people)
    data = {f"b-{row}-{one.pk}-0": "4" for row in range(5)}
    response = as_user(dataset.staff).post(at(dataset, "evaluation_entry"), data)
    assert "paling banyak sebanyak orang yang hadir: 4" in sentence(response)[0]
    assert [row["cells"][0]["text"] for row in response.context["new"]] == ["4"] * 5
    assert EvaluationSheet.objects.count() == 0


def test_fifty_sheets_on_a_page(dataset, people, as_user):
    evaluation(dataset, people)
    for number in range(1, 53):
        f.EvaluationSheetFactory(training=dataset.training, number=number)
    client = as_user(dataset.staff)
    shown = {
        query: len(client.get(at(dataset, "evaluation_entry"), {"lembar": query}).context["rows"])
        for query in ("", "1", "2", "9", "x")
    }
    assert shown == {"": 2, "1": 50, "2": 2, "9": 2, "x": 2}


def test_locked_questions_say_so(dataset, people, as_user):
    question = f.TestQuestionFactory(training=dataset.training, number=1)
    f.TestAnswerFactory(result=f.TestResultFactory(participant=people[0]), question=question)
    client = as_user(dataset.staff)
    page = client.get(at(dataset, "test_question_list"))
    assert ("terkunci" in page.context["locked"], page.context["can_change"]) == (True, False)
    data = {"version": "1", "kind": "bs", "text": "Lain", "key": "S"}
    response = client.post(at(dataset, "test_question_update", question.pk), data)
    assert "terkunci" in response.content.decode()
    question.refresh_from_db()
    assert question.text == "Rencana kerja disusun setiap tahun."


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "bs", "key": "A"}, "key"),
        ({"kind": "pilihan", "options": "satu", "key": "A"}, "options"),
        ({"kind": "pilihan", "options": "a\nb\nc\nd\ne\nf", "key": "A"}, "options"),
        ({"kind": "pilihan", "options": "a\nb", "key": "C"}, "key"),
    ],
)
def test_a_question_is_refused_at_its_field(data, field, dataset, as_user):
    response = as_user(dataset.staff).post(at(dataset, "test_question_create"), {"text": "Soal"} | data)
    assert list(response.context["form"].errors) == [field]
    assert TestQuestion.objects.count() == 0


def test_questions_are_added_behind_the_last(dataset, as_user):
    f.TestQuestionFactory(training=dataset.training, number=3)
    data = {"kind": "pilihan", "text": "Siapa?", "options": " Ketua \n\nBendahara", "key": "b"}
    as_user(dataset.staff).post(at(dataset, "test_question_create"), data)
    row = TestQuestion.objects.get(number=4)
    assert (row.option_list, row.key) == (["Ketua", "Bendahara"], "B")


def test_pages_ask_the_same_number_of_queries_for_1_and_4(dataset, people, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one, _ = evaluation(dataset, people)
    client = as_user(dataset.staff)
    addresses = [at(dataset, "assessments"), at(dataset, "test_entry", "pre"), at(dataset, "evaluation_entry")]

    def add(number):
        f.TestResultFactory(participant=people[number], phase="pre")
        sheet = f.EvaluationSheetFactory(training=dataset.training, number=number + 1)
        f.EvaluationAnswerFactory(sheet=sheet, question=one)

    add(0)
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    for number in (1, 2, 3):
        add(number)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)


def test_the_entry_has_a_column_for_each_narasumber(dataset, people, as_user):
    evaluation(dataset, people)
    item = f.AgendaItemFactory(session=dataset.session)
    speakers = [f.ResourcePersonFactory(person__name=name) for name in ("Sri", "Budi")]
    for speaker in speakers:
        f.AgendaSpeakerFactory(item=item, resource_person=speaker)
    question = f.EvaluationQuestionFactory(training=dataset.training, number=3, aspect="Sikap", scope="narasumber")
    client, address = as_user(dataset.staff), at(dataset, "evaluation_entry")
    page = client.get(address)
    assert page.context["groups"] == [("Pelatihan", 2), ("Sri", 1), ("Budi", 1)]
    data = {"version": page.context["seen"], f"b-0-{question.pk}-{speakers[1].pk}": "2"}
    client.post(address, data)
    assert [cell["text"] for cell in client.get(address).context["rows"][0]["cells"]] == ["", "", "", "2"]
