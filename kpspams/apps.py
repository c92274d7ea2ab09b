from django.apps import AppConfig


class KpspamsConfig(AppConfig):
    name = "kpspams"
    verbose_name = "KPSPAMS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from imports.registry import register
        from kpspams.importers.boards import BoardImport
        from kpspams.importers.groups import GroupImport

        for adapter in (GroupImport, BoardImport):
            register(adapter)
