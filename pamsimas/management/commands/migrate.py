from django.core.management.commands import migrate

from pamsimas.database_version import refuse_other_version


class Command(migrate.Command):
    """Django's migrate, refused on tables of another version."""

    def handle(self, *args, **options):
        refuse_other_version()
        return super().handle(*args, **options)
