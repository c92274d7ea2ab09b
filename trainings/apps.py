from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = "Pelatihan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("printed")
