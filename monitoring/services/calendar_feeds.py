"""Addresses of calendars: made, replaced and switched off by their person, read by a calendar program."""

import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from monitoring.models import CalendarFeed
from records import history
from records.models import Event

TOKEN_BYTES = 16  # 128 bits
FIELD = "alamat kalender"


def hash_of(token: str) -> str:
    """The token is random enough for a hash without salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def feed_of_token(token: str) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(token_hash=hash_of(token)).first()


def create_feed(user: User) -> str:
    """The token of a new address, shown now and never again; empty where the person has an address already."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        with transaction.atomic():
            CalendarFeed.objects.create(user=user, token_hash=hash_of(token))
            history.record(user, Event.Verb.CHANGE, by=user, changes={FIELD: ["", "dibuat"]})
    except IntegrityError:
        return ""
    return token


@transaction.atomic
def renew_feed(user: User, issue: int) -> str:
    """The token of the address that replaces `issue`; empty where another one did so meanwhile."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    rows = CalendarFeed.objects.filter(user=user, issue=issue)
    if not rows.update(token_hash=hash_of(token), issue=issue + 1, made_at=timezone.now()):
        return ""
    history.record(user, Event.Verb.CHANGE, by=user, changes={FIELD: ["aktif", "diganti"]})
    return token


@transaction.atomic
def remove_feed(user: User) -> bool:
    """Whether there was an address to switch off."""
    removed, _ = CalendarFeed.objects.filter(user=user).delete()
    if removed:
        history.record(user, Event.Verb.CHANGE, by=user, changes={FIELD: ["aktif", "dimatikan"]})
    return bool(removed)
