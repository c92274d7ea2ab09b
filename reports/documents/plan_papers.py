"""What the papers about one work plan share: the file's head, the day they speak of, kop and signers."""

import calendar
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import OfficeProfile
from kpspams.models import WorkPlan
from kpspams.progress import PlanProgress, carried_out
from records import words
from reports import signers
from reports.documents import frame
from reports.documents.work_plan import SUBJECTS, district_of

__all__ = ["SUBJECTS", "district_of"]

ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def refuse_unsettled(plan: WorkPlan) -> None:
    """Raises ValidationError, in words for people, for a plan that nobody carries out yet."""
    if not carried_out(WorkPlan.objects.filter(pk=plan.pk)).exists():
        raise ValidationError(
            "Laporan ini dibuat dari rencana kerja yang sudah disetujui, bukan dari draf atau usulan."
        )


def day_told(plan: WorkPlan, last_month: int = 12) -> date:
    """Until when a report speaks: the end of that month of the plan's year, or today before it."""
    last = calendar.monthrange(plan.year, last_month)[1]
    return min(date(plan.year, last_month, last), localdate())


def head(plan: WorkPlan, title: str, day: date, office: OfficeProfile | None, *, wide: bool) -> dict[str, str]:
    return frame.head(
        title=f"{title} KPSPAMS {plan.group.name} tahun {plan.year}",
        subject=f"{frame.office_words(office)['village']} {plan.group.village.name}, {plan.group.village.subdistrict}",
        office=office,
        dated=day,
        paper=frame.paper_of(office, wide=wide),
        watermark=frame.SAMPLE_MARK if plan.group.is_sample else "",
    )


def about(plan: WorkPlan, office: OfficeProfile | None) -> str:
    said = frame.office_words(office)
    village = plan.group.village
    return f"{said['village']} {village.name}, {village.subdistrict}, {village.subdistrict.district}"


def kop_and_signatures(kind: str, plan: WorkPlan, day: date, office: OfficeProfile | None) -> dict[str, Any]:
    """What a snapshot says of both, for a paper of this kind and day."""
    village = plan.group.village
    signing = signers.Signing(kind, district_of(plan), day, office)
    return {
        "kop": signing.kop(village, plan.group),
        "signatures": signing.blocks(village=village, group=plan.group),
    }


def funds_received(progress: PlanProgress) -> dict[int, int | None]:
    """Source id -> rupiah that came in: recorded iuran of the months; of other sources what was spent (our assumption).

    None for iuran of which no month recorded anything.
    """
    spent: dict[int, int | None] = {}
    fee_sources: set[int] = set()
    for line in progress.lines:
        for source, cost in line.cost_by_source().items():
            spent[source] = (spent.get(source) or 0) + cost
        fee_sources |= {funding.source_id for funding in line.fundings if funding.source.is_fee}
        for entry in line.entries.values():
            fee_sources |= {paid.source_id for paid in entry.fundings.all() if paid.source.is_fee}
    if fee_sources:
        spent |= dict.fromkeys(fee_sources, 0) | {min(fee_sources): progress.income}
    return spent


def signed(amount: int) -> str:
    """A difference with its sign: "+1.250.000", "-75.000", "0"."""
    return f"{'+' if amount > 0 else ''}{words.number_id(amount)}"
