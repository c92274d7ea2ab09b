from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = "Pelatihan"
    default_auto_field = "django.db.models.BigAutoField"
