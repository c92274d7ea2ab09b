"""Variables of every template: `may` (`may.edit_registry` and so on), whether this is a demo, what to set up."""

from django.utils.functional import SimpleLazyObject

from accounts.demo import is_demo
from accounts.rights import rights_of
from accounts.setup import open_setup


def rights(request):
    user = getattr(request, "user", None)
    granted = rights_of(user) if user is not None else set()
    return {
        "may": {right.value: True for right in granted},
        "demo_mode": SimpleLazyObject(is_demo),
        "setup_left": lambda: open_setup(user) if user is not None and user.is_authenticated else None,
    }
