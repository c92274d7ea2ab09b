"""The button that asks for a paper, for the pages of its subject, and the state of a report as a chip."""

import uuid
from typing import Any

from django import template

from accounts.models import District
from records.templatetags.ui import chip
from reports.documents import KINDS, formats
from reports.models import Report, ReportBundle
from reports.services import SUBJECT_NAMES, may_ask, may_ask_bundle

register = template.Library()

_TONES = {
    Report.State.QUEUED: ("grey", "clock"),
    Report.State.RUNNING: ("amber", ""),
    Report.State.READY: ("green", ""),
    Report.State.FAILED: ("red", ""),
}


@register.inclusion_tag("reports/_request_form.html", takes_context=True)
def report_button(
    context: Any, kind: str, subject: Any, label: str, format: str = "", style: str = "btn-secondary", **options: Any
) -> dict[str, Any]:
    """{% report_button "attendance_sheet" training "Cetak Daftar Hadir" mode="blank" %}

    `options` are those of the paper's module. Sent twice, the same button makes one report; each page view carries
    a key of its own. Renders nothing for who may not ask for this paper of this row.
    """
    name = subject._meta.model_name
    if kind not in KINDS or not may_ask(kind, subject, context["request"].user):
        return {"kind": ""}
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "subject": SUBJECT_NAMES.get(name, name),
        "subject_id": str(subject.pk),
        "format": format,
        "options": [(option, str(value)) for option, value in options.items()],
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


@register.inclusion_tag("reports/_decree_papers_form.html", takes_context=True)
def decree_papers_button(context: Any, group: Any, label: str, style: str = "btn-secondary") -> dict[str, Any]:
    """{% decree_papers_button group "Siapkan berkas SK" %}: berita acara, daftar hadir and draft SK in one press."""
    return {
        "csrf_token": context.get("csrf_token"),
        "group": group,
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


@register.inclusion_tag("reports/_bundle_form.html", takes_context=True)
def bundle_button(context: Any, training: Any, label: str, style: str = "btn-primary") -> dict[str, Any]:
    """{% bundle_button training "Berkas lengkap" %}: all papers of a training in one press; nothing for others."""
    if not may_ask_bundle(training, context["request"].user):
        return {"training": None}
    return {
        "csrf_token": context.get("csrf_token"),
        "training": training,
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }


@register.simple_tag
def paper_forms(kind: str) -> list[str]:
    """{% paper_forms "minutes" as forms %}: in which forms this paper can be had; none while it cannot be made."""
    return formats(kind) if kind in KINDS else []


@register.simple_tag
def recap_districts(user: Any) -> list[District]:
    """{% recap_districts user as districts %}: the kabupaten that this person may ask a recap of."""
    return list(District.objects.visible_to(user))


@register.simple_tag
def report_chip(report: Report | ReportBundle) -> str:
    """The state, always with a word and an icon."""
    tone, icon = _TONES[Report.State(report.state)]
    return chip(tone, report.get_state_display(), icon)
