"""Template tags of documents: request buttons; state, age and issue status of a report; unseen documents."""

import uuid
from typing import Any

from django import template
from django.utils import timezone

from accounts.models import District
from accounts.rights import Right, may
from documents import registry
from documents.choices import Format, IssueStatus
from jobs import heartbeat
from records.formats import number_id
from records.templatetags.ui import chip
from reports.forms.requests import MeetingLetterForm
from reports.models import Report, ReportBundle
from reports.models.subjects import column_of
from reports.queries.prints import PagePrints, PrintButton
from reports.services import requests
from reports.services.requests import may_request, may_request_bundle
from trainings.models import SpjItem, Training

register = template.Library()

_TONES = {
    Report.State.QUEUED: ("grey", "clock"),
    Report.State.RUNNING: ("amber", ""),
    Report.State.READY: ("green", ""),
    Report.State.FAILED: ("red", ""),
    Report.State.CANCELLED: ("grey", "x-circle"),
}
_ISSUE_TONES = {
    IssueStatus.DRAFT: ("amber", "pencil"),
    IssueStatus.SIGNING: ("amber", "pencil"),
    IssueStatus.IN_FORCE: ("green", ""),
    IssueStatus.REPLACED: ("grey", "clock-history"),
    IssueStatus.WITHDRAWN: ("red", ""),
}
# Only where the menu counts unseen documents; everywhere else it would cost each page a query.
COUNTED_ON = {"monitoring:home", "reports:report_list"}


@register.inclusion_tag("reports/_request_form.html", takes_context=True)
def report_button(
    context: Any, kind: str, subject: Any, label: str, format: str = "", style: str = "btn-secondary", **options: Any
) -> dict[str, Any]:
    """{% report_button "attendance_sheet" training "Cetak Daftar Hadir" mode="blank" %}

    `options` are those of the document. Sent twice, the same button makes one report; each page view has its own key.
    Renders nothing for users who may not request this document of this row.
    """
    if kind not in registry.DOCUMENTS or not may_request(kind, subject, context["request"].user):
        return {"kind": ""}
    return printed(context, PrintButton(kind, subject, format, options)) | {
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "subject": column_of(subject),
        "subject_id": str(subject.pk),
        "format": format,
        "options": [(option, str(value)) for option, value in options.items()],
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


def printed(context: Any, button: PrintButton) -> dict[str, Any]:
    """The user's newest document of this button, and its anchor on the page."""
    request = context["request"]
    prints = PagePrints.of(request)
    report = prints.newest(button)
    return {
        "request": request,
        "back": request.get_full_path(),
        "button": button.code,
        "anchor": prints.anchor(button.code),
        "reports": [report] if report else [],
    }


@register.inclusion_tag("reports/_request_form.html", takes_context=True)
def document_of_area(
    context: Any, kind: str, subject: Any, filters: Any, label: str, format: str = "", style: str = "btn-primary"
) -> dict[str, Any]:
    """{% document_of_area "summary" district filters "PDF satu halaman" %}: for the villages and day of this page."""
    return report_button(context, kind, subject, label, format, style, **filters.parameters)


@register.inclusion_tag("reports/_decree_documents_form.html", takes_context=True)
def decree_documents_button(context: Any, group: Any, label: str, style: str = "btn-secondary") -> dict[str, Any]:
    """{% decree_documents_button group "Siapkan berkas SK" %}: berita acara, daftar hadir and draft SK at once."""
    prints = PagePrints.of(context["request"])
    found = [prints.newest_of_kind(kind, group) for kind in requests.decree_kinds()]
    return {
        "request": context["request"],
        "back": context["request"].get_full_path(),
        "anchor": prints.anchor("sk"),
        "reports": [report for report in found if report],
        "csrf_token": context.get("csrf_token"),
        "group": group,
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


@register.inclusion_tag("reports/_pressed_print.html", takes_context=True)
def pressed_print(context: Any, kind: str) -> dict[str, Any]:
    """{% pressed_print kind %}, in a form with own fields: the return URL, and the state of the requested document."""
    request = context["request"]
    prints = PagePrints.of(request)
    return {
        "request": request,
        "back": request.get_full_path(),
        "reports": [prints.shown(row) for row in prints.rows if row.pk == prints.pressed and row.kind == kind],
    }


@register.inclusion_tag("reports/_meeting_documents_form.html", takes_context=True)
def meeting_documents_button(context: Any, training: Any, label: str, style: str = "btn-primary") -> dict[str, Any]:
    """{% meeting_documents_button training "Cetak undangan dan daftar hadir" %}; nothing without the right."""
    request = context["request"]
    if not may_request_bundle(training, request.user):
        return {"training": None}
    return {
        "request": request,
        "back": request.get_full_path(),
        "anchor": PagePrints.of(request).anchor("rapat"),
        "csrf_token": context.get("csrf_token"),
        "training": training,
        "fields": _letter_fields(training) if may(request.user, Right.EDIT_TRAININGS) else None,
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


def _letter_fields(training: Training) -> MeetingLetterForm:
    item = training.spj_items.filter(document=SpjItem.Document.INVITATION).first()
    return MeetingLetterForm(initial={"nomor": item.number, "tanggal": item.dated_on} if item else {})


@register.inclusion_tag("reports/_bundle_form.html", takes_context=True)
def bundle_button(context: Any, training: Any, label: str, style: str = "btn-primary") -> dict[str, Any]:
    """{% bundle_button training "Berkas lengkap" %}: to the list of its choices; nothing for other users."""
    may_see = may_request_bundle(training, context["request"].user)
    return {"training": training if may_see else None, "label": label, "style": style}


@register.simple_tag
def document_formats(kind: str) -> list[str]:
    """{% document_formats "minutes" as formats %}: the formats of this kind; none for an unknown one."""
    return list(registry.document(kind).formats) if kind in registry.DOCUMENTS else []


@register.simple_tag
def recap_districts(user: Any) -> list[District]:
    """{% recap_districts user as districts %}: the kabupaten for which this user may request a recap."""
    return list(District.objects.visible_to(user))


@register.simple_tag
def report_chip(report: Report | ReportBundle) -> str:
    """The state, always with a label and an icon."""
    tone, icon = _TONES[Report.State(report.state)]
    return chip(tone, report.get_state_display(), icon)


@register.simple_tag
def issue_status_chip(report: Report) -> str:
    """The issue status of a finished document; nothing for a document that is never issued."""
    if report.state != Report.State.READY or report.issue_status == IssueStatus.PLAIN:
        return ""
    tone, icon = _ISSUE_TONES[IssueStatus(report.issue_status)]
    return chip(tone, report.get_issue_status_display(), icon)


@register.simple_tag
def job_progress(job: Report | ReportBundle) -> str:
    """Time waiting or running, progress, or total time: "menunggu 12 detik"."""
    age = lasted((timezone.now() - job.requested_at).total_seconds())
    if job.state == Report.State.QUEUED:
        return f"menunggu {age}"
    if job.state == Report.State.RUNNING:
        done = f"{number_id(job.done)} dari {number_id(job.total)}, " if job.total else ""
        again = f", percobaan ke-{job.attempts}" if job.attempts > 1 else ""
        return f"{done}{age} sejak diminta{again}"
    seconds = getattr(job, "seconds", None)
    if job.state == Report.State.READY and seconds is not None:
        return f"dibuat dalam {number_id(seconds, 1)} detik"
    return ""


def lasted(seconds: float) -> str:
    """ "12 detik", "3 menit", "2 jam", "5 hari": whole units, rounded down."""
    whole = max(0, int(seconds))
    for size, word in ((86_400, "hari"), (3_600, "jam"), (60, "menit")):
        if whole >= size:
            return f"{number_id(whole // size)} {word}"
    return f"{whole} detik"


@register.filter
def is_new_to(report: Report, user: Any) -> bool:
    """Ready, requested by this user and not seen yet; for a bundle, the bundle counts instead of its parts."""
    own = report.by_id == user.pk and report.bundle_id is None
    return own and report.state == Report.State.READY and report.seen_at is None


@register.filter
def is_sheet(report: Report) -> bool:
    """Ready, and available as an image as well."""
    return report.state == Report.State.READY and report.document.has_image and report.format == Format.PDF


@register.filter
def steered_by(report: Report, user: Any) -> bool:
    """Whether this user may cancel a document that is visible to them."""
    return report.by_id == user.pk or Report.steers_all(user)


@register.filter
def passes_for(report: Report, user: Any) -> bool:
    """Whether a page offers to delete it; the service checks again."""
    return report.by_id == user.pk and report.passes


@register.simple_tag(takes_context=True)
def new_document_count(context: Any) -> int:
    """The number of the user's own ready documents and bundles not seen yet, on the pages that count them; else 0."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or match.view_name not in COUNTED_ON:
        return 0
    if not hasattr(request, "new_document_count"):  # the menu is rendered twice on a page
        reports = Report.objects.unseen_by(request.user).order_by().values("pk")
        bundles = ReportBundle.objects.unseen_by(request.user).order_by().values("pk")
        request.new_document_count = reports.union(bundles, all=True).count()
    return request.new_document_count


@register.inclusion_tag("reports/_worker_notice.html", takes_context=True)
def worker_notice(context: Any) -> dict[str, Any]:
    """Warns the office that no worker is running, and what to do; nothing for others, who see the waiting time."""
    if not Report.steers_all(context["request"].user):
        return {}
    heard = heartbeat.last_seen()
    if not heartbeat.is_silent(heard):
        return {}
    return {"silent": True, "heard": heard, "silence": heard and lasted((timezone.now() - heard).total_seconds())}
