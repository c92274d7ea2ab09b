"""Formulir kosong of one village, for places without signal: known data, and space to correct and to add.

F4 portrait, in the order of the entry page (fieldwork.rules.paper_form.Part). No telephone numbers, no NIK.
"""

from datetime import date

from django.utils.timezone import localdate

from accounts.models import District, OfficeProfile, User
from documents import signatures
from documents.content import Parameters
from documents.layout import frame
from documents.signers import VILLAGE_HEAD, VILLAGE_HEAD_SIGNS, Letterhead, Level
from documents.villages import village_form_lines as lines
from documents.villages.base import VillageDocument
from documents.villages.village_form_content import ActivityRow, GroupPart, PlanPart, Row, VillageFormContent
from fieldwork.rules.paper_form import Part, plan_year
from kpspams.models import GroupCheck, KpspamsGroup, LegalDocument
from kpspams.queries.boards import GroupOn
from plans.models import Activity, FundingSource, WorkArea, WorkPlan
from plans.queries.plan_totals import plan_activities
from plans.services.plan_starts import plan_before
from records import formats
from villages.models import Assignment, Village, VillageOfficial

EMPTY_POSTS = 4  # lines for new people on the board (our assumption)
PLAN_LINES = 15  # lines of a plan if none can be copied (our assumption)
MORE_LINES = 5  # empty lines after those of the previous year
NEVER = "belum ada data"


class VillageForm(VillageDocument[VillageFormContent]):
    kind, title, code_prefix = "village_form", "Formulir kosong", "FD"
    letterhead = Letterhead.OFFICE
    signers = (VILLAGE_HEAD_SIGNS,)
    level = Level.VILLAGE
    other_signers = "Yang mengisi"
    template = "documents/village_form.html"

    def label(self, parameters: Parameters) -> str:
        return "Formulir kosong desa"

    def clean(self, subject: Village, parameters: Parameters) -> Parameters:
        return {}

    def collect(self, subject: Village, parameters: Parameters, user: User | None) -> VillageFormContent:
        village, today = subject, localdate()
        district = self.district_of(village)
        office = district.office_on(today)
        terms = frame.office_terms(office)
        signing = signatures.Signing(self, district, today, office)
        groups = list(
            village.groups.current(today).select_related("programme").prefetch_related("documents", "members__person")
        )
        facilities = list(village.facilities.prefetch_related("checks", "assets"))
        year = plan_year(today)
        return {
            "document": frame.head(
                title=f"Formulir data {terms['village']} {village.name}",
                subject=f"Formulir data desa dan KPSPAMS, {terms['village']} {village.name}, {village.subdistrict}",
                office=office,
                dated=today,
                page_size=frame.page_size_of(office),
                watermark=frame.SAMPLE_MARK if village.is_sample else "",
            ),
            "letterhead": signing.letterhead(village),
            "about": f"{terms['village']} {village.name}, {village.subdistrict}, {district}",
            "dated": formats.date_id(today),
            "parts": {part.name.lower(): part.value for part in Part},
            "village": _village_rows(village, terms, today),
            "groups": [_group(group, today) for group in groups] or [_unknown_group()],
            "no_group": not groups,
            "facilities": [lines.facility(facility) for facility in facilities] or [lines.unknown_facility()],
            "no_facility": not facilities,
            "year": str(year),
            "plans": [_plan(group, year) for group in groups] or [_unknown_plan()],
            "areas": [f"{area.code} {area.label}" for area in WorkArea.objects.all()],
            "sources": [source.label for source in FundingSource.objects.all()],
            "notice": _notice(office, terms, district),
            "signatures": [
                frame.block("Yang mengisi,"),
                *signing.blocks(village=village, names={VILLAGE_HEAD: ""}),  # blank: kepala desa of the day
            ],
            "signed_at": f"{village.name}, {frame.DOTS}",
        }


def _village_rows(village: Village, terms: frame.OfficeTerms, today: date) -> list[Row]:
    """In the order of the form "Ubah desa", then the village officials and the fasilitator."""
    heads = village.officials.current(today).filter(office=VillageOfficial.Office.HEAD)
    head = heads.select_related("person").first()
    helpers = Assignment.objects.current().filter(village=village).select_related("user")
    point = f"{village.lat}, {village.lng}" if village.lat is not None else ""
    return [
        lines.row("Kode wilayah", village.code),
        lines.row("Kode pos", village.postal_code),
        lines.row("Jumlah KK", lines.number(village.households)),
        lines.row("Jumlah jiwa", lines.number(village.people)),
        lines.row("Tahun data penduduk", str(village.figures_year or "")),
        lines.row("Titik peta (lintang, bujur)", point),
        lines.row(terms["village_head"], head.person.name if head else ""),
        lines.row("Fasilitator", ", ".join(assignment.user.name for assignment in helpers)),
    ]


def _group(group: KpspamsGroup, today: date) -> GroupPart:
    on = GroupOn(group, today)
    bank = f"{group.bank_name} {group.bank_account}".strip()
    return {
        "name": str(group),
        "rows": _group_rows(
            group.name,
            "Pamsimas" if group.is_pamsimas else "Non-Pamsimas",
            group.programme.on_documents if group.programme else "",
            group.get_legal_form_display(),
            group.hamlets,
            lines.day(group.formed_on),
            bank,
        ),
        "decree": _decree_rows(on.decree),
        "board": [
            {
                "number": str(number),
                "post": row.post,
                "name": row.member.person.name if row.member else "",
                "sex": row.member.person.sex if row.member else "",
                "hamlet": row.member.person.hamlet_text if row.member else "",
                "stays": f"{lines.BOX} ya  {lines.BOX} tidak" if row.member else "",
            }
            for number, row in enumerate(on.rows, 1)
        ],
        "empty_posts": list(range(EMPTY_POSTS)),
        "check": _check_rows(group.checks.first()),
    }


def _unknown_group() -> GroupPart:
    """A village without a group gets a form for one."""
    posts = ["Ketua", "Sekretaris", "Bendahara", "Seksi Teknik", "Seksi Kesehatan"]
    return {
        "name": "",
        "rows": _group_rows(*[""] * 7),
        "decree": _decree_rows(None),
        "board": [
            {"number": str(number), "post": post, "name": "", "sex": "", "hamlet": "", "stays": ""}
            for number, post in enumerate(posts, 1)
        ],
        "empty_posts": list(range(EMPTY_POSTS)),
        "check": _check_rows(None),
    }


def _group_rows(
    name: str, kind: str, programme: str, legal_form: str, hamlets: str, formed: str, bank: str
) -> list[Row]:
    """In the order of the form of a group."""
    return [
        lines.row("Nama kelompok", name),
        lines.row("Jenis", kind, lines.boxes(["Pamsimas", "Non-Pamsimas"])),
        lines.row("Sumber program", programme),
        lines.row("Bentuk hukum", legal_form, lines.boxes(lines.labels(KpspamsGroup.LegalForm))),
        lines.row("Dusun layanan", hamlets),
        lines.row("Tanggal pembentukan", formed),
        lines.row("Bank dan nomor rekening kelompok", bank),
    ]


def _decree_rows(decree: LegalDocument | None) -> list[Row]:
    in_process = decree is not None and decree.in_process
    return [
        lines.row("SK Kepala Desa, nomor", decree.number if decree else ""),
        lines.row("Tanggal SK", lines.day(decree.dated_on) if decree else ""),
        lines.row("Berlaku sampai", lines.day(decree.valid_until) if decree else ""),
        lines.row("Masih dalam proses", "ya" if in_process else "", lines.boxes(["ya", "tidak"])),
    ]


def _check_rows(check: GroupCheck | None) -> list[Row]:
    """In the order of the form of a check of a group."""
    assets = {True: "ada", False: "tidak ada", None: ""}[check.has_asset_list if check else None]
    active = "" if check is None else "ya" if check.active else "tidak"
    return [
        lines.row("Tanggal pemeriksaan", lines.day(check.checked_on) if check else ""),
        lines.row("Masih aktif", active, lines.boxes(["ya", "tidak"])),
        lines.row(
            "Pembukuan",
            check.get_bookkeeping_display() if check else "",
            lines.boxes(lines.labels(GroupCheck.Bookkeeping)),
        ),
        lines.row("Daftar aset", assets, lines.boxes(["ada", "tidak ada", "belum diketahui"])),
        lines.row(
            "Sistem iuran",
            check.get_fee_system_display() if check else "",
            lines.boxes(lines.labels(GroupCheck.FeeSystem)),
        ),
        lines.row("Abonemen per bulan (Rp)", lines.number(check.base_fee if check else None)),
        lines.row("Tarif per m³ (Rp)", lines.number(check.tariff if check else None)),
        lines.row("Pembayar iuran (SR)", lines.number(check.payers if check else None)),
        lines.row("Penerimaan per bulan (Rp)", lines.number(check.income if check else None)),
        lines.row("BOP per bulan (Rp)", lines.number(check.operating_cost if check else None)),
    ]


def _plan(group: KpspamsGroup, year: int) -> PlanPart:
    """The initial lines are those that the portal would copy into the plan of that year."""
    before = plan_before(group, year)
    return _plan_part(str(group), before, list(plan_activities(before)) if before else [])


def _unknown_plan() -> PlanPart:
    return _plan_part("", None, [])


def _plan_part(name: str, before: WorkPlan | None, activities: list[Activity]) -> PlanPart:
    rows: list[ActivityRow] = [
        {
            "number": str(number),
            "area": line.area.code,
            "title": line.title,
            "location": line.location,
            "volume": formats.number_id(line.volume),
            "unit": line.unit,
            "unit_price": formats.number_id(line.unit_price),
            "source": "; ".join(funding.source.label for funding in line.fundings.all()),
            "months": _months(line.month_list),
            "responsible": line.responsible,
        }
        for number, line in enumerate(activities, 1)
    ]
    empty = MORE_LINES if rows else PLAN_LINES
    fee = [
        lines.row("Pembayar iuran", lines.number(before.payers if before else None), lines.boxes(["SR", "KK"])),
        lines.row("Abonemen per bulan (Rp)", lines.number(before.base_fee if before else None)),
        lines.row("Tarif per m³ (Rp)", lines.number(before.tariff if before else None)),
    ]
    return {
        "name": name,
        "copied_from": str(before.year) if rows and before else "",
        "rows": rows,
        "empty_rows": [str(number) for number in range(len(rows) + 1, len(rows) + 1 + empty)],
        "fee": fee,
    }


def _months(chosen: list[int]) -> str:
    """ "1-12" for the whole year, else the numbers of the months, as written in the form by hand."""
    return "1-12" if len(chosen) == 12 else ", ".join(str(month) for month in chosen)


def _notice(office: OfficeProfile | None, terms: frame.OfficeTerms, district: District) -> str:
    """The notice on personal data (UU 27/2022), with the contact of the office."""
    reach = [office.office_name, office.address, office.phone, office.email] if office else []
    contact = ", ".join(part for part in reach if part) or f"{terms['dpmu']} {district}"
    return (
        f"Data ini dikumpulkan {terms['dpmu']} Pamsimas {district} untuk administrasi pelatihan dan pembinaan KPSPAMS, "
        "dilihat oleh petugas yang berwenang, dan tidak diumumkan. Anda berhak melihat, memperbaiki, dan meminta "
        f"penghapusan data Anda melalui {contact}. Jangan menulis NIK pada formulir ini."
    )
