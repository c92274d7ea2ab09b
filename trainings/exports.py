"""The fixed layouts in which lists of trainings leave as files."""

from records.exports import Column, Kind
from villages.exports import sample_column

TRAINING_COLUMNS = (
    Column("Kode kabupaten", lambda t: t.district.code, "Kode wilayah kabupaten", Kind.CODE),
    Column("Jenis", lambda t: t.get_kind_display(), "Jenis kegiatan"),
    Column("Judul", lambda t: t.title, "Judul seperti tercetak pada daftar hadir"),
    Column("Angkatan", lambda t: t.wave, "Angkatan atau gelombang"),
    Column("TA", lambda t: t.fiscal_year, "Tahun anggaran pelatihan", Kind.YEAR),
    Column("Desa penerima TA", lambda t: t.cohort_year, "Tahun desa pesertanya menerima bantuan", Kind.YEAR),
    Column("Hari pertama", lambda t: t.first_day, "Tanggal hari pertama", Kind.DATE),
    Column("Hari terakhir", lambda t: t.last_day, "Tanggal hari terakhir", Kind.DATE),
    Column("Tempat", lambda t: t.venue, "Tempat pelatihan"),
    Column("Daring", lambda t: t.online, "Ya bila (juga) daring", Kind.FLAG),
    Column("Penyelenggara", lambda t: t.organiser, "Penyelenggara"),
    Column("Keadaan", lambda t: t.state_word, "Keadaan pada hari unduhan"),
    Column("Desa diundang", lambda t: t.village_count, "Jumlah desa yang diundang", Kind.NUMBER, "desa"),
    Column("Peserta", lambda t: t.participant_count, "Peserta terdaftar yang terlihat oleh Anda", Kind.NUMBER, "orang"),
    sample_column(),
)

MATERIAL_COLUMNS = (
    Column("Kode kabupaten", lambda m: m.district.code, "Kode wilayah kabupaten", Kind.CODE),
    Column("Kode PB/BB", lambda m: m.code, "Kode pokok atau bahan bahasan", Kind.CODE),
    Column("Judul", lambda m: m.title, "Judul bahan ajar"),
    Column("Pokok bahasan", lambda m: m.topic, "Pokok bahasan"),
    Column("Ringkasan", lambda m: m.summary, "Isi singkat"),
    Column("Untuk", lambda m: m.get_audience_display(), "Pembaca yang dituju"),
    Column("Terbuka untuk umum", lambda m: m.is_open, "Ya bila terbaca tanpa masuk", Kind.FLAG),
    Column("Berkas", lambda m: m.file and m.file.name, "Nama berkas bila bahan berupa berkas"),
    Column("Tautan", lambda m: m.link, "Alamat bila bahan ada di situs lain"),
    sample_column(),
)
