"""Moves a demo of an older version aside, so that the portal starts with a fresh one.

Its files move into a folder of the data directory; only the secret stays. The folder has a hidden name until it is
complete: a start that finds the hidden folder was interrupted and continues. The database moves last, so until then a
second check has the same result. Called while the data directory is locked.
"""

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from pamsimas import versions
from pamsimas.tooling import steps

DATABASE = "portal.sqlite3"
UNFINISHED = ".demo-lama"
FINISHED = "demo-lama-{day}"


def put_aside(place: Path) -> None:
    """Moves an older demo aside and prints its folder. Raises steps.Stop when that is impossible."""
    unfinished = place / UNFINISHED
    if not unfinished.exists():
        if not is_older(place / DATABASE):
            return
        close_database(place / DATABASE)
    try:
        unfinished.mkdir(mode=0o700, exist_ok=True)
        if not (unfinished / DATABASE).exists():  # otherwise the move is complete, and the files outside are newer
            move(place, unfinished)
        target = free_name(place, FINISHED.format(day=time.strftime("%Y-%m-%d")))
        unfinished.rename(target)
    except OSError as error:
        raise steps.Stop(
            f"Data contoh dari versi portal yang lebih lama tidak dapat disisihkan ({error}). Tidak ada yang hilang.\n"
            f"Periksa izin dan ruang simpan folder {place}, lalu jalankan ./run lagi."
        ) from None
    steps.say(
        f"! Data contoh di sini dari versi portal yang lebih lama. Semuanya disisihkan di {target}; "
        "portal mulai dengan data contoh yang baru."
    )


def is_older(database: Path) -> bool:
    """False for an unreadable file too: the next step that opens it reports the error."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            recorded = "django_migrations" in tables
            rows = connection.execute("SELECT app, name FROM django_migrations") if recorded else ()
            applied = set(map(tuple, rows))
    except sqlite3.Error:
        return False
    known = versions.on_disk()
    ours = {name for name in tables if name.partition("_")[0] in {app for app, _ in known}}
    found = versions.mismatch(applied, known, ours)
    return found is not None and found.kind is not versions.Kind.NEWER


def close_database(database: Path) -> None:
    """Merges the write-ahead log into the file, which requires that no process has it open."""
    try:
        with closing(sqlite3.connect(database, timeout=2)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise steps.Stop(
            f"Data contoh di {database.parent} dari versi portal yang lebih lama, belum dapat disisihkan ({error}).\n"
            "Hentikan semua proses yang memakainya, periksa ruang simpan, lalu jalankan ./run lagi."
        ) from None


def move(place: Path, target: Path) -> None:
    """Moves the parts of a demo, the database last; all of them or, if one cannot be moved, none.

    An empty folder that was created again since an earlier start moved it stays.
    """
    beside = sorted(place.glob(f"{DATABASE}-*"))  # only where a start of an old version created them again
    moved = []
    try:
        for path in [
            place / "media",
            place / "broker",
            *sorted(place.glob("beat-schedule*")),
            *beside,
            place / DATABASE,
        ]:
            if path.exists() and not (path.is_dir() and (target / path.name).exists() and is_empty(path)):
                moved.append((path, path.rename(free_name(target, path.name))))
    except OSError:
        for path, new_path in reversed(moved):
            new_path.rename(path)
        with suppress(OSError):  # parts of an earlier start may be there
            target.rmdir()
        raise


def is_empty(folder: Path) -> bool:
    return not any(path.is_file() for path in folder.rglob("*"))


def free_name(folder: Path, name: str) -> Path:
    """An unused path in `folder`."""
    path, number = folder / name, 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}"
    return path
