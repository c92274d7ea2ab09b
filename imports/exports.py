"""Export columns of the list of imports."""

from records.exports import Column, Kind, sample_column

IMPORT_COLUMNS = (
    Column("No.", lambda run: run.pk, "Nomor impor", Kind.NUMBER),
    Column("Jenis data", lambda run: run.label, "Jenis data yang diimpor"),
    Column("Berkas", lambda run: run.name, "Nama berkas yang diunggah"),
    Column("Tahap", lambda run: run.get_step_display(), "Tahap pada hari unduhan"),
    Column("Diunggah", lambda run: run.requested_at, "Waktu diunggah", Kind.MOMENT),
    Column("Selesai", lambda run: run.finished_at, "Waktu disimpan, diurungkan, atau dibatalkan", Kind.MOMENT),
    Column("Baris", lambda run: run.counts.get("rows"), "Baris data dalam berkas", Kind.NUMBER, "baris"),
    Column("Baris baru", lambda run: run.counts.get("created"), "Baris yang menambah data", Kind.NUMBER, "baris"),
    Column("Baris diubah", lambda run: run.counts.get("changed"), "Baris yang mengubah data", Kind.NUMBER, "baris"),
    Column("Dilewati", lambda run: run.counts.get("skipped"), "Baris yang tidak disimpan", Kind.NUMBER, "baris"),
    Column("Diunggah oleh", lambda run: run.by and run.by.name, "Pengguna yang mengunggah", personal=True),
    sample_column(),
)
