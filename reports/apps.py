from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Laporan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from monitoring import search, waiting
        from reports.lookup import find_papers
        from reports.schedules import stopped_matters

        search.MORE.append(find_papers)
        waiting.MORE.append(stopped_matters)
