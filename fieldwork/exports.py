"""Export columns of the lists of visits and of Titip entri."""

from django.utils.timezone import localdate

from records.exports import Column, Kind, sample_column
from villages.exports import place_columns

ENTRY_COLUMNS = (
    *place_columns(lambda entry: entry.village),
    Column("KPSPAMS", lambda e: e.group and e.group.name, "Nama kelompok; kosong bila formulir tentang desa"),
    Column("Formulir", lambda e: e.get_form_display(), "Jenis formulir yang difoto"),
    Column("Keadaan", lambda e: e.get_state_display(), "Keadaan titipan pada hari unduhan"),
    Column("Dititipkan", lambda e: localdate(e.requested_at), "Tanggal foto dikirim", Kind.DATE),
    Column("Catatan", lambda e: e.note, "Catatan pengirim"),
    Column("Jawaban", lambda e: e.answer, "Jawaban DPMU"),
    Column("Pengirim", lambda e: e.by and str(e.by), "Pengguna yang menitipkan", personal=True),
    Column("Dikerjakan oleh", lambda e: e.worker and str(e.worker), "Pengguna yang mengetik", personal=True),
    sample_column(lambda entry: entry.village),
)

VISIT_COLUMNS = (
    *place_columns(lambda visit: visit.village),
    Column("Tanggal", lambda v: v.on, "Tanggal kunjungan", Kind.DATE),
    Column("Tujuan", lambda v: v.get_purpose_display(), "Tujuan kunjungan"),
    Column("Yang berkunjung", lambda v: v.by.name, "Pengguna yang berkunjung", personal=True),
    Column("Yang ditemui", lambda v: v.people_met, "Nama atau jabatan yang ditemui", personal=True),
    Column("Hasil", lambda v: v.result, "Apa yang dikerjakan dan disepakati", personal=True),
    Column("Masalah", lambda v: v.problem, "Masalah yang ditemukan", personal=True),
    Column("Tindak lanjut", lambda v: v.follow_up, "Apa, oleh siapa, kapan", personal=True),
    sample_column(lambda visit: visit.village),
)
