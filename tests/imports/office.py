"""Helpers that write files as an office does, and import them."""

import contextlib
import io
from unittest import mock

import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from imports import tasks
from imports.models import ImportRun
from imports.services import lifecycle


def book(*sheets, days="dd-mm-yyyy") -> bytes:
    """An XLSX of sheets, each a name and its rows; None is an empty cell, dates are real dates."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"default_date_format": days})
    for name, rows in sheets:
        sheet = made.add_worksheet(name)
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(line, column, cell)
    made.close()
    return out.getvalue()


def table(rows, sign=";", encoding="utf-8") -> bytes:
    """A CSV of rows."""
    text = "\r\n".join(sign.join("" if cell is None else str(cell) for cell in cells) for cells in rows)
    return text.encode(encoding)


def uploaded(kind, content, by, name="berkas.xlsx", place="18.11") -> ImportRun:
    """The run of a file that the worker has read. Raises ValidationError with the worker's message for an unreadable
    file.
    """
    run = work(lifecycle.hand_in(kind, place, SimpleUploadedFile(name, content), by=by))
    if run.state == ImportRun.State.FAILED:
        raise ValidationError(run.error)
    return run


def hand_in(kind, content, by, fixed=None, titles=None, **kwargs) -> ImportRun:
    """Uploads and maps a file; `fixed` gives values for all rows, `titles` columns other than the guessed ones."""
    run = uploaded(kind, content, by, **kwargs)
    mapping = dict(run.mapping)
    mapping |= {column: {"fixed": value} for column, value in (fixed or {}).items()}
    mapping |= {column: {"title": title} for column, title in (titles or {}).items()}
    lifecycle.map_columns(run, mapping, by=by)
    return run


def work(run) -> ImportRun:
    """Runs the worker's part in this process. The lease's thread would see another database connection."""
    with mock.patch.object(tasks, "lease", return_value=contextlib.nullcontext()):
        tasks.run_import(run.pk)
    run.refresh_from_db()
    return run


def preview(kind, content, by, **kwargs) -> ImportRun:
    return work(hand_in(kind, content, by, **kwargs))


def save(run, by, mode="all") -> ImportRun:
    lifecycle.save(run, mode, by=by)
    return work(run)


def imported(kind, content, by, mode="all", **kwargs) -> ImportRun:
    return save(preview(kind, content, by, **kwargs), by, mode)


def undone(run, by) -> ImportRun:
    lifecycle.take_back(run, by=by)
    return work(run)


def wrongs(run) -> list[tuple[int, str, str]]:
    """(line, column, message) of every error."""
    return [(row.line, name, sentence) for row in run.rows.all() for name, sentence, _ in row.errors]


def figures(run) -> dict:
    """The counts, without those of zero."""
    return {name: count for name, count in run.counts.items() if count}
