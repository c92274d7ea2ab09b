"""One form sent many times at the same moment: real threads on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from fieldwork.models import Visit
from plans.models import DamageReport
from records.models import SentForm
from tests.conventions.walks.walk import Page, html_of
from tests.dataset import make_dataset

pytestmark = pytest.mark.django_db(transaction=True)

VISIT = {"on": "2024-05-05", "people_met": "Ketua", "result": "Iuran dibahas."}
DAMAGE = {"since": "2024-05-05", "reported_on": "2024-05-06", "component": "pompa", "description": "Pompa mati"}
FORMS = {
    "fieldwork:visit_create": (Visit, lambda dataset: dataset.village.pk, VISIT, {"result": "Iuran naik."}),
    "plans:damage_create": (DamageReport, lambda dataset: dataset.facility.pk, DAMAGE, {"description": "Pipa bocor"}),
}


def at_once(client, address, contents):
    """The responses to all of these, each from a separate connection in the session of `client`."""
    session, start = client.cookies[settings.SESSION_COOKIE_NAME].value, Barrier(len(contents))

    def send(content):
        sender = Client()
        sender.cookies[settings.SESSION_COOKIE_NAME] = session
        try:
            start.wait(timeout=60)
            return sender.post(address, content).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(contents)) as pool:
        return list(pool.map(send, contents))


@pytest.mark.parametrize("others", [0, 10])
@pytest.mark.parametrize("name", FORMS)
def test_twenty_at_once_make_one_row_and_other_content_is_a_conflict(name, others, client):
    dataset = make_dataset()
    model, parent, first, other = FORMS[name]
    client.force_login(dataset.people["facilitator"])
    address = reverse(name, args=[parent(dataset)])
    form = next(form for form in Page(html_of(client.get(address))).forms if "request_key" in form.controls)
    one = form.untouched() | first
    before = set(model.objects.values_list("pk", flat=True))
    sent = [one] * (20 - others) + [one | other] * others
    answers = at_once(client, address, sent)
    made = model.objects.exclude(pk__in=before).get()
    assert SentForm.objects.count() == 1
    field, text = next(iter(other.items()))
    stored = getattr(made, field)
    assert stored in (first[field], text)
    assert answers == [302 if content[field] == stored else 409 for content in sent]
