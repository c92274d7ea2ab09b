"""Profil KPSPAMS: the data of one group on a day, on one or two pages.

No telephone numbers, no letterhead.
"""

from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from accounts.models import OfficeProfile, User
from documents.base import AllVillages
from documents.content import Head, Parameters
from documents.groups.base import GroupDocument
from documents.issue_rules import on_request
from documents.layout import blocks, frame
from kpspams.models import GroupCheck, KpspamsGroup, LegalDocument
from kpspams.queries.boards import GroupOn
from plans.models import WorkPlan
from plans.queries.plan_totals import plan_sums
from plans.queries.progress import plan_progress
from records import formats
from trainings.models import Attendance, Participant
from villages.models import ConditionCheck, Facility

UNKNOWN = "Belum ada data"
SHOWN_TRAININGS = 12  # rows that fit into the rest of two pages (our assumption)


class GroupProfile(GroupDocument[blocks.BlockContent]):
    kind, title, code_prefix = "group_profile", "Profil KPSPAMS", "PK"
    all_villages = (AllVillages("profil", "Profil KPSPAMS", 3),)
    audit_position = 1
    issue_rule = on_request

    def clean(self, subject: KpspamsGroup, parameters: Parameters) -> Parameters:
        return {}

    def collect(self, subject: KpspamsGroup, parameters: Parameters, user: User | None) -> blocks.BlockContent:
        today = localdate()
        rows = KpspamsGroup.objects.select_related("village__subdistrict__district", "programme")
        group = rows.prefetch_related("documents", "members__person", "association_memberships__association").get(
            pk=subject.pk
        )
        office = self.district_of(group).office_on(today)
        on = GroupOn(group, today)
        return {
            "document": _head(group, office, today),
            "body": [
                blocks.title("PROFIL KPSPAMS", f"“{group.name.upper()}”"),
                blocks.center(_place(group, office)),
                blocks.center(f"Keadaan per {formats.date_id(today)}"),
                *_identity(group),
                *_legal_documents(on),
                *_board(on),
                *_service(group, today),
                *_money(group),
                *_plan(group, today),
                *_trainings(on),
            ],
        }


def _head(group: KpspamsGroup, office: OfficeProfile | None, today: date) -> Head:
    return frame.head(
        title=f"Profil {group}",
        subject=_place(group, office),
        office=office,
        dated=today,
        page_size=frame.page_size_of(office),
        watermark=frame.SAMPLE_MARK if group.is_sample else "",
    )


def _place(group: KpspamsGroup, office: OfficeProfile | None) -> str:
    village = group.village
    term = frame.office_terms(office)["village"]
    return f"{term} {village.name}, {village.subdistrict}, {village.subdistrict.district}"


def _day(value: date | None) -> str:
    return formats.date_id(value) if value else UNKNOWN


def _number(value: int | Decimal | None, unit: str = "") -> str:
    return UNKNOWN if value is None else f"{formats.number_id(value)} {unit}".strip()


def _rupiah(value: int | None) -> str:
    return UNKNOWN if value is None else formats.rupiah(value)


def _identity(group: KpspamsGroup) -> list[blocks.Block]:
    village = group.village
    people = UNKNOWN
    if village.figures_year:
        people = f"{_number(village.households, 'KK')}, {_number(village.people, 'jiwa')} (data {village.figures_year})"
    kind = "Pamsimas" if group.is_pamsimas else "Non-Pamsimas"
    member_of = [row.association for row in group.association_memberships.all() if row.is_open]
    dissolved = f", bubar {formats.date_id(group.dissolved_on)}" if group.dissolved_on else ""
    return [
        blocks.heading("1. Identitas"),
        blocks.facts(
            [
                ("Kode wilayah desa", village.code),
                ("Penduduk desa", people),
                ("Dusun layanan", group.hamlets or UNKNOWN),
                ("Jenis dan program", f"{kind}, {group.programme.on_documents}" if group.programme else kind),
                ("Dibentuk", f"{_day(group.formed_on)}{dissolved}"),
                ("Bentuk hukum", group.get_legal_form_display() or UNKNOWN),
                ("Rekening kelompok", f"{group.bank_name} {group.bank_account}".strip() or UNKNOWN),
                ("Asosiasi", ", ".join(map(str, member_of)) or "Belum tercatat sebagai anggota"),
            ]
        ),
    ]


def _legal_documents(on: GroupOn) -> list[blocks.Block]:
    found = list(on.group.documents.all())
    state = f"SK pengurus: {on.decree_chip.label}."
    if not found:
        return [blocks.heading("2. Legalitas"), *blocks.paragraphs(state)]
    heads = [
        *(("Dokumen", 40, "l"), ("Nomor", 0, "l"), ("Tanggal", 35, "l"), ("Berlaku sampai", 35, "l")),
        ("Keadaan", 28, "l"),
    ]
    rows = [
        [
            str(row.get_kind_display()),
            row.number or "-",
            formats.date_id(row.dated_on) if row.dated_on else "-",
            formats.date_id(row.valid_until) if row.valid_until else "tidak disebut",
            _decree_status(row, on.day),
        ]
        for row in found
    ]
    return [
        blocks.heading("2. Legalitas"),
        *blocks.paragraphs(state),
        blocks.table(heads, rows, caption="Dokumen kelompok", small=True),
    ]


def _decree_status(decree: LegalDocument, day: date) -> str:
    if decree.in_process:
        return "dalam proses"
    return "berlaku" if decree.in_force_on(day) else "tidak berlaku"


def _board(on: GroupOn) -> list[blocks.Block]:
    share = "" if on.women_share is None else f", perempuan {formats.percent(on.women_share)}"
    heads = [
        *(("No", 8, "c"), ("Jabatan", 50, "l"), ("Nama", 0, "l"), ("L/P", 10, "c"), ("Dusun", 30, "l")),
        ("Sejak", 32, "l"),
    ]
    rows = [
        [
            str(number),
            row.post,
            row.member.person.name if row.member else "lowong",
            row.member.person.sex if row.member else "",
            row.member.person.hamlet_text if row.member else "",
            formats.date_id(row.member.starts_on) if row.member else "",
        ]
        for number, row in enumerate(on.rows, 1)
    ]
    people = formats.people_count(on.men, on.women) if on.persons else "Belum ada pengurus yang tercatat"
    return [
        blocks.heading("3. Pengurus"),
        *blocks.paragraphs(f"{people}{share}."),
        blocks.table(heads, rows, caption="Pengurus", small=True),
    ]


def _service(group: KpspamsGroup, today: date) -> list[blocks.Block]:
    title = blocks.heading("4. Sarana dan layanan")
    operated = group.operated.current(today).values("facility")
    found = list(Facility.objects.filter(pk__in=operated).prefetch_related("checks"))
    note = ""
    if not found:
        found = list(group.village.facilities.prefetch_related("checks"))
        note = "Belum tercatat sarana mana yang dikelola kelompok ini; yang ada di desa:"
    if not found:
        return [title, *blocks.paragraphs("Belum ada sarana yang tercatat di desa ini.")]
    heads = [
        *(("Sarana", 0, "l"), ("Keberfungsian", 30, "l"), ("SR aktif", 14, "r"), ("SR tidak aktif", 14, "r")),
        *(("HU/KU", 14, "r"), ("KK", 14, "r"), ("Jiwa", 14, "r"), ("Jam per hari", 14, "r")),
    ]
    tests = group.village.water_tests.first()
    water = UNKNOWN.lower()
    if tests:
        water = f"{'memenuhi' if tests.fit else 'tidak memenuhi'} syarat, sampel {formats.date_id(tests.sampled_on)}"
    return [
        title,
        *blocks.paragraphs(note),
        blocks.table(heads, [_facility_row(row) for row in found], caption="Sarana dan layanan", small=True),
        *blocks.paragraphs(f"Uji kualitas air terakhir di desa: {water}."),
    ]


def _facility_row(facility: Facility) -> list[str]:
    check = next(iter(facility.checks.all()), None)
    about = [str(facility.get_technology_display())]
    if facility.capacity_lps is not None:
        about.append(f"{formats.number_id(facility.capacity_lps)} L/detik")
    if facility.reservoir_m3 is not None:
        about.append(f"reservoir {formats.number_id(facility.reservoir_m3)} m³")
    if facility.built_year:
        about.append(f"dibangun {facility.built_year}")
    name = f"{facility.name} ({', '.join(about)})"
    if check is None:
        return [name, "belum pernah diperiksa", *["-"] * 6]
    state = f"{ConditionCheck.Functioning(check.functioning).label}, {formats.date_id(check.checked_on)}"
    figures = [check.connections_active, check.connections_inactive, check.taps, check.households, check.people]
    return [name, state, *("-" if n is None else formats.number_id(n) for n in (*figures, check.hours))]


def _money(group: KpspamsGroup) -> list[blocks.Block]:
    check: GroupCheck | None = group.checks.first()
    if check is None:
        return [blocks.heading("5. Administrasi dan iuran"), *blocks.paragraphs("Belum pernah diperiksa.")]
    assets = {True: "ada", False: "tidak ada", None: UNKNOWN}[check.has_asset_list]
    return [
        blocks.heading("5. Administrasi dan iuran"),
        blocks.facts(
            [
                ("Diperiksa", f"{formats.date_id(check.checked_on)}: kelompok {'' if check.active else 'tidak '}aktif"),
                ("Pembukuan", check.get_bookkeeping_display() or UNKNOWN),
                ("Daftar aset", assets),
                ("Sistem iuran", check.get_fee_system_display() or UNKNOWN),
                ("Abonemen per bulan", _rupiah(check.base_fee)),
                ("Tarif per m³", _rupiah(check.tariff)),
                ("Pembayar iuran", _number(check.payers, "SR")),
                ("Penerimaan per bulan", _rupiah(check.income)),
                ("BOP per bulan", _rupiah(check.operating_cost)),
            ]
        ),
    ]


def _plan(group: KpspamsGroup, today: date) -> list[blocks.Block]:
    title = blocks.heading(f"6. Rencana kerja {today.year}")
    plans = list(group.work_plans.filter(year=today.year).order_by("revision"))
    approved = [plan for plan in plans if plan.status == WorkPlan.Status.APPROVED]
    if not plans:
        return [title, *blocks.paragraphs(f"Belum ada rencana kerja tahun {today.year}.")]
    plan = (approved or plans)[-1]
    sums = plan_sums(plan)
    facts = [
        ("Status", f"{plan.status_word}{f', revisi ke-{plan.revision}' if plan.revision else ''}"),
        ("Jumlah biaya", formats.rupiah(sums.total)),
        ("Dana yang pasti", formats.rupiah(sums.secured)),
    ]
    if plan.is_carried_out:
        progress = plan_progress(plan, today)
        percent = progress.percent
        share = UNKNOWN if percent is None else formats.percent(percent)
        facts.append(("Capaian", f"{share}, realisasi {_rupiah(progress.realised)}"))
    heads = [("Bidang", 0, "l"), ("Kegiatan", 20, "r"), ("Jumlah (Rp)", 35, "r")]
    rows = [
        [f"{part.area.code}. {part.area.label}", str(len(part.numbered)), formats.number_id(part.amount)]
        for part in sums.areas
    ]
    footer = [["Jumlah", str(sum(len(part.numbered) for part in sums.areas)), formats.number_id(sums.total)]]
    table = [blocks.table(heads, rows, caption="Rencana kerja per bidang", footer=footer, small=True)] if rows else []
    return [title, blocks.facts(facts), *table]


def _trainings(on: GroupOn) -> list[blocks.Block]:
    """Trained members of today's board: registered from this village, with the sessions that they attended."""
    title = blocks.heading("7. Pelatihan pengurus")
    rows = Participant.objects.current().filter(village=on.group.village, person__in=on.persons)
    found = list(rows.select_related("person", "training").order_by("-training__fiscal_year", "training", "number"))
    if not found:
        return [title, *blocks.paragraphs("Belum ada pengurus sekarang yang tercatat sebagai peserta pelatihan.")]
    came: dict[int, int] = {}
    marks = Attendance.objects.filter(participant__in=found, status__in=Attendance.PRESENT)
    for participant in marks.values_list("participant", flat=True):
        came[participant] = came.get(participant, 0) + 1
    heads = [("Nama", 50, "l"), ("Pelatihan", 0, "l"), ("TA", 14, "c"), ("Hadir (sesi)", 20, "r")]
    lines = [
        [row.person.name, str(row.training), str(row.training.fiscal_year), str(came.get(row.pk, 0))]
        for row in found[:SHOWN_TRAININGS]
    ]
    trained = len({row.person_id for row in found if came.get(row.pk)})
    more = len(found) - len(lines)
    note = f" Tabel memuat {len(lines)} yang terbaru dari {len(found)}." if more > 0 else ""
    return [
        title,
        *blocks.paragraphs(f"{trained} dari {len(on.persons)} pengurus sekarang pernah hadir pelatihan.{note}"),
        blocks.table(heads, lines, caption="Pelatihan pengurus", small=True),
    ]
