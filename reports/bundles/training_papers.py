"""Berkas lengkap: all papers of a training in filing order."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from documents import registry
from reports import services
from reports.bundles import letters
from reports.bundles.road import Wanted, open_bundle
from reports.kinds import Kind
from reports.models import ReportBundle
from trainings.models import Attendance, Training

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


def papers(training: Training, by: User) -> list[Wanted]:
    """All papers that this person can have of this training today, in filing order."""
    found = []
    marked = Attendance.objects.filter(session__day__training=training).exists()
    for kind, options in ORDER:
        if kind not in registry.KINDS or (training.is_meeting and kind not in OF_MEETINGS):
            continue
        if not services.may_ask(kind, training, by):
            continue
        parameters = dict(options)
        if kind == Kind.ATTENDANCE_SHEET:
            parameters["mode"] = "filled" if marked and options["who"] == "peserta" else "blank"
        try:
            registry.document(kind).clean(training, dict(parameters))
        except ValidationError:
            continue  # cannot be made of this training yet: no days, no sertifikat given
        found.append(Wanted(kind, training, parameters))
    return found


def ask(training: Training, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Asks for all papers at once; the same `key` again gives the same bundle.

    Raises PermissionDenied without the right, ValidationError, in words for people, when no paper can be made.
    """
    if not services.may_ask_bundle(training, by):
        raise PermissionDenied(f"{by.pk} does not see all of training {training.pk}")
    bundle = ReportBundle(kind=ReportBundle.Kind.TRAINING_PAPERS, district=training.district, training=training, by=by)
    return open_bundle(
        bundle,
        lambda: letters.keep(bundle, papers(training, by), by),
        key,
        nothing="Belum ada dokumen yang dapat dibuat. Tambahkan hari pelatihan dahulu.",
    )
