"""Keys of stored forms. A browser deletes its draft of a form only when the server names the key.

A form with a draft posts `draft_key`. It counts as stored when the view answered with a redirect, a success message
and no error, or when the view calls `note_saved`. A refusal, a conflict, an expired form and a lost login never count.
The row is written before the response is sent, so a lost response counts too: the next page names the key
(`recently_saved`), and the browser may request older ones (records/views.py).

A refusal that is a redirect with an error or a warning is named once, on the page that shows its sentence
(`take_refused`): the browser keeps the draft, as answered and not stored.
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
REFUSED_KEY = "refused_drafts"  # in the session, until the next page
NAMED_FOR = 3600  # seconds during which pages name a key; later the browser requests it
MAX_NAMED = 20
MAX_REQUESTED = 100


def read_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def note_saved(request):
    """Marks this POST as stored, for views that answer without a redirect or without a success message."""
    key = read_key(request.POST.get(FIELD, ""))
    if key is None or not request.user.is_authenticated:
        return
    try:
        with transaction.atomic():
            SavedDraft.objects.bulk_create([SavedDraft(by=request.user, key=key)], ignore_conflicts=True)
    except DatabaseError:
        # The row is stored; the browser keeps its draft, and resending it finds the row.
        logger.exception("draft key %s of user %s was not noted", key, request.user.pk)
        return
    others = [named for named in _named(request) if named[0] != str(key)]
    request.session[SESSION_KEY] = [*others, [str(key), int(timezone.now().timestamp())]][-MAX_NAMED:]


def note_refused(request):
    """Marks this POST as refused, for the next page."""
    key = read_key(request.POST.get(FIELD, ""))
    if key is None or not request.user.is_authenticated or str(key) in recently_saved(request):
        return
    request.session[REFUSED_KEY] = [*request.session.get(REFUSED_KEY, []), str(key)][-MAX_NAMED:]


def take_refused(request) -> list[str]:
    """The keys of forms refused since the last page, which are forgotten then, as messages are."""
    return request.session.pop(REFUSED_KEY, []) if REFUSED_KEY in request.session else []


def recently_saved(request) -> list[str]:
    """The keys that the next page names, from the session, which is loaded for the login anyway."""
    return [key for key, _ in _named(request)]


def saved_among(user, texts: list[str]) -> list[str]:
    """The keys under which forms of this user were stored, in the given order."""
    keys = {key: text for text in texts[:MAX_REQUESTED] if (key := read_key(text))}
    stored = set(SavedDraft.objects.filter(by=user, key__in=keys).values_list("key", flat=True))
    return [text for key, text in keys.items() if key in stored]


def _named(request) -> list[list]:
    since = timezone.now().timestamp() - NAMED_FOR
    return [named for named in request.session.get(SESSION_KEY, []) if named[1] >= since]


class SavedDraftMiddleware:
    """Middleware inside MessageMiddleware, which sees the messages of the view before they are stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303):
            levels = {message.level for message in request._messages._queued_messages}
            if messages.SUCCESS in levels and messages.ERROR not in levels:
                note_saved(request)
            elif levels & {messages.ERROR, messages.WARNING}:
                note_refused(request)
        return response
