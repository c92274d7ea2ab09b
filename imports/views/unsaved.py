"""Download of the rows that an import did not save."""

from datetime import date

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from imports import registry
from imports.models import ImportRow
from imports.services import unsaved, worker
from imports.tables import columns
from imports.values import cells
from imports.views.previews import error_sentences, place_of
from imports.views.runs import visible
from records import exports

FIRST_DAY = "1900-03-01"  # before it a spreadsheet has no day, or another one


@require_GET
def import_errors(request, pk):
    """File of the rows that are or would be left out, with reasons: once corrected, it can be uploaded again."""
    run = get_object_or_404(visible(request.user), pk=pk)
    if run.is_under_way:
        return redirect("imports:import_detail", pk=run.pk)
    adapter = registry.adapter(run.kind)
    kept = list(worker.rows_of(run))
    titles = run.reading.get("titles") or unsaved.titled(adapter, run.mapping, {})
    table = exports.Table(
        f"Baris yang dilewati: {run.name}",
        [_cell_column(name, title) for name, title in titles]
        + [exports.Column(columns.REASON, lambda row: _reason(adapter, row), "Mengapa baris ini tidak disimpan")],
        kept,
        len(kept),
        [("Berkas", run.name)],
        explained=False,
    )
    exports.log(table, request.user, "xlsx")
    return exports.response(table, "xlsx", f"impor-{run.pk}-baris-salah.xlsx")


def _reason(adapter, row: ImportRow) -> str:
    """The place of the row in the original file, and why it was not saved."""
    sentences = error_sentences(adapter, row) or [
        row.recognised.get("text") or "Pertanyaan tentang baris ini belum dijawab."
    ]
    return f"{place_of(row, named=True)}: {' '.join(sentences)}"


def _cell_column(name: str, title: str) -> exports.Column:
    def value(row: ImportRow):
        cell = unsaved.cell_of(row, name)
        if isinstance(cell, dict) and "day" in cell and cell["day"] >= FIRST_DAY:
            return date.fromisoformat(cell["day"])
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < 10**15
        return cell if is_number else cells.shown(cell)

    return exports.Column(title, value, "Isi sel di berkas Anda", exports.Kind.TEXT)
