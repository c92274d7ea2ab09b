"""The road of a bundle: asked for, its parts under way, packed by one worker, stopped or tried again."""

import io
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from jobs.queue import enqueue_on_commit, requeue_after
from records import history
from records.models import Event
from reports import storage
from reports.models import Report, ReportBundle
from reports.services import lifecycle, queue, requests
from reports.services.bundles import archive, print_file

logger = logging.getLogger(__name__)

NOTHING_MADE = "Tidak satu pun dokumen berhasil dibuat. Lihat sebabnya di bawah, lalu tekan “Coba lagi yang gagal”."
# More papers than villages of a large kabupaten in one press would hold up everybody else (our assumption).
MAX_PARTS = 300


@dataclass(frozen=True)
class Wanted:
    """One paper of a bundle, as it is asked for."""

    kind: str
    subject: Any
    parameters: dict[str, Any] = field(default_factory=dict)


def open_bundle(
    bundle: ReportBundle, find: Callable[[], list[Wanted]], key: uuid.UUID | None, *, nothing: str = ""
) -> ReportBundle:
    """Writes a bundle down and asks for what `find` gives; the same `key` again gives the same bundle.

    Raises ValidationError, in words for people: `nothing` where no paper can be made, or too many at once.
    """
    by = bundle.by
    assert by is not None, "a bundle is asked for by a person"
    if key and (made := ReportBundle.objects.filter(request_key=key, by=by).first()):
        return _same_request(made, bundle)
    asked = dict(bundle.parameters)  # `find` adds what it found
    wanted = find()
    if not wanted:
        raise ValidationError(nothing)
    if len(wanted) > MAX_PARTS:
        raise ValidationError(
            f"Permintaan ini berisi {len(wanted)} dokumen; sekaligus paling banyak {MAX_PARTS}. "
            "Persempit dengan saringan, misalnya per kecamatan."
        )
    bundle.request_key, bundle.total, bundle.lease_until = key, len(wanted), requeue_after()
    try:
        with transaction.atomic():
            queue.hold(by)
            queue.check_room_for_bundle(by)
            bundle.save(force_insert=True)
            history.record(bundle, Event.Verb.ADD, by=by)
            for number, paper in enumerate(wanted):
                part_key = uuid.uuid5(key, f"{number}-{paper.kind}") if key else None
                requests.ask(paper.kind, paper.subject, dict(paper.parameters), by, key=part_key, bundle=bundle)
    except IntegrityError:
        # The twin of this very request was faster.
        duplicate = ReportBundle.objects.filter(request_key=key, by=by).first() if key else None
        if duplicate is None:
            raise
        bundle.parameters = asked
        return _same_request(duplicate, bundle)
    return bundle


def _same_request(made: ReportBundle, bundle: ReportBundle) -> ReportBundle:
    """`made` if it is what `bundle` asks for. Raises ValidationError for a key that asked for something else."""
    names = ("kind", "district_id", "training_id", "village_id")
    others = [name for name in names if getattr(made, name) != getattr(bundle, name)]
    others += [name for name, value in bundle.parameters.items() if made.parameters.get(name) != value]
    if others:
        raise ValidationError(
            "Permintaan ini belum diterima: tombolnya sudah dipakai untuk berkas lain. Muat ulang halaman, lalu minta "
            "sekali lagi."
        )
    return made


def retry(bundle: ReportBundle, by: User) -> int:
    """Puts what failed or was stopped in the queue again; returns how many parts.

    Raises ValidationError, in words for people, when there is nothing to try again.
    """
    with transaction.atomic():
        lost = list(bundle.parts.filter(state__in=Report.LOST))
        for part in lost:
            lifecycle.retry(part, by)
        if not lost:
            if bundle.state not in ReportBundle.LOST:
                raise ValidationError("Tidak ada bagian yang gagal; tidak perlu dicoba lagi.")
            lifecycle.reopen_bundle(bundle.pk)
            enqueue_on_commit(bundle)
        history.record(bundle, Event.Verb.REOPEN, by=by)
    return len(lost)


def cancel(bundle: ReportBundle, by: User) -> int:
    """Stops what has not begun; returns how many parts. What is ready stays and is packed, what is being made ends.

    Raises ValidationError, in words for people, when nothing waits any more.
    """
    with transaction.atomic():
        waiting = list(bundle.parts.filter(state=Report.State.QUEUED))
        stopped = bundle.parts.filter(pk__in=[part.pk for part in waiting], state=Report.State.QUEUED).update(
            state=Report.State.CANCELLED, lease_until=None
        )
        if not stopped:
            raise ValidationError("Tidak ada dokumen yang masih menunggu; yang sedang dibuat diselesaikan.")
        history.record(bundle, Event.Verb.CANCEL, by=by, reason=f"{stopped} dokumen belum dimulai")
        enqueue_on_commit(bundle)
    return stopped


def is_waiting(bundle: ReportBundle) -> bool:
    """Whether some part is still under way, so that there is nothing to pack yet."""
    return bundle.parts.filter(state__in=Report.UNDER_WAY).exists()


def assemble(bundle: ReportBundle) -> bool:
    """Writes the ZIP of a claimed bundle, and what is printed; False when the claim was lost meanwhile.

    Raises ValidationError, in words for people, where it would become larger than the portal delivers.
    """
    parts = archive.in_order(bundle.parts.all())
    if any(part.is_under_way for part in parts):
        # Asked for again between the look and the claim: whoever finishes that part enqueues it.
        return bundle.close_as(ReportBundle.State.QUEUED, attempts=0)
    ready = [part for part in parts if part.state == Report.State.READY]
    if not ready:
        if all(part.state == Report.State.CANCELLED for part in parts):
            return bundle.close_as(ReportBundle.State.CANCELLED, done=0)
        return bundle.close_as(ReportBundle.State.FAILED, error=NOTHING_MADE, done=0)
    lines = archive.lines_of(bundle, parts)
    stored: list[str] = []
    try:
        zipped = archive.store(bundle, lines)
        stored.append(zipped.name)
        values: dict[str, Any] = {"file": zipped.name, "sha256": zipped.sha256, "bytes": zipped.bytes}
        if joined := print_file.joined(bundle, lines):
            stored.append(storage.store_for_bundle(bundle, io.BytesIO(joined.content), "-cetak.pdf"))
            values |= {
                "print_file": stored[-1],
                "print_sha256": joined.sha256,
                "print_bytes": len(joined.content),
                "print_pages": joined.pages,
            }
        finished = bundle.close_as(ReportBundle.State.READY, done=len(ready), **values)
    except BaseException:
        storage.delete(*stored)
        raise
    if not finished:
        storage.delete(*stored)
    return finished
