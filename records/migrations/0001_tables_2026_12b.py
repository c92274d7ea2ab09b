import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import records.create_models
import records.models.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='SentForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(unique=True, verbose_name='kunci permintaan')),
                        ('digest', models.CharField(max_length=64)),
                        ('shown', models.JSONField(default=list, verbose_name='isi')),
                        ('files', models.JSONField(default=list, verbose_name='berkas')),
                        ('kind', models.CharField(blank=True, max_length=60, verbose_name='jenis')),
                        ('object_id', models.BigIntegerField(null=True, verbose_name='nomor baris')),
                        ('sent_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='dikirim pada')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikirim oleh')),
                    ],
                    options={
                        'verbose_name': 'formulir terkirim',
                        'verbose_name_plural': 'formulir terkirim',
                    },
                ),
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=records.models.files.stored_path, verbose_name='berkas')),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('bytes', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                        ('type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'Foto (JPEG)'), ('image/png', 'Gambar (PNG)')], max_length=40, verbose_name='jenis berkas')),
                        ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                        ('caption', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                        ('taken_at', models.DateField(blank=True, null=True, verbose_name='tanggal pengambilan')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='tempat')),
                        ('taken_time', models.TimeField(blank=True, null=True, verbose_name='jam pengambilan')),
                        ('lat', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.'), django.core.validators.MaxValueValidator(90, 'Lintang harus antara -90 dan 90. Mungkin lintang dan bujur tertukar.')], verbose_name='lintang')),
                        ('lng', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-180, 'Bujur harus antara -180 dan 180.'), django.core.validators.MaxValueValidator(180, 'Bujur harus antara -180 dan 180.')], verbose_name='bujur')),
                        ('stored_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='disimpan pada')),
                    ],
                    options={
                        'verbose_name': 'berkas',
                        'verbose_name_plural': 'berkas',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lng', None)), models.Q(('lat__isnull', False), ('lat__range', (-90, 90)), ('lng__isnull', False), ('lng__range', (-180, 180))), _connector='OR'), name='stored_file_point_whole_and_on_earth', violation_error_message='Isi lintang (-90 s.d. 90) dan bujur (-180 s.d. 180), atau kosongkan keduanya.')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='waktu')),
                        ('verb', models.CharField(choices=[('add', 'Dibuat'), ('change', 'Diubah'), ('delete', 'Dihapus'), ('submit', 'Diajukan'), ('check', 'Diperiksa'), ('approve', 'Disetujui'), ('return', 'Dikembalikan'), ('close', 'Ditutup'), ('reopen', 'Dibuka kembali'), ('download', 'Diunduh'), ('login', 'Masuk'), ('cancel', 'Dibatalkan'), ('issue', 'Diterbitkan'), ('withdraw', 'Dicabut')], max_length=20, verbose_name='tindakan')),
                        ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                        ('object_id', models.BigIntegerField(verbose_name='nomor baris')),
                        ('label', models.CharField(max_length=250, verbose_name='sebutan')),
                        ('changes', models.JSONField(default=dict, verbose_name='perubahan')),
                        ('reason', models.TextField(blank=True, verbose_name='alasan')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                    ],
                    options={
                        'verbose_name': 'catatan perubahan',
                        'verbose_name_plural': 'catatan perubahan',
                        'indexes': [models.Index(fields=['kind', 'object_id', '-id'], name='event_of_row')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(verbose_name='kunci isian')),
                        ('saved_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='tersimpan pada')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikirim oleh')),
                    ],
                    options={
                        'verbose_name': 'isian tersimpan',
                        'verbose_name_plural': 'isian tersimpan',
                        'constraints': [models.UniqueConstraint(fields=('by', 'key'), name='saved_draft_once', violation_error_message='Isian ini sudah dicatat tersimpan.')],
                    },
                ),
            ],
        ),
    ]
