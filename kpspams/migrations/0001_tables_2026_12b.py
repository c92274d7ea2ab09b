import django.db.models.deletion
import django.utils.timezone
import records.create_models
import records.models.figures
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables_2026_12b'),
        ('records', '0001_tables_2026_12b'),
        ('villages', '0001_tables_2026_12b'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Association',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('name', models.CharField(max_length=120, verbose_name='nama')),
                        ('formed_on', models.DateField(blank=True, null=True, verbose_name='tanggal pembentukan')),
                        ('dissolved_on', models.DateField(blank=True, null=True, verbose_name='tanggal bubar')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='associations', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'asosiasi',
                        'verbose_name_plural': 'asosiasi',
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'name'), name='association_once', violation_error_message='Asosiasi dengan nama ini sudah ada di kabupaten itu.'), models.CheckConstraint(condition=models.Q(('dissolved_on', None), ('dissolved_on__gte', models.F('formed_on')), _connector='OR'), name='association_in_order', violation_error_message='Tanggal bubar tidak boleh sebelum tanggal pembentukan.')],
                    },
                ),
                migrations.CreateModel(
                    name='KpspamsGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('name', models.CharField(help_text='Tanpa kata KPSPAMS, misalnya "Tirta Jaya".', max_length=120, verbose_name='nama kelompok')),
                        ('is_pamsimas', models.BooleanField(default=True, verbose_name='kelompok Pamsimas')),
                        ('legal_form', models.CharField(blank=True, choices=[('lkd', 'Lembaga Kemasyarakatan Desa'), ('ormas', 'Organisasi kemasyarakatan'), ('perkumpulan', 'Perkumpulan (akta notaris)'), ('bumdes', 'Unit BUMDes'), ('lain', 'Lainnya')], max_length=12, verbose_name='bentuk hukum')),
                        ('hamlets', models.CharField(blank=True, max_length=200, verbose_name='dusun layanan')),
                        ('formed_on', models.DateField(blank=True, null=True, verbose_name='tanggal pembentukan')),
                        ('dissolved_on', models.DateField(blank=True, null=True, verbose_name='tanggal bubar')),
                        ('bank_name', models.CharField(blank=True, max_length=60, verbose_name='nama bank')),
                        ('bank_account', models.CharField(blank=True, max_length=40, verbose_name='nomor rekening atas nama kelompok')),
                        ('search_key', models.CharField(db_index=True, editable=False, max_length=160)),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='villages.programme', verbose_name='sumber program')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'KPSPAMS',
                        'verbose_name_plural': 'KPSPAMS',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('village', 'name'), name='group_name_once', violation_error_message='KPSPAMS dengan nama ini sudah ada di desa itu.'), models.CheckConstraint(condition=models.Q(('dissolved_on', None), ('dissolved_on__gte', models.F('formed_on')), _connector='OR'), name='group_dates_in_order', violation_error_message='Tanggal bubar tidak boleh sebelum tanggal pembentukan.')],
                    },
                ),
                migrations.CreateModel(
                    name='AssociationMeeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('held_on', models.DateField(verbose_name='tanggal')),
                        ('place', models.CharField(blank=True, max_length=160, verbose_name='tempat')),
                        ('topic', models.CharField(max_length=200, verbose_name='pokok bahasan')),
                        ('attended', records.models.figures.CountField(blank=True, null=True, verbose_name='jumlah hadir (orang)')),
                        ('decisions', models.TextField(blank=True, verbose_name='hasil/keputusan')),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='kpspams.association', verbose_name='asosiasi')),
                        ('minutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='notulen')),
                    ],
                    options={
                        'verbose_name': 'rapat asosiasi',
                        'verbose_name_plural': 'rapat asosiasi',
                        'ordering': ['-held_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('attended__range', (0, 1000000))), name='association_meeting_limits', violation_error_message='Isi angka antara 0 dan 1.000.000.')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupFacility',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('starts_on', models.DateField(verbose_name='sejak')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                        ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operators', to='villages.facility', verbose_name='sarana')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operated', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                    ],
                    options={
                        'verbose_name': 'sarana yang dikelola',
                        'verbose_name_plural': 'sarana yang dikelola',
                        'ordering': ['-starts_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='group_facility_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('group', 'facility'), name='group_facility_one_open', violation_error_message='Kelompok ini sudah tercatat mengelola sarana itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('checked_on', models.DateField(verbose_name='tanggal pemeriksaan')),
                        ('active', models.BooleanField(default=True, verbose_name='masih aktif')),
                        ('bookkeeping', models.CharField(blank=True, choices=[('tidak_ada', 'Tidak ada'), ('tidak_lengkap', 'Tidak lengkap'), ('lengkap', 'Lengkap')], max_length=14, verbose_name='pembukuan')),
                        ('has_asset_list', models.BooleanField(blank=True, null=True, verbose_name='daftar aset')),
                        ('fee_system', models.CharField(blank=True, choices=[('tidak_ada', 'Tidak ada'), ('tetap', 'Tetap'), ('meter', 'Meter')], max_length=10, verbose_name='sistem iuran')),
                        ('base_fee', records.models.figures.RupiahField(blank=True, null=True, verbose_name='abonemen per bulan (Rp)')),
                        ('tariff', records.models.figures.RupiahField(blank=True, null=True, verbose_name='tarif per m³ (Rp)')),
                        ('payers', records.models.figures.CountField(blank=True, null=True, verbose_name='pembayar iuran (SR)')),
                        ('income', records.models.figures.RupiahField(blank=True, null=True, verbose_name='penerimaan per bulan (Rp)')),
                        ('operating_cost', records.models.figures.RupiahField(blank=True, null=True, verbose_name='BOP per bulan (Rp)')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                    ],
                    options={
                        'verbose_name': 'pemeriksaan kelompok',
                        'verbose_name_plural': 'pemeriksaan kelompok',
                        'ordering': ['-checked_on', '-pk'],
                        'indexes': [models.Index(fields=['group', '-checked_on', '-id'], name='group_check_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('base_fee__range', (0, 1000000000000)), ('tariff__range', (0, 1000000000000)), ('payers__range', (0, 1000000)), ('income__range', (0, 1000000000000)), ('operating_cost__range', (0, 1000000000000))), name='group_check_limits', violation_error_message='Angka ini melebihi Rp1 triliun. Periksa jumlah nolnya. Isi angka antara 0 dan 1.000.000.')],
                    },
                ),
                migrations.CreateModel(
                    name='AssociationMembership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('starts_on', models.DateField(verbose_name='bergabung')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='keluar')),
                        ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='kpspams.association', verbose_name='asosiasi')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='association_memberships', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                    ],
                    options={
                        'verbose_name': 'keanggotaan asosiasi',
                        'verbose_name_plural': 'keanggotaan asosiasi',
                        'ordering': ['starts_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='association_membership_in_order', violation_error_message='Tanggal keluar tidak boleh sebelum tanggal bergabung.'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('association', 'group'), name='association_membership_one_open', violation_error_message='Kelompok ini masih menjadi anggota asosiasi itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='LegalDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('kind', models.CharField(choices=[('sk', 'SK Kepala Desa'), ('adart', 'AD/ART'), ('perdes', 'Perdes'), ('akta', 'Akta')], max_length=6, verbose_name='jenis')),
                        ('number', models.CharField(blank=True, max_length=80, verbose_name='nomor')),
                        ('dated_on', models.DateField(blank=True, null=True, verbose_name='tanggal')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('in_process', models.BooleanField(default=False, verbose_name='dalam proses')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                        ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='pindaian')),
                    ],
                    options={
                        'verbose_name': 'dokumen',
                        'verbose_name_plural': 'dokumen',
                        'ordering': ['kind', '-dated_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('dated_on')), _connector='OR'), name='legal_document_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal dokumen.'), models.CheckConstraint(condition=models.Q(('in_process', True), ('dated_on__isnull', False), _connector='OR'), name='legal_document_dated_or_in_process', violation_error_message='Isi tanggal dokumen, atau centang dalam proses.')],
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('starts_on', models.DateField(verbose_name='mulai')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                        ('post', models.CharField(choices=[('PMB', 'Pembina/Penasihat'), ('PGW', 'Pengawas'), ('KET', 'Ketua'), ('WKL', 'Wakil Ketua'), ('SEK', 'Sekretaris'), ('BEN', 'Bendahara'), ('TEK', 'Seksi Teknik'), ('OPR', 'Operator'), ('KES', 'Seksi Kesehatan'), ('PEL', 'Seksi Pelayanan Pelanggan'), ('PSM', 'Seksi Peran Serta Masyarakat'), ('ANG', 'Anggota')], max_length=3, verbose_name='jabatan')),
                        ('title', models.CharField(blank=True, max_length=80, verbose_name='sebutan menurut SK')),
                        ('acting', models.BooleanField(default=False, verbose_name='pelaksana tugas (Plt.)')),
                        ('appointed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='kpspams.legaldocument', verbose_name='diangkat dengan')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='villages.person', verbose_name='orang')),
                    ],
                    options={
                        'verbose_name': 'pengurus',
                        'verbose_name_plural': 'pengurus',
                        'ordering': ['group', '-starts_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='member_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'), models.UniqueConstraint(fields=('group', 'person', 'post', 'starts_on'), name='member_once', violation_error_message='Jabatan ini sudah tercatat untuk orang itu mulai tanggal itu.'), models.UniqueConstraint(condition=models.Q(('ends_on', None), ('post__in', ['KET', 'SEK', 'BEN'])), fields=('group', 'post'), name='member_one_open_core_post', violation_error_message='Jabatan ini masih diisi orang lain. Akhiri dahulu jabatan yang lama.')],
                    },
                ),
            ],
        ),
    ]
