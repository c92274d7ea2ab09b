import django.db.models.deletion
import django.utils.timezone
import imports.models.runs
import records.create_models
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
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='data contoh')),
                        ('state', models.CharField(choices=[('queued', 'Menunggu'), ('running', 'Sedang dibuat'), ('ready', 'Siap'), ('failed', 'Gagal'), ('cancelled', 'Dibatalkan')], default='queued', max_length=10, verbose_name='keadaan')),
                        ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diminta pada')),
                        ('token', models.UUIDField(editable=False, null=True)),
                        ('lease_until', models.DateTimeField(editable=False, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='percobaan')),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                        ('total', models.PositiveIntegerField(default=0, verbose_name='dari')),
                        ('error', models.TextField(blank=True, verbose_name='kesalahan')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('kind', models.CharField(max_length=20, verbose_name='jenis data')),
                        ('place', models.CharField(db_index=True, max_length=8, verbose_name='kabupaten')),
                        ('file', models.FileField(blank=True, max_length=120, upload_to=imports.models.runs.import_path, verbose_name='berkas')),
                        ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                        ('step', models.CharField(choices=[('read', 'Membaca berkas'), ('map', 'Pilih kolom'), ('check', 'Memeriksa baris'), ('preview', 'Pratinjau'), ('apply', 'Menyimpan'), ('done', 'Tersimpan'), ('undo', 'Mengurungkan'), ('undone', 'Diurungkan'), ('cancelled', 'Dibatalkan')], default='read', max_length=10, verbose_name='tahap')),
                        ('mode', models.CharField(blank=True, choices=[('all', 'Semua atau tidak sama sekali'), ('good', 'Hanya baris yang benar')], max_length=4, verbose_name='cara menyimpan')),
                        ('contents', models.JSONField(blank=True, default=dict, verbose_name='isi awal berkas')),
                        ('sheets', models.JSONField(blank=True, default=list, verbose_name='lembar')),
                        ('mapping', models.JSONField(blank=True, default=dict, verbose_name='padanan kolom')),
                        ('counts', models.JSONField(blank=True, default=dict, verbose_name='hasil')),
                        ('reading', models.JSONField(blank=True, default=dict, verbose_name='hasil pembacaan')),
                        ('words', models.JSONField(blank=True, default=dict, verbose_name='arti kata')),
                        ('cancel_requested', models.BooleanField(default=False, verbose_name='minta dibatalkan')),
                        ('finished_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='selesai pada')),
                        ('acted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='disimpan atau diurungkan oleh')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
                    ],
                    options={
                        'verbose_name': 'impor',
                        'verbose_name_plural': 'impor',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['state', 'lease_until'], name='import_waiting')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running']), ('step__in', ['apply', 'undo'])), fields=('place',), name='import_one_writer', violation_error_message='Impor lain sedang disimpan. Tunggu sampai selesai, lalu ulangi.')],
                    },
                ),
                migrations.CreateModel(
                    name='Synonym',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('place', models.CharField(max_length=8, verbose_name='kabupaten')),
                        ('topic', models.CharField(max_length=60, verbose_name='hal')),
                        ('word', models.CharField(max_length=80, verbose_name='kata')),
                        ('key', models.CharField(editable=False, max_length=80)),
                        ('value', models.CharField(max_length=40, verbose_name='kode arti')),
                        ('meaning', models.CharField(max_length=120, verbose_name='arti')),
                    ],
                    options={
                        'verbose_name': 'kata sehari-hari',
                        'verbose_name_plural': 'kata sehari-hari',
                        'ordering': ['place', 'topic', 'key'],
                        'constraints': [models.UniqueConstraint(fields=('place', 'topic', 'key'), name='synonym_once', violation_error_message='Kata ini sudah punya arti. Hapus dahulu yang lama, lalu tambahkan lagi.'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='synonym_has_key', violation_error_message='Tulis kata yang memuat huruf atau angka.')],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20, verbose_name='jenis data')),
                        ('place', models.CharField(max_length=8, verbose_name='kabupaten')),
                        ('fingerprint', models.CharField(max_length=64, verbose_name='sidik judul')),
                        ('mapping', models.JSONField(blank=True, default=dict, verbose_name='padanan kolom')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                    ],
                    options={
                        'verbose_name': 'padanan kolom',
                        'verbose_name_plural': 'padanan kolom',
                        'constraints': [models.UniqueConstraint(fields=('kind', 'place', 'fingerprint'), name='column_map_once', violation_error_message='Padanan kolom ini sudah tersimpan.')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='nomor')),
                        ('sheet', models.CharField(blank=True, max_length=40, verbose_name='lembar')),
                        ('line', models.PositiveIntegerField(verbose_name='baris')),
                        ('raw', models.JSONField(blank=True, default=dict, verbose_name='isi')),
                        ('verdict', models.CharField(choices=[('new', 'Baru'), ('change', 'Diubah'), ('same', 'Tetap'), ('ask', 'Perlu jawaban'), ('error', 'Salah')], max_length=6, verbose_name='putusan')),
                        ('label', models.CharField(blank=True, max_length=200, verbose_name='sebutan')),
                        ('changes', models.JSONField(blank=True, default=list, verbose_name='perubahan')),
                        ('errors', models.JSONField(blank=True, default=list, verbose_name='kesalahan')),
                        ('options', models.JSONField(blank=True, default=list, verbose_name='calon orang')),
                        ('question', models.CharField(blank=True, max_length=32, verbose_name='pertanyaan')),
                        ('choice', models.CharField(blank=True, max_length=20, verbose_name='pilihan')),
                        ('recognised', models.JSONField(blank=True, default=dict, verbose_name='dikenali sebagai')),
                        ('notes', models.JSONField(blank=True, default=dict, verbose_name='yang diisikan')),
                        ('understood', models.JSONField(blank=True, default=dict, verbose_name='yang dipahami')),
                        ('adds', models.JSONField(blank=True, default=list, verbose_name='yang ditambahkan')),
                        ('skipped', models.BooleanField(default=False, verbose_name='dilewati')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importrun', verbose_name='impor')),
                    ],
                    options={
                        'verbose_name': 'baris impor',
                        'verbose_name_plural': 'baris impor',
                        'ordering': ['number'],
                        'indexes': [models.Index(fields=['run', 'verdict', 'number'], name='import_row_verdict')],
                        'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='import_row_once', violation_error_message='Baris ini sudah dibaca.')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportEffect',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                        ('object_id', models.BigIntegerField(verbose_name='nomor baris')),
                        ('verb', models.CharField(choices=[('add', 'ditambahkan'), ('change', 'diubah')], max_length=6, verbose_name='tindakan')),
                        ('before', models.JSONField(blank=True, default=dict, verbose_name='nilai lama')),
                        ('after', models.JSONField(blank=True, default=dict, verbose_name='nilai baru')),
                        ('version', models.PositiveIntegerField(blank=True, null=True, verbose_name='versi sesudahnya')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='imports.importrun', verbose_name='impor')),
                    ],
                    options={
                        'verbose_name': 'akibat impor',
                        'verbose_name_plural': 'akibat impor',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
