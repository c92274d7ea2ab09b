from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Laporan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import open_work
        from monitoring import search, waiting
        from reports.handing_over import Schedules
        from reports.lookup import find_papers
        from reports.schedules import stopped_matters

        search.MORE.append(find_papers)
        waiting.MORE.append(stopped_matters)
        open_work.register(Schedules())
