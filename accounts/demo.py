"""The accounts of the demo: they exist in demo mode only and refuse logins from other machines (backends)."""

from django.conf import settings

from accounts import roles
from accounts.models import User
from records.models import SampleWipe

DEMO_PASSWORD = "contoh-pamsimas"  # noqa: S105 - printed on the login page of a demo
DEMO_ACCOUNTS = {
    "admin": User.Role.ADMIN,
    "staf": User.Role.STAFF,
    "fasilitator": User.Role.FACILITATOR,
    "pejabat": User.Role.OFFICIAL,
    "camat": User.Role.CAMAT,
}


def is_demo() -> bool:
    """Whether pages call themselves DATA CONTOH: a demo whose sample rows were not removed for good."""
    return settings.DEMO_MODE and not SampleWipe.objects.exists()


def demo_accounts() -> list[tuple[str, str]]:
    """(username, label of the role) of the demo accounts that are loaded; empty outside demo mode."""
    if not settings.DEMO_MODE:
        return []
    loaded = set(
        User.objects.current().filter(is_sample=True, username__in=DEMO_ACCOUNTS).values_list("username", flat=True)
    )
    return [(name, roles.definition(role).label) for name, role in DEMO_ACCOUNTS.items() if name in loaded]
