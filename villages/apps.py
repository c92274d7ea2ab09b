from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "Desa"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import open_work
        from imports.registry import register
        from villages.handing_over import Assignments
        from villages.importers.facilities import FacilityImport
        from villages.importers.villages import VillageImport

        register(VillageImport)
        register(FacilityImport)
        open_work.register(Assignments())
