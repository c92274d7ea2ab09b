"""Command that prepares the start of the portal: tables, static files and, in a demo, the sample rows."""

import hashlib
import os
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts.demo import DEMO_PASSWORD
from pamsimas.database_version import refuse_other_version
from pamsimas.demo import scenario

DATABASE_SECONDS = 60  # seconds until it must answer
RETRY_SECONDS = 3


class Command(BaseCommand):
    help = "Siapkan basis data, berkas statis, dan (di mode contoh) data contoh; aman diulang."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--static", action="store_true", help="hanya berkas statis, tanpa basis data")

    def handle(self, *args, **options):
        if options["static"]:
            self.collect_static()
            return
        self.wait_for_database()
        refuse_other_version()
        if self.tables_missing():
            with self.timed("menyiapkan tabel"):
                call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        if settings.DEMO_MODE:
            with self.timed("data contoh"):
                call_command("load_demo", verbosity=0, stdout=self.stdout)
            self.stdout.write(accounts_line())

    def wait_for_database(self):
        """Waits for the database, which may start together with the portal; ends with a message if it does not
        answer.
        """
        until = time.monotonic() + DATABASE_SECONDS
        while True:
            try:
                connection.ensure_connection()
                return
            except OperationalError as error:
                reason = str(error).strip().splitlines()[0]
                if time.monotonic() > until:
                    raise CommandError(
                        f"Basis data tidak menjawab ({reason}). Periksa apakah ia berjalan dan DATABASE_URL benar."
                    ) from None
                self.stdout.write(f"· menunggu basis data: {reason}")
                time.sleep(RETRY_SECONDS)

    def tables_missing(self):
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def collect_static(self):
        """Skipped while nothing under static/ changed: compressing takes seconds, and in an image the folder belongs
        to another user. The folder is emptied first: collectstatic skips a file that is newer than its source.
        """
        if settings.DEBUG:
            return
        stamp = settings.STATIC_ROOT / ".stamp"
        state = contents_hash(settings.STATICFILES_DIRS)
        if stamp.exists() and stamp.read_text() == state:
            return
        with self.timed("berkas statis"), public_files():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(state)

    @contextmanager
    def timed(self, label):
        begun = time.monotonic()
        yield
        self.stdout.write(f"✓ {label}: {time.monotonic() - begun:.1f} d")
        self.stdout.flush()


def accounts_line() -> str:
    if scenario.is_loaded():
        return f"  akun contoh: admin, staf, fasilitator, pejabat, camat; kata sandi: {DEMO_PASSWORD}"
    return "  masuk dengan akun sebenarnya; akun baru: ./run manage create_admin"


def contents_hash(folders):
    """A hash of the names and contents of all files, without their times, which copying an image changes."""
    state = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            state.update(f"{path.relative_to(folder)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return state.hexdigest()


@contextmanager
def public_files():
    """Makes new files readable by every user, whatever the umask, because compressed copies ignore the permissions of a
    storage.
    """
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
