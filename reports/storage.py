"""Storage of the files of reports and bundles: in the storage of the settings, read with a check of the hash."""

import hashlib
import logging
import uuid
from contextlib import ExitStack
from datetime import timedelta
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.choices import Format
from documents.models import DocumentTemplate
from reports.models import Report, ReportBundle

logger = logging.getLogger(__name__)

LOST_AFTER = timedelta(hours=1)  # longer than any task: a younger file may still be waiting for its row to be ready
CHUNK = 2**20  # bytes


def store(report: Report, content: bytes) -> str:
    """Stores the file of a report; returns its name."""
    name = f"reports/{report.requested_at:%Y/%m}/{report.pk}-{uuid.uuid4().hex}.{report.format}"
    return default_storage.save(name, ContentFile(content))


def store_for_bundle(bundle: ReportBundle, file: IO[bytes] | File, suffix: str) -> str:
    """Stores a file of a bundle in chunks; returns its name. `suffix`: such as ".zip"."""
    name = f"bundles/{bundle.requested_at:%Y/%m}/{bundle.pk}-{uuid.uuid4().hex}{suffix}"
    return default_storage.save(name, File(file))


def sha256_of(file: IO[bytes] | File) -> str:
    """The hash of a file; the file is at its beginning afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def open_intact(name: str, sha256: str) -> File | None:
    """A stored file with this hash, for the caller to close; None when it is missing or was changed."""
    try:
        with ExitStack() as closing:
            file = closing.enter_context(default_storage.open(name))
            if sha256_of(file) != sha256:
                return None
            closing.pop_all()
            return file
    except OSError:
        return None


def is_intact(name: str, sha256: str) -> bool:
    file = open_intact(name, sha256)
    if file is None:
        return False
    file.close()
    return True


def open_file(row: Report | ReportBundle) -> File | None:
    """The file of a ready row, for the caller to close; None, with a log entry, when it is missing or changed.

    The file is never loaded into memory as a whole.
    """
    file = open_intact(str(row.file.name), row.sha256)
    if file is None:
        logger.error("file of %s %s is missing or changed in the storage", row._meta.model_name, row.pk)
    return file


def read_file(row: Report | ReportBundle) -> bytes | None:
    """The bytes of a ready row, or None like `open_file`."""
    file = open_file(row)
    if file is None:
        return None
    with file:
        return file.read()


def delete(*names: str | None) -> None:
    """Deletes files that no row refers to any more; a missing file is no error."""
    for name in filter(None, names):
        default_storage.delete(name)


def delete_abandoned(report: Report) -> None:
    """Deletes the files that lost workers left for a report that another worker has finished."""
    folder = str(report.file.name).rpartition("/")[0]
    left = [name for name in _files_in(folder) if name.startswith(f"{folder}/{report.pk}-")]
    delete(*(name for name in left if name != report.file.name))


def tidy() -> int:
    """Deletes old files that no row refers to: their worker died before it wrote the row, or an office replaced its
    own template. Returns their number."""
    count = 0
    for root, model, columns in (("reports", Report, ["file"]), ("bundles", ReportBundle, ["file", "print_file"])):
        for folder in [month for year in _folders_in(root) for month in _folders_in(year)]:
            unnamed = _files_in(folder)
            for column in columns:
                rows = model._default_manager.filter(**{f"{column}__startswith": f"{folder}/"})
                unnamed.difference_update(rows.values_list(column, flat=True).iterator())
            old = [name for name in sorted(unnamed) if _is_old(name)]
            delete(*old)
            count += len(old)
    if count:
        logger.warning("%s files of lost workers deleted", count)
    return count + _tidy_templates()


def _tidy_templates() -> int:
    """Deletes own templates of offices that were replaced and that no document was made with."""
    unnamed = _files_in("templates")
    unnamed.difference_update(DocumentTemplate.objects.exclude(file="").values_list("file", flat=True))
    word = Report.objects.filter(format=Format.DOCX)
    if not unnamed or word.filter(state=Report.State.RUNNING).exists():
        return 0  # a running one may be about to freeze the name of its file
    unnamed.difference_update(
        word.filter(snapshot__word__file__isnull=False).values_list("snapshot__word__file", flat=True)
    )
    old = [name for name in sorted(unnamed) if _is_old(name)]
    delete(*old)
    return len(old)


def _folders_in(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in sorted(_listed(folder)[0])]


def _files_in(folder: str) -> set[str]:
    return {f"{folder}/{name}" for name in _listed(folder)[1]}


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """The folders and the files in a folder; nothing for a missing one."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_old(name: str) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - LOST_AFTER
    except FileNotFoundError:
        return False  # deleted in the meantime
