"""Lembar Desa on one A4 page: the chain of a village, damages, responsible people, needed money, the coverage."""

from accounts.models import User
from documents import digests
from documents.content import Parameters, filter_of
from documents.issue_rules import on_request
from documents.layout.fitting import Measure
from documents.villages.base import VillageDocument
from monitoring.charts import chart
from monitoring.queries.area import VillageArea
from monitoring.queries.chain import STATE_LABELS, State
from monitoring.queries.digest import ACTORS, digest_of
from records import formats
from villages.models import Village


class VillageSheetContent(digests.DigestContent):
    steps: list[list[str]]
    place: str


class VillageSheet(VillageDocument[VillageSheetContent]):
    kind, title, code_prefix = "village_sheet", "Lembar Desa", "LD"
    template_version = 4
    audit_position = 1
    takes_filter = True
    issue_rule = on_request
    has_image = True
    template = "documents/village_sheet.html"

    def clean(self, subject: Village, parameters: Parameters) -> Parameters:
        """Of the filter only the day and the year of the plans apply to one village."""
        sent = filter_of(parameters)
        return {"filter": {name: sent[name] for name in ("per", "tahun") if sent.get(name)}}

    def collect(self, subject: Village, parameters: Parameters, user: User | None) -> VillageSheetContent:
        district = self.district_of(subject)
        area = VillageArea.of_village(filter_of(parameters), digests.reader(user, district), subject)
        digest = digest_of(area)
        steps = [
            [
                step.label,
                STATE_LABELS[step.state],
                digests.cut(step.summary, 70),
                step.date or "-",
                "-" if step.state == State.DONE else ACTORS[step.key],
            ]
            for chain in digest.chains
            for step in chain.steps
        ]
        heading = f"LEMBAR DESA {digests.cut(subject.name, 60).upper()}"
        shared = digests.content_of(digest, district, heading, chart("realisasi-per-triwulan", area))
        people = "Jumlah KK dan jiwa belum dicatat"
        if subject.figures_year:
            counts = [(subject.households, "KK"), (subject.people, "jiwa")]
            counted = ", ".join(f"{formats.number_id(count)} {unit}" for count, unit in counts if count is not None)
            people = f"{counted} (data {subject.figures_year})"
        return {
            **shared,
            "steps": steps,
            "place": f"{subject.subdistrict}, {district}. {people}.",
            "as_of": f"Keadaan per {formats.date_id(digest.day)}.",
        }

    def fitted(self, content: VillageSheetContent, measure: Measure) -> VillageSheetContent:
        """As many damages as fit on one page; at least those that `collect` returned."""
        return digests.with_damages(content, lambda fuller: measure(self.render(fuller))[0].pages == 1)
