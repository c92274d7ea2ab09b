"""Half-sent and slow requests occupy no thread; complete ones arrive unchanged."""

import hashlib
import http.client
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from pamsimas.tooling import servers, supervisor

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20  # seconds; a blocked server would never respond
LIMIT = 2**20

HALF_SENT = {
    "nothing": b"",
    "half a line": b"POST /mas",
    "half a head": b"POST /masuk/ HTTP/1.1\r\nHost: portal.test\r\nContent-Le",
    "a head without its body": b"POST /masuk/ HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 500\r\n\r\n",
    "half a body": b"POST /masuk/ HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 500\r\n\r\nusername=",
    "half a large body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 300_000,
}


class Server:
    """Gunicorn as the supervisor starts it, with one process, two threads and the application of echo_app.py."""

    def __init__(self, tmp_path, **variables):
        self.port = servers.free_port()
        command = supervisor.commands("127.0.0.1", self.port)["web"]
        command[command.index("pamsimas.wsgi")] = "tests.pamsimas.echo_app"
        for option, value in (("--workers", "1"), ("--threads", "2")):
            command[command.index(option) + 1] = value
        self.log = tmp_path / "web.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | variables,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        servers.wait("gunicorn", self.answers, self.log)

    def answers(self):
        try:
            return self.request("GET", "/").status == 200
        except OSError:
            return False

    def connect(self, data=b""):
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        sock.sendall(data)
        return sock

    def request(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("web"))
    yield server
    servers.end(server.process)


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """The same with deadlines of a second."""
    short = {"TEST_HEAD_SECONDS": "1", "TEST_PAUSE_SECONDS": "1", "TEST_BODY_SECONDS": "3"}
    server = Server(tmp_path_factory.mktemp("hasty"), **short)
    yield server
    servers.end(server.process)


def expected_echo(method, path, body=b""):
    return f"{method} {path} {len(body)} {hashlib.sha256(body).hexdigest()}"


def is_open(sock):
    """Whether the server has neither responded nor closed."""
    sock.settimeout(0.01)
    try:
        sock.recv(1)
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("count", [20, 100])
@pytest.mark.parametrize("kind", HALF_SENT)
def test_half_sent_requests_stop_nobody(server, kind, count):
    half_sent = [server.connect(HALF_SENT[kind]) for _ in range(count)]
    try:
        for number in range(3):
            assert server.request("GET", f"/{number}").text == expected_echo("GET", f"/{number}")
            body = b"username=staf" * 1_000
            assert server.request("POST", "/masuk/", body).text == expected_echo("POST", "/masuk/", body)
        assert all(map(is_open, half_sent)), "they were still held while others were answered"
    finally:
        for sock in half_sent:
            sock.close()


def test_more_half_sent_requests_than_are_kept_push_out_the_oldest(server):
    half_sent = [server.connect(HALF_SENT["half a body"]) for _ in range(400)]
    try:
        assert server.request("GET", "/").text == expected_echo("GET", "/")
        still = [is_open(sock) for sock in half_sent]
        assert still[-250:] == [True] * 250
        assert still[:50] == [False] * 50
    finally:
        for sock in half_sent:
            sock.close()


def test_a_byte_at_a_time_stops_nobody(server):
    stop = threading.Event()
    sockets = [server.connect(HALF_SENT["a head without its body"]) for _ in range(50)]

    def drip():
        while not stop.wait(0.2):
            for sock in sockets:
                sock.send(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        for number in range(5):
            assert server.request("GET", f"/{number}").text == expected_echo("GET", f"/{number}")
            time.sleep(0.2)
    finally:
        stop.set()
        dripping.join()
        for sock in sockets:
            sock.close()


@pytest.mark.parametrize("kind", HALF_SENT)
def test_what_does_not_arrive_in_time_is_closed(hasty, kind):
    with hasty.connect(HALF_SENT[kind]) as sock:
        assert sock.recv(100) == b""


def test_a_body_that_only_drips_ends(hasty):
    def drip(sock):
        for _ in range(100):  # a byte each 0.3 s: never a pause of a second
            sock.send(b"x")
            time.sleep(0.3)

    with hasty.connect(HALF_SENT["a head without its body"]) as sock, pytest.raises(OSError):
        drip(sock)


def test_a_body_arrives_as_it_was_sent_in_whatever_pieces(server):
    body = bytes(range(256)) * 12
    head = f"POST /utuh HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    for size in (1, 7, len(head) - 2, len(head), len(head) + 1, 10_000):
        with server.connect() as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            whole = head + body
            for start in range(0, len(whole), size):
                sock.sendall(whole[start : start + size])
            answer = b"".join(iter(lambda: sock.recv(65_536), b""))
        assert answer.endswith(expected_echo("POST", "/utuh", body).encode())


def test_a_large_body_arrives_as_it_was_sent(server):
    body = os.urandom(LIMIT)  # goes through a temporary file
    assert server.request("POST", "/", body).text == expected_echo("POST", "/", body)


def test_one_connection_serves_request_after_request(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    for number in range(5):
        body = b"x" * number * 1_000
        connection.request("POST", f"/{number}", body)
        assert connection.getresponse().read().decode() == expected_echo("POST", f"/{number}", body)
    connection.close()


def test_requests_sent_behind_each_other_are_all_answered(server):
    def one(number, close=""):
        return f"POST /{number} HTTP/1.1\r\nHost: x\r\n{close}Content-Length: 3\r\n\r\nabc".encode()

    with server.connect(one(1) + one(2) + one(3, "Connection: close\r\n")) as sock:
        answers = b"".join(iter(lambda: sock.recv(65_536), b"")).decode()
    assert [expected_echo("POST", f"/{number}", b"abc") in answers for number in (1, 2, 3)] == [True, True, True]


def test_who_waits_for_permission_to_send_gets_it(server):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    with server.connect(head) as sock:
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"abc")
        assert expected_echo("POST", "/", b"abc").encode() in b"".join(iter(lambda: sock.recv(65_536), b""))


def test_a_body_above_the_limit_is_answered_unread_and_the_answer_arrives(server, settings):
    answer = server.request("POST", "/", b"x" * (settings.MAX_REQUEST_BYTES + 1))
    assert (answer.status, answer.text) == (413, "too large")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 411),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 80_000, 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 9_000 + b"\r\n\r\n", 431),
    ],
)
def test_a_wrong_request_is_refused_and_closed(server, request_, status):
    with server.connect(request_) as sock:
        answer = b"".join(iter(lambda: sock.recv(65_536), b""))
    assert int(answer.split()[1]) == status
    assert server.request("GET", "/").status == 200
