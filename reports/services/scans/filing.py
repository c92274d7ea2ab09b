"""Filing of scans of a training: pages go where the user chose. Nothing is overwritten without confirmation."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from jobs.queue import enqueue_on_commit, requeue_after
from records import history
from records.files import drop_unused
from records.judging import Judged
from records.models import Event, StoredFile
from reports.models import ScanReading
from reports.services.scans import reading
from reports.services.scans.reading import WHOLE
from reports.services.scans.sorting import Target, pages_of, targets, unsorted
from trainings.models import SpjItem, Training, TrainingFile
from trainings.services.sheets import add_sheet
from trainings.services.spj import lock_for_documents


def hand_in(training: Training, files: list[Judged], *, by: User) -> int:
    """Stores scans whose pages a worker reads (`read`); one that is waiting already is not stored twice.

    Raises ValidationError for a cancelled training, an unreadable file or too many pages; then none is stored.
    """
    counted = {judged.sha256: (judged, reading.page_count(judged)) for judged in files}
    if sum(count for _, count in counted.values()) > reading.MAX_PAGES:
        raise ValidationError(reading.TOO_MANY)
    kept: list[StoredFile] = []
    try:
        with transaction.atomic():
            training = lock_for_documents(training)
            known = {scan.file.sha256 for scan in unsorted(training)}
            for sha256, (judged, count) in counted.items():
                if sha256 in known:
                    continue
                kept.append(judged.keep())
                row = TrainingFile(training=training, kind=TrainingFile.Kind.UNSORTED, file=kept[-1])
                row.add(by=by)
                job = ScanReading.objects.create(scan=row, by=by, total=count, lease_until=requeue_after())
                enqueue_on_commit(job)
    except BaseException:
        for stored in kept:
            stored.erase()
        raise
    return len(kept)


def read(job: ScanReading) -> bool:
    """Reads the scan of a claimed job; False when the claim has been lost. Raises ValidationError, OSError."""
    entries: list[reading.PageCode] = []
    for entry in reading.page_codes(_bytes_of(job.scan), job.scan.file.type):
        entries.append(entry)
        held = ScanReading.objects.filter(pk=job.pk, token=job.token, state=ScanReading.State.RUNNING)
        if not held.update(done=len(entries)):
            return False
    with transaction.atomic():
        if not job.close_as(ScanReading.State.READY):
            return False
        TrainingFile.objects.filter(pk=job.scan_id).update(page_codes=entries)
    return True


def turn_page(scan: TrainingFile, number: int, turn: int) -> None:
    """Notes how far a waiting page is turned when it is filed. `turn`: degrees clockwise, from the page as scanned."""
    _turn(scan, {number}, turn)


def turn_uncoded(scan: TrainingFile, turn: int) -> None:
    """The same for all waiting pages of the scan whose direction no code tells."""
    _turn(scan, {entry["page"] for entry in scan.page_codes if not entry["code"] and not entry["filed"]}, turn)


@transaction.atomic
def _turn(scan: TrainingFile, numbers: set[int], turn: int) -> None:
    held = TrainingFile.objects.select_for_update().get(pk=scan.pk)
    for entry in held.page_codes:
        if entry["page"] in numbers:
            entry["turn"] = turn
    TrainingFile.objects.filter(pk=scan.pk).update(page_codes=held.page_codes)


def file_pages(training: Training, chosen: Mapping[str, str], replace: set[str], *, by: User) -> list[Target]:
    """Files each page (`chosen`: name of the page -> key of its place) and returns the places that got any.

    Raises ValidationError and files nothing when a place has a file already and is not in `replace`, when a place is
    marked as not needed, or when a PDF signed electronically would have to be merged.
    """
    kept: list[StoredFile] = []
    try:
        with transaction.atomic():
            training = lock_for_documents(training)
            found = _sorted(training, chosen)
            for target in found:
                _file(training, target, replace, by, kept)
            for scan in unsorted(training):
                _note_filed(scan, found, by)
    except BaseException:
        for stored in kept:
            stored.erase()
        raise
    return found


@transaction.atomic
def remove_scan(scan: TrainingFile, *, by: User) -> None:
    """Deletes a waiting scan; filed pages stay where they are."""
    lock_for_documents(scan.training)
    stored = scan.file
    changes = {"pindaian belum disortir": [stored.name, ""]}
    history.record(scan.training, Event.Verb.CHANGE, by=by, changes=changes)
    scan.remove(by=by)
    drop_unused(stored)


def _sorted(training: Training, chosen: Mapping[str, str]) -> list[Target]:
    places = targets(training)
    for page in pages_of(training, unsorted(training)):
        if target := places.get(chosen.get(page.name, "")):
            target.pages.append(page)
    return [target for target in places.values() if target.pages]


def _file(training: Training, target: Target, replace: set[str], by: User, kept: list[StoredFile]) -> None:
    judged = _content_of(target)
    if target.key.startswith("S"):
        session_id = int(target.key[1:])
        session = next(one for day in training.days.all() for one in day.sessions.all() if one.pk == session_id)
        row = add_sheet(session, judged, by=by)
        kept.append(row.file)
        TrainingFile.objects.filter(pk=row.pk).update(page_codes=_codes(target))
        return
    item = training.spj_items.select_related("file", "training").filter(document=target.key).first()
    if item and item.not_needed:
        raise ValidationError(f"{target.label} ditandai tidak diperlukan. Hapus tandanya dahulu, lalu simpan lagi.")
    before = item.file if item else None
    if before and target.key not in replace:
        raise ValidationError(
            f"{target.label} sudah mempunyai berkas “{before.name}”. Centang “Ganti berkas yang ada” bila benar "
            "hendak diganti, atau pilih tempat lain."
        )
    stored = judged.keep()
    kept.append(stored)
    if item is None:
        SpjItem(training=training, document=target.key, file=stored).add(by=by)
        return
    item.file = stored
    item.change(by=by)
    if before:
        drop_unused(before)


def _content_of(target: Target) -> Judged:
    """A whole scan as uploaded, else its pages as one PDF.

    Raises ValidationError for a PDF signed electronically among other pages.
    """
    scans = {page.scan.pk: page.scan for page in target.pages}
    if len(scans) == 1:
        (scan,) = scans.values()
        turns = {page.turn for page in target.pages}
        if len(target.pages) == len(scan.page_codes) and turns == {0}:
            return Judged(_bytes_of(scan), scan.file.type, scan.file.name)
        if scan.file.type != StoredFile.Type.PDF:
            return Judged(reading.as_jpeg(_bytes_of(scan), turns.pop()), StoredFile.Type.JPEG, scan.file.name)
    if any(page.number == WHOLE for page in target.pages):
        raise ValidationError(
            f"{target.label}: PDF bertanda tangan elektronik tidak digabung dengan halaman lain. Simpan sendiri."
        )
    parts = []
    for scan in scans.values():
        turns_of = {page.number: page.turn for page in target.pages if page.scan.pk == scan.pk}
        content = _bytes_of(scan)
        is_pdf = scan.file.type == StoredFile.Type.PDF
        parts.append(reading.taken(content, turns_of) if is_pdf else reading.as_pdf(content, turns_of[1]))
    return Judged(reading.joined(parts), StoredFile.Type.PDF, f"{target.label} bertanda tangan.pdf"[-120:])


def _bytes_of(scan: TrainingFile) -> bytes:
    with scan.file.file.open("rb") as file:
        return file.read()


def _codes(target: Target) -> list[dict[str, str | int]]:
    return [
        {**entry, "filed": target.key}
        for page in target.pages
        for entry in page.scan.page_codes
        if entry["page"] == page.number
    ]


def _note_filed(scan: TrainingFile, found: list[Target], by: User) -> None:
    """Records where pages were filed; deletes a scan without waiting pages, because its pages are in their places."""
    went = {page.number: target.key for target in found for page in target.pages if page.scan.pk == scan.pk}
    if not went:
        return
    codes = [{**entry, "filed": went.get(entry["page"], entry["filed"])} for entry in scan.page_codes]
    if all(entry["filed"] for entry in codes):
        stored = scan.file
        scan.remove(by=by)
        drop_unused(stored)
    else:
        TrainingFile.objects.filter(pk=scan.pk).update(page_codes=codes)
