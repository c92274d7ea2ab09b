"""The page that asks for confirmation before something is deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from records import confirming


class Messages(list):
    def add(self, level, message, extra_tags):
        self.append((level, message))


@pytest.fixture
def confirm_answer(rf: RequestFactory, monkeypatch):
    """confirm_answer("POST", act): the response of `confirm`, and the messages for the page."""
    monkeypatch.setattr(confirming, "render", lambda request, template, context: (template, context))

    def answer_of(method, act, **more):
        request = rf.generic(method, "/hapus/")
        request._messages = Messages()
        texts = {"question": "Hapus?", "loss": "Hilang.", "submit_label": "Hapus", "crumbs": [("Beranda", "/")]}
        return confirming.confirm(request, act, cancel_url="/baris/", **texts, **more), list(request._messages)

    return answer_of


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_asking_does_nothing(confirm_answer, method):
    def act():
        raise AssertionError("nobody said yes")

    (template, context), messages = confirm_answer(method, act)
    assert template == "partials/confirm_page.html"
    assert (context["heading"], context["submit_label"], context["cancel_url"]) == ("Hapus", "Hapus", "/baris/")
    assert messages == []


def test_yes_does_it_and_leads_on(confirm_answer):
    answer, messages = confirm_answer("POST", lambda: "Dihapus.", done_url="/daftar/")
    assert (answer.status_code, answer.url) == (302, "/daftar/")
    assert [sentence for _, sentence in messages] == ["Dihapus."]


def test_without_a_sentence_nothing_is_told(confirm_answer):
    answer, messages = confirm_answer("POST", lambda: "")
    assert (answer.url, messages) == ("/baris/", [])


def test_a_refusal_leads_back_with_each_of_its_sentences(confirm_answer):
    def act():
        raise ValidationError(["Masih dipakai.", "Sudah terbit."])

    answer, messages = confirm_answer("POST", act, done_url="/daftar/")
    assert answer.url == "/baris/"
    assert [sentence for _, sentence in messages] == ["Masih dipakai.", "Sudah terbit."]
