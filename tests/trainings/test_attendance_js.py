"""static/trainings/attendance.js counts while the user taps as the server counts the stored rows."""

import random

import pytest
from django.urls import reverse

from tests import factories as f
from tests.client_pages import client_page, go
from trainings.models import Attendance
from trainings.services.attendance import Mark, mark
from villages.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TAP = """(marks) => {
  for (const [name, status] of Object.entries(marks)) {
    const box = document.querySelector(`input[name="${name}"][value="${status}"]`);
    box.checked = true;
    box.dispatchEvent(new Event("change", {bubbles: true}));
  }
}"""
COUNTS = """() => [...document.querySelectorAll("[data-count] p > *, [data-count] p span, [data-count] li")]
  .map((element) => element.textContent)"""


@pytest.fixture
def page(browser):
    with client_page(browser) as page:
        yield page


@pytest.mark.parametrize("seed", range(3))
def test_page_counts_marks_as_the_server_does(page, client, dataset, seed):
    chance = random.Random(seed)
    villages = [dataset.satu, dataset.dua, None]
    people = [
        f.ParticipantFactory(
            training=dataset.training,
            village=chance.choice(villages),
            person__sex=chance.choice(Person.Sex.values),
            number=number,
        )
        for number in range(1, 41)
    ]
    statuses = ["", *Attendance.Status.values]
    chosen = {(person.pk, dataset.session.pk): Mark(chance.choice(statuses)) for person in people}
    address = reverse("trainings:attendance_session", args=[dataset.training.pk, dataset.session.pk])
    client.force_login(dataset.staff)
    go(page, client, address)
    page.evaluate(TAP, {f"k-{one}-{two}": found.status for (one, two), found in chosen.items()})
    tapped = page.evaluate(COUNTS)
    mark(dataset.training, chosen, {}, by=dataset.staff, source=Attendance.Source.PHONE)
    go(page, client, address)
    assert tapped == page.evaluate(COUNTS)
    assert f"Hadir {sum(found.status in Attendance.PRESENT for found in chosen.values())}" in tapped
