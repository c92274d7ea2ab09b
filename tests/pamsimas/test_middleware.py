"""Middleware: pages are compressed, files are not; an incomplete form is refused."""

import gzip
import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.test import Client
from django.urls import reverse

from pamsimas import checks
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


# Proxies --------------------------------------------------------------------------------------------------

PROTO, FORWARDED = {"x-forwarded-proto": "https"}, {"x-forwarded-for": "203.0.113.9"}


@pytest.fixture
def without_proxies(settings):
    settings.PROXIES, settings.HTTPS, settings.SECURE_SSL_REDIRECT = 0, True, True
    settings.SECURE_PROXY_SSL_HEADER = None


@pytest.mark.usefixtures("without_proxies")
def test_a_proxy_that_is_not_counted_gets_a_page_instead_of_a_redirect_to_itself(client, caplog):
    answers = [client.get("/masuk/", headers=PROTO) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "PROXIES=1" in answers[0].content.decode()
    assert [record.message for record in caplog.records if record.name == "pamsimas.middleware"] == [
        "X-Forwarded-Proto came with a request and is ignored: set PROXIES to the number of your proxies"
    ]


@pytest.mark.usefixtures("without_proxies")
def test_an_address_that_a_proxy_tells_is_warned_of_when_it_is_ignored(client, caplog):
    assert client.get("/masuk/", headers=FORWARDED).status_code == 301  # plain HTTP, as without the header
    assert "X-Forwarded-For came with a request and is ignored" in caplog.text


@pytest.mark.usefixtures("without_proxies")
@pytest.mark.parametrize("headers", [{}, {"x-forwarded-proto": "http"}, {"x-forwarded-proto": ""}])
def test_plain_http_is_still_sent_to_https(client, headers):
    answer = client.get("/masuk/", headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/masuk/")


def test_a_proxy_that_is_counted_is_believed_without_a_word(client, settings, caplog):
    settings.PROXIES, settings.HTTPS, settings.SECURE_SSL_REDIRECT = 1, True, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/masuk/", headers=PROTO | FORWARDED).status_code == 200
    assert "PROXIES" not in caplog.text


@pytest.mark.parametrize(
    ("production", "https", "proxies", "warned"),
    [(True, True, 0, True), (True, True, 1, False), (True, False, 0, False), (False, True, 0, False)],
)
def test_https_without_a_proxy_is_warned_of_at_the_start(settings, production, https, proxies, warned):
    settings.PRODUCTION, settings.HTTPS, settings.PROXIES = production, https, proxies
    found = [warning.id for warning in checks.https_needs_a_proxy(None)]
    assert found == (["pamsimas.W001"] if warned else [])


# Size -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("over", "status"), [(1, 413), (0, 403)])
def test_a_request_above_the_limit_is_refused_unread(settings, over, status):
    client = Client(enforce_csrf_checks=True)
    length = str(settings.MAX_REQUEST_BYTES + over)
    answer = client.post("/masuk/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=length)
    assert answer.status_code == status
    if over:
        assert "Kiriman ini terlalu besar" in answer.content.decode()
        assert answer.cookies == {}
