"""Rencana kerja tahunan of one KPSPAMS, F4 landscape, with the columns of the RKP Desa.

Only Draf and Dikembalikan print DRAF. Diajukan is a clean copy to sign, because the village signs before the office
decides.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import District, User
from documents import signatures
from documents.base import AllVillages
from documents.choices import Format
from documents.content import Parameters
from documents.layout import frame
from documents.plans.base import PlanDocument
from documents.plans.work_plan_content import Fee, PlanArea, PlanRow, PlanSource, WorkPlanContent
from documents.plans.work_plan_sheet import xlsx
from documents.rendering.verification import Expected
from documents.signers import FACILITATOR, VILLAGE_HEAD_SIGNS, Signer, Slot
from plans.models import Activity, PlanStep, WorkPlan
from plans.queries.fees import FeeCheck, Verdict
from plans.queries.plan_totals import AreaSum, SourceSum, plan_sums
from records import formats, in_words

MONTH_HEADS = "JFMAMJJASOND"
# Both boxes have the same width in the bundled font, so twelve of them in one cell are aligned; one cell takes a
# twelfth of the layout time of twelve, and full and hollow boxes stay distinct in photocopies.
MONTH_ON, MONTH_OFF = "\N{BLACK SQUARE}", "\N{WHITE SQUARE}"


class WorkPlanDocument(PlanDocument[WorkPlanContent]):
    kind, title, code_prefix = "work_plan", "Rencana kerja", "RK"
    template_version = 3
    all_villages = (AllVillages("rencana-kerja", "Rencana kerja", 1),)
    audit_position = 1
    formats = (Format.PDF, Format.XLSX)
    signers = (
        Signer("group_chair", "Disusun oleh"),
        Signer("group_secretary"),
        VILLAGE_HEAD_SIGNS,
        Signer(FACILITATOR, "Diperiksa"),
        Signer(Slot.DPMU_HEAD),
    )
    template = "documents/work_plan.html"

    def label(self, parameters: Parameters) -> str:
        return "Rencana kerja KPSPAMS"

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan without lines."""
        if not subject.activities.exists():
            raise ValidationError("Rencana kerja ini belum mempunyai kegiatan. Tambahkan dahulu, lalu minta lagi.")
        return {}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> WorkPlanContent:
        plan = subject
        village = plan.group.village
        district = self.district_of(plan)
        steps = list(plan.steps.all())
        day = steps[-1].on if steps else localdate()
        office = district.office_on(day)
        terms = frame.office_terms(office)
        signing = signatures.Signing(self, district, day, office)
        sums = plan_sums(plan)
        revision = f" (REVISI KE-{plan.revision})" if plan.revision else ""
        return {
            "document": frame.head(
                title=str(plan),
                subject=f"Rencana kerja tahunan, {terms['village']} {village.name}",
                office=office,
                dated=day,
                page_size=frame.page_size_of(office, wide=True),
                watermark=_sample_mark(plan),
            ),
            "letterhead": signing.letterhead(village, plan.group),
            "heading": f"RENCANA KERJA TAHUNAN KPSPAMS “{plan.group.name.upper()}” TAHUN {plan.year}{revision}",
            "status_line": _status_line(plan, steps),
            "facts": _facts(plan, terms, day),
            "month_heads": list(MONTH_HEADS),
            "areas": [_area(part) for part in sums.areas],
            "total": formats.number_id(sums.total),
            "total_words": in_words.rupiah_in_words(sums.total),
            "sources": [_source(line) for line in sums.sources],
            "funded": {
                "amount": formats.number_id(sums.funded),
                "secured": formats.number_id(sums.secured),
                "unsecured": formats.number_id(sums.unsecured),
            },
            "signatures": signing.blocks(village=village, group=plan.group),
            "signed_at": f"{village.name}, {frame.DOTS}",
            "fee": _fee(plan, sums.fee_check),
        }

    def expected(self, content: WorkPlanContent, page: str) -> Expected:
        """Every line with its bidang and sums, the total in figures and in words, the sources."""
        lines: list[list[str]] = []
        for area in content["areas"]:
            lines.append([f"{area['code']}. {area['label']}"])
            lines += [_printed(row) for row in area["rows"]]
            lines.append([f"Jumlah bidang {area['code']}", area["subtotal"]])
        lines.append(["JUMLAH", content["total"]])
        sources = [[row["label"], row["amount"], row["secured"], row["unsecured"]] for row in content["sources"]]
        funded = content["funded"]
        sources.append(["Jumlah", funded["amount"], funded["secured"], funded["unsecured"]])
        return Expected(tables=[lines, sources], texts=[content["total"], content["total_words"]])

    def xlsx(self, content: WorkPlanContent) -> bytes:
        return xlsx(content)

    def default_signers(self, district: District) -> tuple[Signer, ...]:
        """The label above the Ketua DPMU is in the settings of the kabupaten."""
        return (*self.signers[:-1], Signer(self.signers[-1].place, district.rules.plan_dpmu_label))


def _sample_mark(plan: WorkPlan) -> str:
    return frame.SAMPLE_MARK if plan.group.is_sample else ""


def _status_line(plan: WorkPlan, steps: list[PlanStep]) -> str:
    last = {step.action: step.on for step in steps}
    if plan.status == WorkPlan.Status.SUBMITTED:
        return f"Diajukan tanggal {formats.date_id(last[PlanStep.Action.SUBMIT])}, belum disahkan"
    if plan.status == WorkPlan.Status.APPROVED:
        approval = [step for step in steps if step.action == PlanStep.Action.APPROVE][-1]
        if approval.paper:
            recorded = f", dicatat oleh {approval.by}" if approval.by else ""
            return f"{plan.status_word} menurut naskah bertanda tangan {approval.paper}{recorded}"
        return f"{plan.status_word} tanggal {formats.date_id(approval.on)}"
    if plan.status == WorkPlan.Status.SUPERSEDED:
        return f"Digantikan tanggal {formats.date_id(last[PlanStep.Action.SUPERSEDE])}"
    if plan.status == WorkPlan.Status.RETURNED:
        return f"Dikembalikan untuk perbaikan tanggal {formats.date_id(last[PlanStep.Action.RETURN])}"
    return "Draf, belum diajukan"


def _facts(plan: WorkPlan, terms: frame.OfficeTerms, day: date) -> list[list[str]]:
    village = plan.group.village
    decree = plan.group.decree_on(day)
    number = "-"
    if decree:
        number = decree.number or ("dalam proses" if decree.in_process else "-")
        if decree.dated_on:
            number = f"{number} tanggal {formats.date_id(decree.dated_on)}"
    payers = formats.number_id(plan.payers) if plan.payers else "-"
    return [
        [terms["village"], village.name],
        ["Kecamatan", village.subdistrict.name],
        ["Kabupaten", village.subdistrict.district.name],
        [f"Jumlah {plan.get_payer_unit_display()}", payers],
        ["No. SK", number],
    ]


def _area(part: AreaSum) -> PlanArea:
    """A bidang with its lines; the numbering continues across bidang."""
    return {
        "code": part.area.code,
        "label": part.area.label,
        "rows": [_row(number, line) for number, line in part.numbered],
        "subtotal": formats.number_id(part.amount),
    }


def _row(number: int, line: Activity) -> PlanRow:
    chosen = set(line.month_list)
    fundings = list(line.fundings.all())
    if len(fundings) == 1 and fundings[0].amount == line.amount:
        source = fundings[0].source.label
    else:
        source = "; ".join(f"{f.source.label} {formats.number_id(f.amount)}" for f in fundings)
    return {
        "number": str(number),
        "title": line.title,
        "location": line.location,
        "target": line.target,
        "volume": formats.number_id(line.volume),
        "unit": line.unit,
        "unit_price": formats.number_id(line.unit_price),
        "amount": formats.number_id(line.amount),
        "source": source,
        "responsible": line.responsible,
        "months": "".join(MONTH_ON if month in chosen else MONTH_OFF for month in range(1, 13)),
        "note": line.note,
        "figures": {
            "volume": str(line.volume),
            "unit_price": line.unit_price,
            "amount": line.amount,
            "months": line.month_list,
            "sources": {funding.source.label: funding.amount for funding in fundings},
        },
    }


def _printed(row: PlanRow) -> list[str]:
    """The cells of a line as printed on the page."""
    place = [row["number"], row["title"], row["location"], row["target"]]
    price = [row["volume"], row["unit"], row["unit_price"], row["amount"]]
    return [*place, *price, row["source"], row["responsible"], row["months"], row["note"]]


def _source(line: SourceSum) -> PlanSource:
    """A line of the recapitulation per sumber dana: money in a budget is shown apart from money that is hoped for."""
    return {
        "label": line.source.label,
        "amount": formats.number_id(line.amount),
        "secured": formats.number_id(line.secured),
        "unsecured": formats.number_id(line.unsecured),
    }


def _fee(plan: WorkPlan, found: FeeCheck) -> Fee | None:
    """Second page; left out where the plan has no fee."""
    if plan.payers is None and plan.base_fee is None and plan.tariff is None:
        return None
    unit = plan.get_payer_unit_display()
    rows = [
        ["Biaya setahun yang dibiayai Iuran", formats.rupiah(found.fee_cost)],
        ["di antaranya operasional rutin", formats.rupiah(found.routine_cost)],
        ["di antaranya energi", f"{formats.rupiah(found.energy_cost)} ({found.energy_percent} %)"],
        [f"Pembayar iuran ({unit} aktif)", formats.number_id(plan.payers) if plan.payers else "-"],
        ["Abonemen per bulan", formats.rupiah(plan.base_fee) if plan.base_fee is not None else "-"],
        ["Tarif per m³", formats.rupiah(plan.tariff) if plan.tariff is not None else "-"],
        ["Pemakaian rata-rata per bulan (asumsi)", f"{formats.number_id(plan.average_use)} m³"],
        ["Tingkat penagihan (asumsi)", formats.percent(plan.collection_rate)],
    ]
    if found.needed is not None and found.expected is not None:
        rows += [
            [f"Kebutuhan per {unit} per bulan", formats.rupiah(found.needed)],
            [f"Perkiraan penerimaan per {unit} per bulan", formats.rupiah(found.expected)],
        ]
    # A recorded check replaces the estimate, and the label says so.
    real = found.recorded
    if real.income is not None and real.income_on:
        rows.append([f"Penerimaan per bulan, tercatat {formats.date_id(real.income_on)}", formats.rupiah(real.income)])
    if real.cost is not None and real.cost_on:
        rows.append([f"BOP per bulan, tercatat {formats.date_id(real.cost_on)}", formats.rupiah(real.cost)])
    if found.left is not None:
        rows.append(["Sisa setahun" if found.left >= 0 else "Kurang setahun", formats.rupiah(abs(found.left))])
    return {
        "rows": rows,
        "verdict": str(found.verdict),
        "advice": _ADVICE.get(found.verdict, ""),
    }


_ADVICE = {
    Verdict.UNKNOWN: "Isi jumlah pembayar iuran, abonemen, dan tarif untuk menghitungnya.",
    Verdict.NO_FEE: "Tanpa iuran, biaya operasi harus ditanggung dana lain setiap tahun.",
    Verdict.BELOW: "Naikkan iuran, kurangi biaya, atau cari dana lain untuk kekurangannya.",
}
