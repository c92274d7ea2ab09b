from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "Desa"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from records.imports import register
        from villages.importers.facilities import FacilityImport
        from villages.importers.villages import VillageImport

        register(VillageImport)
        register(FacilityImport)
