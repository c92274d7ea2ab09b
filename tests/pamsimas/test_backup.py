"""Backup and restore by the administrator: by command, into another portal, while users work."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import pytest
from django.db import connection

from pamsimas import backup
from tests import template

ROOT = Path(__file__).resolve().parents[2]
SECRET = "kunci-uji-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"

# Each row of every table, as one JSON text.
ROWS = """
import json
from django.db import connection
rows = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names()):
        cursor.execute(f'SELECT * FROM "{table}"')
        rows[table] = sorted(map(repr, cursor.fetchall()))
print("ROWS" + json.dumps(rows))
"""
FILL = """
from pathlib import Path
from accounts.models import District, User
from django.conf import settings
from records.models import Event
district = District.objects.create(code="18.11", name="Mesuji", province="Lampung")
user = User.objects.create_user("kepala", "sandi-uji-panjang", name="Kepala", role="admin", district=district)
Event.objects.create(by=user, verb="add", kind="accounts.user", object_id=user.pk, label="Kepala 'satu' \\u2713")
folder = Path(settings.MEDIA_ROOT, "reports", "2026")
folder.mkdir(parents=True)
(folder / "a b.pdf").write_bytes(bytes(range(256)) * 1000)
(folder / "half.pdf.tmp").write_bytes(b"not finished")
"""
# Pairs of rows in one transaction, the file of each first: as documents are stored.
LOAD = """
import itertools
from pathlib import Path
from django.conf import settings
from django.db import transaction
from villages.models import Programme
for number in itertools.count():
    Path(settings.MEDIA_ROOT, f"f{number}.txt").write_text(str(number) * 500)
    with transaction.atomic():
        Programme.objects.create(code=f"a{number}", name="x" * 50)
        Programme.objects.create(code=f"b{number}", name="x" * 50)
    if number == 20:
        print("RUNNING", flush=True)
"""
CODES = """
import json
from villages.models import Programme
found = Programme.objects.filter(name="x" * 50)
print("ROWS" + json.dumps(list(found.values_list("code", flat=True))))
"""


# Migration names as an older version recorded them.
MAKE_OLDER = """
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder.Migration.objects.filter(name__contains="_tables_").update(name="0001_initial")
"""


def on_server(sql):
    with template.server() as cursor:
        cursor.execute(sql)


class Portal:
    """A separate portal: a database on the engine under test, empty or a copy, and a data directory."""

    def __init__(self, place, copied=None):
        place.mkdir()
        self.place = place / "data"
        self.database = self.file = None
        if connection.vendor == "sqlite":
            self.file = place / "portal.sqlite3"
            url = f"sqlite:///{self.file}"
            if copied:
                shutil.copy(copied.file, self.file)
        else:
            facts = connection.settings_dict
            self.database = f"backup_{uuid.uuid4().hex}"
            like = f' TEMPLATE "{copied.database}"' if copied else ""
            on_server(f'CREATE DATABASE "{self.database}"{like}')
            address = f"{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}"
            url = f"postgres://{address}/{self.database}"
        if copied:
            shutil.copytree(copied.place, self.place)
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "PAMSIMAS_DATA_DIR": str(self.place),
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "localhost",
        }

    def lay_tables(self):
        """Creates the tables, as `migrate` does on the first start."""
        template.lay_tables(self.file or self.database)

    def popen(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments):
        """Returns (exit code, output)."""
        process = self.popen(*arguments)
        output, _ = process.communicate(timeout=100)
        return process.returncode, output

    def well(self, *arguments):
        code, output = self.manage(*arguments)
        assert code == 0, output
        return output

    def request(self, code):
        lines = self.well("shell", "-v0", "-c", code).splitlines()
        return json.loads(next(line for line in lines if line.startswith("ROWS"))[4:])

    def files(self):
        media = self.place / "media"
        return {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}

    def drop(self):
        if self.database:
            on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A portal with rows and files, made once; each test works on a copy."""
    portal = Portal(tmp_path_factory.mktemp("model") / "portal")
    portal.lay_tables()
    portal.well("shell", "-v0", "-c", FILL)
    if portal.file:  # moves the rest of the write-ahead log into the file
        sqlite3.connect(portal.file).execute("PRAGMA journal_mode=DELETE").connection.close()
    yield portal
    portal.drop()


@pytest.fixture
def portals(tmp_path):
    """Makes portals, empty or as a copy."""
    made = []

    def make(copied=None):
        made.append(Portal(tmp_path / f"portal{len(made)}", copied))
        return made[-1]

    yield make
    for portal in made:
        portal.drop()


@pytest.fixture
def filled(portals, model):
    return portals(model)


def test_restored_into_an_empty_portal_every_row_and_file_is_equal(filled, portals, tmp_path):
    filled.well("backup", tmp_path / "b.tar.gz")
    other = portals()
    other.well("restore", tmp_path / "b.tar.gz")
    assert other.request(ROWS) == filled.request(ROWS)
    expected = filled.files()
    del expected["reports/2026/half.pdf.tmp"]
    assert other.files() == expected
    assert other.well("migrate", "--check", "-v0") == ""


def test_backup_under_load_holds_whole_transactions_and_every_file_they_name(filled, portals, tmp_path):
    writer = filled.popen("shell", "-v0", "-c", LOAD)
    try:
        assert writer.stdout.readline() == "RUNNING\n", writer.communicate()[0]
        filled.well("backup", tmp_path / "b.tar.gz")
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    other = portals()
    other.well("restore", tmp_path / "b.tar.gz")
    codes = set(other.request(CODES))
    numbers = {int(code[1:]) for code in codes}
    assert len(numbers) > 20
    assert codes == {letter + str(number) for letter in "ab" for number in range(len(numbers))}
    files = other.files()
    assert {number for number in numbers if files.get(f"f{number}.txt") != (str(number) * 500).encode()} == set()


def test_restore_into_tables_without_accounts_replaces_them(filled, portals, tmp_path):
    """A portal that was started once, before any login, counts as empty."""
    filled.well("backup", tmp_path / "b.tar.gz")
    other = portals()
    other.lay_tables()
    other.well("restore", tmp_path / "b.tar.gz")
    assert other.request(ROWS) == filled.request(ROWS)


def test_restore_over_data_is_refused_and_changes_nothing(filled, tmp_path):
    filled.well("backup", tmp_path / "b.tar.gz")
    before = filled.request(ROWS), filled.files()
    code, output = filled.manage("restore", tmp_path / "b.tar.gz")
    assert (code, "sudah berisi data" in output) == (1, True)
    assert (filled.request(ROWS), filled.files()) == before


def repack(source, target, change):
    """The same backup with `change(name, bytes)` applied to each part."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            draft = target.with_suffix(".part")
            draft.write_bytes(content)
            new.add(draft, member.name)


def other_engine(name, content):
    if name != "manifest.json":
        return content
    return content.replace(f'"{connection.vendor}"'.encode(), b'"oracle"')


def spoilt_document(name, content):
    return content[:-1] if name.endswith(".pdf") else content


def newer_code(name, content):
    return re.sub(rb"(accounts)\.0001_\w+", rb"\1.0999_later", content) if name == "manifest.json" else content


def older_code(name, content):
    return re.sub(rb"_tables_\d{4}_\d\d[a-z]?", b"_initial", content) if name == "manifest.json" else content


OLDER = "Cadangan ini dari versi portal yang lebih lama (villages.0001_initial) dan tidak dapat dibaca versi ini"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (other_engine, "Cadangan ini dari oracle"),
        (spoilt_document, "rusak"),
        (newer_code, "lebih baru"),
        (older_code, OLDER),
    ],
)
def test_what_does_not_fit_is_refused_and_the_portal_stays_empty(filled, portals, tmp_path, change, message):
    filled.well("backup", tmp_path / "b.tar.gz")
    repack(tmp_path / "b.tar.gz", tmp_path / "changed.tar.gz", change)
    other = portals()
    code, output = other.manage("restore", tmp_path / "changed.tar.gz")
    assert code == 1
    assert message in output
    assert (other.files(), other.request(ROWS)) == ({}, {})


def test_restore_into_tables_of_an_older_version_is_refused(filled, portals, tmp_path):
    """Left by a portal without any account."""
    filled.well("backup", tmp_path / "b.tar.gz")
    other = portals()
    other.lay_tables()
    other.well("shell", "-v0", "-c", MAKE_OLDER)
    before = other.request(ROWS)
    code, output = other.manage("restore", tmp_path / "b.tar.gz")
    assert (code, "Basis data ini dari versi portal yang lebih lama" in output) == (1, True)
    assert (other.files(), other.request(ROWS)) == ({}, before)


def test_name_that_leaves_the_folder_is_refused(portals, tmp_path):
    evil = tmp_path / "x"
    evil.write_text("x")
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as tar:
        tar.add(evil, "media/../../../outside")
    code, output = portals().manage("restore", tmp_path / "evil.tar.gz")
    assert (code, "tidak wajar" in output) == (1, True)


def test_what_is_no_backup_is_refused(portals, tmp_path):
    (tmp_path / "text").write_text("bukan cadangan")
    code, output = portals().manage("restore", tmp_path / "text")
    assert (code, "bukan cadangan portal yang utuh" in output) == (1, True)


def test_backup_never_overwrites_and_is_closed_to_others(filled, tmp_path):
    target = tmp_path / "b.tar.gz"
    filled.well("backup", target)
    first = target.read_bytes()
    code, output = filled.manage("backup", target)
    assert (code, "tidak pernah ditimpa" in output) == (1, True)
    assert (target.read_bytes() == first, target.stat().st_mode & 0o777) == (True, 0o600)


def test_files_of_another_storage_are_refused(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    with pytest.raises(backup.Refused, match="cadangkan penyimpanannya tersendiri"):
        backup.documents()
