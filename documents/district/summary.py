"""Ringkasan of a kabupaten on one A4 page: the chain, what is broken, who acts, what money is needed, the coverage."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents import digests
from documents.choices import Audience
from documents.district.base import DistrictDocument
from documents.issue_rules import on_request
from monitoring.charts import picture
from monitoring.forms.digest import DigestFilter
from monitoring.queries.digest import ACTORS, digest_of
from records import formats


class DistrictSummary(DistrictDocument):
    kind, title, code_prefix = "summary", "Ringkasan", "RGK"
    template_version = 2
    audience = Audience.DISTRICT
    takes_filter = True
    issue_rule = on_request
    has_image = True
    template = "documents/summary.html"

    def clean(self, subject: District, parameters: dict) -> dict:
        """The filter as the page carried it; where there are several kabupaten the paper says which it is of."""
        asked = dict(parameters.get("filter") or {})
        if District.objects.exclude(pk=subject.pk).exists():
            asked["kabupaten"] = str(subject.pk)
        return {"filter": asked}

    def collect(self, subject: District, parameters: dict, user: User | None) -> dict[str, Any]:
        """Raises ValidationError, in words for people, where no village fits the filter."""
        reader = digests.reader(user, subject)
        filters = DigestFilter(parameters["filter"], user=reader, searchable=False)
        digest = digest_of(filters)
        if not digest.chains:
            raise ValidationError(f"Belum ada desa di {subject} yang sesuai dengan saringan ini.")
        missing = {item.key: item.red for item in digest.missing}
        stages = [
            [
                stage.label,
                stage.words,
                formats.number_id(len(missing[stage.key])),
                digests.names_of(missing[stage.key]),
                ACTORS[stage.key],
            ]
            for stage in digest.stages
        ]
        found = digests.snapshot(
            digest, subject, f"RINGKASAN PAMSIMAS {str(subject).upper()}", picture("corong", filters)
        )
        return found | {"stages": stages}
