"""Export columns of the list of documents."""

from records.exports import Column, Kind

REPORT_COLUMNS = (
    Column("Jenis", lambda r: r.get_kind_display(), "Jenis dokumen"),
    Column("Tentang", lambda r: r.subject_text, "Data yang dicetak"),
    Column("Keadaan", lambda r: r.get_state_display(), "Keadaan pada hari unduhan"),
    Column("Diminta pada", lambda r: r.requested_at, "Waktu permintaan", Kind.MOMENT),
    Column("Diminta oleh", lambda r: r.by and r.by.name, "Nama akun yang meminta", personal=True),
    Column("Halaman", lambda r: r.pages, "Jumlah halaman", Kind.NUMBER, "halaman"),
    Column("SHA-256", lambda r: r.sha256, "Sidik berkas untuk membandingkan salinan", Kind.CODE),
)
