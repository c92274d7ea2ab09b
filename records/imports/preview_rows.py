"""The rows of a preview, written many at a time: an instance of the model for each of 20,000 rows takes too long."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models, router, transaction

from records.imports.adapters import Adapter
from records.imports.reading import DataRow, Reading
from records.imports.rows import Row
from records.models import ImportRow, ImportRun

GOOD = [ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGE, ImportRow.Verdict.SAME]
FIELDS = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]


def values_of(run: ImportRun, row: Row, adapter: Adapter, reading: Reading, data: DataRow) -> dict[str, Any]:
    """The columns of ImportRow for a judged row."""
    notes = data.notes
    verdict = row.verdict
    rest = {} if verdict in GOOD else reading.rest(data)  # for the file in which such rows are given back
    return {
        "run_id": run.pk,
        "number": row.number,
        "sheet": row.sheet,
        "line": row.line,
        "raw": row.raw | ({ImportRow.REST: rest} if rest else {}),
        "verdict": str(verdict),
        "label": row.label[:200],
        "changes": row.changes,
        "errors": [[name, sentence, reading.cell_of(data, name)] for name, sentence in row.errors],
        "options": row.options,
        "question": row.question,
        "choice": ImportRow.joined(row.choice, row.answer),
        "recognised": row.recognised,
        "notes": notes | {name: "; ".join(filter(None, (notes.get(name), row.notes[name]))) for name in row.notes},
        "understood": row.understood(adapter.columns),
        "adds": row.nouns,
        "skipped": False,
    }


def insert(rows: list[dict[str, Any]]):
    """Writes rows of `values_of`, all of them or none."""
    connection = transaction.get_connection(router.db_for_write(ImportRow))
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in FIELDS)
    marks = ["%s"] * len(FIELDS)
    size = connection.ops.bulk_batch_size(FIELDS, rows)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = [list(_adapted(row, connection)) for row in rows[start : start + size]]
            values = connection.ops.bulk_insert_sql(FIELDS, [marks] * len(part))
            cursor.execute(f"INSERT INTO {table} ({columns}) {values}", list(chain.from_iterable(part)))


def _adapted(row: dict[str, Any], connection: Any) -> Iterator[Any]:
    """As the database takes them; most JSON of a good row is empty."""
    for field in FIELDS:
        value = row[field.attname]
        yield field.get_db_prep_save(value, connection) if isinstance(field, models.JSONField) else value
