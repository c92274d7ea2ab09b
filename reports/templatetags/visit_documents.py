"""The papers that are made of visits, for the page that lists them."""

import uuid
from typing import Any

from django import template

from accounts.models import District
from accounts.rights import Right, may
from documents import registry
from documents.district.monitoring_report import MonitoringReport
from documents.district.visit_report import VisitReport
from reports.forms.visits import VisitDocumentForm
from reports.services.requests import may_request

register = template.Library()


@register.inclusion_tag("reports/_visit_documents.html", takes_context=True)
def visit_documents(context: Any) -> dict[str, Any]:
    """{% visit_documents %}: Laporan Bulanan Fasilitator, and for who sees all villages Laporan Hasil Monitoring."""
    user = context["request"].user
    districts = list(District.objects.visible_to(user)) if may(user, Right.REQUEST_REPORTS) else []
    words = {VisitReport.kind: "Cetak laporan bulanan", MonitoringReport.kind: "Cetak hasil monitoring"}
    return {
        "csrf_token": context.get("csrf_token"),
        "forms": [
            {
                "document": registry.document(kind),
                "word": word,
                "key": str(uuid.uuid4()),
                "fields": VisitDocumentForm(registry.document(kind), user=user, districts=districts),
            }
            for kind, word in words.items()
            if districts and may_request(kind, districts[0], user)
        ],
    }
