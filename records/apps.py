import os

from django.apps import AppConfig

from records import form_messages

# The Word files bring lxml, which openpyxl would then read with, past the guards of defusedxml against entities.
os.environ.update(OPENPYXL_LXML="False")


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Catatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        form_messages.install()
