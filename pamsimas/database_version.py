"""Check that the tables belong to this version of the portal, done before each migrate."""

import time

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pamsimas import versions
from pamsimas.versions import Kind, Mismatch, Name

NEWER = "Basis data dari versi portal yang lebih baru ({}). Pasang versi itu dahulu."
OLDER_DEMO = (
    "Data contoh ini dari versi portal yang lebih lama ({}); tidak ada yang diubah. Hentikan portal, lalu jalankan "
    "./run: data lama disisihkan, dan portal mulai dengan data contoh yang baru."
)
OLDER = (
    "Basis data ini dari versi portal yang lebih lama ({}) dan tidak dapat dibawa ke versi ini; tidak ada yang diubah. "
    "Sediakan basis data yang kosong dan tulis di DATABASE_URL, atau pasang lagi versi yang lama."
)
UNRECORDED = "tanpa catatan versi"
UNRECORDED_WAIT = 10  # seconds in which another process may be writing the record of the first tables (our assumption)


def known_migrations() -> set[Name]:
    """The migrations of all apps, those of Django and replaced ones included."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return set(loader.disk_migrations) | replaced


def portal_tables() -> set[str]:
    """The tables of the portal that exist."""
    ours = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in settings.PORTAL_APPS}
    return ours & set(connection.introspection.table_names())


def find_mismatch() -> Mismatch | None:
    applied = set(MigrationRecorder(connection).applied_migrations())
    return versions.mismatch(applied, known_migrations(), portal_tables())


def other_version() -> str | None:
    """The message for the administrator when the tables belong to another version."""
    found = find_mismatch()
    if found is None:
        return None
    older = OLDER_DEMO if settings.DEMO_MODE else OLDER
    return (NEWER if found.kind is Kind.NEWER else older).format(found.migration or UNRECORDED)


def refuse_other_version() -> None:
    """Raises CommandError before anything is changed.

    Tables without a record are checked again for a while: another process that creates them records them last.
    """
    until = time.monotonic() + UNRECORDED_WAIT
    while (found := find_mismatch()) and found.kind is Kind.UNRECORDED and time.monotonic() < until:
        time.sleep(1)
    if sentence := other_version():
        raise CommandError(sentence, returncode=versions.EXIT_CODE)
