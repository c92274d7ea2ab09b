from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Pekerjaan latar belakang"
    default_auto_field = "django.db.models.BigAutoField"
