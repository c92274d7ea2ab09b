import accounts.models.offices
import accounts.roles
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import records.create_models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='District',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(error_messages={'unique': 'Kabupaten dengan kode ini sudah ada.'}, max_length=5, unique=True, validators=[django.core.validators.RegexValidator('^\\d\\d\\.\\d\\d$', 'Tulis kode kabupaten seperti 18.11.')], verbose_name='kode wilayah')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('province', models.CharField(max_length=80, verbose_name='provinsi')),
                    ],
                    options={
                        'verbose_name': 'kabupaten',
                        'verbose_name_plural': 'kabupaten',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='LoginBucket',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80, unique=True, verbose_name='kunci')),
                        ('tokens', models.FloatField(verbose_name='sisa percobaan')),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='dihitung pada')),
                    ],
                    options={
                        'verbose_name': 'rem masuk',
                        'verbose_name_plural': 'rem masuk',
                        'constraints': [models.CheckConstraint(condition=models.Q(('tokens__gte', 0)), name='login_bucket_never_below_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Subdistrict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=8, unique=True, validators=[django.core.validators.RegexValidator('^\\d\\d\\.\\d\\d\\.\\d\\d$', 'Tulis kode kecamatan seperti 18.11.01.')], verbose_name='kode wilayah')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subdistricts', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'kecamatan',
                        'verbose_name_plural': 'kecamatan',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(error_messages={'unique': 'Nama pengguna ini sudah dipakai. Pilih nama lain.'}, max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9._-]+$', 'Pakai huruf kecil, angka, titik, garis bawah, atau tanda hubung.')], verbose_name='nama pengguna')),
                        ('name', models.CharField(max_length=120, verbose_name='nama lengkap')),
                        ('role', models.CharField(choices=accounts.roles.choices, max_length=12, verbose_name='peran')),
                        ('facilitator_type', models.CharField(blank=True, choices=[('fm', 'Fasilitator Masyarakat'), ('fs', 'Fasilitator Senior'), ('fk', 'Fasilitator Keberlanjutan'), ('staf', 'Staf DPMU/Tenaga Pendamping'), ('kader', 'Kader AMPL'), ('asosiasi', 'Petugas Asosiasi')], max_length=10, verbose_name='jenis fasilitator')),
                        ('all_districts', models.BooleanField(default=False, verbose_name='semua kabupaten')),
                        ('may_approve', models.BooleanField(default=False, verbose_name='berhak menyetujui rencana kerja')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('email', models.EmailField(blank=True, help_text='Dipakai hanya untuk pengingat, bila Anda memintanya.', max_length=254, verbose_name='pos-el')),
                        ('phone', models.CharField(blank=True, help_text='Dipakai staf DPMU untuk menyiapkan pesan WhatsApp kepada fasilitator.', max_length=16, validators=[django.core.validators.RegexValidator('^\\+\\d{8,15}$', 'Tulis nomor HP seperti 0812 3456 7890.')], verbose_name='nomor HP')),
                        ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                        ('password_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kata sandi sementara berlaku sampai')),
                        ('password_used_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kata sandi sementara dipakai')),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dibuat pada')),
                        ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.district', verbose_name='kabupaten')),
                        ('subdistrict', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='accounts.subdistrict', verbose_name='kecamatan')),
                    ],
                    options={
                        'verbose_name': 'pengguna',
                        'verbose_name_plural': 'pengguna',
                        'ordering': ['name', 'username'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('all_districts', True), ('district', None)), models.Q(('all_districts', False), ('district__isnull', False)), _connector='OR'), name='user_one_district_or_all', violation_error_message='Pilih satu kabupaten, atau centang semua kabupaten.'), models.CheckConstraint(condition=models.Q(('role', 'facilitator'), ('facilitator_type', ''), _connector='OR'), name='user_facilitator_type_only_there', violation_error_message='Jenis fasilitator hanya diisi untuk peran Fasilitator.'), models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', False), ('role', 'camat'), ('subdistrict__isnull', False)), models.Q(models.Q(('role', 'camat'), _negated=True), ('subdistrict', None)), _connector='OR'), name='user_subdistrict_of_camat', violation_error_message='Peran Camat mempunyai satu kabupaten dan satu kecamatan, peran lain tidak.'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'camat'), _negated=True), ('may_approve', False), _connector='OR'), name='user_camat_approves_nothing', violation_error_message='Camat hanya melihat. Hapus centang ini, atau pilih peran lain.'), models.CheckConstraint(condition=models.Q(('password_used_at', None), ('password_until__isnull', False), _connector='OR'), name='user_temporary_password_used', violation_error_message='Hanya kata sandi sementara yang dicatat pemakaiannya.')],
                    },
                ),
                migrations.CreateModel(
                    name='DistrictSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('plan_proposal_deadline', models.CharField(default='30-06', max_length=5, validators=[accounts.models.offices.validate_day_month], verbose_name='batas usulan rencana kerja tahun depan')),
                        ('plan_deadline', models.CharField(default='31-01', max_length=5, validators=[accounts.models.offices.validate_day_month], verbose_name='batas rencana kerja')),
                        ('recorded_since', models.PositiveSmallIntegerField(default=2017, validators=[django.core.validators.MinValueValidator(2000, 'Isi tahun antara 2000 dan 2100.'), django.core.validators.MaxValueValidator(2100, 'Isi tahun antara 2000 dan 2100.')], verbose_name='dicatat mulai TA')),
                        ('women_share', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='ambang keterwakilan perempuan (%)')),
                        ('certificate_share', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='ambang sertifikat (% JP)')),
                        ('certificate_test_mark', models.PositiveSmallIntegerField(blank=True, help_text='Kosongkan bila sertifikat tidak bergantung pada nilai.', null=True, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='nilai post-test terendah untuk sertifikat')),
                        ('pass_mark', models.PositiveSmallIntegerField(default=70, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='ambang lulus pre-test dan post-test')),
                        ('honor_minutes', models.PositiveSmallIntegerField(default=60, help_text='Jam narasumber dihitung dari jadwal; tarif diisi tangan pada cetakan.', validators=[django.core.validators.MinValueValidator(30, 'Isi angka antara 30 dan 120.'), django.core.validators.MaxValueValidator(120, 'Isi angka antara 30 dan 120.')], verbose_name='menit dalam satu jam honorarium')),
                        ('spj_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(365, 'Isi angka antara 0 dan 365.')], verbose_name='batas SPJ (hari sesudah pelatihan)')),
                        ('grace_days', models.PositiveSmallIntegerField(default=90, help_text='Sekian hari sesudah penugasan berakhir, desa masih dapat dilihat dan diisi.', validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(365, 'Isi angka antara 0 dan 365.')], verbose_name='masa tenggang fasilitator (hari)')),
                        ('phone_on_sheet', models.BooleanField(default=False, verbose_name='cetak nomor HP pada daftar hadir')),
                        ('walk_in_rows', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(0, 'Angka ini tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 0 dan 100.')], verbose_name='baris kosong daftar hadir')),
                        ('plan_dpmu_label', models.CharField(default='Diketahui', max_length=30, verbose_name='sebutan tanda tangan DPMU pada rencana kerja')),
                        ('plan_approved_word', models.CharField(default='Diverifikasi', max_length=30, verbose_name='sebutan rencana kerja yang disetujui')),
                        ('plan_checked', models.BooleanField(default=False, help_text='Fasilitator menandai rencana kerja yang diajukan; tanda ini tidak menahan apa pun.', verbose_name='pakai tanda Diperiksa pada rencana kerja')),
                        ('public_page', models.BooleanField(default=False, help_text='Menampilkan tanpa masuk hanya angka yang sudah ditetapkan; tidak ada nama orang.', verbose_name='halaman umum terbuka')),
                        ('public_functioning', models.BooleanField(default=False, help_text='Sakelar kedua: berlaku bila halaman umum terbuka.', verbose_name='keadaan SPAM tiap desa pada halaman umum')),
                        ('retention_years', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1, 'Isi angka antara 1 dan 100.'), django.core.validators.MaxValueValidator(100, 'Isi angka antara 1 dan 100.')], verbose_name='masa simpan data pribadi (tahun)')),
                        ('south', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.'), django.core.validators.MaxValueValidator(90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.')], verbose_name='batas lintang selatan')),
                        ('north', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.'), django.core.validators.MaxValueValidator(90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.')], verbose_name='batas lintang utara')),
                        ('west', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-180, 'Bujur harus antara -180 dan 180.'), django.core.validators.MaxValueValidator(180, 'Bujur harus antara -180 dan 180.')], verbose_name='batas bujur barat')),
                        ('east', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-180, 'Bujur harus antara -180 dan 180.'), django.core.validators.MaxValueValidator(180, 'Bujur harus antara -180 dan 180.')], verbose_name='batas bujur timur')),
                        ('district', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settings_row', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'pengaturan kabupaten',
                        'verbose_name_plural': 'pengaturan kabupaten',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('east', None), ('north', None), ('south', None), ('west', None)), models.Q(('east__isnull', False), ('east__lte', 180), ('north__isnull', False), ('north__lte', 90), ('south__gte', -90), ('south__isnull', False), ('south__lt', models.F('north')), ('west__gte', -180), ('west__isnull', False), ('west__lt', models.F('east'))), _connector='OR'), name='district_bounds_whole_and_in_order', violation_error_message='Isi keempat batas titik peta, selatan lebih kecil daripada utara dan barat lebih kecil daripada timur; atau kosongkan keempatnya.'), models.CheckConstraint(condition=models.Q(('recorded_since__range', (2000, 2100)), ('women_share__range', (0, 100)), ('certificate_share__range', (0, 100)), ('certificate_test_mark__range', (0, 100)), ('pass_mark__range', (0, 100)), ('honor_minutes__range', (30, 120)), ('spj_days__range', (0, 365)), ('grace_days__range', (0, 365)), ('walk_in_rows__range', (0, 100)), ('retention_years__range', (1, 100))), name='district_settings_limits', violation_error_message='Isi tahun antara 2000 dan 2100. Isi angka antara 0 dan 100. Isi angka antara 30 dan 120. Isi angka antara 0 dan 365. Isi angka antara 1 dan 100.')],
                    },
                ),
                migrations.CreateModel(
                    name='OfficeProfile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                        ('government_line', models.CharField(help_text='Baris pertama kop.', max_length=120, verbose_name='baris pemerintah')),
                        ('office_name', models.CharField(help_text='Baris kedua kop, tercetak tebal.', max_length=160, verbose_name='nama dinas')),
                        ('short_name', models.CharField(blank=True, max_length=40, verbose_name='singkatan dinas')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='alamat')),
                        ('place', models.CharField(blank=True, max_length=60, verbose_name='kota penandatanganan')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='telepon')),
                        ('website', models.CharField(blank=True, max_length=80, verbose_name='laman')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='pos-el')),
                        ('postal_code', models.CharField(blank=True, max_length=5, verbose_name='kode pos')),
                        ('emblem', models.ImageField(blank=True, upload_to='emblems/', verbose_name='lambang daerah')),
                        ('paper', models.CharField(choices=[('F4', 'F4 (215 x 330 mm)'), ('A4', 'A4 (210 x 297 mm)')], default='F4', max_length=2, verbose_name='kertas surat dan formulir')),
                        ('secretariat_address', models.CharField(blank=True, help_text='Untuk surat dengan kop Sekretariat Daerah.', max_length=200, verbose_name='alamat Sekretariat Daerah')),
                        ('regent_address', models.CharField(blank=True, help_text='Untuk surat dengan kop Bupati.', max_length=200, verbose_name='alamat kantor Bupati')),
                        ('word_village', models.CharField(default='Desa', max_length=30, verbose_name='sebutan desa')),
                        ('word_village_head', models.CharField(default='Kepala Desa', max_length=40, verbose_name='sebutan kepala desa')),
                        ('word_dpmu', models.CharField(default='DPMU', max_length=60, verbose_name='sebutan DPMU')),
                        ('word_dinas', models.CharField(default='Dinas', max_length=40, verbose_name='sebutan dinas')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_profiles', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'profil kantor',
                        'verbose_name_plural': 'profil kantor',
                        'ordering': ['-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'valid_from'), name='office_profile_one_a_day', violation_error_message='Sudah ada profil kantor yang berlaku mulai tanggal itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='Signatory',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('slot', models.CharField(choices=[('dpmu_head', 'Ketua DPMU'), ('committee_head', 'Ketua Panitia/Pejabat pelaksana'), ('office_head', 'Kepala Dinas'), ('budget_user', 'PA/KPA'), ('pptk', 'PPTK'), ('finance_officer', 'PPK-SKPD'), ('treasurer', 'Bendahara Pengeluaran'), ('secretary', 'Sekretaris Daerah'), ('regent', 'Bupati')], max_length=20, verbose_name='tempat tanda tangan')),
                        ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                        ('title_line', models.CharField(help_text='Boleh memakai a.n., Plt., Plh.', max_length=120, verbose_name='jabatan yang tercetak')),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='nama')),
                        ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat/golongan')),
                        ('nip', models.CharField(blank=True, max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP terdiri atas 18 angka tanpa spasi.')], verbose_name='NIP')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatories', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'pejabat penanda tangan',
                        'verbose_name_plural': 'pejabat penanda tangan',
                        'ordering': ['slot', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'slot', 'valid_from'), name='signatory_one_a_day', violation_error_message='Sudah ada penanda tangan untuk tempat ini mulai tanggal itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('account', 'Akun dibuat'), ('password', 'Kata sandi dibuat'), ('reopened', 'Akun diaktifkan lagi'), ('approver', 'Hak menyetujui diberikan')], max_length=10, verbose_name='perubahan')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='pada')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='dikonfirmasi pada')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikonfirmasi oleh')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_changes', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
                    ],
                    options={
                        'verbose_name': 'perubahan akses',
                        'verbose_name_plural': 'perubahan akses',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('confirmed_at__isnull', False), _connector='OR'), name='access_change_confirmed_with_time', violation_error_message='Konfirmasi akun mempunyai nama dan waktunya.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('by')), _negated=True), models.Q(('confirmed_by', models.F('user')), _negated=True)), _connector='OR'), name='access_change_confirmed_by_another', violation_error_message='Konfirmasi diberikan admin lain, bukan yang mengubah akun atau pemiliknya.')],
                    },
                ),
            ],
        ),
    ]
