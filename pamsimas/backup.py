"""Backup of database and files in one archive, and its restore.

The database is copied first, by its own engine and in one consistent view, then the files. A file is complete on disk
before its row names it, so the archive has every file that the copied rows name, also while users continue to work. A
manifest has the hash of every part; nothing is changed before all hashes agree.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from pamsimas.database_version import known_migrations, other_version
from pamsimas.versions import Kind, mismatch

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Refused(Exception):
    """The operation was refused and nothing changed; the message says why and what to do."""


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# The copy of a database ---------------------------------------------------------------------------------


def postgresql(programme: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL on our database. Raises Refused with its output."""
    facts = connection.settings_dict
    found = shutil.which(programme)
    if not found:
        raise Refused(f"{programme} belum terpasang. Jalankan: apt-get install postgresql-client")
    environment = os.environ | {
        "PGHOST": facts["HOST"],
        "PGPORT": str(facts["PORT"] or 5432),
        "PGUSER": facts["USER"],
        "PGPASSWORD": facts["PASSWORD"],
    }
    done = subprocess.run(  # noqa: S603  (a fixed program with our arguments)
        [found, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise Refused(f"{programme} gagal: {done.stderr.strip()[-1500:]}")


def copy_database(target: Path) -> None:
    """Writes a consistent copy of the database while others read and write."""
    if connection.vendor == "postgresql":
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
        postgresql("pg_dump", *arguments, f"--dbname={connection.settings_dict['NAME']}")
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        # The copy is one file, without a write-ahead log.
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def put_database(source: Path) -> None:
    """Restores the database, all or nothing."""
    if connection.vendor == "postgresql":
        arguments = ["--single-transaction", "--clean", "--if-exists", "--no-owner", "--exit-on-error"]
        connection.close()
        postgresql("pg_restore", *arguments, f"--dbname={connection.settings_dict['NAME']}", str(source))
        return
    copy = sqlite3.connect(source)
    try:
        connection.ensure_connection()
        # Through the engine, not by renaming a file: the write-ahead log of the old one would be applied to the new.
        copy.backup(connection.connection)
    finally:
        copy.close()
        connection.close()


# The file -----------------------------------------------------------------------------------------------


def media() -> Path:
    """The folder of the stored files, the only place that needs them on the local disk.

    Raises Refused for another storage: its files need a backup of their own.
    """
    if not isinstance(default_storage, FileSystemStorage):
        raise Refused("Berkas portal ini tidak disimpan di mesin ini; cadangkan penyimpanannya tersendiri.")
    return Path(default_storage.location)


def documents() -> list[Path]:
    """Every finished file of the media folder; temporary ones begin with a dot or end in .tmp."""
    root = media()
    found = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if not path.name.startswith(".") and path.suffix != ".tmp")


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def make(target: Path) -> dict:
    """Writes the backup to `target` and returns its manifest. Raises Refused when the file exists already."""
    if target.exists():
        raise Refused(f"{target} sudah ada. Pilih nama lain; cadangan tidak pernah ditimpa.")
    if not target.parent.is_dir():
        raise Refused(f"Folder {target.parent} tidak ada. Buat dahulu, lalu ulangi.")
    manifest = {
        "format": FORMAT,
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": applied_migrations(),
        "parts": {},
    }
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        draft, copy = Path(folder, "draft"), Path(folder, DATABASE[connection.vendor])
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as tar:
                copy_database(copy)
                pack(tar, manifest, copy.name, copy)
                for path in documents():
                    name = f"media/{path.relative_to(media()).as_posix()}"
                    try:
                        pack(tar, manifest, name, path)
                    except FileNotFoundError:
                        continue  # deleted since the list was made: the copied rows do not name it
                text = json.dumps(manifest, indent=1).encode()
                info = tarfile.TarInfo(MANIFEST)
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text))
            raw.flush()
            os.fsync(raw.fileno())
        os.link(draft, target)  # fails when the name exists meanwhile; a rename would overwrite
    return manifest


def pack(tar: tarfile.TarFile, manifest: dict, name: str, path: Path) -> None:
    """Adds one file with hash and size of the bytes that were read."""
    with path.open("rb") as file:
        content_hash = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        tar.addfile(info, file)
    manifest["parts"][name] = {"sha256": content_hash, "bytes": size}


# Restore -------------------------------------------------------------------------------------------


def unpack(source: Path, folder: Path) -> dict:
    """Unpacks into `folder` and compares every part with the manifest. Raises Refused on any difference."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            hashes = {member.name: unpack_one(tar, member, folder) for member in tar}
        manifest = json.loads(Path(folder, MANIFEST).read_text())
        wanted = {name: facts["sha256"] for name, facts in manifest["parts"].items()}
        known = manifest["format"] == FORMAT
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{source} bukan cadangan portal yang utuh ({error}).") from error
    if not known:
        raise Refused(f"Cadangan ini berformat {manifest['format']}; portal ini membaca format {FORMAT}.")
    if set(hashes) != {*wanted, MANIFEST}:
        raise Refused("Isi berkas cadangan tidak sama dengan daftar isinya.")
    for name, wanted_hash in wanted.items():
        if hashes[name] != wanted_hash:
            raise Refused(f"{name} di dalam cadangan rusak: hash tidak sama dengan daftar isi.")
    return manifest


def unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Extracts one plain file; returns its hash. Refuses anything else, and a name outside the folder.

    Implemented here, because the first releases of Python 3.11 lack the filters of tarfile.
    """
    path = PurePosixPath(member.name)
    if not member.isreg() or path.is_absolute() or ".." in path.parts:
        raise Refused(f"Berkas cadangan memuat nama yang tidak wajar: {member.name}")
    target = folder / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tar.extractfile(member) as content, target.open("xb") as file:
        shutil.copyfileobj(content, file)
    target.chmod(0o600)
    return sha256(target)


def refuse_unless_empty() -> None:
    """Raises Refused for a portal with an account, whose data is never overwritten."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    tables = connection.introspection.table_names()
    if user._meta.db_table in tables and user._default_manager.exists():
        raise Refused(
            "Portal ini sudah berisi data, jadi tidak ditimpa. Pulihkan ke basis data dan folder data yang kosong."
        )
    if documents():
        raise Refused(f"Folder dokumen {media()} sudah berisi. Pakai folder data yang kosong.")


def refuse_other_version(migrations: list[str]) -> None:
    """`migrations`: as the manifest lists them, "app.name". A migration of an unknown app counts as newer."""
    applied = {(app, name) for app, _, name in (text.partition(".") for text in migrations)}
    known = known_migrations()
    found = mismatch(applied, known)
    if found and found.kind is Kind.OLDER:
        raise Refused(
            f"Cadangan ini dari versi portal yang lebih lama ({found.migration}) dan tidak dapat dibaca versi ini; "
            "tidak ada yang diubah. Pulihkan dengan versi portal yang membuatnya."
        )
    if applied - known:
        app, name = min(applied - known)
        raise Refused(f"Cadangan ini dari versi portal yang lebih baru ({app}.{name}). Perbarui portal dahulu.")


def restore(source: Path) -> dict:
    """Restores a backup into the empty portal and returns its manifest. Raises Refused before anything is changed."""
    if not source.is_file():
        raise Refused(f"Berkas {source} tidak ada.")
    refuse_unless_empty()
    if sentence := other_version():
        raise Refused(sentence)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as name:
        folder = Path(name)
        manifest = unpack(source, folder)
        if manifest["engine"] != connection.vendor:
            raise Refused(
                f"Cadangan ini dari {manifest['engine']}, portal ini memakai {connection.vendor}. "
                "Sesuaikan DATABASE_URL, lalu ulangi."
            )
        refuse_other_version(manifest["migrations"])
        put_documents(folder / "media")
        try:
            put_database(folder / DATABASE[connection.vendor])
        except BaseException:
            shutil.rmtree(media(), ignore_errors=True)
            media().mkdir(mode=0o700)
            raise
    return manifest


def put_documents(source: Path) -> None:
    """Moves the unpacked files to the empty media folder."""
    if not source.exists():
        return
    for path in sorted(source.rglob("*")):
        target = media() / path.relative_to(source)
        if path.is_dir():
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(path, target)
