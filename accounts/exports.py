"""The fixed layout in which the list of accounts leaves as a file."""

from records.exports import Column, Kind

USER_COLUMNS = (
    Column("Nama", lambda u: u.name, "Nama lengkap", personal=True),
    Column("Nama pengguna", lambda u: u.username, "Nama untuk masuk", personal=True),
    Column("Peran", lambda u: u.get_role_display(), "Peran akun"),
    Column("Jenis fasilitator", lambda u: u.get_facilitator_type_display(), "Diisi untuk peran Fasilitator"),
    Column("Kode kabupaten", lambda u: u.district and u.district.code, "Kosong bila semua kabupaten", Kind.CODE),
    Column("Kode kecamatan", lambda u: u.subdistrict and u.subdistrict.code, "Diisi untuk peran Camat", Kind.CODE),
    Column("Berhak menyetujui", lambda u: u.may_approve, "Berhak menyetujui rencana kerja", Kind.FLAG),
    Column("Aktif", lambda u: u.is_current, "Dapat masuk pada hari unduhan", Kind.FLAG),
    Column("Berlaku sampai", lambda u: u.ends_on, "Hari terakhir akun berlaku", Kind.DATE),
    Column("Terakhir masuk", lambda u: u.last_login, "Waktu terakhir masuk", Kind.MOMENT),
    Column("Data contoh", lambda u: u.is_sample, "Ya bila akun contoh", Kind.FLAG),
)
