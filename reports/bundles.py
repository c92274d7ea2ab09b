"""Berkas lengkap: all papers of a training in one press, each a Report of its own, delivered together as one ZIP.

The parts are made by all workers at once. Whoever finishes a part rings for the bundle; when no part is under way any
more, one worker writes the ZIP of what is ready. A part that failed is named, with its reason, and tried again alone.
"""

import csv
import hashlib
import io
import logging
import uuid
import zipfile
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from records import history, leases
from records.models import Event
from reports import documents, services, shelf
from reports.kinds import Kind
from reports.models import Report, ReportBundle
from trainings.models import Attendance, Training

logger = logging.getLogger(__name__)

# In the order in which they are filed, each with the options it is asked with; the lists of money come last.
ORDER: tuple[tuple[Kind, dict[str, str]], ...] = (
    (Kind.INVITATION, {}),
    (Kind.ASSIGNMENT_LETTER, {}),
    (Kind.MEMO, {}),
    (Kind.SCHEDULE, {}),
    (Kind.BIODATA, {"who": "peserta"}),
    (Kind.BIODATA, {"who": "narasumber"}),
    (Kind.ATTENDANCE_SHEET, {"who": "peserta"}),
    (Kind.ATTENDANCE_SHEET, {"who": "narasumber"}),
    (Kind.ATTENDANCE_SHEET, {"who": "panitia"}),
    (Kind.TEST_SHEET, {"phase": "pre"}),
    (Kind.TEST_SHEET, {"phase": "post"}),
    (Kind.TEST_RECAP, {}),
    (Kind.EVALUATION_SHEET, {}),
    (Kind.EVALUATION_RECAP, {}),
    (Kind.FOLLOW_UP_PLAN, {}),
    (Kind.MINUTES, {}),
    (Kind.OFFICIAL_MINUTES, {}),
    (Kind.CERTIFICATES, {}),
    (Kind.TRAINING_REPORT, {}),
    (Kind.MATERIALS_RECEIPT, {}),
    (Kind.TRANSPORT_LIST, {}),
    (Kind.HONORARIUM_LIST, {}),
)
OF_MEETINGS = {
    Kind.INVITATION,
    Kind.MEMO,
    Kind.SCHEDULE,
    Kind.ATTENDANCE_SHEET,
    Kind.MINUTES,
    Kind.OFFICIAL_MINUTES,
    Kind.TRAINING_REPORT,
    Kind.TRANSPORT_LIST,
}
MANIFEST = "00-daftar-isi.csv"
NOTHING_MADE = "Tidak satu pun dokumen berhasil dibuat. Lihat sebabnya di bawah, lalu tekan “Coba lagi yang gagal”."


def papers(training: Training, by: User) -> list[tuple[str, dict]]:
    """Kind and parameters of all papers that this person can have of this training today, in filing order."""
    found = []
    marked = Attendance.objects.filter(session__day__training=training).exists()
    for kind, options in ORDER:
        if kind not in documents.KINDS or (training.is_meeting and kind not in OF_MEETINGS):
            continue
        if not services.may_ask(kind, training, by):
            continue
        parameters = dict(options)
        if kind == Kind.ATTENDANCE_SHEET:
            parameters["mode"] = "filled" if marked and options["who"] == "peserta" else "blank"
        try:
            documents.document(kind).clean(training, dict(parameters))
        except ValidationError:
            continue  # cannot be made of this training yet: no days, no sertifikat given
        found.append((kind.value, parameters))
    return found


def ask(training: Training, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Asks for all papers at once; the same `key` again gives the same bundle.

    Raises PermissionDenied without the right, ValidationError, in words for people, when no paper can be made.
    """
    if not services.may_ask_bundle(training, by):
        raise PermissionDenied(f"{by.pk} does not see all of training {training.pk}")
    if key and (made := ReportBundle.objects.filter(request_key=key, by=by).first()):
        return made
    wanted = papers(training, by)
    if not wanted:
        raise ValidationError("Belum ada dokumen yang dapat dibuat. Tambahkan hari pelatihan dahulu.")
    bundle = ReportBundle(
        kind=ReportBundle.Kind.TRAINING_PAPERS,
        district=training.district,
        training=training,
        by=by,
        request_key=key,
        total=len(wanted),
        lease_until=leases.next_bell(),
    )
    try:
        with transaction.atomic():
            bundle.save(force_insert=True)
            history.record(bundle, Event.Verb.ADD, by=by)
            for number, (kind, parameters) in enumerate(wanted):
                part_key = uuid.uuid5(key, f"{number}-{kind}") if key else None
                services.ask(kind, training, parameters, by, key=part_key, bundle=bundle)
    except IntegrityError:
        # The twin of this very request was faster.
        twin = ReportBundle.objects.filter(request_key=key, by=by).first() if key else None
        if twin is None:
            raise
        return twin
    return bundle


def retry(bundle: ReportBundle, by: User) -> int:
    """Puts what failed in the queue again; returns how many parts. Raises ValidationError when nothing failed."""
    with transaction.atomic():
        failed = list(bundle.parts.filter(state=Report.State.FAILED))
        for part in failed:
            services.retry(part, by)
        if not failed:
            if bundle.state != ReportBundle.State.FAILED:
                raise ValidationError("Tidak ada bagian yang gagal; tidak perlu dicoba lagi.")
            reopen(bundle.pk)
            transaction.on_commit(partial(ring, bundle.pk))
        history.record(bundle, Event.Verb.REOPEN, by=by)
    return len(failed)


def reopen(bundle_id: int) -> None:
    """A part is made again, so the ZIP waits for it; a worker that writes the ZIP right now finds its claim gone."""
    bundle = ReportBundle.objects.get(pk=bundle_id)
    ReportBundle.objects.filter(pk=bundle_id).update(
        state=ReportBundle.State.QUEUED,
        attempts=0,
        error="",
        token=None,
        lease_until=leases.next_bell(),
        file="",
        sha256="",
        bytes=None,
    )
    if bundle.file:
        transaction.on_commit(partial(_forget, str(bundle.file.name)))


def _forget(name: str) -> None:
    shelf.stored_path(name).unlink(missing_ok=True)


def ring(bundle_id: int) -> None:
    from reports.tasks import assemble_bundle  # tasks call these services

    leases.ring(assemble_bundle, bundle_id)


def is_waiting(bundle: ReportBundle) -> bool:
    """Whether some part is still under way, so that there is nothing to pack yet."""
    return bundle.parts.filter(state__in=(Report.State.QUEUED, Report.State.RUNNING)).exists()


def assemble(bundle: ReportBundle) -> bool:
    """Writes the ZIP of a claimed bundle; False when the claim was lost meanwhile."""
    parts = in_order(bundle.parts.all())
    if any(part.is_under_way for part in parts):
        # Asked for again between the look and the claim: whoever finishes that part rings.
        return bundle.close_as(ReportBundle.State.QUEUED, attempts=0)
    ready = [part for part in parts if part.state == Report.State.READY]
    if not ready:
        return bundle.close_as(ReportBundle.State.FAILED, error=NOTHING_MADE, done=0)
    content = packed(bundle, parts)
    name = f"bundles/{bundle.asked_at:%Y/%m}/{bundle.pk}-{uuid.uuid4().hex}.zip"
    shelf.keep(name, content)
    finished = bundle.close_as(
        ReportBundle.State.READY,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        done=len(ready),
    )
    if not finished:
        _forget(name)
    return finished


def in_order(parts) -> list[Report]:
    """Parts in filing order, which is the one in which they were asked for."""
    return list(parts.with_subjects().order_by("pk"))


def packed(bundle: ReportBundle, parts: Iterable[Report]) -> bytes:
    """The ZIP of those parts that are ready, with a list of contents that names the others and why they are missing.

    The PDFs are stored as they are, for they are compressed already.
    """
    out = io.BytesIO()
    lines: list[list[Any]] = [["berkas", "dokumen", "halaman", "bita", "sha-256", "keterangan"]]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(parts, 1):
            content = shelf.file_of(part) if part.state == Report.State.READY else None
            if content is None:
                lost = "berkas hilang atau rusak di server" if part.state == Report.State.READY else part.error
                lines.append(["", part.title, "", "", "", f"tidak disertakan: {lost or part.get_state_display()}"])
                continue
            name = name_in_zip(number, part)
            _add(archive, name, content, part.asked_at)
            lines.append([name, part.title, part.pages, len(content), part.sha256, part.reference])
        _add(archive, MANIFEST, _csv(lines), bundle.asked_at)
    return out.getvalue()


def name_in_zip(number: int, part: Report) -> str:
    """ "03-nota-dinas.pdf": sorts as filed, and holds no letter that Windows refuses."""
    return f"{number:02d}-{slugify(part.title.replace('/', ' '))[:60].strip('-')}.{part.format}"


def filename(bundle: ReportBundle) -> str:
    return f"berkas-lengkap-{slugify(str(bundle.training or bundle.district))[:60].strip('-')}-{bundle.pk}.zip"


def _add(archive: zipfile.ZipFile, name: str, content: bytes, moment) -> None:
    entry = zipfile.ZipInfo(name, timezone.localtime(moment).timetuple()[:6])
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _csv(lines: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def sweep() -> int:
    """Rings again for bundles that nobody holds; returns how many bells it rang."""
    from reports.tasks import assemble_bundle

    return leases.sweep(ReportBundle, assemble_bundle, given_up=services.GIVEN_UP)
