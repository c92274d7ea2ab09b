"""A WSGI application for the tests of the web worker; environment variables may shorten the deadlines of the worker."""

import hashlib
import os

from pamsimas import web_worker

web_worker.HEAD_SECONDS = float(os.environ.get("TEST_HEAD_SECONDS", web_worker.HEAD_SECONDS))
web_worker.PAUSE_SECONDS = float(os.environ.get("TEST_PAUSE_SECONDS", web_worker.PAUSE_SECONDS))
web_worker.BODY_SECONDS = float(os.environ.get("TEST_BODY_SECONDS", web_worker.BODY_SECONDS))


def application(environ, start_response):
    """Responds with the request; a body above 1 MB is refused unread, as the portal refuses too large ones."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > 2**20:
        start_response("413 Content Too Large", [("Content-Length", "9")])
        return [b"too large"]
    body = environ["wsgi.input"].read(length)
    answer = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)} {hashlib.sha256(body).hexdigest()}"
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer.encode()]
