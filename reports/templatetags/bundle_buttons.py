"""Where the papers of all villages and the Berkas pemeriksaan are asked for, from the pages of what they are about."""

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

# A filter of a list -> the same choice on the page of all villages.
SAME_CHOICE = {"tahun": "tahun", "kecamatan": "kecamatan", "ta": "ta", "cohort": "ta"}


@register.simple_tag
def all_villages_url(paper: str, filters: FilterForm | None = None, **more: Any) -> str:
    """{% all_villages_url "rencana-kerja" filters %}: the page that asks for this paper of the villages of a list."""
    asked = {"dokumen": paper}
    for name, choice in SAME_CHOICE.items():
        if filters is not None and name in filters.fields and name not in filters.errors and filters.data.get(name):
            asked[choice] = str(filters.data[name])
    asked |= {name: str(getattr(value, "pk", value)) for name, value in more.items()}
    return f"{reverse('reports:all_villages')}?{urlencode(asked)}"


@register.inclusion_tag("reports/_audit_form.html", takes_context=True)
def audit_button(context: Any, subject: Training | Village, label: str, style: str = "btn-secondary") -> dict[str, Any]:
    """{% audit_button training "Berkas pemeriksaan" %}: all papers, scans and changes in one press; for the office."""
    if not audit.may_request(subject, context["request"].user):
        return {"url": ""}
    return {
        "csrf_token": context.get("csrf_token"),
        "url": reverse(f"reports:{subject._meta.model_name}_audit_request", args=[subject.pk]),
        "label": label,
        "style": style,
        "key": str(uuid.uuid4()),
    }
