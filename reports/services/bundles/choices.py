"""Choices of "Berkas lengkap" of a training: documents, uploads, signed scans and photos.

A signed scan takes the place of the unsigned document. Sheets with NIK, accounts or money are not selected by default
and are offered only to the office (documents.base, `is_closed`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.rights import sees_whole_district
from documents import registry
from documents.base import Document
from documents.choices import IssueStatus
from documents.content import Parameters
from documents.trainings.base import TrainingDocument
from documents.trainings.gaps import UNSIGNED, Gap
from records import formats
from reports.models import Report, ReportBundle, SignedCopy
from reports.services import requests
from reports.services.bundles import evidence, training_documents
from reports.services.bundles.evidence import Scan
from reports.services.bundles.requests import DocumentRequest
from reports.services.bundles.training_documents import Contents
from trainings.models import SpjItem, Training, TrainingFile, TrainingSession
from trainings.queries.spj import is_usual

Line = SpjItem.Document
REPLACED = "sudah ada yang bertanda tangan"
PRINTED = "sudah dicetak, belum ada pindaian bertanda tangan"
GONE = [IssueStatus.REPLACED, IssueStatus.WITHDRAWN]
IF_ANY = "bila ada"  # this kind of event usually has no such document


@dataclass(frozen=True)
class Choice:
    """One choice. `ticked`: selected by default."""

    code: str
    label: str
    position: int
    note: str = ""
    closed: bool = False
    ticked: bool = True
    request: DocumentRequest | None = None
    fill_url: str = ""  # where its blanks are filled in
    fill_label: str = ""
    replaces: bool = False  # the print of its line
    has_gap: bool = False  # a blank form, or a letter without its number
    scans: list[Scan] = field(default_factory=list)


def choices(training: Training, by: User) -> list[Choice]:
    """In the order of the accounts file."""
    scans = _scans(training, by)
    found = [*_prints(training, by, {choice.position for choice in scans if choice.replaces}), *scans]
    return sorted(found, key=lambda choice: (choice.position, choice.request is None))


def remembered(training: Training, found: list[Choice], by: User) -> set[str]:
    """The selected codes: the last selection of this user, unless the defaults have changed since.

    Confidential choices are never remembered: they are selected for one bundle. Nor are blank forms and letters without
    their number.
    """
    ticked = {choice.code for choice in found if choice.ticked and not choice.closed}
    last = ReportBundle.objects.filter(training=training, by=by, parameters__has_key="chosen").order_by("-pk").first()
    if last is None:
        return ticked
    offered, chosen = last.parameters["offered"], set(last.parameters["chosen"])
    for choice in found:
        if not (choice.closed or choice.has_gap) and offered.get(choice.code) == choice.ticked:
            (ticked.add if choice.code in chosen else ticked.discard)(choice.code)
    return ticked


def contents_of(found: list[Choice], codes: Iterable[str]) -> Contents:
    """The request for the selected choices. Raises ValidationError for an empty or unavailable selection."""
    wanted = set(codes)
    chosen = [choice for choice in found if choice.code in wanted]
    if not chosen:
        raise ValidationError("Belum ada yang dicentang. Centang dahulu isi berkas, lalu susun lagi.")
    if len(chosen) < len(wanted):
        raise ValidationError("Isi berkas berubah sejak halaman ini dibuka. Periksa lagi centangnya, lalu susun.")
    return Contents(
        documents=[choice.request for choice in chosen if choice.request],
        has_files=any(choice.scans for choice in chosen),
        parameters={
            "chosen": sorted(wanted),
            "offered": {choice.code: choice.ticked for choice in found},
            "closed": any(choice.closed for choice in chosen),
        },
    )


def is_closed(line: str) -> bool:
    """Whether documents of this line of the accounts file contain NIK, accounts or money."""
    return any(document.is_closed and document.spj_item == line for document in _documents())


def scans_of(bundle: ReportBundle) -> list[Scan]:
    """The selected files that still exist."""
    if bundle.training is None or bundle.by is None:
        return []
    chosen = set(bundle.parameters.get("chosen", []))
    return [scan for choice in _scans(bundle.training, bundle.by) if choice.code in chosen for scan in choice.scans]


def _documents() -> list[TrainingDocument]:
    return [one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument)]


def _prints(training: Training, by: User, scanned: set[int]) -> Iterable[Choice]:
    signed, printed = _signed_requests(training), _printed_requests(training)
    recorded = set(training.spj_items.values_list("document", flat=True))
    lines: set[str] = set()
    edits = Training.objects.editable_by(by).filter(pk=training.pk).exists()
    for document, code, request in training_documents.offered(training, by):
        parameters = request.cleaned()
        line = document.line_of(parameters)
        first = line not in lines
        if line:
            lines.add(line)
        same = _same(request.kind, parameters)
        replaced = same in signed or (first and line_position(line) in scanned)
        rare = line is not None and not (is_usual(line, training) or line in recorded or line == Line.RESCHEDULE)
        gap = None if replaced else document.gap(training, parameters)
        lacks_ink = not replaced and gap in (None, UNSIGNED)
        is_printed = lacks_ink and same in printed
        notes = [REPLACED if replaced else "", IF_ANY if rare else "", gap.note if gap and not is_printed else ""]
        notes.append(PRINTED if is_printed else "")
        yield Choice(
            code=code,
            label=document.label(parameters),
            position=position_of(document, parameters),
            note="; ".join(filter(None, notes)),
            closed=document.is_closed,
            ticked=not (document.is_closed or replaced or rare or gap),
            request=request,
            fill_url=_fill_url(gap, training) if edits else "",
            fill_label=gap.label if gap else "",
            has_gap=gap is not None,
        )


def _fill_url(gap: Gap | None, training: Training) -> str:
    if gap is None or not gap.page:
        return ""
    return reverse(gap.page, args=[training.pk, gap.line] if gap.line else [training.pk])


def position_of(document: Document[Any, Any], parameters: Parameters) -> int:
    """The place of a document of a training in the bundle; others come last."""
    if not isinstance(document, TrainingDocument) or document.filing is None:
        return training_documents.place(None)
    return training_documents.place(document.line_of(parameters), document.filing.position)


def line_position(line: str | None) -> int:
    """The place of the scans of a line: that of the first document of the line, which they replace."""
    found = [one.filing.position for one in _documents() if one.filing and line and one.spj_item == line]
    return training_documents.place(line, min(found, default=0))


def _same(kind: str, parameters: Parameters) -> tuple[str, str]:
    """Equal for equal requests: PostgreSQL returns the keys of a JSON object in an order of its own."""
    return kind, json.dumps(parameters, sort_keys=True)


def _signed_requests(training: Training) -> set[tuple[str, str]]:
    copies = SignedCopy.objects.filter(report__training=training).select_related("report")
    return {_same(copy.report.kind, copy.report.parameters) for copy in copies.defer("report__snapshot")}


def _printed_requests(training: Training) -> set[tuple[str, str]]:
    rows = Report.objects.filter(training=training, state=Report.State.READY).exclude(
        issue_status__in=[IssueStatus.REPLACED, IssueStatus.WITHDRAWN]
    )
    return {_same(kind, parameters) for kind, parameters in rows.values_list("kind", "parameters")}


def _scans(training: Training, by: User) -> list[Choice]:
    """Uploads of the accounts file; they name people of all villages."""
    if not sees_whole_district(by):
        return []
    found = [
        Choice(
            code=f"berkas-{item.file.pk}",
            label=f"{item}, berkas yang diunggah",
            position=line_position(item.document),
            note=item.file.name,
            closed=is_closed(item.document),
            ticked=not is_closed(item.document),
            scans=[Scan(str(item), item.file, line_position(item.document))],
            replaces=True,
        )
        for item in training.spj_items.select_related("file")
        if item.file
    ]
    found += [*_answers(training), *_sheets(training), *_signed_copies(training, by), *_photos(training)]
    return [choice for choice in found if requests.may_file(choice.closed, by)]


def _answers(training: Training) -> list[Choice]:
    """The surat tugas that other offices wrote for their narasumber."""
    position = training_documents.place(Line.ASSIGNMENT, training_documents.WITHIN_LINE - 1)
    rows = training.speaker_letters.exclude(file=None).select_related("file", "resource_person__person").order_by("pk")
    return [
        Choice(
            code=f"berkas-{row.file.pk}",
            label=(title := f"{Line.ASSIGNMENT.label} {row.resource_person}"),
            position=position,
            note=row.file.name,
            scans=[Scan(title, row.file, position)],
        )
        for row in rows
        if row.file
    ]


def _sheets(training: Training) -> list[Choice]:
    """One choice for all scans of daftar hadir; they replace the document when every session has one."""
    stored = training.files.filter(kind=TrainingFile.Kind.SHEET).select_related("file", "session__day")
    rows = list(stored.order_by("session__day__date", "session__starts", "pk"))
    if not rows:
        return []
    sessions = TrainingSession.objects.filter(day__training=training).count()
    there = len({row.session_id for row in rows})
    position = line_position(Line.ATTENDANCE)
    scans = [
        Scan(f"Daftar hadir bertanda tangan {session.day} {session}", row.file, position)
        for row in rows
        if (session := row.session)  # a constraint of the database: a sheet belongs to a session
    ]
    note = f"{formats.number_id(len(rows))} berkas, {formats.number_id(there)} dari {formats.number_id(sessions)} sesi"
    return [
        Choice(
            "lembar", "Daftar hadir bertanda tangan (pindaian)", position, note, scans=scans, replaces=there >= sessions
        )
    ]


def _signed_copies(training: Training, by: User) -> list[Choice]:
    reports = Report.objects.visible_to(by).filter(evidence.of_training(training))
    rows = SignedCopy.objects.filter(report__in=reports.values("pk")).select_related("report", "file").order_by("pk")
    found = []
    for copy in rows.defer("report__snapshot"):
        document = copy.report.document
        position = position_of(document, copy.report.parameters)
        found.append(
            Choice(
                code=f"berkas-{copy.file_id}",
                label=f"{copy.report.title}, {copy.get_kind_display().lower()}",
                position=position,
                note=copy.file.name,
                closed=document.is_closed,
                ticked=not document.is_closed,
                scans=[Scan(f"{copy.report.title} bertanda tangan", copy.file, position)],
            )
        )
    return found


def _photos(training: Training) -> list[Choice]:
    rows = list(training.files.filter(kind=TrainingFile.Kind.PHOTO).select_related("file"))
    if not rows:
        return []
    position = line_position(Line.PHOTOS)
    scans = [Scan(f"Dokumentasi {row}", row.file, position, is_photo=True) for row in rows]
    return [Choice("foto", "Foto dokumentasi", position, f"{formats.number_id(len(rows))} foto", scans=scans)]
