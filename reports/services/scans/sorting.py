"""Sorting of scans: the place of each page of the scans of a training."""

from dataclasses import dataclass, field

from documents import registry
from documents.layout import sheet_codes
from documents.trainings.attendance_sheet import CODES
from documents.trainings.base import TrainingDocument
from documents.trainings.columns import Who
from records import formats
from reports.services.scans.reading import WHOLE
from trainings.models import SpjItem, Training, TrainingFile, TrainingSession

OTHER = "Kode lembar ini bukan milik pelatihan ini."
NONE = "Tidak ada Kode lembar yang terbaca. Pilih tempatnya; bila gambarnya miring, tekan Putar."
TWICE = "Halaman yang sama sudah ada."
SIGNED = "PDF bertanda tangan elektronik: disimpan utuh, apa adanya."


@dataclass
class ScanPage:
    """One page still to be filed. `target`: key of the choice that its code proposes; empty: the user chooses."""

    scan: TrainingFile
    number: int
    target: str = ""
    note: str = ""
    turn: int = 0  # degrees clockwise after which it stands upright
    uncoded: int = 0  # on the first page without a code: how many such pages its scan has

    @property
    def is_whole(self) -> bool:
        """A PDF signed electronically: neither split nor turned."""
        return self.number == WHOLE

    @property
    def next_turn(self) -> int:
        return (self.turn + 90) % 360

    @property
    def name(self) -> str:
        """Name of its form field."""
        return f"halaman-{self.scan.pk}-{self.number}"

    @property
    def label(self) -> str:
        return f"{self.scan.file.name}, {'seluruhnya' if self.number == WHOLE else f'halaman {self.number}'}"


@dataclass
class Target:
    """A place in the accounts file. `present`: the name of the existing file, which would be replaced."""

    key: str
    label: str
    present: str = ""
    pages: list[ScanPage] = field(default_factory=list)

    @property
    def sources(self) -> str:
        """ "halaman 1, 2 dari scan.pdf; scan-2.jpg"."""
        by_scan: dict[int, list[ScanPage]] = {}
        for page in self.pages:
            by_scan.setdefault(page.scan.pk, []).append(page)
        return "; ".join(
            f"halaman {', '.join(str(page.number) for page in pages)} dari {pages[0].scan.file.name}"
            if pages[0].number != WHOLE
            else pages[0].scan.file.name
            for pages in by_scan.values()
        )


def sessions_of(training: Training) -> list[TrainingSession]:
    rows = TrainingSession.objects.filter(day__training=training).select_related("day")
    return list(rows.order_by("day__date", "starts", "pk"))


def targets(training: Training) -> dict[str, Target]:
    """All places of the accounts file, sessions first."""
    found = {}
    for session in sessions_of(training):
        label = f"Daftar hadir {formats.date_id(session.day.date)}, {session}"
        found[f"S{session.pk}"] = Target(f"S{session.pk}", label)
    files = {item.document: item.file.name for item in training.spj_items.select_related("file") if item.file}
    for line in SpjItem.Document:
        if line != SpjItem.Document.PHOTOS:
            found[line.value] = Target(line.value, str(line.label), files.get(line.value, ""))
    return found


def unsorted(training: Training) -> list[TrainingFile]:
    rows = training.files.filter(kind=TrainingFile.Kind.UNSORTED)
    return list(rows.select_related("file", "training").order_by("pk"))


def pages_of(training: Training, scans: list[TrainingFile]) -> list[ScanPage]:
    """The waiting pages with the places that their codes propose; of a duplicate page only the first."""
    sessions = sessions_of(training)
    seen = _filed_codes(training)
    found = []
    for scan in scans:
        for entry in scan.page_codes:
            if entry["filed"]:
                continue
            page = ScanPage(scan, entry["page"], turn=entry.get("turn", 0))
            page.target, page.note = _proposal(entry["code"], training, sessions)
            if page.number == WHOLE:
                page.note = SIGNED
            elif page.target and entry["code"] in seen:
                page.target, page.note = "", TWICE
            seen.add(entry["code"])
            found.append(page)
        _count_uncoded([page for page in found if page.scan is scan and page.note == NONE])
    return found


def _count_uncoded(pages: list[ScanPage]) -> None:
    if pages:
        pages[0].uncoded = len(pages)


def _filed_codes(training: Training) -> set[str]:
    rows = training.files.exclude(page_codes=[]).values_list("page_codes", flat=True)
    return {entry["code"] for codes in rows for entry in codes if entry["filed"] and entry["code"]}


def _proposal(text: str, training: Training, sessions: list[TrainingSession]) -> tuple[str, str]:
    """Key of the place and a note. Nothing is revealed about another training, not even whether it exists."""
    code = sheet_codes.read(text)
    if code is None:
        return "", NONE
    if code.subject == "T":
        own = code.subject_id == training.pk
        return (_line_of(code.prefix), "") if own else ("", OTHER)
    column = "pk" if code.subject == "S" else "day_id"
    held = [session for session in sessions if getattr(session, column) == code.subject_id]
    if not held:
        return "", OTHER
    if code.prefix != CODES[Who.PARTICIPANTS]:
        return "", f"Daftar hadir {_WHO.get(code.prefix, 'lain')}, {formats.date_id(held[0].day.date)}."
    if len(held) > 1:
        return "", f"Daftar hadir {formats.date_id(held[0].day.date)} dengan beberapa sesi: pilih sesinya."
    return f"S{held[0].pk}", ""


_WHO = {prefix: str(who) for who, prefix in CODES.items()}


def _line_of(prefix: str) -> str:
    documents = (one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument))
    return next((one.spj_item.value for one in documents if one.code_prefix == prefix and one.spj_item), "")
