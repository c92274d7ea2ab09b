"""The answer to a failure: 503 while the database is away (come again), 500 for a mistake of ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = "30"  # seconds


@requires_csrf_token
def server_error(request):
    """Both pages stand by themselves: no query, no context processor."""
    cause = sys.exc_info()[1]
    if isinstance(cause, (OperationalError, InterfaceError)):
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponseServerError(loader.get_template("500.html").render())
