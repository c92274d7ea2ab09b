"""Variables of every template: `may` with one flag per right (`may.edit_registry`), and whether this is a demo."""

from django.utils.functional import SimpleLazyObject

from accounts.demo import is_demo
from accounts.rights import rights_of


def rights(request):
    user = getattr(request, "user", None)
    granted = rights_of(user) if user is not None else set()
    return {"may": {right.value: True for right in granted}, "demo_mode": SimpleLazyObject(is_demo)}
