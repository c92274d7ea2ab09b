from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = "Pelatihan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import open_work
        from imports.registry import register
        from trainings.handing_over import Officers
        from trainings.importers.participants import ParticipantImport

        register(ParticipantImport)
        open_work.register(Officers())
