from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Rencana kerja"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import open_work
        from imports.registry import register
        from plans.handing_over import Reviews
        from plans.importers.plans import PlanImport

        register(PlanImport)
        open_work.register(Reviews())
