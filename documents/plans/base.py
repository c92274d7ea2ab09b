"""Content shared by documents of one work plan: the head of the file, the reporting day, letterhead and signers."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localdate

from accounts.models import District, OfficeProfile
from documents import signatures
from documents.base import Document
from documents.content import Content, Head
from documents.issue_rules import when_plan_approved
from documents.layout import frame
from documents.signers import VILLAGE_HEAD_SIGNS, Level, Signer
from plans.models import WorkPlan
from plans.queries.line_progress import LineProgress
from plans.queries.progress import PlanProgress, carried_out
from plans.queries.realisation import by_source
from records import formats
from records.sums import sum_known

UNKNOWN = "Belum ada data"
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


# For reports about a plan that is carried out.
PLAN_SIGNERS = (VILLAGE_HEAD_SIGNS, Signer("group_chair", "Dibuat oleh"))


class PlanDocument(Document[WorkPlan, Content]):
    """A document of one work plan, with the letterhead and signatures of its group."""

    subjects: ClassVar[tuple[type[Model], ...]] = (WorkPlan,)
    issue_rule = when_plan_approved
    letterhead: ClassVar[str | None] = ""
    level = Level.GROUP

    def district_of(self, subject: WorkPlan) -> District:
        return subject.group.village.subdistrict.district


def refuse_unsettled(plan: WorkPlan) -> None:
    """Raises ValidationError for a plan that is not carried out yet."""
    if not carried_out(WorkPlan.objects.filter(pk=plan.pk)).exists():
        raise ValidationError(
            "Laporan ini dibuat dari rencana kerja yang sudah disetujui, bukan dari draf atau usulan."
        )


def reporting_day(plan: WorkPlan, last_month: int = 12) -> date:
    """The reporting day: the end of that month of the plan's year, or today if earlier."""
    last = calendar.monthrange(plan.year, last_month)[1]
    return min(date(plan.year, last_month, last), localdate())


def head(plan: WorkPlan, title: str, day: date, office: OfficeProfile | None, *, wide: bool) -> Head:
    return frame.head(
        title=f"{title} KPSPAMS {plan.group.name} tahun {plan.year}",
        subject=f"{frame.office_terms(office)['village']} {plan.group.village.name}, {plan.group.village.subdistrict}",
        office=office,
        dated=day,
        page_size=frame.page_size_of(office, wide=wide),
        watermark=frame.SAMPLE_MARK if plan.group.is_sample else "",
    )


def about(plan: WorkPlan, office: OfficeProfile | None) -> str:
    terms = frame.office_terms(office)
    village = plan.group.village
    return f"{terms['village']} {village.name}, {village.subdistrict}, {village.subdistrict.district}"


def letterhead_and_signatures(
    document: PlanDocument, plan: WorkPlan, day: date, office: OfficeProfile | None
) -> frame.Signed:
    """The head of a document of this kind and day."""
    village = plan.group.village
    signing = signatures.Signing(document, document.district_of(plan), day, office)
    return {
        "letterhead": signing.letterhead(village, plan.group),
        "signatures": signing.blocks(village=village, group=plan.group),
    }


@dataclass(frozen=True)
class Fund:
    """Planned and actual income from one source in rupiah. `received` is None when nobody recorded it."""

    label: str
    planned: int
    received: int | None
    is_fee: bool


def funds(progress: PlanProgress) -> list[Fund]:
    """Sources in order: recorded iuran of the months; for other sources the spending (our assumption).

    None for iuran without any record, and for a source without a reported line. Recorded iuran is one figure, shown
    with the first source of iuran.
    """
    fees = {key for line in progress.lines for key in _fees_of(line)}
    found: list[Fund] = []
    for row in by_source(progress):
        if row.key in fees:
            first = not any(fund.is_fee for fund in found)
            received = progress.income if first or progress.income is None else 0
            found.append(Fund(row.label, row.planned, received, True))
        elif row.key is not None:
            found.append(Fund(row.label, row.planned, row.realised, False))
    return found


def _fees_of(line: LineProgress) -> Iterator[int]:
    paid = (paid.source for entry in line.entries.values() for paid in entry.fundings.all())
    return (source.pk for source in (*(funding.source for funding in line.fundings), *paid) if source.is_fee)


def received_of(found: list[Fund]) -> int | None:
    """Income in rupiah; unknown while no iuran is recorded, because the rest is only what was spent."""
    if any(fund.is_fee and fund.received is None for fund in found):
        return None
    return sum_known(fund.received for fund in found)


def in_order(progress: PlanProgress) -> list[LineProgress]:
    """The lines by bidang."""
    return sorted(progress.lines, key=lambda line: (line.activity.area.order, line.activity.area.code, line.line))


def left_out(progress: PlanProgress) -> str:
    """What the sums of a document include when some lines have no data; otherwise empty."""
    return f"Hanya yang dilaporkan yang dihitung; {progress.unreported_text}." if progress.unreported else ""


def money(amount: int | None) -> str:
    """ "1.450.000", or the text for missing data, which is never 0."""
    return UNKNOWN.lower() if amount is None else formats.number_id(amount)


def signed(amount: int) -> str:
    """A difference with its sign: "+1.250.000", "-75.000", "0"."""
    return f"{'+' if amount > 0 else ''}{formats.number_id(amount)}"
