"""Requests of a KPSPAMS for the APBDes, in the columns of the RKP Desa, for the village secretary to copy.

RKP Desa matrix: Permendagri 114/2014. Only the APBDes part of each activity; a line without it does not concern the
village.
"""

from itertools import groupby
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from documents.choices import Format
from documents.content import Parameters, Snapshot
from documents.layout import frame
from documents.layout.frame import Signed
from documents.layout.sheets import Cell, Ledger, total_of
from documents.plans import base
from documents.plans.base import PlanDocument
from documents.signers import VILLAGE_HEAD_SIGNS, Signer
from plans.models import Activity, ActivityFunding, WorkArea, WorkPlan
from records import formats, in_words

VILLAGE_BUDGET = "apbdes"  # code of the source in the list of this installation
MODES = [Activity.Mode.SELF, Activity.Mode.BETWEEN, Activity.Mode.THIRD]


class RkpRow(TypedDict):
    number: str
    title: str
    location: str
    volume: str
    target: str
    months: str
    cost: str
    amount: int
    source: str
    modes: list[str]
    responsible: str
    security: str


class RkpArea(TypedDict):
    code: str
    label: str
    rows: list[RkpRow]
    amount: int
    subtotal: str


class RkpContent(Snapshot, Signed):
    heading: str
    about: str
    areas: list[RkpArea]
    total: str
    amount: int
    total_words: str
    signed_at: str


class RkpExtract(PlanDocument[RkpContent]):
    kind, title, code_prefix = "rkp_extract", "Usulan untuk RKP Desa", "RKP"
    formats = (Format.PDF, Format.XLSX)
    signers = (VILLAGE_HEAD_SIGNS, Signer("group_chair", "Disusun oleh"))
    template = "documents/rkp_extract.html"

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan that requests nothing from the village budget."""
        if not _fundings(subject).exists():
            raise ValidationError(
                "Rencana kerja ini tidak mempunyai kegiatan dengan sumber APBDes, jadi tidak ada usulan untuk RKP Desa."
            )
        return {}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> RkpContent:
        plan = subject
        village, district = plan.group.village, self.district_of(plan)
        today = localdate()
        office = district.office_on(today)
        terms = frame.office_terms(office)
        fundings = _fundings(plan).select_related("activity__area")
        ordered = sorted(fundings, key=lambda f: (f.activity.area.order, f.activity.area.code, f.activity.position))
        areas = [
            _area(area, [_row(number, funding) for number, funding in numbered])
            for area, numbered in groupby(enumerate(ordered, 1), key=lambda pair: pair[1].activity.area)
        ]
        total = sum(part["amount"] for part in areas)
        return {
            "document": frame.head(
                title=f"Usulan untuk RKP {terms['village']} {village.name} tahun {plan.year}",
                subject=str(plan),
                office=office,
                dated=today,
                page_size=frame.page_size_of(office, wide=True),
                watermark=frame.SAMPLE_MARK if plan.group.is_sample else "",
            ),
            "heading": f"USULAN KEGIATAN AIR MINUM UNTUK RKP {terms['village'].upper()} TAHUN {plan.year}",
            "about": f"KPSPAMS “{plan.group.name}”, {terms['village']} {village.name}, "
            f"{village.subdistrict}, {district}",
            "areas": areas,
            "total": formats.number_id(total),
            "amount": total,
            "total_words": in_words.rupiah_in_words(total),
            "signed_at": f"{village.name}, {frame.DOTS}",
            **base.letterhead_and_signatures(self, plan, today, office),
        }

    def xlsx(self, content: RkpContent) -> bytes:
        ledger = Ledger(content["document"], [5, 36, 18, 12, 26, 16, 15, 10, 10, 12, 10, 20, 18])
        ledger.heading([content["heading"], content["about"]])
        ledger.heads(HEADS)
        sums = []
        for area in content["areas"]:
            ledger.row([area["code"], area["label"], *("" for _ in HEADS[2:])], bold=True)
            lines = [ledger.row(_cells(row)) for row in area["rows"]]
            sums.append(_sum(ledger, f"Jumlah bidang {area['code']}", total_of(6, lines, area["amount"])))
        _sum(ledger, "JUMLAH TOTAL", total_of(6, sums, content["amount"]))
        ledger.note(f"Terbilang: {content['total_words']}")
        return ledger.content()


def _fundings(plan: WorkPlan) -> QuerySet[ActivityFunding]:
    return ActivityFunding.objects.filter(activity__plan=plan, source__code=VILLAGE_BUDGET)


def _area(area: WorkArea, rows: list[RkpRow]) -> RkpArea:
    amount = sum(row["amount"] for row in rows)
    return {
        "code": area.code,
        "label": area.label,
        "rows": rows,
        "amount": amount,
        "subtotal": formats.number_id(amount),
    }


def _row(number: int, funding: ActivityFunding) -> RkpRow:
    line = funding.activity
    months = [formats.MONTHS_SHORT[month - 1] for month in line.month_list]
    return {
        "number": str(number),
        "title": line.title,
        "location": line.location,
        "volume": f"{formats.number_id(line.volume)} {line.unit}",
        "target": line.target,
        "months": "Jan-Des" if len(months) == 12 else ", ".join(months),
        "cost": formats.number_id(funding.amount),
        "amount": funding.amount,
        "source": "APBDes",
        "modes": ["x" if line.mode == mode else "" for mode in MODES],
        "responsible": line.responsible,
        "security": funding.get_security_display(),
    }


HEADS = [
    "No",
    "Bidang/Jenis Kegiatan",
    "Lokasi",
    "Volume",
    "Sasaran/Manfaat",
    "Waktu Pelaksanaan",
    "Jumlah (Rp)",
    "Sumber",
    "Swakelola",
    "Kerja sama antardesa",
    "Pihak ketiga",
    "Rencana Pelaksana Kegiatan",
    "Kepastian",
]


def _cells(row: RkpRow) -> list[Cell]:
    what: list[Cell] = [row["number"], row["title"], row["location"], row["volume"], row["target"], row["months"]]
    return [*what, row["amount"], row["source"], *row["modes"], row["responsible"], row["security"]]


def _sum(ledger: Ledger, label: str, total: Cell) -> int:
    return ledger.row(["", label, "", "", "", "", total, *("" for _ in HEADS[7:])], bold=True)
