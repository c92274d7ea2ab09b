"""Which kinds of paper there are, and of what: the one table that the database, the forms and the pages read."""

from django.db import models
from django.db.models import Q

SUBJECTS = ("training", "day", "session", "work_plan", "group", "village", "district", "damage")
OF_TRAINING = ("training",)
OF_PLAN = ("work_plan",)
OF_DISTRICT = ("district",)


class Kind(models.TextChoices):
    ATTENDANCE_SHEET = "attendance_sheet", "Daftar hadir"
    INVITATION = "invitation", "Undangan"
    ASSIGNMENT_LETTER = "assignment_letter", "Surat tugas peserta"
    SCHEDULE = "schedule", "Jadwal"
    BIODATA = "biodata", "Biodata"
    TEST_SHEET = "test_sheet", "Lembar tes"
    TEST_RECAP = "test_recap", "Rekap nilai"
    EVALUATION_SHEET = "evaluation_sheet", "Lembar evaluasi"
    EVALUATION_RECAP = "evaluation_recap", "Rekap evaluasi"
    FOLLOW_UP_PLAN = "follow_up_plan", "RKTL"
    MINUTES = "minutes", "Notulen"
    MEMO = "memo", "Nota dinas"
    OFFICIAL_MINUTES = "official_minutes", "Berita acara"
    CERTIFICATES = "certificates", "Sertifikat"
    TRAINING_REPORT = "training_report", "Laporan pelaksanaan"
    TRANSPORT_LIST = "transport_list", "Daftar penerimaan uang saku/transport"
    HONORARIUM_LIST = "honorarium_list", "Daftar penerimaan honorarium"
    MATERIALS_RECEIPT = "materials_receipt", "Tanda terima bahan"
    WORK_PLAN = "work_plan", "Rencana kerja"
    PLAN_PROGRESS = "plan_progress", "Laporan pelaksanaan rencana kerja"
    PLAN_DIFFERENCE = "plan_difference", "Perubahan rencana kerja"
    RKP_EXTRACT = "rkp_extract", "Usulan untuk RKP Desa"
    NOTICE_BOARD = "notice_board", "Papan pengumuman"
    ANNUAL_ACCOUNT = "annual_account", "LPJ tahunan"
    PROPOSAL_RECAP = "proposal_recap", "Rekap usulan"
    PLAN_RECAP = "plan_recap", "Rekap rencana kerja"
    DAMAGE_MINUTES = "damage_minutes", "Berita acara pemeriksaan kerusakan"
    FORMATION_MINUTES = "formation_minutes", "Berita acara musyawarah"
    DECREE_DRAFT = "decree_draft", "Rancangan SK"
    VILLAGE_FORM = "village_form", "Formulir kosong"
    GROUP_PROFILE = "group_profile", "Profil KPSPAMS"
    VILLAGE_SHEET = "village_sheet", "Lembar Desa"
    CHANGE_HISTORY = "change_history", "Riwayat Perubahan"
    SUMMARY = "summary", "Ringkasan"
    VISIT_REPORT = "visit_report", "Laporan Bulanan Fasilitator"
    MONITORING_REPORT = "monitoring_report", "Laporan Hasil Monitoring"
    PERIODIC_REPORT = "periodic_report", "Laporan berkala"


# Papers of one page that are also sent as a picture.
SHEETS = (Kind.SUMMARY, Kind.VILLAGE_SHEET)
SUBJECTS_OF = {
    Kind.ATTENDANCE_SHEET: ("training", "day", "session"),
    Kind.INVITATION: OF_TRAINING,
    Kind.ASSIGNMENT_LETTER: OF_TRAINING,
    Kind.SCHEDULE: OF_TRAINING,
    Kind.BIODATA: OF_TRAINING,
    Kind.TEST_SHEET: OF_TRAINING,
    Kind.TEST_RECAP: OF_TRAINING,
    Kind.EVALUATION_SHEET: OF_TRAINING,
    Kind.EVALUATION_RECAP: OF_TRAINING,
    Kind.FOLLOW_UP_PLAN: OF_TRAINING,
    Kind.MINUTES: OF_TRAINING,
    Kind.MEMO: OF_TRAINING,
    Kind.OFFICIAL_MINUTES: OF_TRAINING,
    Kind.CERTIFICATES: OF_TRAINING,
    Kind.TRAINING_REPORT: OF_TRAINING,
    Kind.TRANSPORT_LIST: OF_TRAINING,
    Kind.HONORARIUM_LIST: OF_TRAINING,
    Kind.MATERIALS_RECEIPT: OF_TRAINING,
    Kind.WORK_PLAN: OF_PLAN,
    Kind.PLAN_PROGRESS: OF_PLAN,
    Kind.PLAN_DIFFERENCE: OF_PLAN,
    Kind.RKP_EXTRACT: OF_PLAN,
    Kind.NOTICE_BOARD: OF_PLAN,
    Kind.ANNUAL_ACCOUNT: OF_PLAN,
    Kind.PROPOSAL_RECAP: OF_DISTRICT,
    Kind.PLAN_RECAP: OF_DISTRICT,
    Kind.DAMAGE_MINUTES: ("damage",),
    Kind.FORMATION_MINUTES: ("group",),
    Kind.DECREE_DRAFT: ("group",),
    Kind.VILLAGE_FORM: ("village",),
    Kind.GROUP_PROFILE: ("group",),
    Kind.VILLAGE_SHEET: ("village",),
    Kind.CHANGE_HISTORY: ("training", "village"),
    Kind.SUMMARY: OF_DISTRICT,
    Kind.VISIT_REPORT: OF_DISTRICT,
    Kind.MONITORING_REPORT: OF_DISTRICT,
    Kind.PERIODIC_REPORT: OF_DISTRICT,
}


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (DOCX)"
    XLSX = "xlsx", "Excel (XLSX)"


CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def one_subject() -> Q:
    """Exactly one of the subjects is set."""
    found = Q()
    for name in SUBJECTS:
        found |= Q(**{f"{other}__isnull": other != name for other in SUBJECTS})
    return found


def fitting_subject() -> Q:
    """The subject is one that this kind of paper is about; kinds of the same subjects stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for kind, subjects in SUBJECTS_OF.items():
        together.setdefault(subjects, []).append(str(kind.value))
    found = Q()
    for subjects, kinds in together.items():
        others = {f"{name}__isnull": True for name in SUBJECTS if name not in subjects}
        found |= Q(kind__in=kinds, **others)
    return found
