"""The content of the database, compared as a whole."""

from django.apps import apps
from django.conf import settings

from records.models import SampleWipe

APPS = settings.PORTAL_APPS


def snapshot() -> dict[str, list]:
    """Every row of every table of the project, except sequences and the mark of a wipe."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model is not SampleWipe
    }
