import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pamsimas import backup


class Command(BaseCommand):
    help = "Cadangkan basis data dan dokumen ke satu berkas; boleh dijalankan selagi portal dipakai."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="berkas cadangan yang akan dibuat; - : keluaran baku")

    def handle(self, *args, **options):
        try:
            if str(options["file"]) == "-":
                with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as folder:
                    made = Path(folder, "backup.tar.gz")
                    manifest = backup.make(made)
                    with made.open("rb") as file:
                        shutil.copyfileobj(file, sys.stdout.buffer)
            else:
                manifest = backup.make(options["file"])
        except backup.Refused as refused:
            raise CommandError(str(refused)) from None
        parts = manifest["parts"]
        total = sum(part["bytes"] for part in parts.values())
        output = self.stderr if str(options["file"]) == "-" else self.stdout
        output.write(f"✓ {options['file']}: basis data dan {len(parts) - 1} dokumen, {total} byte sebelum dimampatkan")
