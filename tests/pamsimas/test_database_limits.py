"""Database timeouts: one locked row blocks neither the portal nor its health page."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created
from django.test import Client
from django.urls import reverse

from pamsimas import database_limits
from pamsimas.errors import is_busy
from tests import factories as make
from villages.models import Village
from villages.views.places import VillageCreate


class Refused(Exception):
    pgcode = "55P03"


def raised_from(cause, text=""):
    error = OperationalError(text)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (raised_from(Refused()), True),
        (raised_from(type("Cancelled", (Exception,), {"pgcode": "57014"})()), True),
        (raised_from(type("Deadlock", (Exception,), {"pgcode": "40P01"})()), True),
        (raised_from(None, "database is locked"), True),
        (raised_from(type("Gone", (Exception,), {"pgcode": "57P01"})(), "terminating connection"), False),
        (raised_from(None, "could not connect to server"), False),
        (RuntimeError("database is locked"), False),
    ],
)
def test_what_is_held_by_others_is_told_from_what_is_away(error, busy):
    assert is_busy(error) is busy


@pytest.fixture
def short_limits():
    """Shortened limits of a web process, on new connections of this test."""
    limits = {"lock_timeout": "300ms", "statement_timeout": "5s"}
    connection.close()
    database_limits.set_limits(limits)
    yield limits
    connection_created.disconnect(dispatch_uid="database_limits")
    connection.close()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="limits of waiting are PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_new_connections_have_the_limits(short_limits):
    with connection.cursor() as cursor:
        found = {}
        for name in short_limits:
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    assert found == short_limits


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="limits of waiting are PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_a_form_on_a_row_that_is_held_comes_back_with_a_sentence(short_limits):
    village = make.VillageFactory(name="Desa Lama")
    client = Client(raise_request_exception=False)
    client.force_login(make.UserFactory(district=village.subdistrict.district))
    held, release = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Village.objects.select_for_update().get(pk=village.pk)
                held.set()
                release.wait(60)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        address = reverse("villages:village_update", args=[village.pk])
        form = client.get(address).context["form"]
        data = {name: form[name].value() or "" for name in form.fields} | {"households": "1234", "figures_year": "2024"}
        begun = time.monotonic()
        answer = client.post(address, data)
        assert answer.status_code == 503, answer.content.decode()[:2_000]
        assert answer.headers["Retry-After"] == "5"
        page = answer.content.decode()
        assert "Sedang dipakai orang lain" in page
        assert '<input type="hidden" name="households" value="1234">' in page, "what was typed is there to send again"
        assert time.monotonic() - begun < 60, "before the row was released"
        assert client.get(reverse("healthz")).json() == {"status": "ok"}
    finally:
        release.set()
        holder.join()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "data", "shown"),
    [("post", {"name": "Desa Baru"}, True), ("post", {"password": "rahasia-sekali"}, False), ("get", {}, False)],
)
def test_words_come_back_but_no_password(monkeypatch, method, data, shown):
    def refuse(*args, **kwargs):
        raise raised_from(Refused())

    client = Client(raise_request_exception=False)
    client.force_login(make.UserFactory())
    monkeypatch.setattr(VillageCreate, "dispatch", refuse)
    answer = getattr(client, method)(reverse("villages:village_create"), data)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Sedang dipakai orang lain" in page
    assert ('name="name" value="Desa Baru"' in page) is shown
    assert "rahasia-sekali" not in page
