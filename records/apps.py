import os

from django.apps import AppConfig

from records import form_messages

# python-docx installs lxml; openpyxl would then parse with it, without the protection of defusedxml against entities.
os.environ.update(OPENPYXL_LXML="False")


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Catatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        form_messages.install()
