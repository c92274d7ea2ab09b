"""The content of the database, to be compared as a whole."""

from django.apps import apps
from django.conf import settings

APPS = settings.PORTAL_APPS


def snapshot() -> dict[str, list]:
    """Every row of every table of the house; sequences aside."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
