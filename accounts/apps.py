from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Pengguna dan kabupaten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """The kinds of things that the apps above register (records.registry)."""
        autodiscover_modules("handover", "search", "setup", "waiting")
