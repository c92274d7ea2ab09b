import contextlib
import shutil
import sys
import tempfile
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
        parser.add_argument("file", type=Path, help="berkas yang dibuat oleh perintah backup; - : masukan baku")

    def handle(self, *args, **options):
        try:
            with supervisor.take_lock(settings.DATA_DIR), source(options["file"]) as file:
                manifest = backup.restore(file)
        except (backup.Refused, steps.Stop) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"✓ dipulihkan: cadangan {manifest['made_at']}, basis data dan {len(manifest['parts']) - 1} dokumen. "
            "Jalankan ./run untuk memulai portal."
        )


@contextlib.contextmanager
def source(path):
    """The named file, or standard input: in a container the file of the host has another owner."""
    if str(path) != "-":
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix=".restore-", dir=settings.DATA_DIR) as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name)
