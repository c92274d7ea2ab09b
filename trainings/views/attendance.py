"""Kehadiran: the grid of people x sessions for the desk, and "semua hadir, kecuali" for one session.

Both pages send every cell they show, and one text with the marks that the page was made of (`version`, the name
under which the browser's draft keeps it beside the typing): only cells that the person changed are written.
"""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.views.generic import TemplateView

from trainings.figures import SessionFigures, TrainingFigures, training_figures
from trainings.models import Attendance, Participant, Training
from trainings.services.attendance import UNMARKED, UNMARKED_WORD, Cell, Clash, mark
from trainings.views.base import OfTraining, tell

CELL = re.compile(r"k-(\d{1,18})-(\d{1,18})")
SEEN = re.compile(r"(\d{1,18})-(\d{1,18})-([a-z]+)")
STATUSES = [(UNMARKED, UNMARKED_WORD), *Attendance.Status.choices]
KNOWN = {status for status, _ in STATUSES}
# All days side by side only while the page stays light.
MOST_CELLS = 1_000


def options_of(status: str):
    """The options of one cell; the same seven texts serve all cells of a page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value == status else "", label) for value, label in STATUSES),
    )


OPTIONS = {status: options_of(status) for status in KNOWN}


def read_cells(data) -> dict[Cell, str]:
    """The typed marks. Raises ValidationError for a mark that does not exist."""
    found = {}
    for name, value in data.items():
        if match := CELL.fullmatch(name):
            if value not in KNOWN:
                raise ValidationError("Ada pilihan kehadiran yang tidak dikenal. Muat ulang halaman, lalu ulangi.")
            found[int(match[1]), int(match[2])] = value
    return found


def read_seen(data) -> dict[Cell, str]:
    return {(int(one), int(two)): status for one, two, status in SEEN.findall(data.get("version", ""))}


def read_choices(data) -> tuple[dict[Cell, str], set[Cell]]:
    """Answers to clashes: {cell: the foreign mark known when the person insisted}, and cells left to the other."""
    insisted, left = {}, set()
    for name, value in data.items():
        match = CELL.fullmatch(name.removeprefix("pilih-")) if name.startswith("pilih-") else None
        if match and value == "mereka":
            left.add((int(match[1]), int(match[2])))
        elif match and value.startswith("saya:"):
            insisted[int(match[1]), int(match[2])] = value.removeprefix("saya:")
    return insisted, left


class AttendancePage(OfTraining, TemplateView):
    """What both pages share. Looking is for all who see the training, marking for the office and its officers."""

    right = None
    scope = "visible_to"
    open_only = False
    anchor = "#kehadiran"
    source = Attendance.Source.GRID

    def setup_page(self):
        user = self.request.user
        self.editable = (
            self.training.is_open and Training.objects.markable_by(user).filter(pk=self.training.pk).exists()
        )
        self.figures = training_figures(self.training, Participant.objects.visible_to(user))
        self.sessions = self.chosen_sessions(self.figures)

    def chosen_sessions(self, figures: TrainingFigures) -> list[SessionFigures]:
        raise NotImplementedError

    def preset(self, status: str) -> str:
        """What a cell shows that holds `status`."""
        return status

    def get(self, request, *args, **kwargs):
        self.setup_page()
        return self.page()

    def post(self, request, *args, **kwargs):
        user = request.user
        if not Training.objects.markable_by(user).filter(pk=self.training.pk).exists():
            raise PermissionDenied("attendance of this training is marked by others")
        try:
            insisted, left = read_choices(request.POST)
            typed = read_cells(request.POST)
            seen = read_seen(request.POST)
            wanted = {cell: status for cell, status in typed.items() if cell not in left}
            outcome = mark(self.training, wanted, seen, by=user, source=self.source, chosen=insisted)
        except ValidationError as error:
            tell(request, error)
            return redirect(request.get_full_path())
        self.setup_page()
        if outcome.clashes:
            return self.page(typed=typed, seen=request.POST.get("version", ""), clashes=outcome.clashes)
        messages.success(request, self.saved_text())
        return redirect(self.get_success_url())

    def saved_text(self) -> str:
        """ "Kehadiran hari ke-1 tersimpan: 45 hadir, 3 izin."."""
        parts, shown = [], {row.session.pk for row in self.sessions}
        for day in self.figures.days:
            for row in day.sessions:
                if row.session.pk not in shown:
                    continue
                name = f"hari ke-{day.number}" + (f" sesi {row.session}" if len(day.sessions) > 1 else "")
                parts.append(f"{name} tersimpan: {row.status_text or 'belum ada yang dicatat'}")
        return f"Kehadiran {'; '.join(parts)}."

    def page(self, typed: dict | None = None, seen: str | None = None, clashes: list[Clash] | None = None):
        context = self.get_context_data(
            rows=[self._row(person, typed) for person in self.figures.people],
            seen=self._seen() if seen is None else seen,
            clashes=clashes or [],
            figures=self.figures,
            sessions=self.sessions,
            editable=self.editable,
            cancel_url=self.get_cancel_url(),
        )
        return render(self.request, self.template_name, context, status=409 if clashes else 200)

    def _row(self, person, typed) -> dict:
        cells = []
        for row in self.sessions:
            cell = (person.participant.pk, row.session.pk)
            stored = person.marks.get(row.session.pk, UNMARKED)
            shown = (typed or {}).get(cell, self.preset(stored) if self.editable else stored)
            cells.append(
                {
                    "name": f"k-{cell[0]}-{cell[1]}",
                    "options": OPTIONS[shown],
                    "word": dict(STATUSES)[stored],
                    "status": stored,
                    "unsaved": shown != stored,
                    "session": row.session,
                }
            )
        return {"person": person, "cells": cells}

    def _seen(self) -> str:
        shown = {row.session.pk for row in self.sessions}
        return " ".join(
            f"{person.participant.pk}-{session}-{status}"
            for person in self.figures.people
            for session, status in person.marks.items()
            if session in shown
        )


class AttendanceGrid(AttendancePage):
    """People x sessions, one day or all days at a time."""

    template_name = "trainings/attendance_grid.html"
    heading = "Kehadiran"

    def chosen_sessions(self, figures):
        asked = self.request.GET.get("hari", "")
        self.all_days = len(figures.sessions) * len(figures.people) <= MOST_CELLS
        days = {str(day.number): day for day in figures.days}
        if (asked == "semua" and self.all_days) or len(figures.days) == 1:
            self.shown = "semua"
            return figures.sessions
        day = days.get(asked) or next(iter(figures.days), None)
        self.shown = str(day.number) if day else ""
        return day.sessions if day else []

    def get_context_data(self, **kwargs):
        numbers = {day.number: str(day.number) for day in self.figures.days}
        tabs = [(numbers[day.number], f"Hari ke-{day.number}", day.day.date) for day in self.figures.days]
        return super().get_context_data(tabs=tabs, all_days=self.all_days, shown=self.shown, **kwargs)


class AttendanceSession(AttendancePage):
    """Semua hadir, kecuali: whoever is not recorded yet stands as Hadir, only exceptions are touched, then saved."""

    template_name = "trainings/attendance_session.html"
    source = Attendance.Source.ALL_BUT

    def chosen_sessions(self, figures):
        for day in figures.days:
            for row in day.sessions:
                if row.session.pk == self.kwargs["pk"]:
                    self.day, self.row = day, row
                    return [row]
        raise Http404("no such session in this training")

    def preset(self, status):
        return status or Attendance.Status.PRESENT

    def get_heading(self):
        name = f", sesi {self.row.session}" if len(self.day.sessions) > 1 else ""
        return f"Kehadiran hari ke-{self.day.number}{name}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(day=self.day, row=self.row, **kwargs)
