"""Export columns of the lists of villages, persons and assignments."""

from collections.abc import Callable

from records.exports import Column, Kind, sample_column

CODE_SOURCE = "Keputusan Mendagri tentang kode wilayah; edisinya tercatat pada desa"


def place_columns(village_of: Callable) -> tuple[Column, ...]:
    """Kode wilayah and names of the village that a row lies in; `village_of(row)` may be None."""

    def part(give):
        return lambda row: give(village) if (village := village_of(row)) else None

    return (
        Column(
            "Kode kecamatan", part(lambda v: v.subdistrict.code), "Kode wilayah kecamatan", Kind.CODE, "", CODE_SOURCE
        ),
        Column("Kecamatan", part(lambda v: v.subdistrict.name), "Nama kecamatan", source=CODE_SOURCE),
        Column("Kode desa", part(lambda v: v.code), "Kode wilayah desa", Kind.CODE, "", CODE_SOURCE),
        Column("Desa", part(lambda v: v.name), "Nama desa tanpa kata Desa", source=CODE_SOURCE),
    )


VILLAGE_COLUMNS = (
    *place_columns(lambda village: village),
    Column("Edisi kode", lambda v: v.edition, "Keputusan yang memuat kode desa ini"),
    Column("Kode pos", lambda v: v.postal_code, "Kode pos desa", Kind.CODE),
    Column("KK", lambda v: v.households, "Jumlah keluarga di desa", Kind.NUMBER, "KK", "Data penduduk desa"),
    Column("Jiwa", lambda v: v.people, "Jumlah penduduk desa", Kind.NUMBER, "jiwa", "Data penduduk desa"),
    Column("Tahun data penduduk", lambda v: v.figures_year, "Tahun asal jumlah KK dan jiwa", Kind.YEAR),
    Column("Lintang", lambda v: v.lat, "Lintang titik desa (WGS 84)", Kind.DEGREES, "derajat"),
    Column("Bujur", lambda v: v.lng, "Bujur titik desa (WGS 84)", Kind.DEGREES, "derajat"),
    Column(
        "TA bantuan",
        lambda v: ", ".join(str(award.fiscal_year) for award in v.awards.all()),
        "Tahun anggaran saat desa menerima bantuan, dipisah koma",
    ),
    Column("Program", lambda v: ", ".join(a.programme.name for a in v.awards.all()), "Program bantuan, seurutan TA"),
    Column(
        "Jumlah KPSPAMS",
        lambda v: sum(not group.is_dissolved for group in v.groups.all()),
        "KPSPAMS yang belum bubar pada hari unduhan",
        Kind.NUMBER,
        "kelompok",
    ),
    Column("KPSPAMS", lambda v: ", ".join(g.name for g in v.groups.all() if not g.is_dissolved), "Nama KPSPAMS itu"),
    sample_column(),
)

PERSON_COLUMNS = (
    Column("Nama", lambda p: p.name, "Nama lengkap seperti tercatat", personal=True),
    Column("L/P", lambda p: p.sex, "L laki-laki, P perempuan"),
    *place_columns(lambda person: person.village),
    Column("Dusun", lambda p: p.hamlet, "Dusun tempat tinggal", personal=True),
    Column("Instansi", lambda p: p.institution, "Instansi bagi orang di luar desa"),
    Column(
        "Jabatan sekarang",
        lambda p: ", ".join(f"{post.wording} {post.group}" for post in p.held_posts),
        "Jabatan di KPSPAMS yang berjalan pada hari unduhan",
    ),
    Column("Nomor HP", lambda p: p.phone, "Nomor HP dalam bentuk internasional", Kind.CODE, personal=True, phone=True),
    sample_column(),
)

ASSIGNMENT_COLUMNS = (
    Column("Fasilitator", lambda a: a.user.name, "Nama akun fasilitator", personal=True),
    Column("Jenis fasilitator", lambda a: a.user.get_facilitator_type_display(), "Jenis fasilitator pada akunnya"),
    *place_columns(lambda assignment: assignment.village),
    Column("Mulai", lambda a: a.starts_on, "Hari pertama penugasan", Kind.DATE),
    Column("Berakhir", lambda a: a.ends_on, "Hari terakhir penugasan; kosong bila tanpa batas", Kind.DATE),
    sample_column(lambda assignment: assignment.village),
)

GAP_COLUMNS = (*place_columns(lambda village: village), sample_column())
