"""Images drawn in a request block nobody else: cached by content, one at a time for each user, throttled
for each user.
"""

import threading
from unittest import mock

import pytest
from django.urls import reverse
from PIL import Image

from accounts import throttle
from accounts.throttle import Throttle
from documents.rendering import page_image
from tests.monitoring.charts.test_charts import scenario

PICTURE = reverse("reports:picture_png", args=["cakupan"])


@pytest.fixture(autouse=True)
def _forget():
    page_image._kept.clear()
    yield
    page_image._kept.clear()
    assert page_image._drawing == set()


@pytest.fixture
def drawn(monkeypatch):
    """A mock instead of drawing; counts the calls."""
    pages = mock.Mock(side_effect=lambda content, width: Image.new("RGB", (40, 30), "teal"))
    monkeypatch.setattr(page_image, "page_image", pages)
    return pages


def test_a_picture_of_the_same_content_is_drawn_once(drawn):
    first = page_image.sheet_png(b"%PDF a", 1)
    assert page_image.sheet_png(b"%PDF a", 2) == first
    page_image.sheet_png(b"%PDF b", 1)
    assert drawn.call_count == 2


def test_no_more_pictures_are_kept_than_the_bound(drawn, monkeypatch):
    monkeypatch.setattr(page_image, "KEPT", 2)
    for name in (b"a", b"b", b"a", b"c"):
        page_image.sheet_png(name, 1)
    assert len(page_image._kept) == 2
    page_image.sheet_png(b"a", 1)
    assert drawn.call_count == 3


def test_a_second_picture_of_one_person_is_refused_at_once(drawn, monkeypatch):
    begun, go_on, answers = threading.Event(), threading.Event(), []

    def slow(content, width):
        begun.set()
        go_on.wait()
        return Image.new("RGB", (40, 30), "teal")

    drawn.side_effect = slow
    monkeypatch.setattr(page_image, "PATIENCE", 0)
    thread = threading.Thread(target=lambda: answers.append(page_image.sheet_png(b"%PDF a", 1)))
    thread.start()
    begun.wait()
    for person in (1, 2):  # other users wait for PATIENCE
        with pytest.raises(page_image.Busy):
            page_image.sheet_png(b"%PDF b", person)
    go_on.set()
    thread.join()
    assert (len(answers), drawn.call_count) == (1, 1)
    assert page_image.sheet_png(b"%PDF b", 2)


@pytest.mark.django_db
def test_who_draws_too_many_reads_a_page_that_says_when(client, staff, monkeypatch, drawn):
    scenario()
    monkeypatch.setitem(throttle.THROTTLES, "picture", Throttle(1, 60))
    monkeypatch.setattr(page_image.pdf, "make", mock.Mock(return_value=mock.Mock(content=b"%PDF")))
    client.force_login(staff)
    assert [client.get(PICTURE, {"ta": "semua"}).status_code for _ in range(3)] == [200] * 3  # cached after the first
    refused = client.get(reverse("reports:picture_png", args=["temuan"]), {"ta": "semua"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 60
    assert "Tunggu" in refused.text
    assert "lalu coba lagi." in refused.text


@pytest.mark.django_db
def test_while_another_picture_is_drawn_the_answer_is_a_page(client, staff, monkeypatch):
    scenario()
    client.force_login(staff)
    monkeypatch.setattr("reports.views.images.drawing_png", mock.Mock(side_effect=page_image.Busy))
    answer = client.get(PICTURE, {"ta": "semua"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "5")
    assert "Gambar lain masih dibuat untuk Anda, atau portal sedang sibuk." in answer.text
