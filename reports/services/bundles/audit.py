"""Berkas pemeriksaan: all that an auditor asks for about one training or one village. The office's alone.

Issued papers go in as they are; what was never issued is made now, with Riwayat Perubahan at the end.
"""

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from accounts.models import User
from documents import registry
from documents.groups.group_profile import GroupProfile
from documents.issue_rules import on_request
from documents.plans.annual_account import AnnualAccount
from documents.plans.damage_minutes import DamageMinutes
from documents.plans.plan_difference import PlanDifferenceDocument
from documents.plans.plan_progress import PlanProgressDocument
from documents.plans.work_plan import WorkPlanDocument
from documents.villages.change_history import ChangeHistory
from documents.villages.village_sheet import VillageSheet
from plans.models import DamageReport, WorkPlan
from reports.models import ReportBundle
from reports.services import requests
from reports.services.bundles import evidence, letters
from reports.services.bundles.requests import DocumentRequest, open_bundle
from reports.services.bundles.training_documents import available
from trainings.models import Training
from villages.models import Village

OF_PLAN = (WorkPlanDocument.kind, PlanDifferenceDocument.kind, PlanProgressDocument.kind, AnnualAccount.kind)


def may_request(subject: Training | Village, by: User) -> bool:
    """Who may read the history may have the whole."""
    return requests.may_request(ChangeHistory.kind, subject, by)


def request_bundle(subject: Training | Village, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Asks for the Berkas pemeriksaan; the same `key` again gives the same bundle.

    Raises PermissionDenied without the right, ValidationError, in words for people, when there is too much.
    """
    if not may_request(subject, by):
        raise PermissionDenied(f"{by.pk} may not ask for an audit file")
    if isinstance(subject, Training):
        bundle = ReportBundle(kind=ReportBundle.Kind.TRAINING_AUDIT, district=subject.district, training=subject, by=by)
        look, about = partial(_of_training, subject, by), evidence.of_training(subject)
    else:
        district = subject.subdistrict.district
        bundle = ReportBundle(kind=ReportBundle.Kind.VILLAGE_AUDIT, district=district, village=subject, by=by)
        look, about = partial(_of_village, subject, by), evidence.of_village(subject)

    def find() -> list[DocumentRequest]:
        wanted, bundle.parameters["kept"] = _without_issued(look(), about)
        if isinstance(subject, Training):
            wanted = letters.keep(bundle, wanted, by)
        return [*wanted, DocumentRequest(ChangeHistory.kind, subject)]

    return open_bundle(bundle, find, key)


def _of_training(training: Training, by: User) -> list[DocumentRequest]:
    """Without forms for the pen: the filled ones are among the scans."""
    return [paper for paper in available(training, by) if not registry.document(paper.kind).is_blank_form]


def _of_village(village: Village, by: User) -> list[DocumentRequest]:
    found = [DocumentRequest(VillageSheet.kind, village)]
    found += [DocumentRequest(GroupProfile.kind, group) for group in village.groups.order_by("name", "pk")]
    plans = WorkPlan.objects.filter(group__village=village).order_by("group", "year", "revision")
    found += [DocumentRequest(kind, plan) for plan in plans for kind in OF_PLAN]
    damages = DamageReport.objects.filter(facility__village=village).order_by("since", "pk")
    found += [DocumentRequest(DamageMinutes.kind, damage) for damage in damages]
    return [paper for paper in found if _can_be_made(paper, by)]


def _can_be_made(paper: DocumentRequest, by: User) -> bool:
    if not requests.may_request(paper.kind, paper.subject, by):
        return False
    try:
        registry.document(paper.kind).clean(paper.subject, {})
    except ValidationError:
        return False  # a plan without lines, one that nobody carries out
    return True


def _without_issued(wanted: list[DocumentRequest], about: Q) -> tuple[list[DocumentRequest], list[int]]:
    """What has to be made, and the keys of the issued papers that are taken as they are.

    Papers that tell the state of the day on which they were asked for are made anew.
    """
    dated = [kind for kind, one in registry.DOCUMENTS.items() if type(one).issue_rule is on_request]
    issued = list(evidence.in_force(about).exclude(kind__in=dated).order_by("pk"))
    there = [_key(row.kind, row.subject, row.parameters) for row in issued]
    made = [paper for paper in wanted if _key(paper.kind, paper.subject, _cleaned(paper)) not in there]
    return made, [row.pk for row in issued]


def _cleaned(paper: DocumentRequest) -> dict[str, Any]:
    return registry.document(paper.kind).clean(paper.subject, dict(paper.parameters))


def _key(kind: str, subject: Any, parameters: dict[str, Any]) -> tuple[Any, ...]:
    return str(kind), subject._meta.label_lower, subject.pk, parameters
