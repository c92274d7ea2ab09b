from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Catatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from records import form_words

        form_words.speak()
