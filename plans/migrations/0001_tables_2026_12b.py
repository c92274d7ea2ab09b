import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import records.create_models
import records.models.figures
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kpspams', '0001_tables_2026_12b'),
        ('records', '0001_tables_2026_12b'),
        ('villages', '0001_tables_2026_12b'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='FundingSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='kode')),
                        ('label', models.CharField(max_length=60, verbose_name='sumber dana')),
                        ('order', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(999, 'Isi angka antara 0 dan 999.')], verbose_name='urutan')),
                        ('in_kind', models.BooleanField(default=False, verbose_name='in-kind')),
                        ('is_fee', models.BooleanField(default=False, verbose_name='iuran')),
                    ],
                    options={
                        'verbose_name': 'sumber dana',
                        'verbose_name_plural': 'sumber dana',
                        'ordering': ['order', 'code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('order__range', (0, 999))), name='funding_source_limits', violation_error_message='Isi angka antara 0 dan 999.')],
                    },
                ),
                migrations.CreateModel(
                    name='MonthReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='tahun')),
                        ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1, 'Pilih bulan antara Januari dan Desember.'), django.core.validators.MaxValueValidator(12, 'Pilih bulan antara Januari dan Desember.')], verbose_name='bulan')),
                        ('nothing', models.BooleanField(default=False, verbose_name='tidak ada kegiatan')),
                        ('income', records.models.figures.RupiahField(blank=True, null=True, verbose_name='penerimaan iuran bulan ini (Rp)')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_reports', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                    ],
                    options={
                        'verbose_name': 'laporan bulan',
                        'verbose_name_plural': 'laporan bulan',
                        'ordering': ['-year', '-month'],
                        'constraints': [models.UniqueConstraint(fields=('group', 'year', 'month'), name='month_report_once', violation_error_message='Bulan ini sudah dilaporkan.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100)), ('month__range', (1, 12)), ('income__range', (0, 1000000000000))), name='month_report_limits', violation_error_message='Isi tahun antara 2000 dan 2100. Pilih bulan antara Januari dan Desember. Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya.')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkArea',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=2, unique=True, verbose_name='kode')),
                        ('label', models.CharField(max_length=80, verbose_name='bidang')),
                        ('order', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(999, 'Isi angka antara 0 dan 999.')], verbose_name='urutan')),
                    ],
                    options={
                        'verbose_name': 'bidang',
                        'verbose_name_plural': 'bidang',
                        'ordering': ['order', 'code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('order__range', (0, 999))), name='work_area_limits', violation_error_message='Isi angka antara 0 dan 999.')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkPlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='tahun')),
                        ('revision', models.PositiveSmallIntegerField(default=0, verbose_name='revisi')),
                        ('reason', models.CharField(blank=True, max_length=250, verbose_name='alasan revisi')),
                        ('stage', models.CharField(choices=[('usulan', 'Usulan'), ('final', 'Rencana kerja')], default='final', max_length=10, verbose_name='tahap')),
                        ('status', models.CharField(choices=[('draft', 'Draf'), ('returned', 'Dikembalikan'), ('submitted', 'Diajukan'), ('approved', 'Disetujui'), ('superseded', 'Digantikan')], default='draft', editable=False, max_length=10, verbose_name='status')),
                        ('payers', records.models.figures.CountField(blank=True, null=True, verbose_name='pembayar iuran')),
                        ('payer_unit', models.CharField(choices=[('sr', 'SR'), ('kk', 'KK')], default='sr', max_length=2, verbose_name='dihitung per')),
                        ('base_fee', records.models.figures.RupiahField(blank=True, null=True, verbose_name='abonemen per bulan (Rp)')),
                        ('tariff', records.models.figures.RupiahField(blank=True, null=True, verbose_name='tarif per m³ (Rp)')),
                        ('average_use', models.DecimalField(decimal_places=2, default=10, max_digits=6, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(1000, 'Isi angka antara 0 dan 1.000.')], verbose_name='pemakaian rata-rata per bulan (m³), asumsi')),
                        ('collection_rate', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='tingkat penagihan (%), asumsi')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_plans', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                    ],
                    options={
                        'verbose_name': 'rencana kerja',
                        'verbose_name_plural': 'rencana kerja',
                        'ordering': ['-year', 'group', '-revision'],
                        'constraints': [models.UniqueConstraint(fields=('group', 'year', 'revision'), name='work_plan_revision_once', violation_error_message='Rencana kerja ini sudah ada untuk KPSPAMS dan tahun itu.'), models.UniqueConstraint(condition=models.Q(('status', 'approved')), fields=('group', 'year'), name='work_plan_one_approved', violation_error_message='Sudah ada rencana kerja yang disetujui untuk tahun itu.'), models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'returned', 'submitted'])), fields=('group', 'year'), name='work_plan_one_under_way', violation_error_message='Masih ada rencana kerja yang belum selesai untuk tahun itu.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100)), ('payers__range', (0, 1000000)), ('base_fee__range', (0, 1000000000000)), ('tariff__range', (0, 1000000000000)), ('average_use__range', (0, 1000)), ('collection_rate__range', (0, 100))), name='work_plan_limits', violation_error_message='Isi tahun antara 2000 dan 2100. Isi angka antara 0 dan 1.000.000. Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya. Isi angka antara 0 dan 1.000. Isi angka antara 0 dan 100.')],
                    },
                ),
                migrations.CreateModel(
                    name='Activity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.PositiveIntegerField(editable=False, verbose_name='baris')),
                        ('position', models.PositiveIntegerField(editable=False, verbose_name='nomor')),
                        ('title', models.CharField(max_length=200, verbose_name='kegiatan')),
                        ('location', models.CharField(blank=True, max_length=120, verbose_name='lokasi')),
                        ('target', models.CharField(blank=True, max_length=200, verbose_name='sasaran/manfaat')),
                        ('volume', models.DecimalField(decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(10000000, 'Isi angka antara 0 dan 10.000.000.')], verbose_name='volume')),
                        ('unit', models.CharField(max_length=30, verbose_name='satuan')),
                        ('unit_price', records.models.figures.RupiahField(verbose_name='harga satuan (Rp)')),
                        ('amount', records.models.figures.RupiahField(editable=False, verbose_name='jumlah (Rp)')),
                        ('months', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(4095, 'Pilih bulan antara Januari dan Desember.')], verbose_name='bulan')),
                        ('responsible', models.CharField(blank=True, max_length=80, verbose_name='penanggung jawab')),
                        ('mode', models.CharField(blank=True, choices=[('swakelola', 'Swakelola'), ('antar_desa', 'Kerja sama antardesa'), ('pihak_ketiga', 'Pihak ketiga')], max_length=12, verbose_name='pola pelaksanaan')),
                        ('cost_class', models.CharField(choices=[('rutin', 'Operasional rutin'), ('perbaikan', 'Perbaikan/pengembangan')], default='rutin', max_length=10, verbose_name='jenis biaya')),
                        ('carried_over', models.BooleanField(default=False, verbose_name='lanjutan tahun lalu')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                        ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='villages.facility', verbose_name='sarana')),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plans.workarea', verbose_name='bidang')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='plans.workplan', verbose_name='rencana kerja')),
                    ],
                    options={
                        'verbose_name': 'kegiatan',
                        'verbose_name_plural': 'kegiatan',
                        'ordering': ['area__order', 'area__code', 'position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'line'), name='activity_line_once', violation_error_message='Baris kegiatan ini sudah ada dalam rencana kerja.'), models.CheckConstraint(condition=models.Q(('volume__range', (0, 10000000)), ('unit_price__range', (0, 1000000000000)), ('amount__range', (0, 1000000000000)), ('months__range', (0, 4095))), name='activity_limits', violation_error_message='Isi angka antara 0 dan 10.000.000. Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya. Pilih bulan antara Januari dan Desember.')],
                    },
                ),
                migrations.CreateModel(
                    name='PlanScan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='tanggal tanda tangan')),
                        ('note', models.CharField(blank=True, max_length=160, verbose_name='keterangan')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diunggah pada')),
                        ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='berkas')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='plans.workplan', verbose_name='rencana kerja')),
                    ],
                    options={
                        'verbose_name': 'pindaian rencana kerja',
                        'verbose_name_plural': 'pindaian rencana kerja',
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='LineNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('line', models.PositiveIntegerField(editable=False, verbose_name='baris')),
                        ('text', models.CharField(max_length=500, verbose_name='catatan')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ditulis pada')),
                        ('answer', models.CharField(blank=True, max_length=500, verbose_name='jawaban')),
                        ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='dijawab pada')),
                        ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                        ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='line_notes', to='plans.workplan', verbose_name='rencana kerja')),
                    ],
                    options={
                        'verbose_name': 'catatan kegiatan',
                        'verbose_name_plural': 'catatan kegiatan',
                        'ordering': ['line', 'at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='line_note_not_empty', violation_error_message='Tulis catatannya.')],
                    },
                ),
                migrations.CreateModel(
                    name='ActivityProgress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('month', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1, 'Pilih bulan antara Januari dan Desember.'), django.core.validators.MaxValueValidator(12, 'Pilih bulan antara Januari dan Desember.')], verbose_name='bulan')),
                        ('volume', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(10000000, 'Isi angka antara 0 dan 10.000.000.')], verbose_name='realisasi volume bulan ini')),
                        ('percent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='% fisik sampai bulan ini')),
                        ('obstacle', models.CharField(blank=True, max_length=250, verbose_name='kendala')),
                        ('status', models.CharField(blank=True, choices=[('ditunda', 'Ditunda'), ('batal', 'Batal')], max_length=8, verbose_name='keadaan')),
                        ('as_planned', models.BooleanField(default=False, verbose_name='sesuai rencana')),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='plans.activity', verbose_name='kegiatan')),
                        ('corrects', models.OneToOneField(blank=True, error_messages={'unique': 'Catatan ini sudah diperbaiki orang lain. Muat ulang halaman.'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.activityprogress', verbose_name='memperbaiki')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                    ],
                    options={
                        'verbose_name': 'realisasi kegiatan',
                        'verbose_name_plural': 'realisasi kegiatan',
                        'ordering': ['month', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('corrects', None)), fields=('activity', 'month'), name='activity_progress_once_a_month', violation_error_message='Kegiatan ini sudah dilaporkan untuk bulan itu. Perbaiki laporan yang ada.'), models.CheckConstraint(condition=models.Q(('month__range', (1, 12)), ('percent__range', (0, 100)), ('volume__range', (0, 10000000))), name='activity_progress_limits', violation_error_message='Pilih bulan antara Januari dan Desember. Isi angka antara 0 dan 100. Isi angka antara 0 dan 10.000.000.'), models.CheckConstraint(condition=models.Q(('status', ''), models.Q(('obstacle', ''), _negated=True), _connector='OR'), name='activity_progress_status_with_reason', violation_error_message='Tulis alasannya pada kendala bila kegiatan ditunda atau batal.'), models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('corrects', models.F('id')), _negated=True), _connector='OR'), name='activity_progress_corrects_another', violation_error_message='Catatan tidak dapat memperbaiki dirinya sendiri.')],
                    },
                ),
                migrations.CreateModel(
                    name='DamageReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('since', models.DateField(verbose_name='rusak sejak')),
                        ('component', models.CharField(choices=[('sumber', 'Sumber air/sumur'), ('pompa', 'Pompa'), ('listrik', 'Listrik/panel/genset'), ('olah', 'Pengolahan air'), ('reservoir', 'Reservoir/menara'), ('pipa', 'Jaringan pipa'), ('meter', 'Meter/sambungan rumah'), ('lain', 'Lainnya')], max_length=10, verbose_name='bagian yang rusak')),
                        ('description', models.CharField(max_length=500, verbose_name='uraian kerusakan')),
                        ('stopped', models.BooleanField(default=True, verbose_name='air berhenti mengalir')),
                        ('connections_affected', records.models.figures.CountField(blank=True, null=True, verbose_name='SR terdampak')),
                        ('households_affected', records.models.figures.CountField(blank=True, null=True, verbose_name='KK terdampak')),
                        ('interim_water', models.CharField(blank=True, max_length=160, verbose_name='air sementara dari')),
                        ('estimated_cost', records.models.figures.RupiahField(blank=True, null=True, verbose_name='perkiraan biaya (Rp)')),
                        ('handled_by', models.CharField(blank=True, max_length=120, verbose_name='ditangani oleh')),
                        ('state', models.CharField(choices=[('dilaporkan', 'Dilaporkan'), ('diperiksa', 'Diperiksa'), ('diperbaiki', 'Diperbaiki'), ('berfungsi', 'Berfungsi kembali')], default='dilaporkan', editable=False, max_length=10, verbose_name='keadaan')),
                        ('working_again_on', models.DateField(blank=True, editable=False, null=True, verbose_name='berfungsi kembali pada')),
                        ('activity', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='damages', to='plans.activity', verbose_name='kegiatan rencana kerja')),
                        ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='damages', to='villages.facility', verbose_name='sarana')),
                    ],
                    options={
                        'verbose_name': 'laporan kerusakan',
                        'verbose_name_plural': 'laporan kerusakan',
                        'ordering': ['-since', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'berfungsi'), ('working_again_on__isnull', False)), models.Q(models.Q(('state', 'berfungsi'), _negated=True), ('working_again_on', None)), _connector='OR'), name='damage_working_with_day', violation_error_message='Isi tanggal berfungsi kembali.'), models.CheckConstraint(condition=models.Q(('working_again_on', None), ('working_again_on__gte', models.F('since')), _connector='OR'), name='damage_in_order', violation_error_message='Tanggal berfungsi kembali tidak boleh sebelum tanggal rusak.'), models.CheckConstraint(condition=models.Q(('connections_affected__range', (0, 1000000)), ('households_affected__range', (0, 1000000)), ('estimated_cost__range', (0, 1000000000000))), name='damage_limits', violation_error_message='Isi angka antara 0 dan 1.000.000. Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya.')],
                    },
                ),
                migrations.CreateModel(
                    name='ActivityFunding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount', records.models.figures.RupiahField(verbose_name='jumlah (Rp)')),
                        ('security', models.CharField(choices=[('diusulkan', 'Diusulkan'), ('rkp', 'Masuk RKP Desa'), ('apbdes', 'Masuk APBDes/DPA'), ('cair', 'Cair'), ('tidak', 'Tidak didanai')], default='diusulkan', max_length=10, verbose_name='kepastian')),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fundings', to='plans.activity', verbose_name='kegiatan')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fundings', to='plans.fundingsource', verbose_name='sumber dana')),
                    ],
                    options={
                        'verbose_name': 'pendanaan kegiatan',
                        'verbose_name_plural': 'pendanaan kegiatan',
                        'ordering': ['source__order', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('activity', 'source'), name='activity_source_once', violation_error_message='Sumber dana ini sudah dipakai pada kegiatan itu.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='activity_funding_positive', violation_error_message='Jumlah dari sebuah sumber dana harus lebih dari nol.'), models.CheckConstraint(condition=models.Q(('amount__range', (0, 1000000000000))), name='activity_funding_limits', violation_error_message='Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya.')],
                    },
                ),
                migrations.CreateModel(
                    name='PlanStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('action', models.CharField(choices=[('submit', 'Diajukan'), ('check', 'Diperiksa'), ('approve', 'Disetujui'), ('return', 'Dikembalikan'), ('supersede', 'Digantikan'), ('withdraw', 'Persetujuan dicabut'), ('restore', 'Berlaku kembali')], max_length=10, verbose_name='langkah')),
                        ('on', models.DateField(verbose_name='tanggal')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('note', models.TextField(blank=True, verbose_name='catatan')),
                        ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='nama penanda tangan')),
                        ('signer_office', models.CharField(blank=True, max_length=120, verbose_name='jabatan penanda tangan')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='tanggal tanda tangan')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                        ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.planscan', verbose_name='pindaian')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.workplan', verbose_name='rencana kerja')),
                    ],
                    options={
                        'verbose_name': 'langkah rencana kerja',
                        'verbose_name_plural': 'langkah rencana kerja',
                        'ordering': ['on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('scan', None), ('signed_on', None), ('signer_name', ''), ('signer_office', '')), models.Q(('action', 'approve'), ('scan__isnull', False), ('signed_on__isnull', False), models.Q(('signer_name', ''), _negated=True), models.Q(('signer_office', ''), _negated=True)), _connector='OR'), name='plan_step_signed_whole', violation_error_message='Persetujuan dari naskah mempunyai pindaian, nama, jabatan, dan tanggalnya.')],
                    },
                ),
                migrations.CreateModel(
                    name='DamagePhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='foto')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='plans.damagereport', verbose_name='laporan kerusakan')),
                    ],
                    options={
                        'verbose_name': 'foto kerusakan',
                        'verbose_name_plural': 'foto kerusakan',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='DamageStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('dilaporkan', 'Dilaporkan'), ('diperiksa', 'Diperiksa'), ('diperbaiki', 'Diperbaiki'), ('berfungsi', 'Berfungsi kembali')], max_length=10, verbose_name='keadaan')),
                        ('on', models.DateField(verbose_name='tanggal')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.damagereport', verbose_name='laporan kerusakan')),
                    ],
                    options={
                        'verbose_name': 'langkah kerusakan',
                        'verbose_name_plural': 'langkah kerusakan',
                        'ordering': ['on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressFunding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cost', records.models.figures.RupiahField(verbose_name='biaya (Rp)')),
                        ('progress', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fundings', to='plans.activityprogress', verbose_name='realisasi')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.fundingsource', verbose_name='sumber dana')),
                    ],
                    options={
                        'verbose_name': 'biaya realisasi',
                        'verbose_name_plural': 'biaya realisasi',
                        'ordering': ['source__order', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('progress', 'source'), name='progress_source_once', violation_error_message='Sumber dana ini sudah terisi pada realisasi itu.'), models.CheckConstraint(condition=models.Q(('cost__range', (0, 1000000000000))), name='progress_funding_limits', violation_error_message='Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya.')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='foto')),
                        ('progress', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='plans.activityprogress', verbose_name='realisasi')),
                    ],
                    options={
                        'verbose_name': 'foto realisasi',
                        'verbose_name_plural': 'foto realisasi',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
