"""The one page that asks before something is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from records import confirming


class Messages(list):
    def add(self, level, message, extra_tags):
        self.append((level, message))


@pytest.fixture
def asked(rf: RequestFactory, monkeypatch):
    """asked("POST", act): the answer of `confirm`, and what the portal told."""
    monkeypatch.setattr(confirming, "render", lambda request, template, context: (template, context))

    def ask(method, act, **more):
        request = rf.generic(method, "/hapus/")
        request._messages = Messages()
        texts = {"question": "Hapus?", "loss": "Hilang.", "submit_label": "Hapus", "crumbs": [("Beranda", "/")]}
        return confirming.confirm(request, act, cancel_url="/baris/", **texts, **more), list(request._messages)

    return ask


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_asking_does_nothing(asked, method):
    def act():
        raise AssertionError("nobody said yes")

    (template, context), told = asked(method, act)
    assert template == "partials/confirm_page.html"
    assert (context["heading"], context["submit_label"], context["cancel_url"]) == ("Hapus", "Hapus", "/baris/")
    assert told == []


def test_yes_does_it_and_leads_on(asked):
    answer, told = asked("POST", lambda: "Dihapus.", done_url="/daftar/")
    assert (answer.status_code, answer.url) == (302, "/daftar/")
    assert [sentence for _, sentence in told] == ["Dihapus."]


def test_without_a_sentence_nothing_is_told(asked):
    answer, told = asked("POST", lambda: "")
    assert (answer.url, told) == ("/baris/", [])


def test_a_refusal_leads_back_with_each_of_its_sentences(asked):
    def act():
        raise ValidationError(["Masih dipakai.", "Sudah terbit."])

    answer, told = asked("POST", act, done_url="/daftar/")
    assert answer.url == "/baris/"
    assert [sentence for _, sentence in told] == ["Masih dipakai.", "Sudah terbit."]
