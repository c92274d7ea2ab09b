from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Pengguna dan kabupaten"
    default_auto_field = "django.db.models.BigAutoField"
