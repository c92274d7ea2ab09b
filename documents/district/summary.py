"""Ringkasan of a kabupaten on one A4 page: the chain, what is broken, who acts, what money is needed, the coverage."""

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents import digests
from documents.choices import Audience
from documents.content import Parameters, filter_of
from documents.district.base import DistrictDocument
from documents.issue_rules import on_request
from monitoring.charts import chart
from monitoring.queries.area import Area
from monitoring.queries.digest import ACTORS, digest_of
from records import formats


class SummaryContent(digests.DigestContent):
    stages: list[list[str]]


class DistrictSummary(DistrictDocument[SummaryContent]):
    kind, title, code_prefix = "summary", "Ringkasan", "RGK"
    template_version = 2
    audience = Audience.DISTRICT
    takes_filter = True
    issue_rule = on_request
    has_image = True
    template = "documents/summary.html"

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        return {"filter": digests.district_filter(subject, parameters)}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> SummaryContent:
        """Raises ValidationError, in words for people, where no village fits the filter."""
        area = Area.of_district(filter_of(parameters), digests.reader(user, subject))
        digest = digest_of(area)
        if not digest.chains:
            raise ValidationError(f"Belum ada desa di {subject} yang sesuai dengan filter ini.")
        missing = {item.key: item.red for item in digest.missing}
        stages = [
            [
                stage.label,
                stage.summary,
                formats.number_id(len(missing[stage.key])),
                digests.names_of(missing[stage.key]),
                ACTORS[stage.key],
            ]
            for stage in digest.stages
        ]
        heading = f"RINGKASAN PAMSIMAS {str(subject).upper()}"
        return {**digests.content_of(digest, subject, heading, chart("corong", area)), "stages": stages}
