"""Requests for bundles: open with all parts, retry, cancel."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from documents import registry
from documents.content import Parameters
from jobs.queue import enqueue_on_commit, requeue_after
from records import history
from records.models import Event
from reports.models import Report, ReportBundle
from reports.models.subjects import Subject
from reports.services import lifecycle, queue, requests

# One request for more documents than a large kabupaten has villages would delay everybody else (our assumption).
MAX_PARTS = 300


@dataclass(frozen=True)
class DocumentRequest:
    """One document of a bundle as requested."""

    kind: str
    subject: Subject
    parameters: Parameters = field(default_factory=dict)

    def cleaned(self) -> Parameters:
        """Its parameters as stored by the report. Raises ValidationError when it cannot be made."""
        return registry.document(self.kind).clean(self.subject, dict(self.parameters))


def open_bundle(
    bundle: ReportBundle,
    find: Callable[[], list[DocumentRequest]],
    key: uuid.UUID | None,
    *,
    nothing: str = "",
    has_files: bool = False,
) -> ReportBundle:
    """Saves a bundle and requests the documents that `find` returns; the same `key` returns the same bundle.

    Raises ValidationError with `nothing` when no document can be made, or when there are too many. `has_files`: there
    are files to pack even without new documents.
    """
    by = bundle.by
    assert by is not None, "a bundle is requested by a person"
    if key and (existing := ReportBundle.objects.filter(request_key=key, by=by).first()):
        return _same_request(existing, bundle)
    requested = dict(bundle.parameters)  # `find` adds the parameters of what it found
    documents = find()
    if not documents and not has_files and not bundle.parameters.get("kept"):
        raise ValidationError(nothing)
    if len(documents) > MAX_PARTS:
        raise ValidationError(
            f"Permintaan ini berisi {len(documents)} dokumen; sekaligus paling banyak {MAX_PARTS}. "
            "Persempit dengan filter, misalnya per kecamatan."
        )
    bundle.request_key, bundle.total, bundle.lease_until = key, len(documents), requeue_after()
    try:
        with transaction.atomic():
            queue.hold(by)
            queue.check_room_for_bundle(by)
            bundle.save(force_insert=True)
            history.record(bundle, Event.Verb.ADD, by=by)
            for number, document in enumerate(documents):
                part_key = uuid.uuid5(key, f"{number}-{document.kind}") if key else None
                parameters = dict(document.parameters)
                requests.request_document(document.kind, document.subject, parameters, by, key=part_key, bundle=bundle)
            if not documents:
                enqueue_on_commit(bundle)  # without parts no part enqueues the bundle
    except IntegrityError:
        # Another request with the same key was faster.
        duplicate = ReportBundle.objects.filter(request_key=key, by=by).first() if key else None
        if duplicate is None:
            raise
        bundle.parameters = requested
        return _same_request(duplicate, bundle)
    return bundle


def _same_request(existing: ReportBundle, bundle: ReportBundle) -> ReportBundle:
    """`existing` if it is the request of `bundle`. Raises ValidationError for the key of another request."""
    names = ("kind", "district_id", "training_id", "village_id")
    others = [name for name in names if getattr(existing, name) != getattr(bundle, name)]
    others += [name for name, value in bundle.parameters.items() if existing.parameters.get(name) != value]
    if others:
        raise ValidationError(
            "Permintaan ini belum diterima: tombolnya sudah dipakai untuk berkas lain. Muat ulang halaman, lalu minta "
            "sekali lagi."
        )
    return existing


def retry(bundle: ReportBundle, by: User) -> int:
    """Requeues failed and cancelled parts; returns their number.

    Raises ValidationError when there is nothing to retry.
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
    """Cancels waiting parts; returns their number. Ready parts are packed, running parts finish.

    Raises ValidationError when no part is waiting.
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
