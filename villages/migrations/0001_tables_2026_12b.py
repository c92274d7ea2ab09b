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
        ('accounts', '0001_tables_2026_12b'),
        ('records', '0001_tables_2026_12b'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='kode')),
                        ('name', models.CharField(max_length=120, verbose_name='nama')),
                    ],
                    options={
                        'verbose_name': 'program',
                        'verbose_name_plural': 'program',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='Target',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('indicator', models.CharField(choices=[('jiwa', 'Jiwa terlayani (%)'), ('kk', 'KK terlayani (%)'), ('sr', 'SR aktif (unit)'), ('spam', 'SPAM berfungsi (%)')], max_length=6, verbose_name='indikator')),
                        ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='tahun')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(1000000, 'Isi angka antara 0 dan 1.000.000.')], verbose_name='target')),
                        ('source', models.CharField(blank=True, help_text='Misalnya RPJMD atau Renstra.', max_length=160, verbose_name='sumber')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'target',
                        'verbose_name_plural': 'target',
                        'ordering': ['-year', 'indicator'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'indicator', 'year'), name='target_once', violation_error_message='Target indikator ini sudah tercatat untuk tahun itu.'), models.CheckConstraint(condition=models.Q(('indicator', 'sr'), ('value__lte', 100), _connector='OR'), name='target_value', violation_error_message='Target persentase paling tinggi 100.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100)), ('value__range', (0, 1000000))), name='target_limits', violation_error_message='Isi tahun antara 2000 dan 2100. Isi angka antara 0 dan 1.000.000.')],
                    },
                ),
                migrations.CreateModel(
                    name='Village',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('code', models.CharField(error_messages={'unique': 'Desa dengan kode ini sudah ada.'}, max_length=13, unique=True, validators=[django.core.validators.RegexValidator('^\\d\\d\\.\\d\\d\\.\\d\\d\\.\\d{4}$', 'Tulis kode desa seperti 18.11.01.2001.')], verbose_name='kode wilayah')),
                        ('edition', models.CharField(blank=True, help_text='Keputusan yang memuat kode ini.', max_length=80, verbose_name='edisi kode')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('search_key', models.CharField(db_index=True, editable=False, max_length=100)),
                        ('postal_code', models.CharField(blank=True, max_length=5, verbose_name='kode pos')),
                        ('households', records.models.figures.CountField(blank=True, null=True, verbose_name='jumlah KK')),
                        ('people', records.models.figures.CountField(blank=True, null=True, verbose_name='jumlah jiwa')),
                        ('figures_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='tahun data penduduk')),
                        ('lat', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(-90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.'), django.core.validators.MaxValueValidator(90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.')], verbose_name='lintang')),
                        ('lng', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(-180, 'Bujur harus antara -180 dan 180.'), django.core.validators.MaxValueValidator(180, 'Bujur harus antara -180 dan 180.')], verbose_name='bujur')),
                        ('subdistrict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='accounts.subdistrict', verbose_name='kecamatan')),
                    ],
                    options={
                        'verbose_name': 'desa',
                        'verbose_name_plural': 'desa',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lng', None)), models.Q(('lat__isnull', False), ('lat__range', (-90, 90)), ('lng__isnull', False), ('lng__range', (-180, 180))), _connector='OR'), name='village_point_whole_and_on_earth', violation_error_message='Isi lintang (-90 s.d. 90) dan bujur (-180 s.d. 180), atau kosongkan keduanya.'), models.CheckConstraint(condition=models.Q(('households__range', (0, 1000000)), ('people__range', (0, 1000000)), ('figures_year__range', (2000, 2100))), name='village_limits', violation_error_message='Isi angka antara 0 dan 1.000.000. Isi tahun antara 2000 dan 2100.'), models.CheckConstraint(condition=models.Q(models.Q(('households', None), ('people', None)), ('figures_year__isnull', False), _connector='OR'), name='village_figures_have_a_year', violation_error_message='Isi tahun data penduduk untuk jumlah KK dan jiwa.')],
                    },
                ),
                migrations.CreateModel(
                    name='Facility',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('name', models.CharField(max_length=120, verbose_name='nama')),
                        ('technology', models.CharField(choices=[('mata_air_gravitasi', 'Penangkap mata air gravitasi'), ('mata_air_pompa', 'Penangkap mata air dengan pompa'), ('permukaan_gravitasi', 'Pengolahan air permukaan gravitasi'), ('permukaan_pompa', 'Pengolahan air permukaan dengan pompa'), ('sumur_bor', 'Sumur bor dalam dengan pompa'), ('sumur_gali', 'Sumur gali dengan pompa'), ('tapping', 'Tapping (sambungan) PDAM'), ('lain', 'Lainnya')], default='sumur_bor', max_length=20, verbose_name='jenis opsi')),
                        ('energy', models.CharField(blank=True, choices=[('gravitasi', 'Gravitasi'), ('listrik', 'Listrik'), ('genset', 'Genset'), ('surya', 'Tenaga surya'), ('hidran', 'Pompa hidran'), ('lain', 'Lainnya')], max_length=10, verbose_name='sumber energi')),
                        ('capacity_lps', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(10000, 'Isi angka antara 0 dan 10.000.')], verbose_name='kapasitas (L/detik)')),
                        ('reservoir_m3', models.DecimalField(blank=True, decimal_places=1, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100000, 'Isi angka antara 0 dan 100.000.')], verbose_name='reservoir (m³)')),
                        ('built_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1970, 'Isi tahun antara 1970 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 1970 dan 2100.')], verbose_name='tahun dibangun')),
                        ('funder', models.CharField(blank=True, choices=[('pamsimas', 'Pamsimas'), ('dak', 'DAK'), ('apbd', 'APBD'), ('apbdes', 'APBDes'), ('swasta', 'Swasta/CSR'), ('lain', 'Lainnya')], max_length=10, verbose_name='sumber dana pembangunan')),
                        ('lat', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(-90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.'), django.core.validators.MaxValueValidator(90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.')], verbose_name='lintang')),
                        ('lng', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(-180, 'Bujur harus antara -180 dan 180.'), django.core.validators.MaxValueValidator(180, 'Bujur harus antara -180 dan 180.')], verbose_name='bujur')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facilities', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'sarana (SPAM)',
                        'verbose_name_plural': 'sarana (SPAM)',
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(fields=('village', 'name'), name='facility_name_once', violation_error_message='Sarana dengan nama ini sudah ada di desa itu.'), models.CheckConstraint(condition=models.Q(('capacity_lps__range', (0, 10000)), ('reservoir_m3__range', (0, 100000)), ('built_year__range', (1970, 2100))), name='facility_limits', violation_error_message='Isi angka antara 0 dan 10.000. Isi angka antara 0 dan 100.000. Isi tahun antara 1970 dan 2100.'), models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lng', None)), models.Q(('lat__isnull', False), ('lat__range', (-90, 90)), ('lng__isnull', False), ('lng__range', (-180, 180))), _connector='OR'), name='facility_point_whole_and_on_earth', violation_error_message='Isi lintang (-90 s.d. 90) dan bujur (-180 s.d. 180), atau kosongkan keduanya.')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('hamlet', models.CharField(blank=True, max_length=60, verbose_name='dusun')),
                        ('institution', models.CharField(blank=True, max_length=120, verbose_name='instansi')),
                        ('name', models.CharField(help_text='Nama lengkap seperti tertulis; satu kata pun cukup.', max_length=120, verbose_name='nama')),
                        ('sex', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan')], max_length=1, verbose_name='L/P')),
                        ('phone', models.CharField(blank=True, max_length=16, validators=[django.core.validators.RegexValidator('^\\+\\d{8,15}$', 'Tulis nomor HP seperti 0812 3456 7890.')], verbose_name='nomor HP')),
                        ('search_key', models.CharField(db_index=True, editable=False, max_length=140)),
                        ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dihapus pada')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='accounts.district', verbose_name='kabupaten')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_rows', to='villages.person', verbose_name='digabung ke')),
                        ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'orang',
                        'verbose_name_plural': 'orang',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='person_not_merged_into_itself', violation_error_message='Orang tidak dapat digabung ke dirinya sendiri.')],
                    },
                ),
                migrations.CreateModel(
                    name='TimelineEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('step', models.CharField(max_length=120, verbose_name='langkah')),
                        ('on', models.DateField(verbose_name='tanggal')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='lampiran')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='timeline', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'langkah siklus',
                        'verbose_name_plural': 'langkah siklus',
                        'ordering': ['on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='SanitationMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('pillar', models.PositiveSmallIntegerField(choices=[(1, '1. Stop BABS (ODF)'), (2, '2. Cuci tangan pakai sabun'), (3, '3. Air minum dan makanan rumah tangga'), (4, '4. Sampah rumah tangga'), (5, '5. Limbah cair rumah tangga')], verbose_name='pilar STBM')),
                        ('on', models.DateField(verbose_name='tercapai pada')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanitation_marks', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'capaian STBM',
                        'verbose_name_plural': 'capaian STBM',
                        'ordering': ['pillar'],
                        'constraints': [models.UniqueConstraint(fields=('village', 'pillar'), name='sanitation_mark_once', violation_error_message='Pilar ini sudah tercatat untuk desa itu. Ubah catatan yang ada.'), models.CheckConstraint(condition=models.Q(('pillar__range', (1, 5))), name='sanitation_mark_pillar', violation_error_message='Pilih pilar 1 sampai 5.')],
                    },
                ),
                migrations.CreateModel(
                    name='GrantAward',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('fiscal_year', models.PositiveSmallIntegerField(db_index=True, validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='tahun anggaran (TA)')),
                        ('scheme', models.CharField(choices=[('reguler', 'Reguler'), ('hid', 'HID'), ('hik', 'HIK'), ('hkp', 'HKP'), ('hamp', 'HAMP'), ('lain', 'Lainnya')], default='reguler', max_length=10, verbose_name='skema')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='villages.programme', verbose_name='program')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'desa penerima',
                        'verbose_name_plural': 'desa penerima',
                        'ordering': ['-fiscal_year'],
                        'constraints': [models.UniqueConstraint(fields=('village', 'programme', 'fiscal_year', 'scheme'), name='grant_award_once', violation_error_message='Bantuan ini sudah tercatat untuk desa dan tahun itu.'), models.CheckConstraint(condition=models.Q(('fiscal_year__range', (2000, 2100))), name='grant_award_limits', violation_error_message='Isi tahun antara 2000 dan 2100.')],
                    },
                ),
                migrations.CreateModel(
                    name='Assignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('starts_on', models.DateField(verbose_name='mulai')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='fasilitator')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'penugasan',
                        'verbose_name_plural': 'penugasan',
                        'ordering': ['-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assignment_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'), models.UniqueConstraint(fields=('user', 'village', 'starts_on'), name='assignment_once', violation_error_message='Penugasan ini sudah tercatat mulai tanggal itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='VillageName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('code', models.CharField(blank=True, max_length=13, verbose_name='kode wilayah')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='berlaku mulai')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('source', models.CharField(blank=True, max_length=120, verbose_name='sumber')),
                        ('search_key', models.CharField(db_index=True, editable=False, max_length=100)),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'nama lain desa',
                        'verbose_name_plural': 'nama lain desa',
                        'ordering': ['-valid_until', 'name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='village_name_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'), models.UniqueConstraint(fields=('village', 'name', 'code'), name='village_name_once', violation_error_message='Nama dan kode ini sudah tercatat untuk desa itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='Asset',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('kind', models.CharField(choices=[('pma', 'PMA (broncaptering)'), ('sumur_gali', 'Sumur gali'), ('sumur_bor_dalam', 'Sumur bor dalam'), ('sumur_bor_dangkal', 'Sumur bor dangkal'), ('tapping', 'Tapping PDAM'), ('intake', 'Intake'), ('saringan', 'Saringan pasir lambat'), ('galeri', 'Galeri infiltrasi'), ('pah', 'Bak penampung air hujan'), ('menara', 'Menara air'), ('hu', 'Hidran umum'), ('sr', 'SR'), ('bak', 'Bak penampung'), ('ku', 'Kran umum'), ('transmisi', 'Pipa transmisi'), ('distribusi', 'Pipa distribusi'), ('bpt', 'BPT'), ('katup', 'Katup dan rumah katup'), ('pelepas', 'Katup pelepas'), ('pompa', 'Pompa dan rumah pompa'), ('perlintasan', 'Perlintasan jalan'), ('gorong', 'Gorong-gorong pipa'), ('thrust', 'Thrust block'), ('ctps', 'CTPS'), ('spal', 'SPAL'), ('jamban_sekolah', 'Jamban sekolah'), ('jamban', 'Jamban keluarga'), ('mck', 'MCK'), ('sampah', 'Tempat sampah terpilah'), ('lain', 'Lainnya')], max_length=20, verbose_name='jenis aset')),
                        ('note', models.CharField(blank=True, max_length=120, verbose_name='keterangan')),
                        ('units', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1, 'Isi angka antara 1 dan 1.000.000.'), django.core.validators.MaxValueValidator(1000000, 'Isi angka antara 1 dan 1.000.000.')], verbose_name='jumlah unit')),
                        ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='villages.facility', verbose_name='sarana')),
                    ],
                    options={
                        'verbose_name': 'aset',
                        'verbose_name_plural': 'aset',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('facility', 'kind', 'note'), name='asset_once', violation_error_message='Aset ini sudah tercatat. Bedakan dengan keterangan, atau ubah yang ada.'), models.CheckConstraint(condition=models.Q(('units__range', (1, 1000000))), name='asset_limits', violation_error_message='Isi angka antara 1 dan 1.000.000.')],
                    },
                ),
                migrations.CreateModel(
                    name='ConditionCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('checked_on', models.DateField(verbose_name='tanggal pemeriksaan')),
                        ('functioning', models.CharField(choices=[('berfungsi', 'Berfungsi'), ('sebagian', 'Berfungsi sebagian'), ('tidak', 'Tidak berfungsi')], help_text='Ukur dari layanan yang hilang, bukan jumlah pipa.', max_length=10, verbose_name='keberfungsian')),
                        ('cause', models.CharField(blank=True, max_length=250, verbose_name='penyebab/catatan')),
                        ('checked_by', models.CharField(max_length=120, verbose_name='diperiksa oleh')),
                        ('connections_active', records.models.figures.CountField(blank=True, null=True, verbose_name='SR aktif')),
                        ('connections_inactive', records.models.figures.CountField(blank=True, null=True, verbose_name='SR tidak aktif')),
                        ('taps', records.models.figures.CountField(blank=True, null=True, verbose_name='HU/KU')),
                        ('households', records.models.figures.CountField(blank=True, null=True, verbose_name='KK terlayani')),
                        ('people', records.models.figures.CountField(blank=True, null=True, verbose_name='jiwa terlayani')),
                        ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(24, 'Isi jam antara 0 dan 24.')], verbose_name='jam layanan per hari')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                        ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='villages.facility', verbose_name='sarana')),
                    ],
                    options={
                        'verbose_name': 'pemeriksaan sarana',
                        'verbose_name_plural': 'pemeriksaan sarana',
                        'ordering': ['-checked_on', '-pk'],
                        'indexes': [models.Index(fields=['facility', '-checked_on', '-id'], name='check_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('connections_active__range', (0, 1000000)), ('connections_inactive__range', (0, 1000000)), ('taps__range', (0, 1000000)), ('households__range', (0, 1000000)), ('people__range', (0, 1000000)), ('hours__range', (0, 24))), name='condition_check_limits', violation_error_message='Isi angka antara 0 dan 1.000.000. Isi jam antara 0 dan 24.')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonApart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.person', verbose_name='orang')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='villages.person', verbose_name='orang lain')),
                    ],
                    options={
                        'verbose_name': 'dua orang berbeda',
                        'verbose_name_plural': 'dua orang berbeda',
                        'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='person_apart_in_order', violation_error_message='Sebutkan dua orang yang berlainan.'), models.UniqueConstraint(fields=('first', 'second'), name='person_apart_once', violation_error_message='Sudah tercatat bahwa keduanya orang yang berbeda.')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonMatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('input_key', models.CharField(max_length=300, verbose_name='kunci masukan')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='person_matches', to='accounts.district', verbose_name='kabupaten')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='villages.person', verbose_name='orang')),
                    ],
                    options={
                        'verbose_name': 'padanan nama',
                        'verbose_name_plural': 'padanan nama',
                        'constraints': [models.UniqueConstraint(fields=('district', 'input_key'), name='person_match_once', violation_error_message='Padanan untuk nama ini sudah ada.')],
                    },
                ),
                migrations.CreateModel(
                    name='VillageOfficial',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('starts_on', models.DateField(verbose_name='mulai')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                        ('office', models.CharField(choices=[('kepala', 'Kepala Desa'), ('sekretaris', 'Sekretaris Desa'), ('bpd', 'Ketua BPD')], max_length=12, verbose_name='jabatan')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='villages.person', verbose_name='orang')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officials', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'pejabat desa',
                        'verbose_name_plural': 'pejabat desa',
                        'ordering': ['office', '-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='village_official_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('village', 'office'), name='village_official_one_open', violation_error_message='Jabatan ini masih diisi orang lain. Akhiri dahulu jabatan yang lama.')],
                    },
                ),
                migrations.CreateModel(
                    name='WaterTest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('sampled_on', models.DateField(verbose_name='tanggal pengambilan contoh')),
                        ('lab', models.CharField(blank=True, max_length=120, verbose_name='laboratorium')),
                        ('fit', models.BooleanField(verbose_name='memenuhi syarat')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('facility', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='water_tests', to='villages.facility', verbose_name='sarana')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='hasil laboratorium')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='water_tests', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'uji kualitas air',
                        'verbose_name_plural': 'uji kualitas air',
                        'ordering': ['-sampled_on', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AssetCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('checked_on', models.DateField(verbose_name='tanggal pemeriksaan')),
                        ('functioning', models.CharField(choices=[('berfungsi', 'Berfungsi'), ('sebagian', 'Berfungsi sebagian'), ('tidak', 'Tidak berfungsi')], max_length=10, verbose_name='keberfungsian')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('checked_by', models.CharField(max_length=120, verbose_name='diperiksa oleh')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='villages.asset', verbose_name='aset')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                    ],
                    options={
                        'verbose_name': 'pemeriksaan aset',
                        'verbose_name_plural': 'pemeriksaan aset',
                        'ordering': ['-checked_on', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CheckPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='foto')),
                        ('check_row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='villages.conditioncheck', verbose_name='pemeriksaan')),
                    ],
                    options={
                        'verbose_name': 'foto pemeriksaan',
                        'verbose_name_plural': 'foto pemeriksaan',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
