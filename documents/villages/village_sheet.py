"""Lembar Desa on one A4 page: the chain of a village, what is broken, who acts, what money is needed, the coverage."""

from typing import Any

from accounts.models import User
from documents import digests
from documents.issue_rules import on_request
from documents.villages.base import VillageDocument
from monitoring.charts import picture
from monitoring.forms.digest import VillageDigestFilter
from monitoring.queries.chain import STATE_WORDS, State
from monitoring.queries.digest import ACTORS, digest_of
from records import formats
from villages.models import Village


class VillageSheet(VillageDocument):
    kind, title, code_prefix = "village_sheet", "Lembar Desa", "LD"
    template_version = 2
    takes_filter = True
    issue_rule = on_request
    has_image = True
    template = "documents/village_sheet.html"

    def clean(self, subject: Village, parameters: dict) -> dict:
        """Of the filter only the day and the year of the plans concern one village."""
        asked = parameters.get("filter") or {}
        return {"filter": {name: asked[name] for name in ("per", "tahun") if asked.get(name)}}

    def collect(self, subject: Village, parameters: dict, user: User | None) -> dict[str, Any]:
        district = self.district_of(subject)
        reader = digests.reader(user, district)
        filters = VillageDigestFilter(parameters["filter"], user=reader, village=subject)
        digest = digest_of(filters)
        steps = [
            [
                step.label,
                STATE_WORDS[step.state],
                digests.cut(step.word, 70),
                step.date or "-",
                "-" if step.state == State.DONE else ACTORS[step.key],
            ]
            for chain in digest.chains
            for step in chain.steps
        ]
        heading = f"LEMBAR DESA {digests.cut(subject.name, 60).upper()}"
        found = digests.snapshot(digest, district, heading, picture("realisasi-per-triwulan", filters))
        people = "Jumlah KK dan jiwa belum dicatat"
        if subject.figures_year:
            counts = [(subject.households, "KK"), (subject.people, "jiwa")]
            counted = ", ".join(f"{formats.number_id(count)} {unit}" for count, unit in counts if count is not None)
            people = f"{counted} (data {subject.figures_year})"
        return found | {
            "steps": steps,
            "place": f"{subject.subdistrict}, {district}. {people}.",
            "stand": f"Keadaan per {formats.date_id(digest.day)}.",
        }
