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
def earlier(world):
    row = f.TrainingFactory(district=world.district, title="Dahulu")
    session = f.TrainingSessionFactory(day__training=row, day__date=date(2017, 5, 2))
    f.AgendaItemFactory(session=session, topic="Materi lama")
    return row


def test_empty_agenda_is_filled_without_a_question(world, earlier, as_user):
    client = as_user(world.staff)
    response = client.post(url(world.training), {"source": f"pelatihan-{earlier.pk}"})
    assert response.url == url(world.training, "agenda")
    assert [item.topic for item in AgendaItem.objects.filter(day__training=world.training)] == ["Materi lama"]


def test_standing_agenda_is_replaced_only_when_that_is_said(world, earlier, as_user):
    f.AgendaItemFactory(session=world.session, topic="Yang ada")
    client = as_user(world.staff)
    page = client.get(url(world.training))
    assert page.context["form"].fields["replace"].label == (
        "Ganti yang ada: 1 mata acara pada 1 hari, dengan narasumber dan sesinya, terhapus"
    )
    refused = client.post(url(world.training), {"source": "bimtek_1_hari"})
    assert list(errors(refused)) == ["replace"]
    client.post(url(world.training), {"source": "bimtek_1_hari", "replace": "on"})
    assert not AgendaItem.objects.filter(topic="Yang ada").exists()


def test_training_without_days_is_asked_for_its_first_day(world, as_user):
    row = f.TrainingFactory(district=world.district)
    client = as_user(world.staff)
    assert list(errors(client.post(url(row), {"source": "kpspams_3_hari"}))) == ["first_date"]
    client.post(url(row), {"source": "kpspams_3_hari", "first_date": "2026-12-01"})
    assert [day.date.day for day in row.days.all()] == [1, 2, 3]


def test_only_visible_trainings_with_an_agenda_are_offered(world, earlier, as_user):
    f.TrainingFactory(district=world.district, title="Tanpa acara")
    other = f.TrainingSessionFactory(day__training__district=f.OtherDistrictFactory())
    f.AgendaItemFactory(session=other)
    form = as_user(world.staff).get(url(world.training)).context["form"]
    assert [pk for pk in form.others] == [earlier.pk]
    foreign = as_user(world.staff).post(url(world.training), {"source": f"pelatihan-{other.day.training_id}"})
    assert list(errors(foreign)) == ["source"]


def test_marked_training_says_why_its_agenda_stays(world, people, as_user):
    f.AttendanceFactory(participant=people[0], session=world.session)
    response = as_user(world.staff).post(url(world.training), {"source": "bimtek_1_hari"})
    assert errors(response)["__all__"] == [
        "Kehadiran sudah tercatat, jadi susunan acara tidak dapat diganti sekaligus."
    ]
    assert not AgendaItem.objects.exists()
    assert Training.objects.get(pk=world.training.pk).days.count() == 1
