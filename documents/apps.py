from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Dokumen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from documents import registry  # noqa: F401  # late: app registry
