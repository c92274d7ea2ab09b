"""Pages of attendance (kehadiran): the grid of people x sessions for the desktop, one session for the phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join

from accounts.lists import ExportMixin
from accounts.rights import Right, may, sees_whole_district
from records.editing import warn_of_texts
from records.history import MAX_SHOWN
from records.merge import Clash
from records.models import Event
from records.parsers import text
from trainings.exports import attendance_columns
from trainings.models import Attendance, Participant, Training, TrainingDay
from trainings.queries.figure_rows import SessionFigures
from trainings.queries.figures import TrainingFigures, training_figures
from trainings.services.attendance import CELLS, NO_MARK, Mark, NeedsReason, mark, mark_text
from trainings.services.marks import REMARKS, STATUSES, read_cells, read_choices, read_seen, refuse_long, write_seen
from trainings.views.base import TrainingPage, show_errors
from trainings.views.closing import sheets_of

# All days side by side only while the page remains small: 500 people in three sessions.
MAX_CELLS = 1_600
LETTERS = {"hadir": "H", "terlambat": "T", "izin": "I", "sakit": "S", "alpa": "A", "": "–"}


def options_of(status: str):
    """The options of one cell; the same HTML is used for all cells of a page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value == status else "", label) for value, label in STATUSES),
    )


OPTIONS = {status: options_of(status) for status, _ in STATUSES}


class AttendancePage(TrainingPage):
    """Base of both pages. All who see the training may read them; the office and its officers may mark."""

    page_name = "attendance_grid"
    source = Attendance.Source.GRID

    @cached_property
    def figures(self) -> TrainingFigures:
        return training_figures(self.training, Participant.objects.visible_to(self.request.user))

    @cached_property
    def sessions(self) -> list[SessionFigures]:
        return self.chosen_sessions(self.figures)

    @cached_property
    def markable(self) -> bool:
        return Training.objects.markable_by(self.request.user).filter(pk=self.training.pk).exists()

    @property
    def editable(self) -> bool:
        return self.markable and self.training.is_open

    def chosen_sessions(self, figures: TrainingFigures) -> list[SessionFigures]:
        raise NotImplementedError

    def complete(self, wanted: dict) -> dict:
        """Hook: marks that a button of the page adds to the typed ones."""
        return wanted

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        if not self.markable:
            raise PermissionDenied("attendance of this training is marked by others")
        typed = None
        try:
            insisted, left = read_choices(request.POST)
            seen = read_seen(request.POST) | insisted
            typed = self.complete(read_cells(request.POST, seen))
            refuse_long(typed)
            wanted = {cell: typed[cell] for cell in typed if cell not in left}
            reason = " ".join(text.seen(request.POST.get("alasan", "").replace("\x00", "")).split())[:500]
            outcome = mark(self.training, wanted, seen, by=request.user, source=self.source, reason=reason)
        except ValidationError as error:
            if typed is None or not self.editable:
                show_errors(request, error)
                return redirect(request.get_full_path())
            return self.page(typed=typed, seen=request.POST.get("version", ""), error=error)
        if outcome.clashes:
            return self.page(typed=typed, seen=request.POST.get("version", ""), clashes=outcome.clashes)
        messages.success(request, self.saved_text())
        remarks = " ".join(mark.remark for mark in wanted.values())
        warn_of_texts(request, {"Keterangan": remarks, "Alasan": reason})
        return redirect(self.form_action())

    def form_action(self) -> str:
        """The URL of the form, and the redirect after saving."""
        return self.request.path

    def saved_text(self) -> str:
        """ "Kehadiran hari ke-1 tersimpan: 45 hadir, 3 izin."."""
        parts, shown = [], {row.session.pk for row in self.sessions}
        for day in self.figures.days:
            for row in day.sessions:
                if row.session.pk not in shown:
                    continue
                name = day.label.lower() + (f" sesi {row.session}" if len(day.sessions) > 1 else "")
                parts.append(f"{name} tersimpan: {row.status_text or 'belum ada yang dicatat'}")
        return f"Kehadiran {'; '.join(parts)}."

    def page(self, typed=None, seen: str | None = None, clashes: list[Clash] | None = None, error=None):
        closed = [day for day in self.figures.days if day.is_closed and day.session_keys & self._shown]
        context = self.get_context_data(
            rows=[self._row(person, typed) for person in self.figures.people],
            seen=write_seen(self._stored()) if seen is None else seen,
            clashes=clashes or [],
            error=error,
            reason_missing=isinstance(error, NeedsReason),
            reason=self.request.POST.get("alasan", ""),
            closed_days=closed,
            figures=self.figures,
            sessions=self.sessions,
            editable=self.editable,
            sees_all=self._sees_all(),
            cancel_url=self.get_cancel_url(),
            form_action=self.form_action(),
        )
        return render(self.request, self.template_name, context, status=409 if clashes else 200)

    @cached_property
    def _shown(self) -> set[int]:
        return {row.session.pk for row in self.sessions}

    def _stored(self) -> dict:
        return {
            (person.participant.pk, session): Mark(status, person.remarks.get(session, ""))
            for person in self.figures.people
            for session, status in person.marks.items()
            if session in self._shown
        }

    def _row(self, person, typed) -> dict:
        cells = []
        for row in self.sessions:
            cell = (person.participant.pk, row.session.pk)
            stored = Mark(person.marks.get(row.session.pk, ""), person.remarks.get(row.session.pk, ""))
            shown = (typed or {}).get(cell, stored)
            cells.append(
                {
                    "name": CELLS.name(cell),
                    "remark_name": REMARKS.name(cell),
                    "options": OPTIONS[shown.status],
                    "word": mark_text(Mark(stored.status)),
                    "status": stored.status,
                    "shown": shown,
                    "unsaved": shown != stored,
                    "session": row.session,
                }
            )
        return {"person": person, "cells": cells}

    def _sees_all(self) -> bool:
        return sees_whole_district(self.request.user) or self.markable

    def corrections(self):
        """Events of its days (closing, reopening, corrections), newest first; they name people of all villages."""
        if not self._sees_all():
            return []
        days = [day.day.pk for day in self.figures.days]
        rows = Event.objects.filter(kind=TrainingDay._meta.label_lower, object_id__in=days)
        return rows.select_related("by").order_by("-pk")[:MAX_SHOWN]


class AttendanceGrid(ExportMixin, AttendancePage):
    """Page of people x sessions, one day or all days at a time, with the signed sheets and the corrections below."""

    template_name = "trainings/attendance_grid.html"
    heading = "Kehadiran"
    export_title = "Kehadiran pelatihan"

    def chosen_sessions(self, figures):
        chosen = self.request.GET.get("hari", "")
        self.all_days = len(figures.sessions) * len(figures.people) <= MAX_CELLS
        days = {str(day.number): day for day in figures.days}
        if (chosen == "semua" and self.all_days) or len(figures.days) == 1:
            self.shown = "semua"
            return figures.sessions
        day = days.get(chosen) or next(iter(figures.days), None)
        self.shown = str(day.number) if day else ""
        return day.sessions if day else []

    def form_action(self):
        self.sessions  # noqa: B018 - sets self.shown
        return f"{self.request.path}?hari={self.shown}"

    @cached_property
    def export_columns(self):
        return attendance_columns(self.figures)

    def export_rows(self):
        return self.figures.people

    def export_facts(self):
        return [("Pelatihan", str(self.training))]

    def get_context_data(self, **kwargs):
        numbers = {day.number: str(day.number) for day in self.figures.days}
        tabs = [(numbers[day.number], day.label, day.day.date) for day in self.figures.days]
        may_close = may(self.request.user, Right.EDIT_TRAININGS) and self.training.is_open
        return super().get_context_data(
            tabs=tabs,
            all_days=self.all_days,
            shown=self.shown,
            sheets=self._sheets(),
            may_close=may_close,
            may_upload=may(self.request.user, Right.EDIT_TRAININGS) and self.training.state != Training.State.CANCELLED,
            sees_sheets=sees_whole_district(self.request.user),
            events=self.corrections(),
            **kwargs,
        )

    def _sheets(self) -> list[dict]:
        """For each session: the marks, the counted signatures, and the scans of the sheet."""
        if not sees_whole_district(self.request.user):
            return []
        files: dict[int, list] = {}
        for row in sheets_of(self.training):
            files.setdefault(row.session_id, []).append(row)
        return [
            {"day": day, "row": row, "first": row is day.sessions[0], "files": files.get(row.session.pk, [])}
            for day in self.figures.days
            for row in day.sessions
        ]


class AttendanceSession(AttendancePage):
    """Page of one session for a phone: one tap for all who are not recorded yet, then the exceptions."""

    template_name = "trainings/attendance_session.html"
    source = Attendance.Source.PHONE

    def chosen_sessions(self, figures):
        for day in figures.days:
            for row in day.sessions:
                if row.session.pk == self.kwargs["pk"]:
                    self.day, self.row = day, row
                    return [row]
        raise Http404("no such session in this training")

    def complete(self, wanted):
        if "semua" not in self.request.POST:
            return wanted
        self.source = Attendance.Source.ALL_BUT
        present = Attendance.Status.PRESENT.value
        return {cell: given if given.status else Mark(present, given.remark) for cell, given in wanted.items()}

    def get_heading(self):
        self.sessions  # noqa: B018 - sets self.day and self.row, or raises Http404
        name = f", sesi {self.row.session}" if len(self.day.sessions) > 1 else ""
        return f"Kehadiran {self.day.label.lower()}{name}"

    def get_context_data(self, **kwargs):
        choices = [
            {
                "number": f"{day.number}" + (f" {row.session}" if len(day.sessions) > 1 else ""),
                "url": reverse("trainings:attendance_session", args=[self.training.pk, row.session.pk]),
                "here": row is self.row,
                "closed": day.is_closed,
            }
            for day in self.figures.days
            for row in day.sessions
        ]
        statuses = [(value, LETTERS[value], label) for value, label in [*STATUSES[1:], STATUSES[0]]]
        villages = self._villages()
        return super().get_context_data(
            day=self.day,
            row=self.row,
            choices=choices,
            statuses=statuses,
            villages=villages,
            present_marks=" ".join(Attendance.PRESENT),
            **kwargs,
        )

    def _villages(self) -> list[dict]:
        """Numbers of present and registered lines of each village in this session, as stored."""
        found: dict[int | None, dict] = {}
        for person in self.figures.people:
            village = person.participant.village
            row = found.setdefault(
                village and village.pk,
                {"key": str(village.pk) if village else "0", "name": village.name if village else "Tanpa desa"}
                | {"present": 0, "total": 0},
            )
            row["total"] += 1
            row["present"] += person.marks.get(self.row.session.pk, NO_MARK.status) in Attendance.PRESENT
        return list(found.values())
