"""What a KPSPAMS asks of the APBDes, in the columns of the RKP Desa, for the village secretary to copy from.

RKP Desa matrix: Permendagri 114/2014. Only the APBDes part of each activity; a line without it is not the village's.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import User
from documents.choices import Format
from documents.layout import frame
from documents.layout.sheets import Ledger, total_of
from documents.plans import base
from documents.plans.base import PlanDocument
from documents.signers import VILLAGE_HEAD_SIGNS, Signer
from plans.models import Activity, ActivityFunding, WorkPlan
from records import formats

VILLAGE_BUDGET = "apbdes"  # code of the source in the installation's list
MODES = [Activity.Mode.SELF, Activity.Mode.BETWEEN, Activity.Mode.THIRD]


class RkpExtract(PlanDocument):
    kind, title, code_prefix = "rkp_extract", "Usulan untuk RKP Desa", "RKP"
    formats = (Format.PDF, Format.XLSX)
    signers = (VILLAGE_HEAD_SIGNS, Signer("group_chair", "Disusun oleh"))
    template = "documents/rkp_extract.html"

    def clean(self, subject: WorkPlan, parameters: dict) -> dict:
        """Raises ValidationError, in words for people, for a plan that asks nothing of the village budget."""
        if not _fundings(subject).exists():
            raise ValidationError(
                "Rencana kerja ini tidak mempunyai kegiatan dengan sumber APBDes, jadi tidak ada usulan untuk RKP Desa."
            )
        return {}

    def collect(self, subject: WorkPlan, parameters: dict, user: User | None) -> dict[str, Any]:
        plan = subject
        village, district = plan.group.village, self.district_of(plan)
        today = localdate()
        office = district.office_on(today)
        terms = frame.office_terms(office)
        fundings = _fundings(plan).select_related("activity__area")
        ordered = sorted(fundings, key=lambda f: (f.activity.area.order, f.activity.area.code, f.activity.position))
        areas: dict[str, dict[str, Any]] = {}
        for number, funding in enumerate(ordered, 1):
            area = funding.activity.area
            part = areas.setdefault(area.code, {"code": area.code, "label": area.label, "rows": [], "amount": 0})
            part["rows"].append(_row(number, funding))
            part["amount"] += funding.amount
        for part in areas.values():
            part["subtotal"] = formats.number_id(part["amount"])
        total = sum(part["amount"] for part in areas.values())
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
            "areas": list(areas.values()),
            "total": formats.number_id(total),
            "amount": total,
            "total_words": formats.rupiah_in_words(total),
            "signed_at": f"{village.name}, {frame.DOTS}",
        } | base.letterhead_and_signatures(self, plan, today, office)

    def xlsx(self, snapshot: dict[str, Any]) -> bytes:
        ledger = Ledger(snapshot["document"], [5, 36, 18, 12, 26, 16, 15, 10, 10, 12, 10, 20, 18])
        ledger.heading([snapshot["heading"], snapshot["about"]])
        ledger.heads(HEADS)
        sums = []
        for area in snapshot["areas"]:
            ledger.row([area["code"], area["label"], *("" for _ in HEADS[2:])], bold=True)
            lines = [
                ledger.row(
                    [
                        *(
                            row[name]
                            for name in ("number", "title", "location", "volume", "target", "months", "amount")
                        ),
                        *(row["source"], *row["modes"], row["responsible"], row["security"]),
                    ]
                )
                for row in area["rows"]
            ]
            total = total_of(6, lines, area["amount"])
            sums.append(
                ledger.row(
                    ["", f"Jumlah bidang {area['code']}", "", "", "", "", total, *("" for _ in HEADS[7:])], bold=True
                )
            )
        whole = total_of(6, sums, snapshot["amount"])
        ledger.row(["", "JUMLAH TOTAL", "", "", "", "", whole, *("" for _ in HEADS[7:])], bold=True)
        ledger.note(f"Terbilang: {snapshot['total_words']}")
        return ledger.content()


def _fundings(plan: WorkPlan) -> Any:
    return ActivityFunding.objects.filter(activity__plan=plan, source__code=VILLAGE_BUDGET)


def _row(number: int, funding: ActivityFunding) -> dict[str, Any]:
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
