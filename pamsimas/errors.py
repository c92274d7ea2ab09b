"""The answer to a failure: 503 while the database is away or holds what is wanted, 500 for a mistake of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = "30"  # seconds
RETRY_BUSY = "5"
# PostgreSQL: lock_not_available, query_canceled (statement_timeout), deadlock_detected. SQLite has no codes.
BUSY_CODES = {"55P03", "57014", "40P01"}
BUSY_TEXTS = ("database is locked", "database table is locked")


@requires_csrf_token
def server_error(request):
    """The pages stand by themselves: no query, no context processor."""
    cause = sys.exc_info()[1]
    if is_busy(cause):
        return unavailable("503_busy.html", RETRY_BUSY)
    if isinstance(cause, (OperationalError, InterfaceError)):
        return unavailable("503.html", RETRY_AFTER)
    return HttpResponseServerError(loader.get_template("500.html").render())


def is_busy(error) -> bool:
    """Whether somebody else holds what was wanted for longer than a page may wait."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code in BUSY_CODES or any(text in str(error) for text in BUSY_TEXTS)


def unavailable(name, retry_after):
    return HttpResponse(loader.get_template(name).render(), status=503, headers={"Retry-After": retry_after})
