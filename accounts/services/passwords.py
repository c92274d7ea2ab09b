"""Passwords: changed by their owner, or replaced by an admin with one that is shown once."""

import secrets

from django.db import transaction
from django.db.models import F

from accounts.models import User
from records import history
from records.models import Event

# Read aloud over the telephone: no letters that look or sound alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def made_up_password() -> str:
    """Four groups like 'kxmr-4827-tpwh-9365': 60 bits, easy to read aloud and to type on a phone."""
    return "-".join("".join(secrets.choice(kind) for _ in range(4)) for kind in (LETTERS, DIGITS, LETTERS, DIGITS))


@transaction.atomic
def replace_password(user: User, raw: str, *, by: User, reason: str = "") -> None:
    """Stores the hash of `raw`; every other session of the account ends with it (Django signs sessions with the hash).

    The last word counts, so no version is asked; it is raised all the same.
    """
    user.set_password(raw)
    User.objects.filter(pk=user.pk).update(password=user.password, version=F("version") + 1)
    history.record(user, Event.Verb.CHANGE, by=by, changes={"kata sandi": None}, reason=reason)
    user.refresh_from_db(fields=["version"])
