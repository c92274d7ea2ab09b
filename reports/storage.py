"""Where the files of papers lie: written whole or not at all, and read with their hash."""

import hashlib
import logging
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from reports.models import Report, ReportBundle

logger = logging.getLogger(__name__)

LOST_SECONDS = 3_600  # far beyond any task: a younger file may still be waiting for its row to say ready


def store(report: Report, content: bytes) -> str:
    """Writes the file of a report; returns its name under MEDIA_ROOT."""
    name = f"reports/{report.requested_at:%Y/%m}/{report.pk}-{uuid.uuid4().hex}.{report.format}"
    keep(name, content)
    return name


def keep(name: str, content: bytes) -> None:
    """Writes a file under MEDIA_ROOT whole or not at all."""
    with writing(name) as file:
        file.write(content)


@contextmanager
def writing(name: str) -> Iterator[IO[bytes]]:
    """A file under MEDIA_ROOT, to be written piece by piece, whole or not at all: temporary name, fsync, rename."""
    path = stored_path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(".tmp")
    try:
        with open(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)  # a full disk is not helped by half a file
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sound_path(name: str, sha256: str) -> Path | None:
    """Where a stored file lies, read through without holding it; None when it is missing or changed on disk."""
    path = stored_path(name)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    return path if found == sha256 else None


def opened(row: Report | ReportBundle) -> IO[bytes] | None:
    """The file of what is ready, for the caller to close; None as `file_of`. No whole file is held."""
    path = sound_path(str(row.file.name), row.sha256)
    try:
        file = path.open("rb") if path is not None else None
    except OSError:
        file = None  # deleted in this very moment
    if file is None:
        _tell_damaged(row)
    return file


def _tell_damaged(row: Report | ReportBundle) -> None:
    logger.error("file of %s %s is missing or changed on disk", row._meta.model_name, row.pk)


def file_of(row: Report | ReportBundle) -> bytes | None:
    """The bytes of what is ready; None, and a line in the log, when they are missing or changed on disk."""
    try:
        content = stored_path(str(row.file.name)).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != row.sha256:
        _tell_damaged(row)
        return None
    return content


def forget(name: str) -> None:
    """Takes a file away that no row names any more."""
    stored_path(name).unlink(missing_ok=True)


def forget_lost(report: Report) -> None:
    """Takes away what workers that died left of a paper that another one has finished."""
    own = stored_path(str(report.file.name))
    for path in own.parent.glob(f"{report.pk}-*"):
        if path != own:
            path.unlink(missing_ok=True)


def tidy() -> int:
    """Takes away old files that no row names: their worker died before it could say so. Returns how many."""
    found, before = 0, time.time() - LOST_SECONDS
    for folder, rows, fields in (("reports", Report, ["file"]), ("bundles", ReportBundle, ["file", "print_file"])):
        for month in sorted(stored_path(folder).glob("*/*/")):
            old = {path.name: path for path in month.iterdir() if path.stat().st_mtime < before}
            place = f"{month.relative_to(stored_path(''))}/"
            for field in fields:
                named = rows.objects.filter(**{f"{field}__startswith": place}).values_list(field, flat=True)
                for name in named.iterator():
                    old.pop(name.removeprefix(place), None)
            for path in old.values():
                path.unlink(missing_ok=True)
            found += len(old)
    if found:
        logger.warning("%s files of lost workers taken away", found)
    return found


def stored_path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name
