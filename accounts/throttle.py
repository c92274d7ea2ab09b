"""Throttle of guessed passwords and codes that does not lock out honest users.

Each attempt takes a token from every bucket that concerns it; a right password puts them back, so only failures
cost. Buckets fill again by themselves. Three questions, three buckets:

- name + network: somebody tries passwords of one account from one place;
- name: the same from many places;
- network: somebody tries one password on many accounts.

The two wide buckets could be emptied by a stranger to lock out an account or a village whose phones share one
address of their carrier. Therefore a device on which this name has logged in before carries a signed cookie and
has a bucket of its own instead of all three (the "device cookie" of OWASP).

The figures are our assumption. Eight wrong tries in a row cost a minute; guessing goes on at 1,440 tries a day per
account and place, 720 a day per account from everywhere, against passwords of at least 12 characters.
"""

import ipaddress
import math
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import LoginBucket

COOKIE = "perangkat"
COOKIE_AGE = 365 * 24 * 3600  # seconds
COOKIE_NAMES = 12  # a shared office computer knows this many accounts


@dataclass(frozen=True)
class Throttle:
    """A bucket's size and the seconds in which one token comes back."""

    size: int
    seconds: float


THROTTLES = {
    "device": Throttle(8, 60),
    "pair": Throttle(8, 60),
    "name": Throttle(30, 120),
    "network": Throttle(100, 3),
    # One's own password, where a session is open already: an unattended screen is no place to guess it.
    "own_password": Throttle(8, 60),
    # Guessed verification codes: 8,640 tries a day and network, among 8.5e11 codes.
    "codes": Throttle(60, 10),
    # Evaluation sheets sent under a link of the day: a hall of people shares one address.
    "evaluation": Throttle(120, 5),
    # Readings of a person's calendar by programs; several devices of one person read it each hour at most.
    "calendar": Throttle(30, 60),
    # Documents rendered within a request.
    "preview": Throttle(12, 10),
    # Images drawn within a request.
    "picture": Throttle(20, 5),
}
# After this every bucket is full and its row can be deleted.
FORGET_AFTER = timedelta(seconds=max(throttle.size * throttle.seconds for throttle in THROTTLES.values()))


class TooFast(Exception):
    """No token left; `wait` is the whole seconds until there is one."""

    def __init__(self, wait: int):
        self.wait = wait
        super().__init__(f"wait {wait} s")


def client_address(request) -> str:
    """The address of the browser. X-Forwarded-For is believed only for as many proxies as are ours (PROXIES)."""
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if hops:
            return hops[-min(settings.PROXIES, len(hops))]
    return request.META.get("REMOTE_ADDR", "")


def network_of(request) -> str:
    """One IPv4 address, or the /64 that one IPv6 customer has; "?" when it cannot be read."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "?"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def clean_name(name: str) -> str:
    return name.strip().lower()


def _hash(*parts: str) -> str:
    # People type passwords into the wrong field: only a keyed hash of the text is stored.
    return salted_hmac("accounts.throttle", "\n".join(parts), algorithm="sha256").hexdigest()[:48]


def _device(request) -> dict:
    """The signed cookie of this browser: its own id and the (hashed) names that logged in here."""
    try:
        device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return {"id": uuid.uuid4().hex, "names": []}
    return device


def remember_device(request, response, name: str):
    """Called after a login: attempts of others with the same name or address no longer slow this browser down."""
    device = _device(request)
    mine = _hash(clean_name(name))
    names = [mine, *(other for other in device["names"] if other != mine)][:COOKIE_NAMES]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device["id"], "names": names}, salt=COOKIE),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/masuk/",
    )


def keys_of(request, name: str) -> dict[str, Throttle]:
    """The buckets that an attempt with this name from this browser takes from."""
    name, network, device = clean_name(name), network_of(request), _device(request)
    if _hash(name) in device["names"]:
        return {"device:" + _hash(device["id"], name): THROTTLES["device"]}
    return {
        "pair:" + _hash(name, network): THROTTLES["pair"],
        "name:" + _hash(name): THROTTLES["name"],
        "network:" + _hash(network): THROTTLES["network"],
    }


def _level(bucket, throttle, now) -> float:
    """Tokens in the bucket now. A clock that was set back adds none."""
    passed = max((now - bucket.at).total_seconds(), 0)
    return min(throttle.size, bucket.tokens + passed / throttle.seconds)


def _move(keys: dict[str, Throttle], amount: int):
    """Takes or returns `amount` in all buckets or in none. Raises TooFast when one would fall below zero."""
    now = timezone.now()
    with transaction.atomic():
        fresh = [LoginBucket(key=key, tokens=throttle.size, at=now) for key, throttle in keys.items()]
        LoginBucket.objects.bulk_create(fresh, ignore_conflicts=True)
        # In the order of the keys, so that two attempts never wait for each other.
        buckets = list(LoginBucket.objects.select_for_update().filter(key__in=keys).order_by("key"))
        wait = 0.0
        for bucket in buckets:
            throttle = keys[bucket.key]
            left = _level(bucket, throttle, now) + amount
            wait = max(wait, -left * throttle.seconds)
            bucket.tokens, bucket.at = min(throttle.size, left), now
        if wait > 0:
            raise TooFast(math.ceil(wait))  # the new rows are rolled back too: a refused attempt stores nothing
        LoginBucket.objects.bulk_update(buckets, ["tokens", "at"])


def take(request, name: str):
    """Called before a password is checked. Raises TooFast; the password must then not be checked."""
    forget_old()
    _move(keys_of(request, name), -1)


def give_back(request, name: str):
    """Called after a right password: returns the tokens, so honest users cost nothing even behind one address."""
    _move(keys_of(request, name), +1)


def take_network(request, throttle: str):
    """Takes one token of this network before a guessable code is looked up. Raises TooFast."""
    forget_old()
    _move(_of_network(request, throttle), -1)


def give_back_network(request, throttle: str):
    """Returns the token after a valid code."""
    _move(_of_network(request, throttle), +1)


def take_user(user, throttle: str):
    """Takes one token of this account before costly work within a request. Raises TooFast."""
    _move({f"{throttle}:{_hash(str(user.pk))}": THROTTLES[throttle]}, -1)


def give_back_user(user, throttle: str):
    """Returns the token, for example after a right password."""
    _move({f"{throttle}:{_hash(str(user.pk))}": THROTTLES[throttle]}, +1)


def _of_network(request, throttle: str) -> dict[str, Throttle]:
    return {f"{throttle}:{_hash(network_of(request))}": THROTTLES[throttle]}


def forget_old():
    """Deletes rows that have been full for long. Locked ones are left to the next attempt."""
    with transaction.atomic():
        old = LoginBucket.objects.filter(at__lt=timezone.now() - FORGET_AFTER)
        pks = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:500])
        LoginBucket.objects.filter(pk__in=pks).delete()


def wait_in_words(seconds: int) -> str:
    """'45 detik', '2 menit': rounded up, since trying too early is refused again."""
    return f"{seconds} detik" if seconds < 90 else f"{math.ceil(seconds / 60)} menit"
