"""Template tags of the buttons for documents of all villages and for the Berkas pemeriksaan."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from accounts.lists import FilterForm
from reports.services.bundles import audit
from trainings.models import Training
from villages.models import Village

register = template.Library()

# Filter of a list -> the same choice on the page of all villages.
SAME_CHOICE = {"tahun": "tahun", "kecamatan": "kecamatan", "ta": "ta", "cohort": "ta"}


@register.simple_tag
def all_villages_url(code: str, filters: FilterForm | None = None, **more: Any) -> str:
    """{% all_villages_url "rencana-kerja" filters %}: the page that requests it for the villages of a list."""
    query = {"dokumen": code}
    for name, choice in SAME_CHOICE.items():
        if filters is not None and name in filters.fields and name not in filters.errors and filters.data.get(name):
            query[choice] = str(filters.data[name])
    query |= {name: str(getattr(value, "pk", value)) for name, value in more.items()}
    return f"{reverse('reports:all_villages')}?{urlencode(query)}"


@register.inclusion_tag("reports/_audit_form.html", takes_context=True)
def audit_button(context: Any, subject: Training | Village, label: str, style: str = "btn-secondary") -> dict[str, Any]:
    """{% audit_button training "Berkas pemeriksaan" %}: all documents, scans and changes; only for the office."""
    if not audit.may_request(subject, context["request"].user):
        return {"url": ""}
    return {
        "csrf_token": context.get("csrf_token"),
        "url": reverse(f"reports:{subject._meta.model_name}_audit_request", args=[subject.pk]),
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }
