from django.apps import AppConfig


class PamsimasConfig(AppConfig):
    name = "pamsimas"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Tasks are shared_task: the web process too must know the broker before it rings.
        from pamsimas import celery  # noqa: F401
