"""Berita acara pemeriksaan kerusakan: the damage, its start, the people affected, the steps taken.

The order of a berita acara is that of the rules on official documents: title, number, day and place in words, numbered
facts, closing sentence, signatures. The day is that of the inspection, or of the report before any inspection.
"""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import District, User
from documents import signatures
from documents.base import Document
from documents.content import Parameters, Snapshot
from documents.issue_rules import when_damage_inspected
from documents.layout import frame
from documents.layout.frame import OfficeTerms, SignatureBlock, Signed
from documents.signers import VILLAGE_HEAD_SIGNS, Letterhead, Level
from plans.models import DamageReport
from plans.services.damages import operating_groups
from records import formats, in_words

UNKNOWN = "belum diketahui"


class Fact(TypedDict):
    label: str
    text: str


class Step(TypedDict):
    state: str
    on: str
    note: str


class DamageContent(Snapshot, Signed):
    terms: OfficeTerms
    facility: str
    village: str
    subdistrict: str
    district: str
    groups: str
    verb: str
    day_line: str
    component: str
    description: str
    since: str
    facts: list[Fact]
    steps: list[Step]
    photos: int
    knowing: list[SignatureBlock]


class DamageMinutes(Document[DamageReport, DamageContent]):
    kind, title, code_prefix = "damage_minutes", "Berita acara pemeriksaan kerusakan", "BAK"
    template_version = 3
    audit_position = 1
    subjects = (DamageReport,)
    issue_rule = when_damage_inspected
    letterhead = Letterhead.VILLAGE
    signers = (VILLAGE_HEAD_SIGNS,)
    level = Level.VILLAGE
    other_signers = "Petugas pemeriksa dan ketua KPSPAMS"
    template = "documents/damage_minutes.html"

    def district_of(self, subject: DamageReport) -> District:
        return subject.facility.village.subdistrict.district

    def clean(self, subject: DamageReport, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a report without a step, because its day would be unknown."""
        if not subject.steps.exists():
            raise ValidationError(
                "Laporan kerusakan ini belum mempunyai langkah bertanggal. Catat pemeriksaannya dahulu."
            )
        return {}

    def collect(self, subject: DamageReport, parameters: Parameters, user: User | None) -> DamageContent:
        facility = subject.facility
        village = facility.village
        steps = list(subject.steps.select_related("by"))
        inspected = [step for step in steps if step.state == DamageReport.State.INSPECTED]
        repaired = [step for step in steps if step.state == DamageReport.State.WORKING and not subject.is_open]
        day = inspected[-1].on if inspected else repaired[-1].on if repaired else steps[0].on
        office = self.district_of(subject).office_on(day)
        terms = frame.office_terms(office)
        groups = operating_groups(subject)
        signing = signatures.Signing(self, self.district_of(subject), day, office)
        return {
            "document": frame.head(
                title=f"Berita acara pemeriksaan kerusakan {facility}",
                subject=f"{terms['village']} {village.name}, {village.subdistrict}",
                office=office,
                dated=day,
                page_size=frame.page_size_of(office),
                watermark=frame.SAMPLE_MARK if facility.is_sample else "",
            ),
            "letterhead": signing.letterhead(village),
            "terms": terms,
            "facility": facility.name,
            "village": f"{terms['village']} {village.name}",
            "subdistrict": village.subdistrict.name,
            "district": self.district_of(subject).name,
            "groups": " dan ".join(str(group) for group in groups),
            "verb": "diperiksa" if inspected else "diperbaiki dan berfungsi kembali" if repaired else "dilaporkan",
            "day_line": in_words.date_in_words(day),
            "component": subject.get_component_display(),
            "description": subject.description,
            "since": formats.date_id(subject.since),
            "facts": _facts(subject),
            "steps": [
                {"state": step.get_state_display(), "on": formats.date_id(step.on), "note": step.note} for step in steps
            ],
            "photos": subject.photos.count(),
            "signatures": [
                frame.block("Petugas Pemeriksa,"),
                frame.block(f"Ketua {groups[0]},".replace('"', "") if groups else "Ketua KPSPAMS,"),
            ],
            "knowing": signing.blocks(village=village),
        }


def _facts(damage: DamageReport) -> list[Fact]:
    hit = [
        f"{formats.number_id(count)} {unit}"
        for count, unit in ((damage.connections_affected, "SR"), (damage.households_affected, "KK"))
        if count is not None
    ]
    facts = [
        ("Bagian yang rusak", damage.get_component_display()),
        ("Uraian kerusakan", damage.description),
        ("Rusak sejak", formats.date_id(damage.since)),
        ("Keadaan air", "berhenti mengalir" if damage.stopped else "tetap mengalir"),
        ("Terdampak", ", ".join(hit)),
        ("Air sementara dari", damage.interim_water),
        ("Perkiraan biaya", formats.rupiah(damage.estimated_cost) if damage.estimated_cost is not None else ""),
        ("Ditangani oleh", damage.handled_by),
        ("Keadaan terakhir", damage.get_state_display()),
    ]
    if damage.working_again_on:
        lost = f", {formats.number_id(damage.days_without_water)} hari tanpa air" if damage.stopped else ""
        facts.append(("Berfungsi kembali", f"{formats.date_id(damage.working_again_on)}{lost}"))
    return [{"label": name, "text": text or UNKNOWN} for name, text in facts]
