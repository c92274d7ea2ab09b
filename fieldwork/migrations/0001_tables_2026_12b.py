import django.db.models.deletion
import django.utils.timezone
import records.create_models
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
                    name='EntryRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('form', models.CharField(choices=[('desa', 'Formulir data desa'), ('pengurus', 'SK dan pengurus'), ('sarana', 'Pemeriksaan sarana'), ('kelompok', 'Pemeriksaan KPSPAMS'), ('rencana', 'Rencana kerja'), ('lain', 'Lainnya')], default='desa', max_length=10, verbose_name='jenis formulir')),
                        ('note', models.CharField(blank=True, max_length=250, verbose_name='catatan')),
                        ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dititipkan pada')),
                        ('state', models.CharField(choices=[('menunggu', 'Menunggu'), ('dikerjakan', 'Dikerjakan'), ('selesai', 'Selesai'), ('ditolak', 'Ditolak'), ('ditutup', 'Ditutup pengirim')], default='menunggu', editable=False, max_length=10, verbose_name='keadaan')),
                        ('answer', models.CharField(blank=True, max_length=250, verbose_name='jawaban')),
                        ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dititipkan oleh')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entry_requests', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_requests', to='villages.village', verbose_name='desa')),
                        ('worker', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikerjakan oleh')),
                    ],
                    options={
                        'verbose_name': 'titipan entri',
                        'verbose_name_plural': 'titipan entri',
                        'ordering': ['-requested_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ditolak'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='entry_request_refused_with_reason', violation_error_message='Tulis alasan penolakan, agar pengirim tahu apa yang perlu diperbaiki.'), models.CheckConstraint(condition=models.Q(('state__in', ['menunggu', 'dikerjakan', 'selesai', 'ditolak', 'ditutup'])), name='entry_request_state_known', violation_error_message='Keadaan titipan ini tidak dikenal.')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('on', models.DateField(verbose_name='tanggal kunjungan')),
                        ('purpose', models.CharField(choices=[('pantau', 'Pemantauan rutin'), ('damping', 'Pendampingan KPSPAMS'), ('rencana', 'Penyusunan rencana kerja'), ('rusak', 'Kerusakan SPAM'), ('rapat', 'Musyawarah/rapat'), ('lain', 'Lainnya')], default='pantau', max_length=8, verbose_name='tujuan')),
                        ('people_met', models.CharField(blank=True, max_length=300, verbose_name='yang ditemui')),
                        ('result', models.TextField(max_length=2000, verbose_name='hasil')),
                        ('problem', models.TextField(blank=True, max_length=2000, verbose_name='masalah')),
                        ('follow_up', models.TextField(blank=True, max_length=2000, verbose_name='tindak lanjut')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to=settings.AUTH_USER_MODEL, verbose_name='yang berkunjung')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'kunjungan',
                        'verbose_name_plural': 'kunjungan',
                        'ordering': ['-on', '-pk'],
                        'indexes': [models.Index(fields=['village', '-on'], name='visit_of_village')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='foto')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='fieldwork.entryrequest', verbose_name='titipan')),
                    ],
                    options={
                        'verbose_name': 'foto titipan',
                        'verbose_name_plural': 'foto titipan',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='VisitMonth',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('answer', models.CharField(choices=[('rencana', 'semua kegiatan sesuai rencana'), ('nihil', 'tidak ada kegiatan')], max_length=8, verbose_name='kegiatan bulan kunjungan')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kpspams.kpspamsgroup', verbose_name='KPSPAMS')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='months', to='fieldwork.visit', verbose_name='kunjungan')),
                    ],
                    options={
                        'verbose_name': 'bulan kunjungan',
                        'verbose_name_plural': 'bulan kunjungan',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('visit', 'group'), name='visit_month_once', violation_error_message='Bulan KPSPAMS ini sudah diisi pada kunjungan itu.')],
                    },
                ),
                migrations.CreateModel(
                    name='VisitPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.storedfile', verbose_name='foto')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='fieldwork.visit', verbose_name='kunjungan')),
                    ],
                    options={
                        'verbose_name': 'foto kunjungan',
                        'verbose_name_plural': 'foto kunjungan',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
