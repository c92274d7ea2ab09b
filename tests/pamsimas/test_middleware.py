"""Pages travel compressed, files as they are."""

import gzip

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_who_can_read_it(client):
    client.force_login(make.UserFactory())
    plain = client.get(reverse("villages:village_list"))
    packed = client.get(reverse("villages:village_list"), headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]


def test_a_list_as_a_file_is_not(client):
    client.force_login(make.UserFactory())
    answer = client.get(reverse("villages:village_list"), {"unduh": "csv"}, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")
