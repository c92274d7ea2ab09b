"""Bundle "Semua desa": one kind of document for every village in scope, requested at once.

Villages that cannot have the document yet are shown before the request, with the reason, and listed in the contents of
the ZIP.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Model, QuerySet, Value, When
from django.utils.timezone import localdate

from accounts.models import District, User
from documents import registry
from documents.base import AllVillages, Document
from documents.content import Parameters
from kpspams.models import KpspamsGroup
from plans.models import WorkPlan
from reports.models import ReportBundle
from reports.models.subjects import Subject
from reports.services import requests
from reports.services.bundles.requests import DocumentRequest, open_bundle
from trainings.models import Training
from villages.models import Village


@dataclass(frozen=True)
class Choice:
    """A document that can be requested for all villages."""

    document: Document[Any, Any]
    offer: AllVillages

    @property
    def model(self) -> type[Model]:
        """The rows of the document: one in each village, or the training that invites the villages."""
        return self.document.subjects[0]

    @property
    def is_of_training(self) -> bool:
        return self.model is Training

    @property
    def is_of_plan(self) -> bool:
        return self.model is WorkPlan

    @property
    def has_quarter(self) -> bool:
        return "quarter" in self.document.options


def choices() -> dict[str, Choice]:
    """The document for a code in the URL; the order is that of the page."""
    found = [Choice(document, offer) for document in registry.DOCUMENTS.values() for offer in document.all_villages]
    return {choice.offer.code: choice for choice in sorted(found, key=lambda choice: choice.offer.position)}


@dataclass(frozen=True)
class LeftOut:
    """A village without a document, and why; `group` where only one of its several groups is left out."""

    village: Village
    title: str
    reason: str
    group: str = ""

    def stored(self) -> dict[str, str]:
        """As in the parameters of the bundle."""
        village = {"village": str(self.village), "code": self.village.code, "group": self.group}
        return village | {"title": self.title, "reason": self.reason}


@dataclass
class Selection:
    """The request. `villages`: those in scope and filter, with their kecamatan; `filter_label`: the filter as text."""

    choice: Choice
    district: District
    villages: list[Village]
    year: int | None = None
    quarter: str = ""
    training: Training | None = None
    filter_label: str = ""

    @property
    def title(self) -> str:
        """ "Rencana kerja 2026, Kecamatan Uji": the title of the bundle in lists and on its first page."""
        about = ""
        if self.choice.is_of_training:
            about = str(self.training)
        elif self.choice.is_of_plan:
            about = str(self.year)
        return ", ".join(part for part in (f"{self.label} {about}".strip(), self.filter_label) if part)

    @property
    def label(self) -> str:
        return self.choice.document.label(self.parameters) if self.quarter else self.choice.offer.label

    @property
    def parameters(self) -> Parameters:
        quarter = {"quarter": self.quarter} if self.quarter else {}
        return {**self.choice.offer.options, **quarter}

    def request_for(self, subject: Subject, **more: int) -> DocumentRequest:
        return DocumentRequest(self.choice.document.kind, subject, {**self.parameters, **more})


@dataclass
class Availability:
    """The documents that can be made, by village, and the villages left out."""

    documents: list[tuple[Village, DocumentRequest]]
    left_out: list[LeftOut]

    def by_reason(self) -> dict[str, list[str]]:
        return by_reason([row.stored() for row in self.left_out])


def by_reason(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """Villages that are left out for the same reason, in the order of the villages; `rows` as a bundle stores them."""
    found: dict[str, list[str]] = {}
    for row in rows:
        who = f"{row['village']} ({row['group']})" if row["group"] else row["village"]
        found.setdefault(row["reason"], []).append(who)
    return found


def available(selection: Selection) -> Availability:
    """The documents that can be made today, as checked by the kinds themselves."""
    if selection.choice.is_of_training:
        return _of_training(selection)
    if selection.choice.model is Village:
        return _of_villages(selection)
    return _of_groups(selection)


def may_request(selection: Selection, by: User) -> bool:
    """Whether a page may offer it; the right is checked again for each part with its own subject."""
    subject = selection.training or selection.district
    return requests.may_request(selection.choice.document.kind, subject, by)


def request_bundle(selection: Selection, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Requests one document of each village; the same `key` returns the same bundle.

    Raises PermissionDenied without the right, ValidationError when no village can have the document.
    """
    if not may_request(selection, by):
        raise PermissionDenied(f"{by.pk} may not request {selection.choice.document.kind}")
    bundle = ReportBundle(
        kind=ReportBundle.Kind.ALL_VILLAGES,
        district=selection.district,
        training=selection.training,
        parameters={"title": selection.title},
        by=by,
    )

    def find() -> list[DocumentRequest]:
        found = available(selection)
        bundle.parameters = {"title": selection.title, "left_out": [row.stored() for row in found.left_out]}
        return [document for _, document in found.documents]

    return open_bundle(bundle, find, key, nothing="Belum ada desa yang dapat dibuatkan dokumen ini.")


def _add(found: Availability, village: Village, title: str, document: DocumentRequest, group: str = "") -> None:
    try:
        document.cleaned()
    except ValidationError as error:
        found.left_out.append(LeftOut(village, title, " ".join(error.messages), group))
    else:
        found.documents.append((village, document))


def _of_training(selection: Selection) -> Availability:
    found, training = Availability([], []), selection.training
    if training is None:
        return found
    invited = set(training.invitations.values_list("village", flat=True))
    for village in selection.villages:
        if village.pk in invited:
            _add(found, village, selection.label, selection.request_for(training, village=village.pk))
    return found


def _of_villages(selection: Selection) -> Availability:
    found = Availability([], [])
    for village in selection.villages:
        _add(found, village, selection.label, selection.request_for(village))
    return found


def _of_groups(selection: Selection) -> Availability:
    found = Availability([], [])
    groups: dict[int, list[KpspamsGroup]] = {}
    rows = KpspamsGroup.objects.current().filter(village__in=selection.villages)
    for group in rows.select_related("village__subdistrict__district__settings_row").order_by("name", "pk"):
        groups.setdefault(group.village_id, []).append(group)
    plans = _plans(selection, rows) if selection.choice.is_of_plan else {}
    for village in selection.villages:
        there = groups.get(village.pk, [])
        if not there:
            found.left_out.append(LeftOut(village, selection.label, "Belum ada KPSPAMS."))
        for group in there:
            name = str(group) if len(there) > 1 else ""
            subject = plans.get(group.pk) if selection.choice.is_of_plan else group
            if subject:
                _add(found, village, selection.label, selection.request_for(subject), name)
            else:
                reason = f"Belum ada rencana kerja {selection.year}."
                found.left_out.append(LeftOut(village, selection.label, reason, name))
    return found


def _plans(selection: Selection, groups: QuerySet[KpspamsGroup]) -> dict[int, WorkPlan]:
    """The plan of the year by group: the approved one, else the newest. A draft has DRAF on every page."""
    approved = Case(When(status=WorkPlan.Status.APPROVED, then=Value(1)), default=Value(0))
    rows = WorkPlan.objects.filter(group__in=groups.values("pk"), year=selection.year or localdate().year)
    rows = rows.select_related("group__village__subdistrict__district__settings_row")
    return {plan.group_id: plan for plan in rows.order_by(approved, "revision")}
