"""Scans of signed daftar hadir: evidence for the marks, which alone are counted in figures."""

from django.db import transaction

from accounts.models import User
from records import history
from records.files import Judged, drop_unused
from records.models import Event
from trainings.models import TrainingFile, TrainingSession
from trainings.services.spj import lock_for_documents


def add_sheet(session: TrainingSession, judged: Judged, *, by: User) -> TrainingFile:
    """Stores one scan or photo of the signed sheet of a session; the same file again is the same row.

    A closed training still accepts it. Raises ValidationError when the training was cancelled.
    """
    stored = None
    try:
        with transaction.atomic():
            training = lock_for_documents(session.day.training)
            same = session.files.filter(kind=TrainingFile.Kind.SHEET, file__sha256=judged.sha256).first()
            if same:
                return same
            stored = judged.keep()
            row = TrainingFile(training=training, kind=TrainingFile.Kind.SHEET, session=session, file=stored)
            row.add(by=by)
            changes = {f"lembar bertanda tangan {session.day}, {session}": ["", stored.name]}
            history.record(session.day, Event.Verb.CHANGE, by=by, changes=changes)
            return row
    except BaseException:
        if stored:
            stored.erase()
        raise


@transaction.atomic
def remove_sheet(sheet: TrainingFile, *, by: User) -> None:
    """Deletes a scan with its file; its name remains in the history. Raises ValidationError when cancelled."""
    lock_for_documents(sheet.training)
    stored, session = sheet.file, sheet.session
    if session is None:
        raise ValueError(f"training file {sheet.pk} is no sheet of a session")
    changes = {f"lembar bertanda tangan {session.day}, {session}": [stored.name, ""]}
    history.record(session.day, Event.Verb.CHANGE, by=by, changes=changes)
    sheet.remove(by=by)
    drop_unused(stored)
