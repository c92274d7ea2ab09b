"""Messages at the top of a page."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from tests.conventions.walks.walk import Page


def shown(*pairs) -> list[str]:
    rows = [Message(level, text) for level, text in pairs]
    return [
        text for text in Page(render_to_string("partials/_messages.html", {"messages": rows})).texts if text.strip()
    ]


def test_the_same_message_in_a_row_stands_once():
    saved = (messages.SUCCESS, "Kehadiran tersimpan.")
    other = (messages.SUCCESS, "Kunjungan tersimpan.")
    failed = (messages.ERROR, "Kehadiran tersimpan.")
    assert shown(*[saved] * 7) == ["Kehadiran tersimpan."]
    assert shown(saved, other, other, saved) == ["Kehadiran tersimpan.", "Kunjungan tersimpan.", "Kehadiran tersimpan."]
    assert shown(saved, failed) == ["Kehadiran tersimpan."] * 2
