"""Template tags of the buttons for documents of the accounts file (trainings.queries.spj)."""

from typing import Any

from django import template
from django.urls import reverse

from accounts.rights import Right, may
from documents import registry
from documents.base import Button
from documents.choices import Format
from documents.trainings.base import TrainingDocument
from documents.trainings.blanks import Blank, BlankParts
from reports.models import Report
from reports.queries import changes
from reports.queries.changes import ChangedDocument
from reports.services.requests import may_request, may_request_bundle
from reports.templatetags.reports import report_button
from trainings.models import Training

register = template.Library()

FORMAT_LABELS = {Format.PDF: "", Format.DOCX: " (Word)", Format.XLSX: " (Excel)"}


@register.inclusion_tag("reports/_document_buttons.html", takes_context=True)
def document_buttons(context: Any, spj_item: str, training: Training) -> dict[str, Any]:
    """{% document_buttons row.document training %}: a button for each document and format; nothing without any."""
    found = _offered(spj_item)
    rarer = _buttons(context, [pair for pair in found if pair[1].rare], training)
    return {
        "buttons": _buttons(context, [pair for pair in found if not pair[1].rare], training),
        "rarer": rarer,
        "rarer_shown": any(button["reports"] for button in rarer),
        "csrf_token": context.get("csrf_token"),
        "changes": [one for one in changes_of(context, training) if _offers(found, one.report)],
        "blanks": _blanks(context, found, spj_item, training),
    }


def _blanks(
    context: Any, pairs: list[tuple[TrainingDocument, Button]], spj_item: str, training: Training
) -> list[Blank]:
    """What the documents of one line would leave blank, loaded once for each view of a page; only for those who run
    the training.
    """
    if not context.get("runs") or training.state == Training.State.CANCELLED:
        return []
    request = context["request"]
    if not hasattr(request, "blank_parts"):
        request.blank_parts = BlankParts(training)
    blanks = [blank for document, _ in pairs for blank in request.blank_parts.of(document, spj_item)]
    if not may(request.user, Right.MANAGE_SETTINGS):
        settings = reverse("accounts:settings_district", args=[training.district_id])
        blanks = [Blank(blank.text) if blank.url == settings else blank for blank in blanks]
    return list(dict.fromkeys(blanks))


@register.inclusion_tag("reports/_changed_documents.html", takes_context=True)
def changed_documents(context: Any, training: Training) -> dict[str, Any]:
    """{% changed_documents training %}: documents to be printed again, and documents changed since their issue."""
    return {"changes": changes_of(context, training)}


def changes_of(context: Any, training: Training) -> list[ChangedDocument]:
    """Loaded once for each view of a page; only for users who see the whole training."""
    request = context["request"]
    found: list[ChangedDocument] | None = getattr(request, "changed_documents", None)
    if found is None:
        found = changes.changed_documents(training, request.user) if may_request_bundle(training, request.user) else []
        request.changed_documents = found
    return found


def _offers(pairs: list[tuple[TrainingDocument, Button]], report: Report) -> bool:
    """Whether one of these buttons requests this document."""
    chosen = report.parameters
    return any(
        document.kind == report.kind and all(chosen.get(name) == value for name, value in button.options.items())
        for document, button in pairs
    )


@register.inclusion_tag("reports/_document_buttons.html", takes_context=True)
def kind_buttons(context: Any, kind: str, training: Training) -> dict[str, Any]:
    """{% kind_buttons "name_tags" training %}: the same for a kind without a line in the accounts file."""
    document = registry.document(kind)
    assert isinstance(document, TrainingDocument), f"{kind} is no document of a training"
    pairs = [(document, button) for button in document.buttons]
    return {"buttons": _buttons(context, pairs, training), "csrf_token": context.get("csrf_token")}


def _offered(spj_item: str) -> list[tuple[TrainingDocument, Button]]:
    """The documents that the line of the accounts file offers."""
    documents = (one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument))
    pairs = [(one, button) for one in documents for button in one.buttons]
    return [(one, button) for one, button in pairs if (button.spj_item or one.spj_item) == spj_item]


def _buttons(context: Any, pairs: list[tuple[TrainingDocument, Button]], training: Training) -> list[dict[str, Any]]:
    found = []
    for document, button in pairs:
        if not may_request(document.kind, training, context["request"].user):
            continue
        for format in document.formats:
            label = f"{button.label}{FORMAT_LABELS[format]}"
            style = "btn-sm btn-secondary"
            found.append(report_button(context, document.kind, training, label, format, style, **button.options))
    return found
