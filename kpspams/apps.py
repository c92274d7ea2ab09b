from django.apps import AppConfig


class KpspamsConfig(AppConfig):
    name = "kpspams"
    verbose_name = "KPSPAMS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import open_work
        from imports.registry import register
        from kpspams.handing_over import Reviews
        from kpspams.importers.boards import BoardImport
        from kpspams.importers.groups import GroupImport
        from kpspams.importers.plans import PlanImport

        for adapter in (GroupImport, BoardImport, PlanImport):
            register(adapter)
        open_work.register(Reviews())
