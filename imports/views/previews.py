"""Pages of one import: preview, choices, save, undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from imports import registry
from imports.forms.runs import NOISE, RowFilter
from imports.models import ImportRow, ImportRun, ShownCell
from imports.rows import questions
from imports.services import lifecycle
from imports.tables.reading import AS_DATA
from imports.values import cells
from imports.views.runs import PAGE, crumbs, crumbs_of, label_of, past, tone, visible
from records.confirming import confirm

VERDICT_TONES = {"new": "green", "change": "amber", "same": "grey", "ask": "amber", "error": "red"}
SHOWN = 6  # fields of a row before the rest is folded


@require_GET
def import_detail(request, pk):
    run = get_object_or_404(visible(request.user).select_related("by", "acted_by"), pk=pk)
    context = {
        "run": run,
        "label": label_of(run.kind),
        "tone": tone(run),
        "crumbs": crumbs((f"Impor no. {run.pk}", "")),
        "facts_of_counts": counts_in_words(run),
        "noise": [(kind, lines_in_words(lines)) for kind, lines in run.reading.get("noise", {}).items()],
    }
    if run.step == ImportRun.Step.PREVIEW and run.counts.get("ask"):
        context["questions"], context["questions_count"] = questions.open_questions(run)
    if run.rows.exists() and not run.is_under_way:
        filters = RowFilter(request.GET)
        verdict = filters.cleaned_data.get("putusan") if filters.is_valid() else ""
        rows = run.rows.filter(verdict=verdict) if verdict else run.rows.all()
        if verdict == NOISE:
            rows = run.reading.get("noise_texts", [])
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        if verdict != NOISE:
            for row in page:
                describe(run, row)
        context |= {
            "filters": filters,
            "page_obj": page,
            "of_noise": verdict == NOISE,
            "as_data": AS_DATA,
            "choosing": run.step == ImportRun.Step.PREVIEW and verdict != NOISE and any(row.options for row in page),
            "sheets_told": len(run.sheets) > 1,
        }
    return render(request, "imports/import_detail.html", context)


def counts_in_words(run: ImportRun) -> list[tuple[str, int, str]]:
    """Label and figure of each count, in the order of display, with the filter that shows its rows."""
    if run.step in (ImportRun.Step.DONE, ImportRun.Step.UNDO, ImportRun.Step.UNDONE):
        names = {
            "rows": "Baris dalam berkas",
            "created": "Baris baru",
            "changed": "Baris diubah",
            "same": "Tetap",
            "skipped": "Dilewati",
            "set_aside": "Di antaranya disisihkan karena ragu",
        }
    else:
        names = {
            "rows": "Baris dalam berkas",
            "new": "Baru",
            "change": "Diubah",
            "same": "Tetap",
            "ask": "Perlu jawaban",
            "error": "Salah",
            "ignored": "Bukan data",
        }
    if not run.counts.get("rows"):
        return []
    filters = {**dict.fromkeys(ImportRow.Verdict.values, True), "ignored": bool(run.reading.get("noise_texts"))}
    return [
        (label, run.counts.get(name, 0), {"ignored": NOISE}.get(name, name) if filters.get(name) else "")
        for name, label in names.items()
    ]


def lines_in_words(lines: list[int]) -> str:
    """ "3, 7–9": lines of a file, consecutive ones as a range."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def describe(run: ImportRun, row: ImportRow):
    """Display of a row in the preview: its place, its values, its errors with their cells."""
    adapter = registry.adapter(run.kind)
    row.tone = VERDICT_TONES[row.verdict]
    row.place = place_of(row, named=len(run.sheets) > 1)
    fields = fields_of(adapter, row)
    row.fields, row.folded = (fields[:SHOWN], fields[SHOWN:]) if len(fields) > SHOWN + 1 else (fields, [])
    row.error_sentences = error_sentences(adapter, row)


def place_of(row: ImportRow, *, named: bool) -> str:
    column = row.raw.get(ImportRow.COLUMN)
    line = f"{row.line}, kolom {column}" if column else f"{row.line}"
    return f"{row.sheet}, baris {line}" if named and row.sheet else f"Baris {line}"


def fields_of(adapter, row: ImportRow) -> list[ShownCell]:
    """All values of the row as they were read; an unread cell is shown as it is in the file."""
    found = []
    for column in adapter.columns:
        written = cells.shown(row.raw.get(column.name))
        text = row.understood.get(column.name)
        if text is None and not cells.is_empty(row.raw.get(column.name)):
            found.append(ShownCell(column.label, written, "", "tidak dipahami"))
        elif text is not None:
            note = row.notes.get(column.name, "")
            found.append(ShownCell(column.label, text, written if written != text else "", note))
    return found


def error_sentences(adapter, row: ImportRow) -> list[str]:
    """Each error with its column and its cell in the file."""
    labels = {column.name: column.label for column in adapter.columns}
    sentences = []
    for name, sentence, cell in row.errors:
        place = f"{labels[name]} ({cell})" if cell else labels.get(name, "")
        sentences.append(f"{place}: {sentence}" if place else sentence)
    return sentences


@require_POST
def import_choices(request, pk):
    """Form with the persons of the rows on this page."""
    run = get_object_or_404(visible(request.user), pk=pk)
    given: dict[str, dict[int, str]] = {"orang": {}, "jawab": {}}
    for name, value in request.POST.items():
        about, _, number = name.partition("-")
        if about in given and is_number(number):
            given[about][int(number)] = value
    try:
        lifecycle.choose_people(run, given["orang"], given["jawab"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Pilihan tersimpan. Pratinjau dibuat ulang.")
    return redirect("imports:import_detail", pk=run.pk)


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8


@require_POST
def import_lines(request, pk):
    """Form with lines that the portal read as no data: "line:sheet" of those shown and of those chosen as data."""
    run = get_object_or_404(visible(request.user), pk=pk)
    shown, chosen = (
        {(sheet, int(line)) for line, _, sheet in (value.partition(":") for value in values) if is_number(line)}
        for values in (request.POST.getlist("tampil"), request.POST.getlist("data"))
    )
    try:
        questions.turn_into_data(run, shown, chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Pilihan baris tersimpan. Pratinjau dibuat ulang.")
    return redirect("imports:import_detail", pk=run.pk)


@require_POST
def import_answers(request, pk):
    """Stores answers to the questions about the file, each for all its rows."""
    run = get_object_or_404(visible(request.user), pk=pk)
    given = {name: value for name, value in request.POST.items() if value}
    answers = {name.removeprefix("tanya-"): value for name, value in given.items() if name.startswith("tanya-")}
    figures = {name.removeprefix("angka-"): value for name, value in given.items() if name.startswith("angka-")}
    try:
        if not answers and not figures:
            raise ValidationError("Pilih dahulu jawaban paling sedikit satu pertanyaan.")
        questions.answer(run, answers, figures)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Jawaban tersimpan. Pratinjau dibuat ulang.")
    return redirect("imports:import_detail", pk=run.pk)


@require_POST
def import_apply(request, pk):
    run = get_object_or_404(visible(request.user), pk=pk)
    mode = request.POST.get("cara")
    try:
        lifecycle.save(run, mode if mode in ImportRun.Mode.values else ImportRun.Mode.ALL, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:import_detail", pk=run.pk)


@require_POST
def import_cancel(request, pk):
    run = get_object_or_404(visible(request.user), pk=pk)
    try:
        over = lifecycle.cancel(run, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            "Impor dibatalkan; tidak ada yang disimpan." if over else "Impor akan dihentikan sebelum menyimpan.",
        )
    return redirect("imports:import_detail", pk=run.pk)


@require_POST
def import_retry(request, pk):
    """Runs a failed step again; a file without stored contents is read."""
    run = get_object_or_404(visible(request.user), pk=pk)
    try:
        if run.is_unread:
            lifecycle.read_again(run)
        else:
            lifecycle.retry(run)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:import_detail", pk=run.pk)


@require_http_methods(["GET", "POST"])
def import_undo(request, pk):
    run = get_object_or_404(visible(request.user), pk=pk)
    if (answer := past(run, ImportRun.Step.DONE)) is not None:
        return answer

    def take_back() -> str:
        lifecycle.take_back(run, by=request.user)
        return ""  # the page of the run shows the progress

    counts = run.counts
    return confirm(
        request,
        take_back,
        question=f"Urungkan seluruh impor “{run.name}”?",
        loss=f"Isi dari {counts.get('created', 0)} baris baru dihapus dan {counts.get('changed', 0)} baris yang "
        "diubah kembali ke nilai lamanya. Bila ada yang sudah diubah atau dipakai sesudahnya, tidak ada yang "
        "diurungkan.",
        submit_label="Urungkan impor",
        cancel_url=reverse("imports:import_detail", args=[run.pk]),
        crumbs=crumbs_of(run, ("Urungkan", "")),
    )
