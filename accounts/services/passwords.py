"""Passwords: changed by the owner, or replaced by an admin with one that is shown once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import AccessChange, User
from accounts.services import access
from records import history
from records.models import Event

# Read aloud over the telephone: no letters that look or sound alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def made_up_password(user: User | None = None) -> str:
    """Four groups like 'kxmr-4827-tpwh-9365': 60 bits, easy to read aloud and to type on a phone.

    About one in 10,000 breaks the validators ('euuy-5555-tggh-7656' has a run, 'desa-…' a word of this office); it is
    drawn again.
    """
    while True:
        drawn = "-".join("".join(secrets.choice(kind) for _ in range(4)) for kind in (LETTERS, DIGITS, LETTERS, DIGITS))
        try:
            validate_password(drawn, user)
        except ValidationError:
            continue
        return drawn


def make_temporary(user: User, raw: str) -> None:
    """Gives the row a password that its owner must replace; writes nothing."""
    user.set_password(raw)
    user.password_until = timezone.now() + timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    user.password_used_at = None


@transaction.atomic
def replace_password(user: User, raw: str, *, by: User, reason: str = "") -> None:
    """Stores the hash of `raw`; every other session of the account ends with it (Django signs sessions with the hash).

    A password set by another account is temporary. The last write wins, so no version is required; it is raised anyway.
    """
    if by.pk == user.pk:
        user.set_password(raw)
        user.password_until = user.password_used_at = None
    else:
        make_temporary(user, raw)
        access.note(user, AccessChange.Kind.PASSWORD, by=by)
    columns = {name: getattr(user, name) for name in ("password", "password_until", "password_used_at")}
    User.objects.filter(pk=user.pk).update(**columns, version=F("version") + 1)
    history.record(user, Event.Verb.CHANGE, by=by, changes={"kata sandi": None}, reason=reason)
    user.refresh_from_db(fields=["version"])


def take_temporary(user: User) -> bool:
    """Marks a temporary password as used; False when another login was faster. One of the owner is never used up."""
    if not user.has_temporary_password:
        return True
    unused = User.objects.filter(pk=user.pk, password=user.password, password_used_at=None)
    return bool(unused.update(password_used_at=timezone.now(), version=F("version") + 1))
