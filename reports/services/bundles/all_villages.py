"""Semua desa: one kind of paper of every village that somebody sees, asked for in one press.

What a village cannot have yet is told beforehand, with the reason, and stands in the contents of the ZIP.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, QuerySet, Value, When
from django.utils.timezone import localdate

from accounts.models import District, User
from documents import registry
from documents.groups.group_profile import GroupProfile
from documents.plans.plan_progress import PlanProgressDocument
from documents.plans.work_plan import WorkPlanDocument
from documents.trainings.attendance_sheet import AttendanceSheet
from documents.trainings.certificates import Certificates
from kpspams.models import KpspamsGroup
from plans.models import WorkPlan
from reports.models import ReportBundle
from reports.services import requests
from reports.services.bundles.requests import DocumentRequest, open_bundle
from trainings.models import Training
from villages.models import Village


@dataclass(frozen=True)
class Paper:
    """A paper that can be had of all villages. `of`: what there is one of in each village."""

    kind: str
    word: str
    of: str  # training, plan or group
    options: dict[str, str] = field(default_factory=dict)


PAPERS = {
    "rencana-kerja": Paper(WorkPlanDocument.kind, "Rencana kerja", "plan"),
    "pelaksanaan": Paper(PlanProgressDocument.kind, "Laporan pelaksanaan rencana kerja", "plan"),
    "profil": Paper(GroupProfile.kind, "Profil KPSPAMS", "group"),
    "hadir-kosong": Paper(AttendanceSheet.kind, "Daftar hadir untuk ditandatangani", "training", {"mode": "blank"}),
    "hadir-terisi": Paper(AttendanceSheet.kind, "Daftar hadir terisi", "training", {"mode": "filled"}),
    "sertifikat": Paper(Certificates.kind, "Sertifikat", "training"),
}


@dataclass(frozen=True)
class LeftOut:
    """A village that gets no paper, and why; `group` where it has several groups of which one gets none."""

    village: Village
    title: str
    reason: str
    group: str = ""

    def told(self) -> dict[str, str]:
        """As the bundle keeps it."""
        who = {"village": str(self.village), "code": self.village.code, "group": self.group}
        return who | {"title": self.title, "reason": self.reason}


@dataclass
class Request:
    """What was asked for. `villages`: those in scope and filter, with their kecamatan; `told`: the filter in words."""

    paper: Paper
    district: District
    villages: list[Village]
    year: int | None = None
    quarter: str = ""
    training: Training | None = None
    told: str = ""

    @property
    def title(self) -> str:
        """ "Rencana kerja 2026, Kecamatan Uji": names the bundle in lists and on its first page."""
        about = str(self.training) if self.paper.of == "training" else str(self.year) if self.paper.of == "plan" else ""
        return ", ".join(part for part in (f"{self.label} {about}".strip(), self.told) if part)

    @property
    def label(self) -> str:
        return registry.document(self.paper.kind).label({**self.options}) if self.quarter else self.paper.word

    @property
    def options(self) -> dict[str, str]:
        return self.paper.options | ({"quarter": self.quarter} if self.quarter else {})


@dataclass
class Found:
    """What can be made, village by village, and who is left out."""

    wanted: list[tuple[Village, DocumentRequest]]
    left_out: list[LeftOut]

    def by_reason(self) -> dict[str, list[str]]:
        return by_reason([row.told() for row in self.left_out])


def by_reason(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """Whom the same reason leaves out, in the order of the villages; `rows` as a bundle keeps them."""
    found: dict[str, list[str]] = {}
    for row in rows:
        who = f"{row['village']} ({row['group']})" if row["group"] else row["village"]
        found.setdefault(row["reason"], []).append(who)
    return found


def look(request: Request, by: User) -> Found:
    """Which papers can be made today; asks the kinds themselves."""
    found = Found([], [])
    if request.paper.of == "training":
        _of_training(request, found)
    else:
        _of_groups(request, found)
    return found


def may_request(request: Request, by: User) -> bool:
    """Each part is asked again with its own subject; this is what a page may offer."""
    about: Any = request.training or request.district
    return requests.may_request(request.paper.kind, about, by)


def request_bundle(request: Request, by: User, key: uuid.UUID | None = None) -> ReportBundle:
    """Asks for one paper of each village; the same `key` again gives the same bundle.

    Raises PermissionDenied without the right, ValidationError, in words for people, when no village can have it.
    """
    if not may_request(request, by):
        raise PermissionDenied(f"{by.pk} may not ask for {request.paper.kind}")
    bundle = ReportBundle(
        kind=ReportBundle.Kind.ALL_VILLAGES,
        district=request.district,
        training=request.training,
        parameters={"title": request.title},
        by=by,
    )

    def find() -> list[DocumentRequest]:
        found = look(request, by)
        bundle.parameters = {
            "title": request.title,
            "left_out": [row.told() for row in found.left_out],
        }
        return [wanted for _, wanted in found.wanted]

    return open_bundle(bundle, find, key, nothing="Belum ada desa yang dapat dibuatkan dokumen ini.")


def _add(found: Found, village: Village, title: str, wanted: DocumentRequest, group: str = "") -> None:
    try:
        registry.document(wanted.kind).clean(wanted.subject, dict(wanted.parameters))
    except ValidationError as error:
        found.left_out.append(LeftOut(village, title, " ".join(error.messages), group))
    else:
        found.wanted.append((village, wanted))


def _of_training(request: Request, found: Found) -> None:
    training = request.training
    invited = set(training.invitations.values_list("village", flat=True)) if training else set()
    for village in request.villages:
        if village.pk in invited:
            wanted = DocumentRequest(request.paper.kind, training, request.options | {"village": village.pk})
            _add(found, village, request.label, wanted)


def _of_groups(request: Request, found: Found) -> None:
    groups: dict[int, list[KpspamsGroup]] = {}
    rows = KpspamsGroup.objects.current().filter(village__in=request.villages)
    for group in rows.select_related("village__subdistrict__district__settings_row").order_by("name", "pk"):
        groups.setdefault(group.village_id, []).append(group)
    plans = _plans(request, rows) if request.paper.of == "plan" else {}
    for village in request.villages:
        there = groups.get(village.pk, [])
        if not there:
            found.left_out.append(LeftOut(village, request.label, "Belum ada KPSPAMS."))
        for group in there:
            named = str(group) if len(there) > 1 else ""
            subject = group if request.paper.of == "group" else plans.get(group.pk)
            if subject:
                _add(
                    found, village, request.label, DocumentRequest(request.paper.kind, subject, request.options), named
                )
            else:
                reason = f"Belum ada rencana kerja {request.year}."
                found.left_out.append(LeftOut(village, request.label, reason, named))


def _plans(request: Request, groups: QuerySet[KpspamsGroup]) -> dict[int, WorkPlan]:
    """The plan of the year by group: the approved one, else the newest. A draft says DRAF on every page."""
    approved = Case(When(status=WorkPlan.Status.APPROVED, then=Value(1)), default=Value(0))
    rows = WorkPlan.objects.filter(group__in=groups.values("pk"), year=request.year or localdate().year)
    rows = rows.select_related("group__village__subdistrict__district__settings_row")
    return {plan.group_id: plan for plan in rows.order_by(approved, "revision")}
