"""Pages travel compressed, files as they are; half a form is no form."""

import gzip
import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.urls import reverse

from pamsimas.middleware import WholeRequestMiddleware
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


URLENCODED = ("application/x-www-form-urlencoded", b"name=Tirta&village=7")
MULTIPART = (
    "multipart/form-data; boundary=b",
    b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nTirta\r\n--b--\r\n',
)


def post(kind, body, length):
    environ = {
        "REQUEST_METHOD": "POST",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(length),
        "wsgi.input": io.BytesIO(body),
    }
    return WholeRequestMiddleware(lambda request: request.POST.get("name"))(WSGIRequest(environ))


@pytest.mark.parametrize(("kind", "body"), [URLENCODED, MULTIPART])
def test_a_whole_form_is_read(kind, body):
    assert post(kind, body, len(body)) == "Tirta"


@pytest.mark.parametrize(("kind", "body"), [URLENCODED, MULTIPART])
@pytest.mark.parametrize("arrived", [0, 10, -1])
def test_a_form_that_was_cut_on_its_way_is_not_read(kind, body, arrived):
    with pytest.raises(UnreadablePostError):
        post(kind, body[:arrived], len(body))


def test_a_cut_form_is_refused_before_any_view(client):
    user = make.UserFactory()
    client.force_login(user)
    client.handler.enforce_csrf_checks = True
    page = client.get(reverse("accounts:contact")).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&email=a@contoh.id&phone=0812".encode()
    cut = client.generic(
        "POST", reverse("accounts:contact"), body, URLENCODED[0], **{"wsgi.input": io.BytesIO(body[:-4])}
    )
    user.refresh_from_db()
    assert (cut.status_code, user.email) == (403, "")
