"""Middleware of the project."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, resolve_url
from django.template import loader

from pamsimas import health
from records.expired import own_referer, page_above

logger = logging.getLogger(__name__)

FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR")
HEALTH = {"/healthz": health.healthz, "/readyz": health.readyz}


def error_page(name, status):
    """A page that needs neither database nor session."""
    return HttpResponse(loader.get_template(name).render(), status=status)


class ProxyCheckMiddleware:
    """Refuses requests through a proxy that PROXIES does not count: over HTTPS each page would redirect to itself
    for ever, and every client would have the address of the proxy.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.warned = False

    def __call__(self, request):
        named = [name for name in FORWARDED if name in request.META]
        if settings.PROXIES or not named:
            return self.get_response(request)
        if not self.warned:
            self.warned = True
            headers = " and ".join(name.removeprefix("HTTP_").replace("_", "-").title() for name in named)
            logger.warning("%s came with a request and is ignored: set PROXIES to the number of your proxies", headers)
        if settings.HTTPS and request.META.get(FORWARDED[0], "").strip().lower() == "https":
            return error_page("503_proxies.html", 503)
        return self.get_response(request)


class HealthMiddleware:
    """Answers /healthz and /readyz before session, host and account are read: a monitor gets JSON and no cookie,
    also while the database is unreachable.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = HEALTH.get(request.path_info)
        return view(request) if view else self.get_response(request)


class RequestSizeMiddleware:
    """Refuses a request above the size limit without reading it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_REQUEST_BYTES:
            return error_page("413.html", 413)
        return self.get_response(request)


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages, with or without a proxy in front, because mobile data costs money.

    Files are not compressed: most are already, and a download with a length shows its progress. Django adds random
    bytes, so that the size of a page reveals nothing about secrets in it.
    """

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class NotAllowedPageMiddleware:
    """The address of a button that is opened by itself answers with a page and a way back, not with nothing (405).

    A login that began at such an address ends on the page above it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = own_referer(request)
        before = urlsplit(page).path
        if request.method == "GET" and before == resolve_url(settings.LOGIN_URL):
            return redirect(page_above(request.path))
        back = page if before not in ("", request.path) else page_above(request.path)
        context = {"back": back, "opened": request.method == "GET"}
        response.content = loader.get_template("405.html").render(context)
        response["Content-Type"] = "text/html; charset=utf-8"
        return response


class WholeRequestMiddleware:
    """Refuses a truncated form: its missing fields would be stored as empty.

    Servers pass on what arrived before the connection ended. Reading it then fails as for a broken connection, so the
    check of the token refuses the request before any view.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        request._stream = WholeStream(request._stream, int(length) if length.isdigit() else 0)
        return self.get_response(request)


class WholeStream:
    """Reads `stream`, and raises OSError when it ends before `length` bytes. A short read is its end (PEP 3333)."""

    def __init__(self, stream, length: int):
        self.stream, self.missing = stream, length

    def read(self, size: int | None = -1) -> bytes:
        data = self.stream.read(size)
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        return self._checked(data, wanted)

    def readline(self, size: int | None = -1) -> bytes:
        return self._checked(self.stream.readline(size), min(1, self.missing))

    def close(self):
        self.stream.close()

    def _checked(self, data: bytes, wanted: int) -> bytes:
        if len(data) < wanted:
            raise OSError(f"the request ended {self.missing - len(data)} bytes early")
        self.missing -= len(data)
        return data
