"""The page of sertifikat: preview, issue, exceptions, withdrawals; access."""

import re

import pytest
from django.urls import reverse

from tests import factories as f
from tests.pages import errors, page_messages, send
from trainings.models import Certificate


@pytest.fixture
def present(dataset, people):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=4)
    other = f.TrainingSessionFactory(day=dataset.day, name="Malam")
    f.AgendaItemFactory(session=other, lesson_hours=4)
    for place, row in enumerate(people):
        f.AttendanceFactory(participant=row, session=dataset.session)
        if place < 2:
            f.AttendanceFactory(participant=row, session=other)
    return people


def page(dataset):
    return reverse("trainings:certificate_list", args=[dataset.training.pk])


def request_report(client, dataset, **typed):
    numbers = {"text": "{nomor}/SERT/2018", "start": "7", "width": "3", "dated_on": "2018-12-06"} | typed
    return client.get(page(dataset), numbers)


def hidden(answer):
    """The data that the preview would send."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode()))


def test_the_reason_stands_at_each_name_without_a_certificate(dataset, present, as_user):
    html = as_user(dataset.staff).get(page(dataset)).content.decode()
    assert "Paling sedikit 80 % dari 8 JP" in html
    assert html.count("4 dari 8 JP, 50 %") == 2


def test_numbers_are_previewed_for_all_and_nothing_is_saved(dataset, present, as_user):
    answer = request_report(as_user(dataset.staff), dataset)
    assert [(row.participant, number) for row, number in answer.context["preview"]] == [
        (present[0], "007/SERT/2018"),
        (present[1], "008/SERT/2018"),
    ]
    assert Certificate.objects.count() == 0


def test_the_preview_is_given_and_a_second_press_gives_nothing_more(dataset, present, as_user):
    client = as_user(dataset.staff)
    sent = hidden(request_report(client, dataset))
    assert page_messages(client.post(page(dataset), sent)) == ["2 sertifikat diberikan."]
    client.post(page(dataset), sent)
    assert list(dataset.training.certificates.values_list("number", flat=True)) == ["007/SERT/2018", "008/SERT/2018"]
    again = client.get(page(dataset)).context["form"]
    assert (again.initial["text"], again.initial["start"]) == ("{nomor}/SERT/2018", 9)


@pytest.mark.parametrize(
    ("typed", "field", "word"),
    [
        ({"text": "SERT/2018"}, "text", "satu kali"),
        ({"start": "0"}, "start", "1"),
        ({"dated_on": "2018-12-01"}, "dated_on", "sebelum pelatihan dimulai"),
    ],
)
def test_what_is_wrong_stands_at_its_field(dataset, present, as_user, typed, field, word):
    answer = request_report(as_user(dataset.staff), dataset, **typed)
    assert word in errors(answer)[field][0]


def test_a_taken_number_comes_back_with_everything_typed(dataset, present, as_user):
    f.CertificateFactory(number="008/SERT/2018")
    client = as_user(dataset.staff)
    answer = client.post(page(dataset), hidden(request_report(client, dataset)))
    assert "sudah dipakai" in errors(answer)["text"][0]
    assert 'value="{nomor}/SERT/2018"' in answer.content.decode()


def test_people_who_changed_since_the_preview_are_shown_anew(dataset, present, as_user):
    client = as_user(dataset.staff)
    sent = hidden(request_report(client, dataset))
    present[1].attendances.all().delete()
    answer = client.post(page(dataset), sent)
    assert "berubah sejak pratinjau" in errors(answer)["__all__"][0]
    assert len(answer.context["preview"]) == 1


def test_an_exception_needs_a_reason_and_a_withdrawal_too(dataset, present, as_user):
    client = as_user(dataset.staff)
    way = reverse("trainings:certificate_exception", args=[dataset.training.pk, present[2].pk])
    assert "reason" in errors(send(client, way))
    assert page_messages(send(client, way, reason="Keputusan Ketua", number="9/K")) == [
        f"Sertifikat {present[2]} diberikan."
    ]
    row = Certificate.objects.get()
    way = reverse("trainings:certificate_withdraw", args=[dataset.training.pk, row.pk])
    assert "reason" in errors(send(client, way))
    assert page_messages(send(client, way, reason="Keliru")) == [f"Sertifikat {present[2]} dicabut."]
    html = client.get(page(dataset)).content.decode()
    assert "Keliru" in html
    assert Certificate.objects.count() == 0


def test_a_facilitator_sees_the_certificates_of_own_villages_only(dataset, present, as_user):
    for row in (present[0], present[2]):
        f.CertificateFactory(participant=row)
    client = as_user(dataset.facilitator)
    html = client.get(page(dataset)).content.decode()
    assert (str(present[0]) in html, str(present[2]) in html) == (True, False)
    assert client.post(page(dataset), {}).status_code == 403


def test_the_page_takes_as_many_queries_for_more_people(dataset, present, as_user, django_assert_max_num_queries):
    client = as_user(dataset.staff)
    for number in range(10, 16):
        row = f.ParticipantFactory(training=dataset.training, number=number)
        f.AttendanceFactory(participant=row, session=dataset.session)
    with django_assert_max_num_queries(28):
        client.get(page(dataset))
