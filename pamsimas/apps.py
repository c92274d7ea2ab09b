from django.apps import AppConfig
from django.core.checks import register

# Tasks are shared_task: the web process must load the Celery application before it enqueues.
from pamsimas import celery, checks  # noqa: F401


class PamsimasConfig(AppConfig):
    name = "pamsimas"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register(checks.https_needs_a_proxy)
