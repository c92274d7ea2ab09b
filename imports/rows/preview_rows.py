"""Bulk writing of the rows of a preview: a model instance for each of 20,000 rows takes too long."""

from django.db import models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from imports.adapters import Adapter
from imports.models import ImportRow, ImportRun
from imports.rows.rows import Row
from imports.tables.reading import DataRow, Reading

GOOD = [ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGE, ImportRow.Verdict.SAME]
FIELDS = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]
NAMES = [field.attname for field in FIELDS]
JSON = [field for field in FIELDS if isinstance(field, models.JSONField)]
ALIKE = ("adds", "recognised")  # columns whose values recur in most rows


def values_of(run: ImportRun, row: Row, adapter: Adapter, reading: Reading, data: DataRow) -> dict[str, object]:
    """The values of ImportRow for a planned row."""
    notes = data.notes
    verdict = row.verdict
    rest = {} if verdict in GOOD else reading.rest(data)  # for the file of unsaved rows
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


def insert(rows: list[dict[str, object]]):
    """Writes the rows of `values_of`, all of them or none, and consumes them."""
    connection = transaction.get_connection(router.db_for_write(ImportRow))
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in FIELDS)
    marks = ["%s"] * len(FIELDS)
    size = max(1, connection.ops.bulk_batch_size(FIELDS, rows))
    known: dict[str, object] = {}  # cache of recurring JSON
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            for row in part:
                _prepare(row, known, connection)
            values = connection.ops.bulk_insert_sql(FIELDS, [marks] * len(part))
            cursor.execute(f"INSERT INTO {table} ({columns}) {values}", [row[name] for row in part for name in NAMES])


def _prepare(row: dict[str, object], known: dict[str, object], connection: BaseDatabaseWrapper):
    """The JSON values of a row as the database expects them; recurring ones are built once."""
    for field in JSON:
        name = field.attname
        value = row[name]
        if value and name not in ALIKE:
            row[name] = field.get_db_prep_save(value, connection)
            continue
        key = repr(value)
        if key not in known:
            known[key] = field.get_db_prep_save(value, connection)
        row[name] = known[key]
