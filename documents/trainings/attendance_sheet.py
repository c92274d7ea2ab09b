"""Daftar hadir: blank for signing before the event, filled from the marks after it.

The form is that of docs/domain/training.md: letterhead, double rule, zigzag signatures, empty rows for walk-ins, totals
L/P, villages represented, two signatures. All sheets of a training are one document.
"""

from collections.abc import Sequence
from typing import NotRequired

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import District, User
from documents.base import AllVillages, Button
from documents.choices import Audience
from documents.content import Parameters, option
from documents.issue_rules import when_days_closed
from documents.layout.fitting import Measure, Section, rows_that_fit
from documents.layout.sheet_codes import SheetCodes
from documents.rendering.verification import Expected
from documents.signers import DPMU_SIGNERS, Letterhead
from documents.trainings import base, gaps, roster
from documents.trainings.attendance_tables import AttendanceTables, Recap, Sheet
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from documents.trainings.columns import Align, Column, Part, Who, Width, cells
from documents.trainings.gaps import Gap
from records import formats
from trainings.models import AgendaSpeaker, SpjItem, Training, TrainingDay, TrainingSession

MODES = {"blank": "Daftar hadir untuk ditandatangani", "filled": "Daftar hadir terisi"}
WHO = {who.value: who.value.capitalize() for who in Who}
LAYOUTS = {"portrait": "Tegak, satu lembar per sesi", "landscape": "Mendatar, sesi berdampingan"}

# Kode lembar: a sheet of narasumber is no evidence of the participants of its session.
CODES: dict[str, str] = {Who.PARTICIPANTS: "DH", Who.SPEAKERS: "DHN", Who.COMMITTEE: "DHP"}

_NOBODY: dict[str, str] = {
    Who.PARTICIPANTS: "Belum ada peserta terdaftar.",
    Who.SPEAKERS: "Belum ada narasumber dalam susunan acara.",
    Who.COMMITTEE: "Belum ada panitia tercatat.",
}

Subject = Training | TrainingDay | TrainingSession


def training_of(subject: Subject) -> Training:
    if isinstance(subject, TrainingSession):
        return subject.day.training
    return subject.training if isinstance(subject, TrainingDay) else subject


# In mm: names and texts are narrower beside telephone numbers and wider in landscape, where signatures share the rest.
_NAME = Width(43, a4=38, phones=35, a4_phones=30, narasumber=36, wide=52, wide_phones=44)
_POST = Width(31, phones=25, wide=38, wide_phones=28)
_PLACE = Width(37, phones=31, narasumber=52, wide=42, wide_phones=32)
_SESSION = Width(43, phones=33, narasumber=0, wide=0)


class AttendanceContent(TrainingContent):
    title: str
    filled: bool
    phones: bool
    who: str
    nobody: str  # text of a sheet without people
    invited_villages: int
    sheets: list[Sheet]
    recap: Recap | None
    meeting: NotRequired[bool]  # no "Hari ke-" of one day, "Acara" for Materi


class AttendanceSheet(TrainingDocument[AttendanceContent]):
    kind, title, code_prefix = "attendance_sheet", "Daftar hadir", "DH"
    template_version = 6
    is_signed_by_hand = True
    all_villages = (
        AllVillages("hadir-kosong", "Daftar hadir untuk ditandatangani", 4, {"mode": "blank"}),
        AllVillages("hadir-terisi", "Daftar hadir terisi", 5, {"mode": "filled"}),
    )
    subjects = (Training, TrainingDay, TrainingSession)
    audience = Audience.DISTRICT
    options = {"mode": MODES, "who": WHO, "layout": LAYOUTS}
    issue_rule = when_days_closed
    letterhead = Letterhead.OFFICE
    signers = DPMU_SIGNERS
    template = "documents/attendance_sheet.html"
    spj_item = SpjItem.Document.ATTENDANCE
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
    begins_meeting = Filing(2, ({"mode": "blank"},))
    columns = (
        Column("No", "number", Width(9), Align.CENTER),
        Column("Nama", "person.name", _NAME),
        Column("L/P", "person.sex", Width(9), Align.CENTER),
        Column("{posts}", "person.post", _POST, who=[Who.PARTICIPANTS]),
        Column("Jabatan/Instansi", "person.post", _POST, who=[Who.SPEAKERS]),
        Column("Kedudukan", "person.post", _POST, who=[Who.COMMITTEE]),
        Column("{places}", "person.place", _PLACE, who=[Who.PARTICIPANTS]),
        Column("{topics}", "person.place", _PLACE, who=[Who.SPEAKERS]),
        Column("Instansi", "person.place", _PLACE, who=[Who.COMMITTEE]),
        Column("No. HP", "person.phone", Width(30), parts=[Part.BLANK, Part.FILLED], phones=True),
        Column("Tanda Tangan", "per_session", _SESSION, Align.ZIGZAG, parts=[Part.BLANK], per_session=True),
        Column("Kehadiran", "per_session", _SESSION, Align.CENTER, parts=[Part.FILLED], per_session=True),
        Column("Sesi 1 s.d. {sessions}", "marks", Width(26, each_session=4), Align.CENTER, parts=[Part.RECAP]),
        Column("JP", "lesson_hours", Width(12), Align.CENTER, parts=[Part.RECAP]),
    )

    def district_of(self, subject: Subject) -> District:
        return training_of(subject).district

    def label(self, parameters: Parameters) -> str:
        who = parameters.get("who", "peserta")
        title = MODES[option(parameters, "mode")] if who == "peserta" else f"Daftar hadir {who}"
        return f"{title}{roster.of_village(parameters)}"

    def clean(self, subject: Subject, parameters: Parameters) -> Parameters:
        """The checked parameters of a request. Raises ValidationError."""
        if parameters.get("mode", "blank") not in MODES:
            raise ValidationError("Pilih daftar hadir untuk ditandatangani atau yang terisi.")
        found = self.chosen(parameters)
        if found["mode"] == "filled" and found["who"] != "peserta":
            raise ValidationError(
                "Kehadiran dicatat untuk peserta saja. Mintalah daftar hadir kosong untuk ditandatangani."
            )
        if not roster.sessions_of(subject).exists():
            noun = training_of(subject).noun.capitalize()
            raise ValidationError(f"{noun} ini belum mempunyai hari dan sesi. Tambahkan dahulu, lalu minta lagi.")
        if found["who"] == "peserta":
            training = training_of(subject)
            found |= roster.one_village(training, parameters)
            if "village" in found and not training.participants.current().filter(village=found["village"]).exists():
                raise ValidationError("Belum ada peserta terdaftar dari desa ini.")
        return found | {"phones": found["who"] == "peserta" and self.district_of(subject).rules.phone_on_sheet}

    def collect(self, subject: Subject, parameters: Parameters, user: User | None) -> AttendanceContent:
        """All that the sheets print, as plain values. For a fasilitator only the people visible to them."""
        training = training_of(subject)
        parameters = {"phones": False} | parameters | self.chosen(parameters)
        who, filled = option(parameters, "who"), parameters["mode"] == "filled"
        items = f"items__{roster.SPEAKERS}" if who == Who.SPEAKERS else "items"
        rows = roster.sessions_of(subject).select_related("day")
        sessions = list(rows.prefetch_related(items, f"day__{items}", "day__sessions"))
        first = sessions[0].day.date
        wide = parameters["layout"] == "landscape"
        title = self.label(parameters)
        signing = self.signing(training, first)
        subject_line = f"{title}, {formats.day_date(first)}"
        head = base.head(training, title, first, subject=subject_line, wide=wide, signing=signing)
        tables = AttendanceTables(self.columns, training, head, parameters, sessions, user, signing)
        meeting = training.is_meeting
        of = "" if meeting and who == Who.PARTICIPANTS else f" {who}"
        content: AttendanceContent = {
            **head,
            "title": f"DAFTAR HADIR{of}{roster.of_village(parameters)}".upper(),
            "filled": filled,
            "phones": bool(parameters["phones"]),
            "who": who,
            "nobody": _NOBODY[who],
            "invited_villages": len(tables.invited),
            "sheets": tables.sheets(wide),
            "recap": tables.recap() if filled and len(sessions) > 1 else None,
        }
        if meeting:
            content["meeting"] = True
        return content

    def fitted(self, content: AttendanceContent, measure: Measure) -> AttendanceContent:
        """Sheets to sign with as many empty rows as fill their last page."""
        sheets = content["sheets"]
        most = [len(sheet.get("spare", [])) for sheet in sheets]
        if not any(most):
            return content
        begun = [int(not sheet["rows"] and limit > 0) for sheet, limit in zip(sheets, most, strict=True)]
        probe: Sheet = {**sheets[most.index(max(most))], "rows": []}
        (alone,) = measure(self.render(_with_spare(content, [probe], [2])))

        def lay_out(counts: Sequence[int]) -> list[Section]:
            return measure(self.render(_with_spare(content, sheets, counts)))

        return _with_spare(content, sheets, rows_that_fit(lay_out, alone.row, begun, most))

    def render(self, content: AttendanceContent) -> str:
        """The page; each text has its class, because a template cannot iterate over texts and columns at once."""
        recap = content["recap"]
        tables = {
            "sheets": [{**sheet, "cells": cells(sheet)} for sheet in content["sheets"]],
            "recap": recap and {**recap, "cells": cells(recap)},
        }
        return render_to_string(self.template, {**content, **tables})

    def filed_as(self, options: Parameters, *, marked: bool) -> Parameters:
        return options | {"mode": "filled" if marked and options["who"] == "peserta" else "blank"}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        who = parameters["who"]
        if who == Who.SPEAKERS:
            speakers = AgendaSpeaker.objects.filter(item__day__training=training)
            return gaps.UNSIGNED if speakers.exists() else gaps.NO_SPEAKERS
        if who == Who.COMMITTEE:
            return gaps.UNSIGNED if training.committee.exists() else gaps.NO_COMMITTEE
        return gaps.NO_MARKS if parameters["mode"] == "blank" else None

    def sheet_codes(self, subject_id: int, content: AttendanceContent) -> SheetCodes:
        """Each sheet has the code of its session or day; the recapitulation is not signed by participants."""
        return SheetCodes(CODES[content["who"]])

    def expected(self, content: AttendanceContent, page: str) -> Expected:
        """Every cell of every table, and the sums below."""
        tables: list[Sheet | Recap] = [*content["sheets"]]
        if content["recap"]:
            tables.append(content["recap"])
        return Expected(
            tables=[table["rows"] for table in tables], texts=[line for table in tables for line in table["totals"]]
        )


def _with_spare(content: AttendanceContent, sheets: list[Sheet], counts: Sequence[int]) -> AttendanceContent:
    """The content with these sheets and this many empty rows in each."""
    filled: list[Sheet] = [
        {**sheet, "rows": [*sheet["rows"], *sheet["spare"][:count]], "spare": []}
        for sheet, count in zip(sheets, counts, strict=True)
    ]
    return {**content, "sheets": filled}
