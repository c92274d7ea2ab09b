"""The server names the forms that it stored; a browser drops what it kept of a form for no other reason.

A kept form posts `draft_key`. It counts as stored when the view answered with a redirect and said so (a success
message and no error), or when the view calls `note_saved`. A refusal, a conflict, an expired form and a lost login
never count. The row is written before the answer leaves, so a lost answer counts as well: the next page names the
key (`recently_saved`), and the browser may ask for older ones (records/views.py).
"""

import logging
import uuid

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.utils import timezone

from records.models import SavedDraft

logger = logging.getLogger(__name__)

FIELD = "draft_key"
SESSION_KEY = "saved_drafts"
NAMED_FOR = 3600  # seconds that pages go on naming a key; a browser that comes later asks
MAX_NAMED = 20
MAX_REQUESTED = 100


def read_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def note_saved(request):
    """What this POST brought is stored. For views that answer without a redirect, or without a success message."""
    key = read_key(request.POST.get(FIELD, ""))
    if key is None or not request.user.is_authenticated:
        return
    try:
        with transaction.atomic():
            SavedDraft.objects.bulk_create([SavedDraft(by=request.user, key=key)], ignore_conflicts=True)
    except DatabaseError:
        # The row itself is stored; the browser keeps its copy, and sending it again finds the row.
        logger.exception("draft key %s of user %s was not noted", key, request.user.pk)
        return
    others = [named for named in _named(request) if named[0] != str(key)]
    request.session[SESSION_KEY] = [*others, [str(key), int(timezone.now().timestamp())]][-MAX_NAMED:]


def recently_saved(request) -> list[str]:
    """The keys that the next page names; from the session, which is read for the login anyway."""
    return [key for key, _ in _named(request)]


def saved_among(user, texts: list[str]) -> list[str]:
    """Those of the keys that this user's forms were stored under, in the order of asking."""
    keys = {key: text for text in texts[:MAX_REQUESTED] if (key := read_key(text))}
    stored = set(SavedDraft.objects.filter(by=user, key__in=keys).values_list("key", flat=True))
    return [text for key, text in keys.items() if key in stored]


def _named(request) -> list[list]:
    since = timezone.now().timestamp() - NAMED_FOR
    return [named for named in request.session.get(SESSION_KEY, []) if named[1] >= since]


class SavedDraftMiddleware:
    """Stands inside MessageMiddleware, to see what the view has to say before it is put away for the next page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and self.succeeded(request):
            note_saved(request)
        return response

    @staticmethod
    def succeeded(request) -> bool:
        levels = {message.level for message in request._messages._queued_messages}
        return messages.SUCCESS in levels and messages.ERROR not in levels
