"""Bundle "Berkas pemeriksaan": all that an auditor requests about one training or one village. Only for the office.

Issued documents are included as they are; the others are made now, with Riwayat Perubahan at the end.
"""

import uuid
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from accounts.models import User
from documents import registry
from documents.content import Parameters
from documents.issue_rules import on_request
from documents.villages.change_history import ChangeHistory
from plans.models import DamageReport, WorkPlan
from reports.models import ReportBundle
from reports.models.subjects import Subject
from reports.services import requests
from reports.services.bundles import evidence, letters, training_documents
from reports.services.bundles.requests import DocumentRequest, open_bundle
from trainings.models import Training
from villages.models import Village

Key = tuple[str, str, int, Parameters]  # kind, model and key of the subject, parameters


def may_request(subject: Training | Village, by: User) -> bool:
    """Users who may read the history may have the whole bundle."""
    return requests.may_request(ChangeHistory.kind, subject, by)


def request_bundle(subject: Training | Village, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Requests the Berkas pemeriksaan; the same `key` returns the same bundle.

    Raises PermissionDenied without the right, ValidationError when there are too many documents.
    """
    if not may_request(subject, by):
        raise PermissionDenied(f"{by.pk} may not request an audit file")
    if isinstance(subject, Training):
        bundle = ReportBundle(kind=ReportBundle.Kind.TRAINING_AUDIT, district=subject.district, training=subject, by=by)
        listed, about = partial(_of_training, subject, by), evidence.of_training(subject)
    else:
        district = subject.subdistrict.district
        bundle = ReportBundle(kind=ReportBundle.Kind.VILLAGE_AUDIT, district=district, village=subject, by=by)
        listed, about = partial(_of_village, subject, by), evidence.of_village(subject)

    def find() -> list[DocumentRequest]:
        documents, bundle.parameters["kept"] = _without_issued(listed(), about)
        if isinstance(subject, Training):
            documents = letters.keep(bundle, subject, documents, by)
        return [*documents, DocumentRequest(ChangeHistory.kind, subject)]

    return open_bundle(bundle, find, key)


def _of_training(training: Training, by: User) -> list[DocumentRequest]:
    """Without blank forms: the filled ones are among the scans."""
    documents = training_documents.available(training, by)
    return [one for one in documents if not registry.document(one.kind).is_blank_form]


def _of_village(village: Village, by: User) -> list[DocumentRequest]:
    subjects: list[Subject] = [
        village,
        *village.groups.order_by("name", "pk"),
        *WorkPlan.objects.filter(group__village=village).order_by("group", "year", "revision"),
        *DamageReport.objects.filter(facility__village=village).order_by("since", "pk"),
    ]
    documents = [DocumentRequest(kind, subject) for subject in subjects for kind in _audited(subject)]
    return [one for one in documents if _can_be_made(one, by)]


def _audited(subject: Subject) -> list[str]:
    """The kinds that an audit file contains for this row, in order."""
    places = [
        (one.audit_position, kind)
        for kind, one in registry.DOCUMENTS.items()
        if one.audit_position is not None and isinstance(subject, one.subjects)
    ]
    return [kind for _, kind in sorted(places)]


def _can_be_made(document: DocumentRequest, by: User) -> bool:
    if not requests.may_request(document.kind, document.subject, by):
        return False
    try:
        document.cleaned()
    except ValidationError:
        return False  # a plan without lines, or one that is not carried out
    return True


def _without_issued(documents: list[DocumentRequest], about: Q) -> tuple[list[DocumentRequest], list[int]]:
    """The documents to make, and the keys of the issued documents that are included as they are.

    Documents that show the state of the day on which they were requested are made again.
    """
    dated = [kind for kind, one in registry.DOCUMENTS.items() if type(one).issue_rule is on_request]
    issued = list(evidence.in_force(about).exclude(kind__in=dated).order_by("pk"))
    there = [_key(row.kind, row.subject, row.parameters) for row in issued]
    made = [one for one in documents if _key(one.kind, one.subject, one.cleaned()) not in there]
    return made, [row.pk for row in issued]


def _key(kind: str, subject: Subject, parameters: Parameters) -> Key:
    return str(kind), subject._meta.label_lower, subject.pk, parameters
