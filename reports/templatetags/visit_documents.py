"""Template tags of the documents about visits."""

import uuid
from typing import Any

from django import template

from accounts.models import District
from accounts.rights import Right, may
from documents import registry
from documents.district.base import PeriodDocument
from reports.forms.visits import VisitDocumentForm
from reports.services.requests import may_request

register = template.Library()


@register.inclusion_tag("reports/_visit_documents.html", takes_context=True)
def visit_documents(context: Any) -> dict[str, Any]:
    """{% visit_documents %}: Laporan Bulanan Fasilitator; Laporan Hasil Monitoring for users who see all villages."""
    user = context["request"].user
    districts = list(District.objects.visible_to(user)) if may(user, Right.REQUEST_REPORTS) else []
    documents = [one for one in registry.DOCUMENTS.values() if isinstance(one, PeriodDocument) and one.visit_button]
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "forms": [
            {
                "document": document,
                "key": str(uuid.uuid4()),
                "fields": VisitDocumentForm(document, user=user, districts=districts),
            }
            for document in documents
            if districts and may_request(document.kind, districts[0], user)
        ],
    }
