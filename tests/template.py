"""The migrated database, made once for all test processes and copied for each.

Migrating takes longer with each migration. The template is named by the hash of all migrations; a copy is migrated once
more, which finds nothing to do, and gets its content types and permissions from the current models.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg2
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "templates"


def fingerprint():
    """The hash of everything that determines the tables and their first rows."""
    text = hashlib.sha256(repr(django.VERSION).encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            text.update(path.name.encode() + path.read_bytes())
    return text.hexdigest()[:16]


def migrate(**variables):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT, env=os.environ | variables, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def database():
    """Puts a copy where Django will look for the database of this process, and deletes it at the end."""
    name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
    lay_tables(name)
    yield
    if connection.vendor == "sqlite":
        Path(name).unlink()
    else:
        with server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def lay_tables(name):
    """Recreates the database of this name: a file on SQLite, a database beside that of the tests on PostgreSQL."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process makes the template, the others wait and copy it
        if connection.vendor == "sqlite":
            copy_file(Path(name))
        else:
            copy_on_server(name)


def copy_file(copy):
    template = FOLDER / f"{fingerprint()}.sqlite3"
    if not template.exists():
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink()
        with tempfile.TemporaryDirectory() as place:
            made = Path(place, "portal.sqlite3")
            migrate(PAMSIMAS_DATA_DIR=place, DATABASE_URL="")
            # Moves the rest of the write-ahead log into the file.
            sqlite3.connect(made).execute("PRAGMA journal_mode=DELETE").connection.close()
            shutil.copy(made, template.with_suffix(".part"))
        template.with_suffix(".part").replace(template)
    shutil.copy(template, copy)


@contextmanager
def server():
    """A cursor outside any transaction, which CREATE and DROP DATABASE need."""
    facts = connection.settings_dict
    other = psycopg2.connect(
        host=facts["HOST"], port=facts["PORT"], user=facts["USER"], password=facts["PASSWORD"], dbname="postgres"
    )
    other.autocommit = True
    try:
        yield other.cursor()
    finally:
        other.close()


def copy_on_server(copy):
    prefix = f"template_{connection.settings_dict['NAME']}_"
    template = prefix + fingerprint()
    with server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        found = {name for (name,) in cursor.fetchall()}
        for old in found - {template}:
            cursor.execute(f'DROP DATABASE "{old}"')
        if template not in found:
            cursor.execute(f'CREATE DATABASE "{prefix}part"')
            migrate(DATABASE_URL=f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{prefix}part")
            cursor.execute(f'ALTER DATABASE "{prefix}part" RENAME TO "{template}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
