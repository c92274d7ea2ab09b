from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Laporan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from monitoring import search
        from reports.lookup import find_papers

        search.MORE.append(find_papers)
