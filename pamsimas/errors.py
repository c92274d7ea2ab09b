"""Responses to failures: 503 while the database is unreachable or a row is locked, 500 for a bug."""

import logging
import sys

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from records import expired

logger = logging.getLogger(__name__)

RETRY_AFTER = "30"  # seconds
RETRY_BUSY = "5"
# PostgreSQL: lock_not_available, query_canceled (statement_timeout), deadlock_detected. SQLite has no codes.
BUSY_CODES = {"55P03", "57014", "40P01"}
BUSY_TEXTS = ("database is locked", "database table is locked")
BUSY = (
    "Data ini sedang disimpan orang lain atau oleh sebuah impor. Kiriman Anda belum tersimpan. Tunggu sebentar, "
    "lalu tekan “Kirim lagi”."
)


@requires_csrf_token
def server_error(request):
    """Renders the page without a query or context processor; only the posted values are shown."""
    cause = sys.exc_info()[1]
    if is_busy(cause):
        return busy_page(request)
    if isinstance(cause, (OperationalError, InterfaceError)):
        return unavailable("503.html", RETRY_AFTER)
    return HttpResponseServerError(loader.get_template("500.html").render())


def is_busy(error) -> bool:
    """Whether another process holds a lock for longer than a page may wait."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code in BUSY_CODES or any(text in str(error) for text in BUSY_TEXTS)


def busy_page(request):
    """Shows the posted values again, to be resent by one press."""
    if request.method == "POST" and not expired.holds_secrets(request.POST):
        try:
            page = expired.resend_page(request, heading="Sedang dipakai orang lain", text=BUSY, status=503)
        except Error:
            logger.exception("the words of a busy page could not be shown")
        else:
            page.headers["Retry-After"] = RETRY_BUSY
            return page
    return unavailable("503_busy.html", RETRY_BUSY)


def unavailable(name, retry_after):
    return HttpResponse(loader.get_template(name).render(), status=503, headers={"Retry-After": retry_after})
