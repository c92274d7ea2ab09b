from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pamsimas import backup


class Command(BaseCommand):
    help = "Cadangkan basis data dan dokumen ke satu berkas; boleh dijalankan selagi portal dipakai."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="berkas cadangan yang akan dibuat, misalnya cadangan.tar.gz")

    def handle(self, *args, **options):
        try:
            manifest = backup.make(options["file"])
        except backup.Refused as refused:
            raise CommandError(str(refused)) from None
        parts = manifest["parts"]
        total = sum(part["bytes"] for part in parts.values())
        self.stdout.write(
            f"✓ {options['file']}: basis data dan {len(parts) - 1} dokumen, {total} byte sebelum dimampatkan"
        )
