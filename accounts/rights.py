"""Rights and reach of an account, and both as text. Roles are described in accounts.roles."""

from accounts import roles
from accounts.roles import Reach, Right, RoleDefinition

__all__ = [
    "Reach",
    "Right",
    "in_words",
    "may",
    "reach_of",
    "rights_of",
    "sees_all_phones",
    "sees_whole_country",
    "sees_whole_district",
    "villages_label",
]


def _role(user) -> RoleDefinition:
    return roles.definition(user.role if user.is_authenticated else "")


def rights_of(user) -> set[Right]:
    role = _role(user)
    granted = set(role.rights)
    if role.reach and role.may_approve and user.may_approve:
        granted |= {Right.APPROVE_PLANS, Right.REVIEW_PLANS}
    return granted


def may(user, right: Right) -> bool:
    return right in rights_of(user)


def reach_of(user) -> Reach:
    reach = _role(user).reach
    return Reach.COUNTRY if reach == Reach.DISTRICT and user.all_districts else reach


def sees_whole_country(user) -> bool:
    """Whether it sees all villages of all kabupaten, so that no row has to be filtered by place."""
    return reach_of(user) == Reach.COUNTRY


def sees_whole_district(user) -> bool:
    """Whether it sees all villages of its kabupaten, or of all kabupaten."""
    return reach_of(user) >= Reach.DISTRICT


def villages_label(user) -> str:
    """Label of the villages that an account with a smaller reach sees."""
    return f"desa {user.subdistrict}" if reach_of(user) == Reach.SUBDISTRICT else "desa penugasan Anda"


def sees_all_phones(user) -> bool:
    """Whether it sees the telephone numbers of the whole kabupaten, for documents that name people of many villages."""
    return may(user, Right.SEE_PHONES) and sees_whole_district(user)


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
    Right.ENTRY_REQUESTS: "Menitipkan formulir yang sudah diisi dan melihat fotonya.",
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
# Rights to read: an account with no other right changes nothing.
_READING = {Right.SEE_PHONES, Right.SEE_SCORES, Right.REQUEST_REPORTS, Right.EXPORT, Right.EXPORT_NAMES}


def in_words(user) -> list[str]:
    """What this account sees and may do, as sentences: scope first, then daily work, then what it may not do.

    Every sentence is derived from the rights, so that none contradicts another.
    """
    granted = rights_of(user)
    words = [_scope_in_words(user)]
    words += [sentence for right, sentence in _IN_WORDS.items() if right in granted]
    if Right.PROPOSE_PARTICIPANTS in granted and Right.EDIT_TRAININGS not in granted:
        beyond = "; nomor HP peserta dari desa lain tetap tidak terlihat" if Right.SEE_PHONES in granted else ""
        words.append(f"Mencatat kehadiran pelatihan bila ditunjuk sebagai petugasnya{beyond}.")
    return [*words, *_limits_in_words(user, granted)]


def _limits_in_words(user, granted: set[Right]) -> list[str]:
    """The sentence shown where telephone numbers are hidden."""
    if not reach_of(user) or Right.SEE_PHONES in granted:
        return []
    hidden = "nomor HP" if Right.SEE_SCORES in granted else "nomor HP dan nilai"
    return [f"Tidak melihat {hidden}." if granted - _READING else f"Tidak melihat {hidden}, dan tidak mengubah data."]


def _scope_in_words(user) -> str:
    reach = reach_of(user)
    if reach == Reach.COUNTRY:
        return "Melihat semua desa di semua kabupaten."
    if reach == Reach.DISTRICT:
        return f"Melihat semua desa di {user.district}."
    if reach == Reach.SUBDISTRICT:
        return f"Melihat semua desa di {user.subdistrict}, serta pelatihan yang mengundang desa itu."
    if reach == Reach.ASSIGNED:
        grace = user.district.rules.grace_days if user.district_id else 90
        after = f", sampai {grace} hari sesudah penugasan berakhir" if grace else ""
        return f"Melihat desa penugasan{after}, serta pelatihan yang mengundang desa itu."
    return "Belum melihat data apa pun. Minta admin DPMU memilih peran yang berlaku untuk akun ini."
