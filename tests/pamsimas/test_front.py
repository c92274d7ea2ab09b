"""The nginx in front of the portal by compose file and guide: a real one, with the files of deploy/nginx."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from accounts import throttle
from pamsimas.management.commands import write_front_pages
from pamsimas.tooling import certificate, servers
from records import files

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PATIENCE = 20  # seconds

needs_nginx = pytest.mark.skipif(not NGINX, reason="the front is a real nginx: apt-get install nginx-light")


def written_for(place, upstream, plain, tls, name="nginx.conf"):
    """The shipped configuration, with the paths and ports of this test."""
    text = (DEPLOY / name).read_text()
    if name == "site.conf":
        text = (
            f"events {{}}\npid /var/run/nginx.pid;\nerror_log /dev/stderr warn;\nhttp {{\naccess_log off;\n{text}\n}}\n"
        )
    for before, after in {
        "/etc/nginx/portal": str(place / "portal"),
        "/etc/nginx/tls/": f"{place}/",
        "/etc/ssl/portal/": f"{place}/",
        "/var/run/nginx.pid": str(place / "nginx.pid"),
        "server web:8000;": f"server 127.0.0.1:{upstream};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{tls}",
    }.items():
        text = text.replace(before, after)
    text = re.sub(r"(?m)^.*listen \[::\].*\n", "", text)
    paths = [f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    return ("user root;\n" if os.geteuid() == 0 else "") + text.replace("http {", "http {\n" + "\n".join(paths), 1)


def trusting():
    """TLS of a browser that trusts the certificate of the test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Front:
    tls_context = trusting()

    def __init__(self, place, upstream, name="nginx.conf"):
        self.plain, self.tls = servers.free_port(), servers.free_port()
        certificate.main(str(place), "portal.test,127.0.0.1")
        shutil.copytree(DEPLOY, place / "portal")
        for included in (place / "portal").glob("*.conf"):
            included.write_text(included.read_text().replace("/etc/nginx/portal", str(place / "portal")))
        path = place / "nginx.conf"
        path.write_text(written_for(place, upstream, self.plain, self.tls, name))
        self.log = place / "nginx.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [NGINX, "-p", place, "-c", path, "-g", "daemon off;"],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        servers.wait("nginx", self.listens, self.log)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.tls), timeout=1).close()
        except OSError:
            return False
        return True

    def connect(self):
        raw = socket.create_connection(("127.0.0.1", self.tls), timeout=PATIENCE)
        return self.tls_context.wrap_socket(raw, server_hostname="portal.test")

    def request(self, method, path, body=None, source="127.0.0.1", **headers):
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.tls, timeout=PATIENCE * 3, context=self.tls_context, source_address=(source, 0)
        )
        try:
            connection.request(method, path, body, {"Host": "testserver"} | headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode()
            return answer
        finally:
            connection.close()


class Counted(BaseHTTPRequestHandler):
    """A stand-in for the portal that records its requests."""

    seen: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, len(body), dict(self.headers)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


@pytest.fixture(params=["nginx.conf", "site.conf"])
def counted(tmp_path, request):
    """The front with a server that counts requests."""
    Counted.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Counted) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        front = Front(tmp_path, server.server_port, request.param)
        try:
            yield front
        finally:
            servers.end(front.process)
            server.shutdown()


@pytest.fixture
def front(tmp_path, live_server, settings):
    """The front with the portal itself, with the settings of production behind one proxy."""
    settings.PROXIES, settings.HTTPS = 1, True
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_SSL_REDIRECT = ("HTTP_X_FORWARDED_PROTO", "https"), True
    front = Front(tmp_path, int(live_server.url.rpartition(":")[2]))
    yield front
    servers.end(front.process)


@needs_nginx
def test_half_sent_requests_do_not_reach_the_portal(counted):
    head = b"POST /masuk/ HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 500\r\n"
    half_sent = [counted.connect() for _ in range(200)]
    for number, sock in enumerate(half_sent):
        sock.sendall((head, head + b"\r\n", head + b"\r\nusername=")[number % 3])
    answers = [counted.request("POST", f"/{number}", b"x" * 1_000).text for number in range(3)]
    assert answers == ["ok"] * 3
    assert [(path, size) for path, size, _ in Counted.seen] == [(f"/{number}", 1_000) for number in range(3)]
    for sock in half_sent:
        sock.close()


@needs_nginx
def test_the_portal_hears_who_asks_and_how(counted):
    counted.request(
        "POST", "/", b"a", source="127.0.0.9", **{"X-Forwarded-Proto": "http", "X-Forwarded-For": "10.0.0.1"}
    )
    _, _, headers = Counted.seen[0]
    assert headers["X-Forwarded-Proto"] == "https"
    assert headers["X-Forwarded-For"] == "10.0.0.1, 127.0.0.9"
    assert headers["Host"] == "testserver"


@needs_nginx
def test_plain_http_goes_to_https(counted):
    connection = http.client.HTTPConnection("127.0.0.1", counted.plain, timeout=PATIENCE)
    connection.request("GET", "/masuk/?a=b", headers={"Host": "portal.test"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.test/masuk/?a=b")


@needs_nginx
@pytest.mark.django_db(transaction=True)
def test_the_login_page_is_reached_without_a_redirect_and_throttled_by_the_true_address(front, monkeypatch):
    seen = []
    network_of = throttle.network_of
    monkeypatch.setattr(throttle, "network_of", lambda request: seen.append(network_of(request)) or seen[-1])
    page = front.request("GET", "/masuk/", source="127.0.0.9")
    assert page.status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    cookie = page.headers["Set-Cookie"].split(";")[0]
    form = f"csrfmiddlewaretoken={token}&username=siapa&password=salah-sekali"
    sent = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Referer": "https://testserver/masuk/",
    }
    answer = front.request("POST", "/masuk/", form, source="127.0.0.9", **{"X-Forwarded-For": "8.8.8.8"}, **sent)
    assert answer.status == 200
    assert set(seen) == {"127.0.0.9"}


@needs_nginx
@pytest.mark.django_db(transaction=True)
def test_what_the_portal_takes_passes_and_what_is_larger_gets_a_page(front, settings):
    assert front.request("POST", "/masuk/", b"x" * settings.MAX_REQUEST_BYTES).status == 403  # the portal's response
    larger = front.request("POST", "/masuk/", b"x" * (settings.MAX_REQUEST_BYTES + 1))
    assert (larger.status, larger.text) == (413, (DEPLOY / "pages" / "413.html").read_text())


@needs_nginx
def test_a_portal_that_is_away_gives_its_own_page(tmp_path):
    front = Front(tmp_path, 1)
    try:
        answer = front.request("GET", "/")
        assert (answer.status, answer.text) == (502, (DEPLOY / "pages" / "503.html").read_text())
    finally:
        servers.end(front.process)


def test_pages_of_the_front_are_those_of_the_portal():
    """Rewrite them with `./run manage write_front_pages`."""
    kept = {path.name: path.read_text() for path in (DEPLOY / "pages").iterdir()}
    assert kept == write_front_pages.pages()


def test_limits_of_front_and_portal_are_the_same(settings):
    size = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "portal-http.conf").read_text())[1]
    assert int(size) * 2**20 == settings.MAX_REQUEST_BYTES
    assert files.MAX_PHOTOS * files.MAX_BYTES + 2**20 < settings.MAX_REQUEST_BYTES
