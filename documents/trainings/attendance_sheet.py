"""Daftar hadir: blank for signing before the event, filled from the ticks after it.

The form is that of domain practice: kop, double rule, zigzag signatures, empty rows for walk-ins, totals L/P,
villages represented, two signatures. Participants sign once a session, narasumber and panitia once a day; in
landscape the sessions of a day stand side by side. A training's set is one document.
"""

from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters
from documents.issue_rules import when_days_closed
from documents.rendering.expectations import of_sheets
from documents.rendering.verification import Expected
from documents.signers import DPMU_SIGNERS, Letterhead
from documents.trainings import base, roster
from documents.trainings.attendance_marks import Marks
from documents.trainings.base import Filing, TrainingDocument
from records import formats
from trainings.models import AgendaItem, SpjItem, Training, TrainingDay, TrainingSession

MODES = {"blank": "Daftar hadir untuk ditandatangani", "filled": "Daftar hadir terisi"}
WHO = {"peserta": "Peserta", "narasumber": "Narasumber", "panitia": "Panitia"}
LAYOUTS = {"portrait": "Tegak, satu lembar per sesi", "landscape": "Mendatar, sesi berdampingan"}

# Three signature columns of 48 mm are what F4 landscape holds beside the names.
SIDE_BY_SIDE = 3
# Empty rows for narasumber and panitia whom the portal does not know yet (our assumption).
SPARE_ROWS = 3
_HEADS = {
    "peserta": ("Jabatan/Unsur", "{village}/Kecamatan"),
    "narasumber": ("Jabatan/Instansi", "Materi"),
    "panitia": ("Kedudukan", "Instansi"),
}
_NOBODY = {
    "peserta": "Belum ada peserta terdaftar.",
    "narasumber": "Belum ada narasumber dalam susunan acara.",
    "panitia": "Belum ada panitia tercatat.",
}

Subject = Training | TrainingDay | TrainingSession


def training_of(subject: Subject) -> Training:
    if isinstance(subject, TrainingSession):
        return subject.day.training
    return subject.training if isinstance(subject, TrainingDay) else subject


class AttendanceSheet(TrainingDocument):
    kind, title, code_prefix = "attendance_sheet", "Daftar hadir", "DH"
    template_version = 3
    subjects = (Training, TrainingDay, TrainingSession)
    audience = Audience.DISTRICT
    options = {"mode": MODES, "who": WHO, "layout": LAYOUTS}
    issue_rule = when_days_closed
    letterhead = Letterhead.OFFICE
    signers = DPMU_SIGNERS
    template = "documents/attendance_sheet.html"
    spj_item = SpjItem.Paper.ATTENDANCE
    buttons = (
        Button("Kosong", {"mode": "blank"}),
        Button("Terisi", {"mode": "filled"}),
        Button("Narasumber", {"mode": "blank", "who": "narasumber"}),
        Button("Panitia", {"mode": "blank", "who": "panitia"}),
        Button("Kosong, sesi berdampingan", {"mode": "blank", "layout": "landscape"}, rare=True),
        Button("Terisi, sesi berdampingan", {"mode": "filled", "layout": "landscape"}, rare=True),
    )
    filing = Filing(6, ({"who": "peserta"}, {"who": "narasumber"}, {"who": "panitia"}))
    of_meetings = True

    def district_of(self, subject: Subject) -> District:
        return training_of(subject).district

    def label(self, parameters: dict) -> str:
        who = parameters.get("who", "peserta")
        title = MODES[parameters["mode"]] if who == "peserta" else f"Daftar hadir {who}"
        return f"{title}{roster.of_village(parameters)}"

    def clean(self, subject: Subject, parameters: dict) -> dict:
        """The parameters of a request, checked. Raises ValidationError, in words for people."""
        if parameters.get("mode", "blank") not in MODES:
            raise ValidationError("Pilih daftar hadir untuk ditandatangani atau yang terisi.")
        found: dict[str, Any] = self.chosen(parameters)
        if found["mode"] == "filled" and found["who"] != "peserta":
            raise ValidationError(
                "Kehadiran dicatat untuk peserta saja. Mintalah daftar hadir kosong untuk ditandatangani."
            )
        if not roster.sessions_of(subject).exists():
            raise ValidationError("Pelatihan ini belum mempunyai hari dan sesi. Tambahkan dahulu, lalu minta lagi.")
        if found["who"] == "peserta":
            training = training_of(subject)
            found |= roster.one_village(training, parameters)
            if "village" in found and not training.participants.current().filter(village=found["village"]).exists():
                raise ValidationError("Belum ada peserta terdaftar dari desa ini.")
        return found | {"phones": found["who"] == "peserta" and self.district_of(subject).rules.phone_on_sheet}

    def collect(self, subject: Subject, parameters: dict, user: User | None) -> dict[str, Any]:
        """Everything the sheets print, as plain values. A fasilitator's sheets hold the people they may see."""
        training = training_of(subject)
        parameters = {"phones": False} | parameters | self.chosen(parameters)
        items = f"items__{roster.SPEAKERS}" if parameters["who"] == "narasumber" else "items"
        rows = roster.sessions_of(subject).select_related("day")
        sessions = list(rows.prefetch_related(items, f"day__{items}", "day__sessions"))
        first = sessions[0].day.date
        wide = parameters["layout"] == "landscape"
        title = self.label(parameters)
        signing = self.signing(training, first)
        subject_line = f"{title}, {formats.day_date(first)}"
        head = base.head(training, title, first, subject=subject_line, wide=wide, signing=signing)
        sheets = _Sheets(training, head["terms"]["village"], parameters, sessions, user, signing)
        return head | {
            "title": f"DAFTAR HADIR {parameters['who']}{roster.of_village(parameters)}".upper(),
            "word_village": head["terms"]["village"],
            "filled": parameters["mode"] == "filled",
            "phones": parameters["phones"],
            "taught": parameters["who"] == "narasumber",
            "nobody": _NOBODY[parameters["who"]],
            "invited_villages": len(sheets.invited),
            "sheets": sheets.all(wide),
            "recap": sheets.recap() if parameters["mode"] == "filled" and len(sessions) > 1 else None,
        }

    def filed_as(self, options: Parameters, *, marked: bool) -> Parameters:
        return options | {"mode": "filled" if marked and options["who"] == "peserta" else "blank"}

    def expected(self, snapshot: dict[str, Any], page: str) -> Expected:
        """Everybody with their cells, the sums below, and the recapitulation."""
        return of_sheets(snapshot)


class _Sheets:
    """The sheets of one document."""

    def __init__(self, training, word_village, parameters, sessions, user, signing):
        self.training = training
        self.signing = signing
        self.office = training.district.office_on(sessions[0].day.date)
        self.word_village = word_village
        self.who = parameters["who"]
        self.phones = parameters["phones"]
        self.filled = parameters["mode"] == "filled"
        self.sessions = sessions
        self.dates = base.dates(training)
        self.signed: dict[date, list[dict]] = {}
        self.people: list[dict[str, Any]] = []
        self.marks: Marks | None = None
        self.invited: dict[int, str] = {}
        if self.who == "peserta":
            village = parameters.get("village")
            self.people = roster.participants(training, user, phones=self.phones, village=village)
            invited = roster.invited_villages(training, user, village=village)
            self.invited = {row.pk: row.name for row in invited}
            if self.filled:
                self.marks = Marks(sessions, self.people, self.invited, word_village)
        elif self.who == "panitia":
            self.people = _committee(training)

    def all(self, wide: bool) -> list[dict[str, Any]]:
        """Participants sign each session on a sheet of its own, or side by side; the others sign once a day."""
        days = [list(group) for _, group in groupby(self.sessions, key=lambda session: session.day_id)]
        if wide:
            return [
                self._sheet(day[at : at + SIDE_BY_SIDE], day[at : at + SIDE_BY_SIDE])
                for day in days
                for at in range(0, len(day), SIDE_BY_SIDE)
            ]
        if self.who == "peserta":
            return [self._sheet([session], [session]) for session in self.sessions]
        return [self._sheet(day, day[:1]) for day in days]

    def _sheet(self, sessions: list[TrainingSession], columns: list[TrainingSession]) -> dict[str, Any]:
        day = sessions[0].day
        items = [item for session in sessions for item in _items(session)]
        items = list({item.pk: item for item in items}.values())
        several = len(day.sessions.all()) > 1
        post_head, place_head = _HEADS[self.who]
        return {
            "day": formats.day_date(day.date),
            "day_number": self.dates.index(day.date) + 1,
            "days": len(self.dates),
            "time": formats.time_span(sessions[0].starts, max(session.ends for session in sessions)),
            "session": " / ".join(session.name for session in sessions)
            if several and len(sessions) == len(columns)
            else "",
            "lesson_hours": str(sum(item.lesson_hours for item in items) or ""),
            "topics": "; ".join(item.topic for item in items if item.kind == AgendaItem.Kind.TOPIC)
            if self.who == "peserta"
            else "",
            "post_head": post_head,
            "place_head": place_head.format(village=self.word_village),
            "columns": self._column_heads(columns),
            "width": 6 + len(columns) - (not self.phones),
            "rows": self._rows(items, columns),
            "totals": self.marks.totals(columns) if self.marks else [self._blank_total()],
            "signatures": self._signatures(day.date),
        }

    def _column_heads(self, columns: list[TrainingSession]) -> list[str]:
        if len(columns) > 1:
            return [f"{session.name} ({formats.time_id(session.starts)})" for session in columns]
        return ["Kehadiran" if self.filled else "Tanda Tangan"]

    def _rows(self, items: list[AgendaItem], columns: list[TrainingSession]) -> list[dict[str, Any]]:
        people = self.people if self.who != "narasumber" else _speakers(items)
        if self.marks:
            return [
                _printed(person, [{"text": self.marks.word(person, session), "side": "c"} for session in columns])
                for person in people
            ]
        # Empty rows are numbered too, so that a walk-in's signature has its place in the zigzag.
        spare = self.training.district.rules.walk_in_rows if self.who == "peserta" else SPARE_ROWS
        last = people[-1]["number"] if people else 0
        blank = [dict(_BLANK, number=last + place) for place in range(1, spare + 1)]
        # The zigzag follows the place on the sheet, for numbers skip those who were replaced.
        return [
            _printed(
                person,
                [{"text": f"{person['number']}. ............", "side": ("", "right-half")[at % 2]}] * len(columns),
            )
            for at, person in enumerate([*people, *blank])
        ]

    def _blank_total(self) -> str:
        if self.who != "peserta":
            return "Jumlah ........ orang"
        of = f" dari {len(self.invited)}" if self.invited else ""
        return (
            "Rekapitulasi: Laki-laki ........ orang | Perempuan ........ orang | Jumlah ........ orang | "
            f"{self.word_village} terwakili ........{of}"
        )

    def recap(self) -> dict[str, Any]:
        assert self.marks is not None
        hours = {session.pk: sum(item.lesson_hours for item in _items(session)) for session in self.sessions}
        return self.marks.recap(hours) | {
            "dates": formats.span(self.sessions[0].day.date, self.sessions[-1].day.date).upper(),
            "signatures": self._signatures(self.sessions[-1].day.date),
        }

    def _signatures(self, day: date) -> list[dict[str, Any]]:
        if day not in self.signed:
            placed = base.place_date(self.office, day)
            self.signed[day] = self.signing.on(day).blocks(placed=placed)
        return self.signed[day]


_BLANK = {"name": "", "sex": "", "post": "", "place": "", "phone": ""}


def _printed(person: dict, cells: list[dict[str, str]]) -> dict[str, Any]:
    """A person without the keys that only the sums need."""
    return {key: person[key] for key in _BLANK} | {"number": str(person["number"]), "cells": cells}


def _items(session: TrainingSession) -> list[AgendaItem]:
    """Agenda items of a session; items of the day without one belong to it where it is the only one."""
    if session.items.all():
        return list(session.items.all())
    return [item for item in session.day.items.all() if item.session_id is None]


def _speakers(items: list[AgendaItem]) -> list[dict[str, Any]]:
    return [
        _BLANK
        | {"number": number, "name": row["name"], "sex": row["sex"]}
        | {"post": row["about"], "place": "; ".join(row["topics"])}
        for number, row in enumerate(roster.speakers_of(items), 1)
    ]


def _committee(training: Training) -> list[dict[str, Any]]:
    return [
        _BLANK
        | {"number": number, "name": row.person.name, "sex": row.person.sex}
        | {"post": row.role, "place": row.person.institution or "-"}
        for number, row in enumerate(training.committee.select_related("person"), 1)
    ]
