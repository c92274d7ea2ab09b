"""Gunicorn worker in which a thread only works on complete requests.

Gunicorn's own threaded worker reads a request in the thread that answers it, without a time limit: as many half-sent
requests as threads stop the portal. Here the main loop collects the bytes of all connections, large ones in a file, and
passes complete requests to the threads. A request that does not arrive in time is closed; when too many wait, the
oldest is closed first. The parser of gunicorn reads the collected bytes afterwards and alone interprets them.
"""

import errno
import selectors
import socket
import tempfile
import time
from contextlib import suppress
from functools import partial

from django.conf import settings
from gunicorn import http
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 15  # seconds for the whole head of a request
PAUSE_SECONDS = 30  # seconds between two parts of a body
BODY_SECONDS = 900  # seconds for a whole body: six photos from a slow phone
STALL_SECONDS = 30  # seconds that a thread waits for a client that reads nothing
LINGER_SECONDS = 2  # seconds after the last response, so that it is not lost while the client still sends
REFUSED_LINGER_SECONDS = 30  # the same after a body that was refused unread
MAX_HEAD_BYTES = 64 * 2**10
MAX_RECEIVING = 300  # incomplete requests of one process
MAX_RECEIVED_BYTES = 512 * 2**20  # bytes of all of these together
IN_MEMORY_BYTES = 256 * 2**10  # bytes of one request in memory; more goes to a temporary file
CHECK_SECONDS = 0.5  # seconds between two checks of deadlines

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSAL = "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Incoming:
    """A request that is arriving."""

    def __init__(self, max_body):
        self.max_body = max_body
        self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  (closed by forget)
        self.head = bytearray()  # until it is complete; None afterwards
        self.bytes = 0
        self.missing = None  # bytes of the body; None while the head is incomplete
        self.wants_continue = False
        self.is_oversized = False
        self.refusal = ""  # a status line

    def feed(self, data):
        self.file.write(data)
        self.bytes += len(data)
        if self.missing is not None:
            self.missing -= len(data)
            return
        searched = max(0, len(self.head) - 3)
        self.head += data
        end = self.head.find(b"\r\n\r\n", searched)
        if end >= 0:
            self.missing = self.body_length(bytes(self.head[:end])) - (len(self.head) - end - 4)
            self.head = None
        elif len(self.head) > MAX_HEAD_BYTES:
            self.refusal = "431 Request Header Fields Too Large"

    def body_length(self, head):
        """Length of the body to wait for: 0 where the head is invalid, which the parser reports."""
        fields = [line.partition(b":")[::2] for line in head.split(b"\r\n")[1:]]
        values = {name.strip().lower(): value.strip() for name, value in fields}
        if b"transfer-encoding" in values:
            self.refusal = "411 Length Required"  # Django reads no body without a length
        length = values.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 15:
            return 0
        if int(length) > self.max_body:
            self.is_oversized = True  # answered at once, unread
            return 0
        self.wants_continue = values.get(b"expect", b"").lower() == b"100-continue"
        return int(length)

    @property
    def is_whole(self):
        return self.missing is not None and self.missing <= 0


class Source:
    """Source of gunicorn's parser: the collected bytes, then the socket with a time limit."""

    def __init__(self, sock):
        self.sock = sock
        self.file = None

    def recv(self, size):
        collected = self.file.read(size)
        if collected:
            return collected
        self.sock.settimeout(STALL_SECONDS)
        return self.sock.recv(size)


class Connection(TConn):
    def __init__(self, cfg, sock, client, server):
        super().__init__(cfg, sock, client, server)
        self.source = Source(sock)
        self.parser = http.get_parser(cfg, self.source, client)
        self.data_ready = True  # the worker has waited already
        self.incoming = None
        self.deadline = self.first_byte = 0.0

    def expect(self, max_body, seconds):
        """Starts to wait for a request; `seconds` until its first byte."""
        self.incoming = Incoming(max_body)
        self.first_byte = 0.0
        self.deadline = time.monotonic() + seconds

    def feed(self, data):
        now = time.monotonic()
        self.first_byte = self.first_byte or now
        self.incoming.feed(data)
        if self.incoming.missing is None:
            self.deadline = self.first_byte + HEAD_SECONDS
        else:
            self.deadline = min(now + PAUSE_SECONDS, self.first_byte + BODY_SECONDS)

    def take_rest(self):
        """Bytes that arrived after the answered request."""
        return self.parser.unreader.take_buffered() + self.source.file.read()

    def forget(self):
        if self.incoming is not None:
            self.incoming.file.close()
            self.incoming = None


class BufferingWorker(ThreadWorker):
    def init_process(self):
        self.receiving = {}  # connections with an incomplete request, oldest first
        self.lingering = {}  # answered connections before closing, with their deadline
        self.next_check = 0.0
        super().init_process()

    # Receiving -------------------------------------------------------------------------------------

    def accept(self, listener):
        try:
            client_sock, client_addr = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.drop_oldest()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        client_sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.receive(Connection(self.cfg, client_sock, client_addr, listener.getsockname()), HEAD_SECONDS)

    def receive(self, conn, seconds, rest=b""):
        """Waits for the next request of a connection, whose beginning `rest` may be there already."""
        conn.sock.setblocking(False)
        conn.expect(settings.MAX_REQUEST_BYTES, seconds)
        self.receiving[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_bytes, conn))
        if rest:
            self.take(conn, rest)
        if len(self.receiving) > MAX_RECEIVING:
            self.drop_oldest()

    def on_bytes(self, conn, sock):
        try:
            data = sock.recv(64 * 2**10)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.take(conn, data)
        else:
            self.drop(conn)

    def take(self, conn, data):
        incoming = conn.incoming
        conn.feed(data)
        if incoming.refusal:
            with suppress(OSError):
                conn.sock.send(REFUSAL.format(incoming.refusal).encode())
            self.stop_receiving(conn)
            self.linger(conn, REFUSED_LINGER_SECONDS)
        elif incoming.is_whole:
            self.stop_receiving(conn)
            incoming.file.seek(0)
            conn.source.file = incoming.file
            self.enqueue_req(conn)
        elif incoming.wants_continue:
            incoming.wants_continue = False
            with suppress(OSError):
                conn.sock.send(CONTINUE)
        elif sum(other.incoming.bytes for other in self.receiving) > MAX_RECEIVED_BYTES:
            self.drop_oldest()

    def stop_receiving(self, conn):
        del self.receiving[conn]
        self.poller.unregister(conn.sock)

    def drop_oldest(self):
        if self.receiving:
            self.log.warning("Too many requests half sent (%s); the oldest is closed.", len(self.receiving))
            self.drop(next(iter(self.receiving)))

    def drop(self, conn):
        self.stop_receiving(conn)
        self.close(conn)

    # Responding ---------------------------------------------------------------------------------

    def handle_request(self, req, conn):
        conn.sock.settimeout(STALL_SECONDS)
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn, keepalive):
        return not conn.incoming.is_oversized and super()._keepalive_after(conn, keepalive)

    def finish_request(self, conn, fs):
        """Called on the main loop after a response: waits for the next request, or closes."""
        keep = not fs.cancelled() and fs.exception() is None and fs.result() is True
        if not keep:
            oversized = conn.incoming.is_oversized
            self.linger(conn, REFUSED_LINGER_SECONDS if oversized else LINGER_SECONDS)
            return
        rest = conn.take_rest()
        conn.forget()
        self.receive(conn, self.cfg.keepalive, rest)

    def linger(self, conn, seconds):
        """Closes after the client has: bytes that arrive at a closed socket would reset the connection."""
        conn.forget()
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_discarded, conn))
        except (OSError, ValueError):
            self.close(conn)
            return
        self.lingering[conn] = time.monotonic() + seconds

    def on_discarded(self, conn, sock):
        try:
            data = sock.recv(64 * 2**10)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.end_lingering(conn)

    def end_lingering(self, conn):
        del self.lingering[conn]
        self.poller.unregister(conn.sock)
        self.close(conn)

    def close(self, conn):
        conn.forget()
        self.nr_conns -= 1
        conn.close()

    # Deadlines ------------------------------------------------------------------------------------------

    def murder_pending(self):
        """Hook of gunicorn, called once a round of the main loop: closes expired connections."""
        now = time.monotonic()
        if now < self.next_check:
            return
        self.next_check = now + CHECK_SECONDS
        for conn in [conn for conn in self.receiving if conn.deadline < now]:
            self.drop(conn)
        for conn in [conn for conn, deadline in self.lingering.items() if deadline < now]:
            self.end_lingering(conn)
