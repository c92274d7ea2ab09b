"""The fixed layouts in which lists of groups, plans and association members leave as files."""

from kpspams.models import Member
from records.exports import Column, Kind, sample_column
from villages.exports import place_columns


def _core(post):
    """The holder of a core post today."""
    return lambda group: next((str(m.person) for m in group.now.held if m.post == post), None)


GROUP_COLUMNS = (
    *place_columns(lambda group: group.village),
    Column("KPSPAMS", lambda g: g.name, "Nama kelompok tanpa kata KPSPAMS"),
    Column("Pamsimas", lambda g: g.is_pamsimas, "Ya bila kelompok dibentuk program Pamsimas", Kind.FLAG),
    Column("Bentuk hukum", lambda g: g.get_legal_form_display(), "Bentuk hukum kelompok"),
    Column("Dusun layanan", lambda g: g.hamlets, "Dusun yang dilayani"),
    Column("Dibentuk", lambda g: g.formed_on, "Tanggal pembentukan", Kind.DATE),
    Column("Bubar", lambda g: g.dissolved_on, "Tanggal bubar; kosong bila masih ada", Kind.DATE),
    Column("Nomor SK", lambda g: g.now.decree and g.now.decree.number, "Nomor SK Kepala Desa yang berlaku", Kind.CODE),
    Column("Tanggal SK", lambda g: g.now.decree and g.now.decree.dated_on, "Tanggal SK itu", Kind.DATE),
    Column(
        "SK sampai",
        lambda g: g.now.decree and g.now.decree.valid_until,
        "Akhir SK; kosong bila tidak disebut",
        Kind.DATE,
    ),
    Column("Keadaan SK", lambda g: g.now.decree_chip.word, "Keadaan SK pada hari unduhan"),
    Column("Pengurus inti", lambda g: g.now.board_chip.word, "Ketua, Sekretaris, dan Bendahara pada hari unduhan"),
    Column("Pengurus L", lambda g: g.now.men, "Pengurus laki-laki, tanpa Pembina dan Pengawas", Kind.NUMBER, "orang"),
    Column("Pengurus P", lambda g: g.now.women, "Pengurus perempuan, tanpa Pembina dan Pengawas", Kind.NUMBER, "orang"),
    Column("Ketua", _core(Member.Post.CHAIR), "Ketua pada hari unduhan", personal=True),
    Column("Sekretaris", _core(Member.Post.SECRETARY), "Sekretaris pada hari unduhan", personal=True),
    Column("Bendahara", _core(Member.Post.TREASURER), "Bendahara pada hari unduhan", personal=True),
    Column("Bank", lambda g: g.bank_name, "Bank rekening atas nama kelompok"),
    Column("Nomor rekening", lambda g: g.bank_account, "Rekening atas nama kelompok, bukan orang", Kind.CODE),
    sample_column(),
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
    Column("Bergabung", lambda m: m.joined_on, "Hari pertama menjadi anggota", Kind.DATE),
    Column("Keluar", lambda m: m.left_on, "Hari terakhir menjadi anggota; kosong bila masih anggota", Kind.DATE),
    sample_column(lambda membership: membership.group),
)
