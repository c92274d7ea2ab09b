import django.db.models.deletion
import django.utils.timezone
import records.create_models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables_2026_12b'),
        ('villages', '0001_tables_2026_12b'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Boundary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=13, unique=True, verbose_name='kode wilayah')),
                        ('geometry', models.JSONField(verbose_name='garis batas')),
                        ('source', models.CharField(max_length=160, verbose_name='sumber')),
                        ('imported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diimpor pada')),
                    ],
                    options={
                        'verbose_name': 'batas wilayah',
                        'verbose_name_plural': 'batas wilayah',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='FinalFigures',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dicatat pada')),
                        ('as_of', models.DateField(verbose_name='keadaan per')),
                        ('figures', models.JSONField(editable=False, verbose_name='angka')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='catatan')),
                        ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dicabut pada')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='final_figures', to='accounts.district', verbose_name='kabupaten')),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh')),
                    ],
                    options={
                        'verbose_name': 'angka yang ditetapkan',
                        'verbose_name_plural': 'angka yang ditetapkan',
                        'ordering': ['-as_of', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('district', 'as_of'), name='final_figures_one_a_day', violation_error_message='Angka per tanggal itu sudah ditetapkan. Cabut dahulu bila keliru.')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, verbose_name='pokok')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dikirim pada')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL, verbose_name='pengguna')),
                    ],
                    options={
                        'verbose_name': 'pengingat terkirim',
                        'verbose_name_plural': 'pengingat terkirim',
                        'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='reminder_sent_once', violation_error_message='Pengingat ini sudah dikirim.')],
                    },
                ),
                migrations.CreateModel(
                    name='ReminderChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('review', 'Rencana kerja menunggu pemeriksaan'), ('returned', 'Rencana kerja dikembalikan'), ('plan_due', 'Batas rencana kerja dan usulan'), ('decree', 'SK segera berakhir'), ('check', 'SPAM perlu dicek'), ('follow_up', 'Tindak lanjut (RKTL) jatuh tempo'), ('proposal', 'Usulan peserta menunggu'), ('damage', 'Kerusakan belum selesai')], max_length=12, verbose_name='pengingat')),
                        ('channel', models.CharField(choices=[('portal', 'Di portal'), ('email', 'Di portal dan pos-el'), ('none', 'Tidak perlu')], default='portal', max_length=8, verbose_name='cara')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_choices', to=settings.AUTH_USER_MODEL, verbose_name='pengguna')),
                    ],
                    options={
                        'verbose_name': 'pilihan pengingat',
                        'verbose_name_plural': 'pilihan pengingat',
                        'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='reminder_choice_once', violation_error_message='Pilihan untuk pengingat ini sudah ada.')],
                    },
                ),
                migrations.CreateModel(
                    name='ChainCache',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cohort_year', models.PositiveSmallIntegerField(default=0, verbose_name='desa sasaran TA')),
                        ('trained', models.CharField(max_length=8, verbose_name='terlatih')),
                        ('legal', models.CharField(max_length=8, verbose_name='kelompok ber-SK')),
                        ('plan', models.CharField(max_length=8, verbose_name='rencana kerja')),
                        ('facility', models.CharField(max_length=8, verbose_name='SPAM berfungsi')),
                        ('event', models.BigIntegerField(db_index=True, verbose_name='perubahan terakhir')),
                        ('counted_at', models.DateTimeField(verbose_name='dihitung pada')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chain_cache', to='villages.village', verbose_name='desa')),
                    ],
                    options={
                        'verbose_name': 'keadaan desa',
                        'verbose_name_plural': 'keadaan desa',
                        'indexes': [models.Index(fields=['cohort_year', 'village', 'trained', 'legal', 'plan', 'facility'], name='chain_cache_counts')],
                        'constraints': [models.UniqueConstraint(fields=('village', 'cohort_year'), name='chain_cache_once', violation_error_message='Keadaan desa ini sudah dihitung untuk tahun itu.')],
                    },
                ),
            ],
        ),
    ]
