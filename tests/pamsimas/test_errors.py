"""Error pages: each gives the next step and needs neither database nor login."""

import pytest
from django.db import OperationalError
from django.test import Client

from monitoring.views import home as views
from tests import factories as make


def failing(error):
    def view(*args, **kwargs):
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (OperationalError("the database is away"), 503, "Coba lagi"),
        (RuntimeError("a mistake of ours"), 500, "periksa apakah data Anda sudah masuk"),
    ],
)
def test_failures_answer_with_a_page_that_says_what_to_do(db, monkeypatch, error, status, text):
    client = Client(raise_request_exception=False)
    client.force_login(make.UserFactory())
    monkeypatch.setattr(views, "HomeFilter", failing(error))
    response = client.get("/")
    assert response.status_code == status
    assert text.lower() in response.content.decode().lower()
    assert response.headers.get("Retry-After") == ("30" if status == 503 else None)


def test_not_found_says_what_to_do(db, client):
    client.force_login(make.UserFactory())
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Beranda" in response.content.decode()
