"""Export columns of trainings, materials, follow-ups and attendance."""

from records.exports import Column, Kind, sample_column
from trainings.models import Attendance
from trainings.queries.figure_rows import PersonFigures, SessionFigures
from trainings.queries.figures import TrainingFigures
from villages.exports import place_columns

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

FOLLOW_UP_COLUMNS = (
    *place_columns(lambda row: row.village),
    Column("KPSPAMS", lambda r: r.group and r.group.name, "Nama kelompok tanpa kata KPSPAMS; kosong bila seluruh desa"),
    Column("Pelatihan", lambda r: str(r.training), "Pelatihan tempat RKTL ini disusun"),
    Column("TA pelatihan", lambda r: r.training.fiscal_year, "Tahun anggaran pelatihan itu", Kind.YEAR),
    Column("Hari terakhir pelatihan", lambda r: r.last_day, "Tanggal hari terakhir pelatihan", Kind.DATE),
    Column("Nomor", lambda r: r.number, "Nomor kegiatan dalam RKTL desa", Kind.NUMBER),
    Column("Kegiatan", lambda r: r.task, "Kegiatan yang dijanjikan"),
    Column("Hasil", lambda r: r.output, "Hasil yang dijanjikan"),
    Column("Tenggat", lambda r: r.due_on, "Tanggal yang dijanjikan", Kind.DATE),
    Column("Waktu", lambda r: r.due_text, "Waktu yang dijanjikan bila bukan tanggal"),
    Column("Penanggung jawab", lambda r: r.responsible, "Jabatan atau nama seperti ditulis pada RKTL", personal=True),
    Column("Orang", lambda r: r.person and r.person.name, "Orang yang ditunjuk", personal=True),
    Column("Dukungan", lambda r: r.support, "Dukungan yang diperlukan"),
    Column("Keadaan", lambda r: r.state_word, "Keadaan pada hari unduhan"),
    Column("Selesai", lambda r: r.done_on, "Tanggal selesai", Kind.DATE),
    Column("Dibatalkan", lambda r: r.dropped_on, "Tanggal dibatalkan", Kind.DATE),
    Column("Rencana kerja", lambda r: r.work_plan and str(r.work_plan), "Rencana kerja yang memenuhi janji ini"),
    Column("Catatan", lambda r: r.note, "Catatan atau alasan pembatalan", personal=True),
    sample_column(lambda row: row.training),
)

PARTICIPANT_COLUMNS = (
    Column("No.", lambda p: p.number, "Nomor urut pada daftar hadir", Kind.NUMBER),
    Column("Nama", lambda p: p.person.name, "Nama peserta", personal=True),
    Column("L/P", lambda p: p.person.sex, "L laki-laki, P perempuan"),
    Column("Jabatan/Unsur", lambda p: p.role_word, "Jabatan atau unsur pada hari itu"),
    Column("Kode desa", lambda p: p.village and p.village.code, "Kode wilayah", Kind.CODE),
    Column("Desa", lambda p: p.village and p.village.name, "Desa yang diwakili"),
    Column("Keadaan", lambda p: p.get_state_display(), "Terdaftar, batal ikut, atau digantikan"),
    Column(
        "Menggantikan no.", lambda p: p.replaces and p.replaces.number, "Nomor peserta yang digantikan", Kind.NUMBER
    ),
    Column("Datang langsung", lambda p: p.walk_in, "Ya bila tidak terdaftar sebelumnya", Kind.FLAG),
    Column("Usulan terlambat", lambda p: p.late_proposal, "Ya bila diusulkan sesudah batas", Kind.FLAG),
    Column("Sesi dihadiri", lambda p: p.attended, "Kosong bila belum dicatat", Kind.NUMBER, "sesi"),
    Column("JP", lambda p: p.lesson_hours, "JP dari sesi yang dihadiri", Kind.NUMBER, "JP"),
)


def _of_session(row: SessionFigures):
    def value(person: PersonFigures):
        status = person.marks.get(row.session.pk)
        return status and Attendance.Status(status).label

    return value


def _remark_of(row: SessionFigures):
    return lambda person: person.remarks.get(row.session.pk)


def attendance_columns(figures: TrainingFigures) -> tuple[Column, ...]:
    """The columns of attendance: one row for each line of the sheet, one column for each session."""
    sessions = []
    for day in figures.days:
        for row in day.sessions:
            name = day.label + (f" {row.session}" if len(day.sessions) > 1 else "")
            sessions.append(Column(name, _of_session(row), "Kehadiran; kosong bila belum dicatat"))
            sessions.append(
                Column(f"Keterangan {name.lower()}", _remark_of(row), "Keterangan kehadiran itu", personal=True)
            )
    return (
        Column("No.", lambda p: p.participant.number, "Nomor urut pada daftar hadir", Kind.NUMBER),
        Column("Nama", lambda p: p.participant.person.name, "Nama peserta", personal=True),
        Column("L/P", lambda p: p.participant.person.sex, "L laki-laki, P perempuan"),
        Column("Jabatan/Unsur", lambda p: p.participant.role_word, "Jabatan atau unsur pada hari itu"),
        Column("Kode desa", lambda p: p.participant.village and p.participant.village.code, "Kode wilayah", Kind.CODE),
        Column("Desa", lambda p: p.participant.village and p.participant.village.name, "Desa yang diwakili"),
        *sessions,
        Column("JP", lambda p: p.lesson_hours, "JP dari sesi yang dihadiri", Kind.NUMBER, "JP"),
    )
