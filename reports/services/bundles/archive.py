"""ZIP of a bundle: its files, their names and hashes; written and stored in chunks."""

import csv
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from pypdfium2 import PdfDocument, PdfiumError

from accounts.models import User
from accounts.rights import sees_whole_district
from records import formats
from records.exports import harmless
from records.models import StoredFile
from records.signed_pdf import is_signed_pdf
from reports import storage
from reports.models import Report, ReportBundle
from reports.models.visibility import ReportQuerySet
from reports.services import requests
from reports.services.bundles import choices, contents, evidence
from reports.services.bundles.evidence import Scan
from reports.services.scans import reading
from villages.models import Village

CONTENTS = "00-daftar-isi"
HEADS = ["berkas", "desa", "kode", "dokumen", "halaman", "bita", "sha-256", "keterangan"]
NAME_LENGTH = 80  # of one file, so that paths of a ZIP unpacked in a deep folder fit into the 260 characters of Windows
MAX_BYTES = 2_000_000_000  # more than a browser can download over the connection of an office (our assumption)
SIGNED = "bertanda tangan elektronik: disertakan apa adanya dan tidak digabung"
LOST = "berkas hilang atau rusak di server"


@dataclass(frozen=True)
class Line:
    """One line of the contents: a file of the ZIP, or a missing one with the reason (`name` empty)."""

    name: str
    title: str
    village: str = ""
    code: str = ""
    pages: int | None = None
    bytes: int | None = None
    sha256: str = ""
    note: str = ""
    stored: str = ""  # its name in the storage
    alone: bool = False  # never merged with others: signed electronically, or a photo
    moment: datetime | None = None
    turns: Mapping[int, int] = field(default_factory=dict)  # of a scan with pages that lie wrong

    @property
    def type(self) -> str:
        return StoredFile.Type.PDF if self.name.endswith(".pdf") else StoredFile.Type.JPEG

    @property
    def cells(self) -> list[str]:
        pages, count = ("" if number is None else str(number) for number in (self.pages, self.bytes))
        return [self.name, self.village, self.code, self.title, pages, count, self.sha256, self.note]


@dataclass(frozen=True)
class Archive:
    """A stored ZIP; `name`: its name in the storage."""

    name: str
    sha256: str
    bytes: int


def in_order(parts: ReportQuerySet) -> list[Report]:
    """Parts in filing order, which is the order of the request."""
    return list(parts.with_subjects().select_related("group__village", "work_plan__group__village").order_by("pk"))


def is_whole_for(bundle: ReportBundle, reader: User) -> bool:
    """Whether this user may read everything in the stored ZIP and print file: all documents, made or included, and
    uploads, which name people of all villages.
    """
    if not reader.is_office and "chosen" in bundle.parameters and not sees_whole_district(reader):
        return False
    about = Report.objects.filter(Q(bundle=bundle) | Q(pk__in=bundle.parameters.get("kept", [])))
    return not about.exclude(pk__in=Report.objects.visible_to(reader).values("pk")).exists()


def lines_of(bundle: ReportBundle, parts: Iterable[Report], reader: User | None = None) -> list[Line]:
    """All files of the ZIP in order, and what is missing; with `reader` only what this user may read.

    Sheets with NIK, accounts or money are for the office alone, also when the role of the requester has changed since.
    """
    person = reader or bundle.by
    parts = [
        part
        for part in [*evidence.kept(bundle, reader), *parts]
        if person is None or requests.may_file(part.document.is_closed, person)
    ]
    if bundle.kind == ReportBundle.Kind.TRAINING_PAPERS and "chosen" in bundle.parameters:
        return _accounts_lines(bundle, parts)
    files = evidence.files(bundle)
    width = len(str(max(99, len(parts) + len(files))))
    folder = "dokumen/" if bundle.is_audit else ""
    villages = villages_of(parts)
    lines = [
        _line_of(part, f"{folder}{number:0{width}d}", villages.get(part.pk), of_villages=bundle.of_villages)
        for number, part in enumerate(parts, 1)
    ]
    lines = [_with_change(bundle, part, line) for part, line in zip(parts, lines, strict=True)]
    for row in bundle.left_out:
        title = f"{row['title']}, {row['group']}" if row["group"] else row["title"]
        lines.append(Line("", title, row["village"], row["code"], note=f"tidak disertakan: {row['reason']}"))
    lines += [_line_of_scan(scan, f"berkas/{number:0{width}d}") for number, scan in enumerate(files, 1)]
    return lines


def _with_change(bundle: ReportBundle, part: Report, line: Line) -> Line:
    changed = part.pk in bundle.parameters.get("changed", [])
    return replace(line, note=f"{line.note}. {evidence.CHANGED}") if changed else line


def _line_of_scan(scan: Scan, number: str) -> Line:
    stored = scan.file
    return Line(
        name=f"{number}-{safe_name(scan.title)}{Path(str(stored.file.name)).suffix}",
        title=scan.title,
        bytes=stored.bytes,
        sha256=stored.sha256,
        note=stored.name,
        stored=str(stored.file.name),
        moment=stored.stored_at,
    )


def _accounts_lines(bundle: ReportBundle, parts: list[Report]) -> list[Line]:
    """Selected documents and scans, each at the place of its document in the accounts file."""
    entries: list[tuple[int, Report | Scan]] = [
        (choices.position_of(part.document, part.parameters), part) for part in parts
    ]
    entries += [(scan.position, scan) for scan in choices.scans_of(bundle)]
    entries.sort(key=lambda entry: entry[0])
    villages = villages_of(parts)
    width = len(str(max(99, len(entries))))
    found = []
    for number, (_, entry) in enumerate(entries, 1):
        if isinstance(entry, Report):
            line = _line_of(entry, f"{number:0{width}d}", villages.get(entry.pk), of_villages=False)
            found.append(_with_change(bundle, entry, line))
        else:
            found.append(_looked_at(_line_of_scan(entry, f"{number:0{width}d}"), entry))
    return found


def _looked_at(line: Line, scan: Scan) -> Line:
    """The file with its number of pages, and whether it may be merged with others for the printer."""
    if scan.is_photo:
        return replace(line, alone=True)
    file = storage.open_intact(line.stored, line.sha256)
    if file is None:
        return line  # the contents of the ZIP list it as missing
    with file:
        content = file.read()
    try:
        if scan.file.type != StoredFile.Type.PDF:
            return replace(line, pages=1, turns=reading.turns_of(content, scan.file.type))
        if is_signed_pdf(content):
            return replace(line, alone=True, note=f"{line.note}. {SIGNED}")
        with PdfDocument(content) as document:
            pages = len(document)
        return replace(line, pages=pages, turns=reading.turns_of(content, scan.file.type))
    except (PdfiumError, ValidationError, OSError):
        return replace(line, alone=True)  # locked or broken: it is packed as it was uploaded


def villages_of(parts: Iterable[Report]) -> dict[int, Village]:
    """The village of each part that is the document of one; a part of a training has it in its parameters."""
    parts = list(parts)
    named = Village.objects.in_bulk({part.parameters["village"] for part in parts if "village" in part.parameters})
    found = {part.pk: _subject_village(part) or named.get(part.parameters.get("village", 0)) for part in parts}
    return {key: village for key, village in found.items() if village}


def _subject_village(part: Report) -> Village | None:
    if part.work_plan:
        return part.work_plan.group.village
    return part.group.village if part.group else part.village


def _line_of(part: Report, number: str, village: Village | None, *, of_villages: bool) -> Line:
    line = Line(
        name="",
        title=f"{title_of(part, village)}{'' if of_villages else _which(part)}",
        village=str(village) if village else "",
        code=village.code if village else "",
        pages=part.pages,
        bytes=part.bytes,
        sha256=part.sha256,
        note=part.reference,
        stored=str(part.file.name),
        moment=part.requested_at,
    )
    if part.state != Report.State.READY:
        reason = part.error or part.get_state_display().lower()
        return replace(line, pages=None, bytes=None, sha256="", note=f"tidak disertakan: {reason}", stored="")
    before = f"{village.code}-{safe_name(village.name, 24)}-" if village and of_villages else ""
    return replace(line, name=f"{number}-{before}{safe_name(line.title, 40 if before else 60)}.{part.format}")


def title_of(part: Report, village: Village | None) -> str:
    """The title of a part beside the name of its village, without repeating that name."""
    return part.title.removesuffix(f", {village}")


def _which(part: Report) -> str:
    """The group, year or day: a training or village may have several documents of a kind."""
    if plan := part.work_plan:
        revision = f" revisi ke-{plan.revision}" if plan.revision else ""
        return f", {plan.group.name} {plan.year}{revision}"
    if part.group:
        return f", {part.group.name}"
    held = part.session.day if part.session else part.day
    return f", {held}" if held else ""


def safe_name(text: str, length: int = 60) -> str:
    """Lower-case letters, digits and hyphens: sorts everywhere and has nothing that Windows forbids.

    It follows a number, so that no name is one reserved by Windows (con, nul, lpt1).
    """
    return slugify(text.replace("/", " "))[:length].strip("-_") or "dokumen"


def filename(bundle: ReportBundle, ending: str = ".zip") -> str:
    label = "Berkas lengkap" if bundle.kind == ReportBundle.Kind.TRAINING_PAPERS else bundle.get_kind_display()
    return f"{safe_name(str(label), 30)}-{safe_name(bundle.about)}-{bundle.pk}{ending}"


def store(bundle: ReportBundle, lines: list[Line]) -> Archive:
    """Writes the ZIP to a temporary file, then to the storage. Raises ValidationError when it is too large."""
    total = sum(line.bytes or 0 for line in lines if line.stored)
    if total > MAX_BYTES:
        raise ValidationError(
            f"Berkas ini berisi {formats.file_size(total)}, lebih dari {formats.file_size(MAX_BYTES)} yang dapat "
            "dikirim sekaligus. Mintalah per pelatihan atau per desa, dan unduh pindaian yang besar dari halamannya."
        )
    with tempfile.TemporaryFile() as file:
        write(file, bundle, lines)
        size = file.tell()
        sha256 = storage.sha256_of(file)
        return Archive(storage.store_for_bundle(bundle, file, ".zip"), sha256, size)


def write(file: IO[bytes], bundle: ReportBundle, lines: list[Line]) -> None:
    """Adds the files to the ZIP one by one, uncompressed, because PDF and JPEG are compressed already.

    A missing or changed file is listed in the contents instead.
    """
    lines_written = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for line in lines:
            source = opened(line) if line.name else None
            if source is None:
                missing = replace(line, name="", pages=None, bytes=None, sha256="")
                lines_written.append(replace(missing, note=f"tidak disertakan: {LOST}") if line.name else line)
                continue
            if line.turns:
                line = replace(line, bytes=source.seek(0, io.SEEK_END), sha256=storage.sha256_of(source))
                source.seek(0)
            with source, archive.open(_entry(line.name, line.moment), "w") as target:
                shutil.copyfileobj(source, target, storage.CHUNK)
            lines_written.append(line)
        table = [line.cells for line in lines_written]
        if bundle.is_audit:
            pages = contents.table_of_contents(bundle, table)
            archive.writestr(_entry(f"{CONTENTS}.pdf", bundle.requested_at), pages.content)
        archive.writestr(_entry(f"{CONTENTS}.csv", bundle.requested_at), _csv(table))


def opened(line: Line) -> IO[bytes] | File | None:
    """The file of a line with its pages upright; None for a missing or changed one."""
    file = storage.open_intact(line.stored, line.sha256)
    if file is None or not line.turns:
        return file
    with file:
        return io.BytesIO(reading.upright(file.read(), line.type, line.turns))


def _entry(name: str, moment: datetime | None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, timezone.localtime(moment).timetuple()[:6])
    entry.external_attr = 0o644 << 16
    return entry


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([HEADS, *([harmless(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")  # the byte order mark makes Excel read UTF-8
