"""Pages of the evaluation entered from paper: existing sheets to change, empty rows to add, fifty sheets at a time."""

import re
from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from records import formats
from records.editing import warn_of_texts
from records.parsers.grids import CellNames, read_choices
from records.parsers.text import seen
from trainings.models import EvaluationSheet
from trainings.models.evaluations import MARKS
from trainings.queries.evaluations import Column, form_questions, sheets_filled
from trainings.queries.scores import present_people
from trainings.services.evaluations import (
    CELLS,
    EMPTY,
    read_tokens,
    record_sheets,
    remove_last,
    stored_cells,
    token,
    write_tokens,
)
from trainings.views.base import QuestionView, TrainingMixin, TrainingPage, show_errors

MAX_SHEETS, MAX_CELLS = 50, 1_000  # per page; a sheet about many narasumber is wide
NEW_ROWS = 10
MAX_NEW = 200  # new rows per request
NEW_CELLS = CellNames("b", 3)  # number of the new row, question, narasumber or 0
NAMES = {"e": CELLS, "b": NEW_CELLS}
LAST = re.compile(r"akhir=([0-9]{1,9})(?!\S)")
MAX_WORDS = 500


class EvaluationEntry(TrainingPage):
    right, scope = TrainingMixin.right, TrainingMixin.scope
    template_name = "trainings/evaluation_entry.html"
    page_name = "assessments"
    heading = "Isian evaluasi"

    def get_page_url(self):
        return reverse("trainings:evaluation_entry", args=[self.training.pk])

    def get_cancel_url(self):
        return reverse("trainings:assessments", args=[self.training.pk])

    def setup_page(self):
        self.questions = form_questions(self.training)
        self.sheets_shown = max(5, min(MAX_SHEETS, MAX_CELLS // max(1, len(self.questions))))
        self.stored = stored_cells(self.training)
        sheets = dict(self.training.evaluation_sheets.values_list("number", "source"))
        self.numbers = list(sheets)
        self.of_links = {number for number, source in sheets.items() if source == EvaluationSheet.Source.LINK}
        self.present = present_people(self.training).count()

    def get(self, request, *args, **kwargs):
        self.setup_page()
        return self.page()

    def post(self, request, *args, **kwargs):
        self.setup_page()
        if locked := self.locked_answer():
            return locked
        typed, errors = self.read_cells()
        if errors:
            return self.page(typed, errors)
        chosen, left = read_choices(request.POST, CELLS)
        version = request.POST.get("version", "")
        last = LAST.search(version)
        wanted = {cell[1:]: value for cell, value in typed.items() if cell[0] == "e" and cell[1:] not in left}
        new: dict[int, dict[Column, str]] = {}
        for (kind, row, *column), value in typed.items():
            if kind == "b":
                new.setdefault(row, {})[column[0], column[1]] = value
        try:
            outcome = record_sheets(
                self.training,
                wanted,
                read_tokens(version),
                [new[row] for row in sorted(new)][:MAX_NEW],
                last=int(last[1]) if last else 0,
                by=request.user,
                chosen=chosen,
            )
        except ValidationError as error:
            show_errors(request, error)
            return self.page(typed)
        if outcome.clashes:
            return self.page(typed, clashes=outcome.clashes)
        count = self.training.evaluation_sheets.count()
        messages.success(
            request,
            f"Evaluasi tersimpan: {formats.number_id(count)} lembar "
            f"dari {formats.number_id(self.present)} orang hadir.",
        )
        warn_of_texts(request, {"Jawaban": " ".join(typed.values())})
        return redirect(self.get_success_url())

    def read_cells(self) -> tuple[dict, dict]:
        """{(e or b, sheet or row, question, narasumber): text}, and the errors of some of them."""
        texts = {place.question.pk for place in self.questions if place.is_text}
        typed, errors = {}, {}
        sent = [((kind, *key), value) for kind, names in NAMES.items() for key, value in names.read(self.request.POST)]
        for cell, value in sent:
            text = " ".join(seen(value).split())
            typed[cell] = text
            if not text:
                continue
            if cell[2] in texts:
                if len(text) > MAX_WORDS:
                    errors[cell] = f"paling banyak {MAX_WORDS} huruf"
                elif "\x00" in text:
                    errors[cell] = "ada tanda yang tidak terbaca"
            elif text not in MARKS:
                errors[cell] = "tulis 1, 2, 3, atau 4"
        return typed, errors

    def page(self, typed=None, errors=None, clashes=None):
        typed, errors = typed or {}, errors or {}
        step = self.sheets_shown
        pages = [self.numbers[start : start + step] for start in range(0, len(self.numbers), step)] or [[]]
        page = self.request.GET.get("lembar", "")
        known = re.fullmatch(r"[0-9]{1,4}", page) and 0 < int(page) <= len(pages)
        index = int(page) - 1 if known else len(pages) - 1
        shown = pages[index]
        adds = index == len(pages) - 1
        room = max(0, self.present - sheets_filled(self.training))
        count = max([0, *(row + 1 for kind, row, *_ in typed if kind == "b")])
        count = min(max(min(room, NEW_ROWS), count), MAX_NEW) if adds else 0
        rows = [self._row("e", number, typed, errors) for number in shown]
        new = [self._row("b", number, typed, errors) for number in range(count)]
        seen = self.request.POST.get("version", "")
        if not typed:
            cells = {cell: value for cell, value in self.stored.items() if cell[0] in set(shown)}
            seen = f"akhir={max(self.numbers, default=0)} {write_tokens(cells)}"
        context = self.get_context_data(
            rows=rows,
            new=new,
            seen=seen,
            clashes=clashes or [],
            errors=[cell for row in [*rows, *new] for cell in row["cells"] if cell["error"]],
            questions=self.questions,
            groups=self.groups(),
            present=self.present,
            count=len(self.numbers),
            room=room,
            editable=self.training.is_open,
            # The number changes with saving, so that the browser's draft of the previous entry is not restored.
            keep=f"evaluasi-{max(self.numbers, default=0)}",
            sheet_tabs=[
                (str(number), f"{page[0]}–{page[-1]}", number == index + 1)
                for number, page in enumerate(pages, 1)
                if page
            ],
            cancel_url=self.get_cancel_url(),
        )
        return render(self.request, self.template_name, context, status=409 if clashes else 200)

    def groups(self) -> list[tuple[str, int]]:
        """(narasumber, number of fields) above the columns; empty where no narasumber is evaluated."""
        counts = Counter(str(place.person or "Pelatihan") for place in self.questions)
        return list(counts.items()) if any(place.person for place in self.questions) else []

    def _row(self, kind, number, typed, errors) -> dict:
        word = f"Lembar {number}" if kind == "e" else f"Baris baru {number + 1}"
        from_link = kind == "e" and number in self.of_links
        cells = []
        for place in self.questions:
            cell = (kind, number, *place.column)
            stored = self.stored.get(cell[1:], EMPTY) if kind == "e" else EMPTY
            text = typed.get(cell, stored)
            cells.append(
                {
                    "name": _name(cell),
                    "text": text,
                    "unsaved": token(text) != token(stored),
                    "error": errors.get(cell, ""),
                    "place": place,
                    "label": f"{word}, {place.label}",
                }
            )
        return {"word": word, "from_link": from_link, "cells": cells}


def _name(cell) -> str:
    return NAMES[cell[0]].name(cell[1:])


class EvaluationSheetRemove(QuestionView):
    submit_label = "Hapus lembar terakhir"
    page_name = "assessments"

    def get_page_url(self):
        return reverse("trainings:evaluation_entry", args=[self.training.pk])

    def texts(self):
        sheet = self.training.evaluation_sheets.order_by("-number").first()
        number = sheet.number if sheet else 0
        return {
            "question": f"Hapus lembar evaluasi no. {number}?" if sheet else "Belum ada lembar evaluasi.",
            "loss": "Nilai dan saran pada lembar itu ikut terhapus. Lembar lain tetap." if sheet else "",
        }

    def act(self):
        self.number = remove_last(self.training, by=self.request.user)

    def get_done_message(self):
        return "Lembar evaluasi terakhir dihapus."
