"""The papers that are made of visits, for the page that lists them."""

import uuid
from typing import Any

from django import template
from django.utils.timezone import localdate

from accounts.models import District, User
from accounts.rights import Right, may
from reports.kinds import Kind
from reports.periods import Period
from reports.services import may_ask

register = template.Library()
MONTHS_SHOWN, QUARTERS_SHOWN = 12, 4


@register.inclusion_tag("reports/_visit_papers.html", takes_context=True)
def visit_papers(context: Any) -> dict[str, Any]:
    """{% visit_papers %}: Laporan Bulanan Fasilitator, and for who sees all villages Laporan Hasil Monitoring."""
    user = context["request"].user
    districts = list(District.objects.visible_to(user)) if may(user, Right.REQUEST_REPORTS) else []
    if not districts:
        return {"forms": []}
    months, quarters = _until_today(1, MONTHS_SHOWN), _until_today(3, QUARTERS_SHOWN)
    own = user.role == User.Role.FACILITATOR
    people = [] if own else User.objects.visible_to(user).filter(role=User.Role.FACILITATOR).order_by("name")
    forms = [{"kind": Kind.VISIT_REPORT, "periods": months, "people": people, "word": "Cetak laporan bulanan"}]
    if may_ask(Kind.MONITORING_REPORT, districts[0], user):
        forms.append(
            {"kind": Kind.MONITORING_REPORT, "periods": [*months, *quarters], "word": "Cetak hasil monitoring"}
        )
    for form in forms:
        form["key"] = str(uuid.uuid4())
    return {"csrf_token": context.get("csrf_token"), "forms": forms, "districts": districts}


def _until_today(months: int, count: int) -> list[Period]:
    """The running one and those before, the newest first."""
    found = [Period.containing(localdate(), months)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found
