from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pamsimas import backup
from pamsimas.tooling import steps, supervisor


class Command(BaseCommand):
    help = "Pulihkan cadangan ke portal yang masih kosong. Hentikan portal dahulu."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="berkas yang dibuat oleh perintah backup")

    def handle(self, *args, **options):
        try:
            with supervisor.take_lock(settings.DATA_DIR):
                manifest = backup.restore(options["file"])
        except (backup.Refused, steps.Stop) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"✓ dipulihkan: cadangan {manifest['made_at']}, basis data dan {len(manifest['parts']) - 1} dokumen. "
            "Jalankan ./run untuk memulai portal."
        )
