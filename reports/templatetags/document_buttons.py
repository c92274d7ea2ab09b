"""Which papers of the accounts file (trainings.queries.spj) this portal prints, and the buttons that ask for them."""

from typing import Any

from django import template

from documents import registry
from documents.base import Button
from documents.choices import Format
from documents.trainings.base import TrainingDocument
from reports.services.requests import may_request
from reports.templatetags.reports import report_button

register = template.Library()

FORM_WORDS = {Format.PDF: "", Format.DOCX: " (Word)", Format.XLSX: " (Excel)"}


@register.inclusion_tag("reports/_document_buttons.html", takes_context=True)
def document_buttons(context: Any, paper: str, training: Any) -> dict[str, Any]:
    """{% document_buttons row.paper training %}: a button for each print and each form; nothing where we print none."""
    found = [(document, button) for document in _offered(paper) for button in document.buttons]
    return {
        "buttons": _buttons(context, [pair for pair in found if not pair[1].rare], training),
        "rarer": _buttons(context, [pair for pair in found if pair[1].rare], training),
        "csrf_token": context.get("csrf_token"),
    }


def _offered(paper: str) -> list[TrainingDocument]:
    """What the line of the accounts file offers to print."""
    documents = (one for one in registry.DOCUMENTS.values() if isinstance(one, TrainingDocument))
    return [one for one in documents if one.spj_item == paper]


def _buttons(context: Any, prints: list[tuple[TrainingDocument, Button]], training: Any) -> list[dict[str, Any]]:
    found = []
    for document, button in prints:
        if not may_request(document.kind, training, context["request"].user):
            continue
        for form in document.formats:
            label = f"{button.label}{FORM_WORDS[form]}"
            style = "btn-sm btn-secondary"
            found.append(report_button(context, document.kind, training, label, form, style, **button.options))
    return found
