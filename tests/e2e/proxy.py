"""A proxy on loopback that simulates a bad connection: it loses a request, half of it, or the response."""

import socket
import threading
from enum import Enum

END = b"\r\n\r\n"
PATIENCE = 60  # seconds


class Fault(Enum):
    REQUEST = "the request never arrives"
    CUT = "the connection ends in the middle of the request"
    ANSWER = "the request arrives, its answer does not"


class FaultyProxy:
    """Passes requests on to `port`. `fault` applies to every POST while it is set, because a browser retries once by
    itself; `suffered` counts them.
    """

    def __init__(self, port: int):
        self.target = ("127.0.0.1", port)
        self.fault: Fault | None = None
        self.suffered = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket):
        """One request per connection: the response ends when the server closes."""
        client.settimeout(PATIENCE)
        try:
            with client, socket.create_connection(self.target, PATIENCE) as server:
                request = read_request(client)
                if request:
                    self._pass_on(request, client, server)
        except OSError:
            pass  # the browser disconnected

    def _pass_on(self, request: bytes, client: socket.socket, server: socket.socket):
        fault = self.fault if request.startswith(b"POST ") else None
        self.suffered += fault is not None
        if fault is Fault.REQUEST:
            return
        head, _, body = request.partition(END)
        if fault is Fault.CUT:
            server.sendall(head + END + body[: len(body) // 2])
            return
        server.sendall(request)
        for part in iter(lambda: server.recv(65_536), b""):
            if fault is not Fault.ANSWER:
                client.sendall(part)


def read_request(client: socket.socket) -> bytes:
    """Headers and body, with the connection closed after the response."""
    data = b""
    while END not in data:
        part = client.recv(65_536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(END)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    length = sum(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        part = client.recv(65_536)
        if not part:
            return b""
        body += part
    return b"\r\n".join([*lines, b"Connection: close"]) + END + body
