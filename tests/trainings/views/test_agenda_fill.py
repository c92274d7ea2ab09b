from datetime import date

import pytest
from django.urls import reverse

from tests import factories as f
from trainings.models import AgendaItem, Training


def url(training, name="agenda_fill"):
    return reverse(f"trainings:{name}", args=[training.pk])


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


@pytest.fixture
def earlier(dataset):
    row = f.TrainingFactory(district=dataset.district, title="Dahulu")
    session = f.TrainingSessionFactory(day__training=row, day__date=date(2017, 5, 2))
    f.AgendaItemFactory(session=session, topic="Materi lama")
    return row


def test_empty_agenda_is_filled_without_a_question(dataset, earlier, as_user):
    client = as_user(dataset.staff)
    response = client.post(url(dataset.training), {"source": f"pelatihan-{earlier.pk}"})
    assert response.url == url(dataset.training, "agenda")
    assert [item.topic for item in AgendaItem.objects.filter(day__training=dataset.training)] == ["Materi lama"]


def test_standing_agenda_is_replaced_only_when_that_is_said(dataset, earlier, as_user):
    f.AgendaItemFactory(session=dataset.session, topic="Yang ada")
    client = as_user(dataset.staff)
    page = client.get(url(dataset.training))
    assert page.context["form"].fields["replace"].label == (
        "Ganti yang ada: 1 mata acara pada 1 hari, dengan narasumber dan sesinya, terhapus"
    )
    refused = client.post(url(dataset.training), {"source": "bimtek_1_hari"})
    assert list(errors(refused)) == ["replace"]
    client.post(url(dataset.training), {"source": "bimtek_1_hari", "replace": "on"})
    assert not AgendaItem.objects.filter(topic="Yang ada").exists()


def test_training_without_days_is_asked_for_its_first_day(dataset, as_user):
    row = f.TrainingFactory(district=dataset.district)
    client = as_user(dataset.staff)
    assert list(errors(client.post(url(row), {"source": "kpspams_3_hari"}))) == ["first_date"]
    client.post(url(row), {"source": "kpspams_3_hari", "first_date": "2026-12-01"})
    assert [day.date.day for day in row.days.all()] == [1, 2, 3]


def test_only_visible_trainings_with_an_agenda_are_offered(dataset, earlier, as_user):
    f.TrainingFactory(district=dataset.district, title="Tanpa acara")
    other = f.TrainingSessionFactory(day__training__district=f.OtherDistrictFactory())
    f.AgendaItemFactory(session=other)
    form = as_user(dataset.staff).get(url(dataset.training)).context["form"]
    assert [pk for pk in form.others] == [earlier.pk]
    foreign = as_user(dataset.staff).post(url(dataset.training), {"source": f"pelatihan-{other.day.training_id}"})
    assert list(errors(foreign)) == ["source"]


def test_marked_training_says_why_its_agenda_stays(dataset, people, as_user):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    response = as_user(dataset.staff).post(url(dataset.training), {"source": "bimtek_1_hari"})
    assert errors(response)["__all__"] == [
        "Kehadiran sudah tercatat, jadi susunan acara tidak dapat diganti sekaligus."
    ]
    assert not AgendaItem.objects.exists()
    assert Training.objects.get(pk=dataset.training.pk).days.count() == 1
