from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = "Impor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """The kinds of import, which the apps above register (records.registry)."""
        autodiscover_modules("importers")
