from django.apps import AppConfig


class KpspamsConfig(AppConfig):
    name = "kpspams"
    verbose_name = "KPSPAMS"
    default_auto_field = "django.db.models.BigAutoField"
