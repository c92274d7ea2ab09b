"""Who may do what, as verbs. Which rows they may do it to is the business of visible_to and editable_by.

Approving is a permission of named persons, not part of a role; nobody approves what they wrote (kpspams).
"""

from enum import StrEnum

from accounts.models import User


class Right(StrEnum):
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"
    EDIT_REGISTRY = "edit_registry"  # villages, awards, water systems and their checks
    EDIT_GROUPS = "edit_groups"  # groups, posts, legal papers, persons
    EDIT_PLANS = "edit_plans"
    EDIT_TRAININGS = "edit_trainings"  # the frame, agenda, invitations
    PROPOSE_PARTICIPANTS = "propose_participants"
    REVIEW_PLANS = "review_plans"  # return with a note
    APPROVE_PLANS = "approve_plans"
    RECORD_APPROVALS = "record_approvals"  # what the signed paper of a plan says
    SEE_PHONES = "see_phones"  # of the persons in one's own scope
    SEE_SCORES = "see_scores"
    REQUEST_REPORTS = "request_reports"
    EDIT_FOLLOW_UPS = "edit_follow_ups"  # RKTL of villages in scope
    RECORD_PROGRESS = "record_progress"  # realisation of plans, damage of water systems
    RECORD_VISITS = "record_visits"  # Kunjungan to villages in scope
    ISSUE_REPORTS = "issue_reports"  # withdraw an issued paper, attach its signed copy, its kop and signers
    SCHEDULE_REPORTS = "schedule_reports"  # papers that the portal makes by itself every month or quarter
    SET_FIGURES = "set_figures"  # figures that the public page may show
    EXPORT = "export"  # lists as files, without personal columns
    EXPORT_NAMES = "export_names"  # personal columns too, when asked for


_STAFF = {
    Right.EDIT_REGISTRY,
    Right.EDIT_GROUPS,
    Right.EDIT_PLANS,
    Right.EDIT_TRAININGS,
    Right.PROPOSE_PARTICIPANTS,
    Right.REVIEW_PLANS,
    Right.RECORD_APPROVALS,
    Right.SEE_PHONES,
    Right.SEE_SCORES,
    Right.REQUEST_REPORTS,
    Right.EDIT_FOLLOW_UPS,
    Right.RECORD_PROGRESS,
    Right.RECORD_VISITS,
    Right.ISSUE_REPORTS,
    Right.SCHEDULE_REPORTS,
    Right.EXPORT,
    Right.EXPORT_NAMES,
}
_OF_ROLE = {
    User.Role.ADMIN: _STAFF | {Right.MANAGE_USERS, Right.MANAGE_SETTINGS, Right.SET_FIGURES},
    User.Role.STAFF: _STAFF,
    User.Role.FACILITATOR: {
        Right.EDIT_GROUPS,
        Right.EDIT_PLANS,
        Right.PROPOSE_PARTICIPANTS,
        Right.SEE_PHONES,
        Right.REQUEST_REPORTS,
        Right.EDIT_FOLLOW_UPS,
        Right.RECORD_PROGRESS,
        Right.RECORD_VISITS,
        Right.EXPORT,
        Right.EXPORT_NAMES,
    },
    User.Role.OFFICIAL: {Right.REQUEST_REPORTS, Right.EXPORT},
}


def rights_of(user) -> set[Right]:
    if not user.is_authenticated:
        return set()
    granted = set(_OF_ROLE[user.role])
    if user.may_approve:
        granted |= {Right.APPROVE_PLANS, Right.REVIEW_PLANS}
    return granted


_IN_WORDS = {
    Right.EDIT_REGISTRY: "Menambah dan mengubah desa, bantuan, SPAM, dan pemeriksaannya.",
    Right.EDIT_GROUPS: "Mencatat KPSPAMS, pengurus, SK, dan orang.",
    Right.EDIT_PLANS: "Menyusun dan mengajukan rencana kerja KPSPAMS.",
    Right.REVIEW_PLANS: "Memeriksa rencana kerja dan mengembalikannya untuk perbaikan.",
    Right.APPROVE_PLANS: "Menyetujui rencana kerja yang ditulis orang lain.",
    Right.RECORD_APPROVALS: "Mencatat persetujuan rencana kerja menurut naskah bertanda tangan.",
    Right.EDIT_TRAININGS: "Mencatat pelatihan, susunan acara, undangan, dan kehadiran.",
    Right.PROPOSE_PARTICIPANTS: "Mengusulkan peserta pelatihan.",
    Right.SEE_PHONES: "Melihat nomor HP orang di wilayahnya.",
    Right.SEE_SCORES: "Melihat nilai pre-test dan post-test.",
    Right.EDIT_FOLLOW_UPS: "Mencatat RKTL dan tindak lanjutnya.",
    Right.RECORD_PROGRESS: "Mencatat pelaksanaan rencana kerja dan kerusakan SPAM.",
    Right.RECORD_VISITS: "Mencatat kunjungan ke desa.",
    Right.REQUEST_REPORTS: "Meminta dan mengunduh laporan.",
    Right.ISSUE_REPORTS: "Mencabut dokumen yang terbit, melampirkan salinan bertanda tangan, memilih kop dan penanda "
    "tangan.",
    Right.SCHEDULE_REPORTS: "Menjadwalkan laporan berkala.",
    Right.SET_FIGURES: "Menetapkan angka yang boleh tampil di halaman umum.",
    Right.EXPORT: "Mengunduh daftar (XLSX, CSV); setiap unduhan dicatat.",
    Right.EXPORT_NAMES: "Menyertakan nama orang dalam daftar yang diunduh.",
    Right.MANAGE_USERS: "Mengelola pengguna dan penugasan fasilitator.",
    Right.MANAGE_SETTINGS: "Mengubah pengaturan kabupaten.",
}


def in_words(user) -> list[str]:
    """What this account sees and may do, for people to read: the scope first, then the daily work."""
    granted = rights_of(user)
    words = [_scope_in_words(user)]
    words += [sentence for right, sentence in _IN_WORDS.items() if right in granted]
    if user.role == User.Role.FACILITATOR:
        words.append("Mencatat kehadiran pelatihan bila ditunjuk sebagai petugasnya, tanpa nomor HP peserta.")
    if user.role == User.Role.OFFICIAL:
        words.append("Tidak melihat nomor HP dan nilai, dan tidak mengubah data.")
    return words


def _scope_in_words(user) -> str:
    if user.role == User.Role.FACILITATOR:
        grace = user.district.rules.grace_days if user.district_id else 90
        after = f", sampai {grace} hari sesudah penugasan berakhir" if grace else ""
        return f"Melihat desa penugasan{after}, serta pelatihan yang mengundang desa itu."
    if user.all_districts:
        return "Melihat semua desa di semua kabupaten."
    return f"Melihat semua desa di {user.district}."


def may(user, right: Right) -> bool:
    return right in rights_of(user)


def sees_whole_country(user) -> bool:
    """All villages of all kabupaten: then no row needs to be asked where it lies."""
    return sees_whole_district(user) and user.all_districts


def sees_whole_district(user) -> bool:
    """Everybody but the fasilitator sees all villages of their kabupaten."""
    return user.is_authenticated and user.role != User.Role.FACILITATOR
