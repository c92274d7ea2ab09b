"""Ringkasan of a kabupaten on one A4 page: the chain, damages, responsible people, needed money, the coverage."""

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents import digests
from documents.choices import Audience
from documents.content import Parameters, filter_of
from documents.district.base import DistrictDocument
from documents.issue_rules import on_request
from documents.layout.fitting import Measure
from monitoring.charts import chart
from monitoring.queries.area import Area
from monitoring.queries.digest import ACTORS, digest_of
from records import formats


class SummaryContent(digests.DigestContent):
    stages: list[list[str]]
    missing: list[list[str]]  # for each stage the names of all villages without it


class DistrictSummary(DistrictDocument[SummaryContent]):
    kind, title, code_prefix = "summary", "Ringkasan", "RGK"
    template_version = 4
    audience = Audience.DISTRICT
    takes_filter = True
    issue_rule = on_request
    has_image = True
    template = "documents/summary.html"

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        return {"filter": digests.district_filter(subject, parameters)}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> SummaryContent:
        """Raises ValidationError when no village matches the filter."""
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
        return {
            **digests.content_of(digest, subject, heading, chart("corong", area)),
            "stages": stages,
            "missing": [[chain.village.name for chain in missing[stage.key]] for stage in digest.stages],
        }

    def fitted(self, content: SummaryContent, measure: Measure) -> SummaryContent:
        """First as many names, then as many damages as fit on one page; at least those that `collect` returned."""

        def fits(fuller: SummaryContent) -> bool:
            return measure(self.render(fuller))[0].pages == 1

        named = (_with_names(content, room, max_name) for room, max_name in digests.NAME_STEPS)
        return digests.with_damages(next(filter(fits, named), content), fits)


def _with_names(content: SummaryContent, room: int, max_name: int) -> SummaryContent:
    stages = [
        [*row[:3], digests.named(names, room, max_name), *row[4:]]
        for row, names in zip(content["stages"], content["missing"], strict=True)
    ]
    return {**content, "stages": stages}
