"""The only module here that imports from the other tests and the demo: when those move, only this file changes."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

ROLES_OF_DEMO = ("admin", "fasilitator")  # the scenario has every role


def scenario() -> SimpleNamespace:
    """One row of everything, and `people`: role -> user or None for anonymous."""
    from tests.dataset import make_dataset

    return make_dataset()


def addresses(rows: SimpleNamespace) -> Iterator[tuple[str, bool]]:
    """(URL path, whether it is a verb) of every URL of the portal, with the id of a row where one is named."""
    from tests.conventions.test_scope import PAGES

    for name, page in PAGES.items():
        yield page.address(name, rows), page.verb


def forms(html: str) -> list[Any]:
    from tests.conventions.walks.walk import Page

    return Page(html).forms


def demo() -> dict[str, Any]:
    """Loads the demo; role -> user."""
    call_command("load_demo", verbosity=0)
    users = get_user_model().objects
    return {name: users.get(username=name) for name in ROLES_OF_DEMO}


def stored_reports() -> Any:
    """The rows of requested documents: those that store a snapshot."""
    (model,) = [model for model in apps.get_models() if any(field.name == "snapshot" for field in model._meta.fields)]
    return model._base_manager
