"""Cheap response to a page that polls: nothing has changed yet."""

import re

from django.http import HttpResponse

from reports.models import Report, ReportBundle

MAX_ROWS = 400  # a bundle of 300 parts and its page
_ROW = re.compile(r"(laporan|berkas)-([0-9]{1,18})\.(queued|running)")
_MODELS = {"laporan": Report, "berkas": ReportBundle}


class PollMixin:
    """Mixin for views of rows that refresh themselves; put it before the list or detail class.

    The page sends the rows that it shows as in progress ("menunggu"). While the user's own are in exactly that state
    the response is empty, at the cost of one query; otherwise it contains the rows.
    """

    def get(self, request, *args, **kwargs):
        if _are_unchanged(request.user, request.GET.get("menunggu", "")):
            return HttpResponse(status=204)
        return super().get(request, *args, **kwargs)  # type: ignore[misc]


def _are_unchanged(user, text: str) -> bool:
    words = text.split(",")[: MAX_ROWS + 1]
    rows = [_ROW.fullmatch(word) for word in words]
    if not all(rows) or len(rows) > MAX_ROWS:
        return False
    for name, model in _MODELS.items():
        shown = {int(row[2]): row[3] for row in rows if row and row[1] == name}
        if shown and shown != dict(model._base_manager.filter(by=user, pk__in=shown).values_list("pk", "state")):
            return False
    return True
