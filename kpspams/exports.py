"""Export columns of the lists of groups, members and association members."""

from kpspams.models import Member
from records.exports import Column, Kind, sample_column
from villages.exports import place_columns


def _core(post):
    """The holder of a core post on the day."""
    return lambda on: next((str(m.person) for m in on.held if m.post == post), None)


# Columns of a group as of the day of the download (kpspams.queries.boards.GroupOn).
GROUP_COLUMNS = (
    *place_columns(lambda on: on.group.village),
    Column("KPSPAMS", lambda on: on.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Pamsimas", lambda on: on.group.is_pamsimas, "Ya bila kelompok dibentuk program Pamsimas", Kind.FLAG),
    Column("Bentuk hukum", lambda on: on.group.get_legal_form_display(), "Bentuk hukum kelompok"),
    Column("Dusun layanan", lambda on: on.group.hamlets, "Dusun yang dilayani"),
    Column("Dibentuk", lambda on: on.group.formed_on, "Tanggal pembentukan", Kind.DATE),
    Column("Bubar", lambda on: on.group.dissolved_on, "Tanggal bubar; kosong bila masih ada", Kind.DATE),
    Column("Nomor SK", lambda on: on.decree and on.decree.number, "Nomor SK Kepala Desa yang berlaku", Kind.CODE),
    Column("Tanggal SK", lambda on: on.decree and on.decree.dated_on, "Tanggal SK itu", Kind.DATE),
    Column(
        "SK sampai", lambda on: on.decree and on.decree.valid_until, "Akhir SK; kosong bila tidak disebut", Kind.DATE
    ),
    Column("Keadaan SK", lambda on: on.decree_chip.label, "Keadaan SK pada hari unduhan"),
    Column("Pengurus inti", lambda on: on.board_chip.label, "Ketua, Sekretaris, dan Bendahara pada hari unduhan"),
    Column("Pengurus L", lambda on: on.men, "Pengurus laki-laki, tanpa Pembina dan Pengawas", Kind.NUMBER, "orang"),
    Column("Pengurus P", lambda on: on.women, "Pengurus perempuan, tanpa Pembina dan Pengawas", Kind.NUMBER, "orang"),
    Column("Ketua", _core(Member.Post.CHAIR), "Ketua pada hari unduhan", personal=True),
    Column("Sekretaris", _core(Member.Post.SECRETARY), "Sekretaris pada hari unduhan", personal=True),
    Column("Bendahara", _core(Member.Post.TREASURER), "Bendahara pada hari unduhan", personal=True),
    Column("Bank", lambda on: on.group.bank_name, "Bank rekening atas nama kelompok"),
    Column("Nomor rekening", lambda on: on.group.bank_account, "Rekening atas nama kelompok, bukan orang", Kind.CODE),
    sample_column(lambda on: on.group),
)

MEMBER_COLUMNS = (
    *place_columns(lambda member: member.group.village),
    Column("KPSPAMS", lambda m: m.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Jabatan", lambda m: m.get_post_display(), "Jabatan baku"),
    Column("Sebutan dalam SK", lambda m: m.title, "Bila SK memakai sebutan lain"),
    Column("Plt.", lambda m: m.acting, "Ya bila pelaksana tugas", Kind.FLAG),
    Column("Nama", lambda m: m.person.name, "Nama pengurus", personal=True),
    Column("L/P", lambda m: m.person.sex, "L laki-laki, P perempuan"),
    Column("Nomor HP", lambda m: m.person.phone, "Nomor HP pengurus", phone=True, personal=True),
    Column("Mulai", lambda m: m.starts_on, "Hari pertama menjabat", Kind.DATE),
    Column("Berakhir", lambda m: m.ends_on, "Hari terakhir menjabat; kosong bila masih menjabat", Kind.DATE),
    Column("Nomor SK", lambda m: m.appointed_by and m.appointed_by.number, "SK pengangkatannya", Kind.CODE),
    sample_column(lambda member: member.group),
)


ASSOCIATION_COLUMNS = (
    Column("Kode kabupaten", lambda a: a.district.code, "Kode wilayah kabupaten", Kind.CODE),
    Column("Asosiasi", lambda a: a.name, "Nama asosiasi"),
    Column("Dibentuk", lambda a: a.formed_on, "Tanggal pembentukan", Kind.DATE),
    Column("Bubar", lambda a: a.dissolved_on, "Tanggal bubar; kosong bila masih ada", Kind.DATE),
    Column(
        "Anggota",
        lambda a: a.member_count,
        "Anggota yang terlihat oleh Anda pada hari unduhan",
        Kind.NUMBER,
        "kelompok",
    ),
    sample_column(),
)

MEMBERSHIP_COLUMNS = (
    *place_columns(lambda membership: membership.group.village),
    Column("Kelompok", lambda m: m.group.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Pamsimas", lambda m: m.group.is_pamsimas, "Ya bila kelompok dibentuk program Pamsimas", Kind.FLAG),
    Column("Bergabung", lambda m: m.starts_on, "Hari pertama menjadi anggota", Kind.DATE),
    Column("Keluar", lambda m: m.ends_on, "Hari terakhir menjadi anggota; kosong bila masih anggota", Kind.DATE),
    sample_column(lambda membership: membership.group),
)
