"""The link of a day: opened by the office, filled in anonymously, limited by the number of those present."""

import uuid
from datetime import date, time

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import throttle
from records.models import Event
from tests import factories as f
from trainings.models import EvaluationAnswer, EvaluationLink, EvaluationSheet, Training
from trainings.queries.evaluation_links import form_questions_on
from trainings.services.evaluation_links import FULL

DAY = date(2018, 12, 4)


def at(dataset, name, *args):
    return reverse(f"trainings:{name}", args=[dataset.training.pk, *args])


@pytest.fixture(autouse=True)
def on_the_day(time_machine_at):
    with time_machine_at(DAY):
        yield


@pytest.fixture
def question(dataset, people):
    for person in people:
        f.AttendanceFactory(participant=person, session=dataset.session)
    return f.EvaluationQuestionFactory(training=dataset.training, number=1)


@pytest.fixture
def link(dataset, question):
    return f.EvaluationLinkFactory(day=dataset.day, token="abcdefgh2345")


def sheet(question, value="4", key=None, person=0):
    return {f"q-{question.pk}-{person}": value, "request_key": str(key or uuid.uuid4())}


def problem(response):
    return response.context["problem"]


def test_evaluation_link_open_and_close_by_the_office(dataset, question, as_user):
    client = as_user(dataset.staff)
    address = at(dataset, "evaluation_link_open", dataset.day.pk)
    assert "hari itu." in client.get(address).content.decode()
    client.post(address, {"closes_at": "16:00"})
    twice = client.post(address, {"closes_at": "17:00"})
    assert "Tautan evaluasi hari itu sudah dibuka." in twice.content.decode()
    link = EvaluationLink.objects.get()
    (row,) = client.get(at(dataset, "evaluation_link_list")).context["days"]
    assert (len(link.token), row.link, row.max_sheets, row.people_text) == (12, link, 7, "4 peserta hadir")
    assert b"Pindai untuk mengisi evaluasi" in client.get(at(dataset, "evaluation_link_poster", link.pk)).content
    client.post(at(dataset, "evaluation_link_close", link.pk))
    closed = client.get(link.get_absolute_url())
    assert "Evaluasi ini sudah ditutup" in closed.content.decode()


def test_a_sheet_of_the_link_names_nobody_and_leaves_no_session(question, link, client):
    page = client.get(link.get_absolute_url())
    assert len(page.content) < 30_000
    key = page.context["form"].request_key
    for _ in range(2):  # a double click
        answer = client.post(link.get_absolute_url(), sheet(question, key=key))
        assert answer.url == reverse("trainings:evaluation_filled", args=[link.token])
    (row,) = EvaluationSheet.objects.all()
    assert (row.source, row.link, row.answers.get().value) == ("tautan", link, 4)
    assert (Session.objects.count(), set(client.cookies)) == (0, {"csrftoken"})
    assert not Event.objects.exists()
    other = client.post(link.get_absolute_url(), sheet(question, "1", key=key))
    assert (other.status_code, EvaluationAnswer.objects.get().value) == (409, 4)


def test_the_link_takes_no_more_sheets_than_people(question, link, client):
    for _ in range(7):
        client.post(link.get_absolute_url(), sheet(question))
    refused = client.post(link.get_absolute_url(), sheet(question, "2"))
    assert (problem(refused), EvaluationSheet.objects.count()) == (FULL, 7)
    assert b'value="2"\nchecked' in refused.content


@pytest.mark.parametrize(
    ("day", "closes_at", "message"),
    [
        (date(2018, 12, 3), time(23, 59), "dibuka pada Selasa, 4 Desember 2018"),
        (date(2018, 12, 5), time(23, 59), "sudah ditutup"),
        (DAY, time(11, 30), "ditutup pukul 11.30"),
    ],
)
def test_the_link_counts_on_its_day_until_its_hour(question, link, client, time_machine_at, day, closes_at, message):
    EvaluationLink.objects.update(closes_at=closes_at)
    with time_machine_at(day):
        assert message in client.get(link.get_absolute_url()).content.decode()
        assert message in problem(client.post(link.get_absolute_url(), sheet(question)))
    assert not EvaluationSheet.objects.exists()


def test_a_closed_training_takes_no_sheet(question, link, client):
    Training.objects.update(state=Training.State.CLOSED)
    assert "sudah ditutup" in problem(client.post(link.get_absolute_url(), sheet(question)))


def test_an_empty_sheet_and_foreign_places_are_refused(question, link, client):
    assert "Belum ada yang Anda isi" in problem(client.post(link.get_absolute_url(), sheet(question, "")))
    assert "Belum ada yang Anda isi" in problem(client.post(link.get_absolute_url(), sheet(question, "4", person=7)))
    assert not EvaluationSheet.objects.exists()


def test_a_later_link_asks_about_those_who_taught_since_the_one_before(dataset, question, link, client):
    f.EvaluationQuestionFactory(training=dataset.training, number=2, aspect="Sikap", scope="narasumber")
    second = f.TrainingSessionFactory(day__training=dataset.training, day__date=date(2018, 12, 5))
    for session, name in ((dataset.session, "Sri"), (second, "Budi")):
        item = f.AgendaItemFactory(session=session)
        f.AgendaSpeakerFactory(item=item, resource_person__person__name=name)

    def about(day):
        return [str(place.person or "") for place in form_questions_on(day)]

    assert (about(dataset.day), about(second.day)) == (["", "Sri"], ["", "Sri", "Budi"])
    client.post(link.get_absolute_url(), sheet(question))
    assert about(second.day) == ["", "Budi"]


def test_wrong_addresses_and_quick_senders_are_slowed_down(question, link, client, monkeypatch):
    monkeypatch.setitem(throttle.THROTTLES, "codes", throttle.Throttle(2, 60))
    monkeypatch.setitem(throttle.THROTTLES, "evaluation", throttle.Throttle(1, 60))
    typed = "ABCD-EFGH-2345"
    assert [client.get(f"/e/{typed}/").status_code for _ in range(4)] == [200] * 4
    for _ in range(2):  # refused sheets cost a token, sent ones do not
        answer = client.post(link.get_absolute_url(), sheet(question, ""))
    assert (answer.status_code, problem(answer)[:14]) == (429, "Belum terkirim")
    assert [client.get("/e/tidakada/").status_code for _ in range(3)] == [404, 404, 429]


def test_the_office_takes_sheets_of_the_link_away_and_leaves_typed_ones(dataset, question, link, as_user):
    f.EvaluationSheetFactory(training=dataset.training, number=1)
    for number in (2, 3, 4):
        f.EvaluationSheetFactory(training=dataset.training, number=number, source="tautan", link=link)
    client = as_user(dataset.staff)
    client.post(at(dataset, "last_link_sheet_remove", dataset.day.pk))
    assert list(EvaluationSheet.objects.values_list("number", flat=True)) == [1, 2, 3]
    entry = client.get(at(dataset, "evaluation_entry"))
    assert [row["from_link"] for row in entry.context["rows"]] == [False, True, True]
    assert entry.context["room"] == 1  # four present: one on paper, two on phones
    client.post(at(dataset, "link_sheets_remove", dataset.day.pk))
    assert list(EvaluationSheet.objects.values_list("number", flat=True)) == [1]


def test_the_database_keeps_one_open_link_a_day_and_the_source_of_a_sheet(dataset, link):
    with pytest.raises(IntegrityError, match=r"evaluation_link_one_open|UNIQUE"), transaction.atomic():
        f.EvaluationLinkFactory(day=dataset.day)
    for source, of in (("tautan", None), ("kertas", link)):
        with pytest.raises(IntegrityError, match="evaluation_sheet_of_a_link"), transaction.atomic():
            f.EvaluationSheetFactory(training=dataset.training, number=9, source=source, link=of)
