"""Rekap rencana kerja of a kabupaten: one line for each group with its money per bidang, then per source, in one year.

A "rekap administrasi": no number, no stamp, no official's name. Groups without a plan are listed with a dash.
"""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import District, User
from documents.choices import Audience, Format
from documents.content import Parameters, Snapshot, option
from documents.district.base import YearDocument
from documents.district.proposal_recap import plans_of
from documents.issue_rules import on_request
from documents.layout import frame
from documents.layout.sheets import Formula, Ledger, column, total_of
from kpspams.models import KpspamsGroup
from plans.models import FundingSource, WorkArea, WorkPlan
from plans.queries.plan_totals import PlanSums, plan_sums
from records import formats


class AreaHead(TypedDict):
    code: str
    label: str


class RecapSums(TypedDict):
    """Amounts for the sheet and as text for the page; "-" without a plan."""

    areas: list[int | None]
    sources: list[int | None]
    total: int | None
    area_texts: list[str]
    source_texts: list[str]
    total_text: str


class RecapLine(RecapSums):
    village: str
    group: str
    state: str


class PlanRecapContent(Snapshot):
    heading: str
    about: str
    area_heads: list[AreaHead]
    source_heads: list[str]
    lines: list[RecapLine]
    totals: RecapSums


class PlanRecap(YearDocument[PlanRecapContent]):
    kind, title, code_prefix = "plan_recap", "Rekap rencana kerja", "RR"
    formats = (Format.PDF, Format.XLSX)
    audience = Audience.DISTRICT
    issue_rule = on_request
    template = "documents/plan_recap.html"

    def clean(self, subject: District, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a kabupaten without groups."""
        if not KpspamsGroup.objects.filter(village__subdistrict__district=subject).exists():
            raise ValidationError(f"Belum ada KPSPAMS di {subject}.")
        return {"year": option(parameters, "year") or str(localdate().year)}

    def collect(self, subject: District, parameters: Parameters, user: User | None) -> PlanRecapContent:
        year, today = int(option(parameters, "year")), localdate()
        office = subject.office_on(today)
        plans = {plan.group_id: plan for plan in plans_of(subject, year, user)}
        groups = KpspamsGroup.objects.all() if user is None else KpspamsGroup.objects.visible_to(user)
        groups = groups.filter(village__subdistrict__district=subject).current(today)
        rows = list(groups.select_related("village__subdistrict").order_by("village__code", "name"))
        sums = {group: plan_sums(plan) for group, plan in plans.items()}
        areas = {part.area.code: part.area for found in sums.values() for part in found.areas}
        sources = {line.source.code: line.source for found in sums.values() for line in found.sources}
        area_heads = sorted(areas.values(), key=lambda area: (area.order, area.code))
        source_heads = sorted(sources.values(), key=lambda source: (source.order, source.code))
        unknown = "Belum ada" if subject.rules.records(year) else "Belum ada data"
        lines = [_line(group, plans, sums, area_heads, source_heads, unknown) for group in rows]
        return {
            "document": frame.head(
                title=f"Rekap rencana kerja KPSPAMS {subject} tahun {year}",
                subject="Rekap administrasi",
                office=office,
                dated=today,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK if any(group.is_sample for group in rows) else "",
            ),
            "heading": f"REKAP RENCANA KERJA KPSPAMS TAHUN {year}",
            "about": f"{subject}, {len(plans)} dari {len(rows)} KPSPAMS sudah mengajukan, "
            f"keadaan per {formats.date_id(today)}, dalam rupiah",
            "area_heads": [{"code": area.code, "label": area.label} for area in area_heads],
            "source_heads": [source.label for source in source_heads],
            "lines": lines,
            "totals": _totals(lines, len(area_heads), len(source_heads)),
        }

    def xlsx(self, content: PlanRecapContent) -> bytes:
        areas = [f"{area['code']}. {area['label']}" for area in content["area_heads"]]
        sources = [f"Sumber: {name}" for name in content["source_heads"]]
        ledger = Ledger(content["document"], [22, 24, 14, *(16 for _ in areas), 16, *(16 for _ in sources)])
        ledger.heading([content["heading"], content["about"]])
        ledger.heads(["Desa", "KPSPAMS", "Keadaan", *areas, "Jumlah (Rp)", *sources])
        first, place = 3, 3 + len(areas)
        lines = []
        for line in content["lines"]:
            total: Formula | str = ""
            if line["total"] is not None:
                number = ledger.line + 1
                total = Formula(f"=SUM({column(first)}{number}:{column(place - 1)}{number})", line["total"])
            cells = [line["village"], line["group"], line["state"], *line["areas"], total, *line["sources"]]
            lines.append(ledger.row(cells))
        totals = content["totals"]
        sums = [total_of(first + i, lines, amount or 0) for i, amount in enumerate(totals["areas"])]
        sums.append(total_of(place, lines, totals["total"] or 0))
        sums += [total_of(place + 1 + i, lines, amount or 0) for i, amount in enumerate(totals["sources"])]
        ledger.row(["JUMLAH", "", "", *sums], bold=True)
        return ledger.content()


def _line(
    group: KpspamsGroup,
    plans: dict[int, WorkPlan],
    sums: dict[int, PlanSums],
    areas: list[WorkArea],
    sources: list[FundingSource],
    unknown: str,
) -> RecapLine:
    plan, found = plans.get(group.pk), sums.get(group.pk)
    per_area = {part.area.code: part.amount for part in found.areas} if found else {}
    per_source = {line.source.code: line.amount for line in found.sources} if found else {}
    amounts = _sums(
        [per_area.get(area.code, 0) if found else None for area in areas],
        [per_source.get(source.code, 0) if found else None for source in sources],
        found.total if found else None,
    )
    return {
        "village": group.village.name,
        "group": group.name,
        "state": plan.status_word if plan else unknown,
        **amounts,
    }


def _totals(lines: list[RecapLine], areas: int, sources: int) -> RecapSums:
    return _sums(
        [sum(line["areas"][place] or 0 for line in lines) for place in range(areas)],
        [sum(line["sources"][place] or 0 for line in lines) for place in range(sources)],
        sum(line["total"] or 0 for line in lines),
    )


def _sums(areas: list[int | None], sources: list[int | None], total: int | None) -> RecapSums:
    return {
        "areas": areas,
        "sources": sources,
        "total": total,
        "area_texts": [_money(amount) for amount in areas],
        "source_texts": [_money(amount) for amount in sources],
        "total_text": _money(total),
    }


def _money(amount: int | None) -> str:
    return "-" if amount is None else formats.number_id(amount)
