import django.db.models.deletion
import documents.titles
import records.create_models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables_2026_12b'),
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='DocumentSetting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('kind', models.CharField(max_length=20, verbose_name='jenis dokumen')),
                        ('letterhead', models.CharField(choices=[('office', 'Dinas'), ('secretariat', 'Sekretariat Daerah'), ('regent', 'Bupati'), ('village', 'Desa'), ('group', 'KPSPAMS')], default='office', max_length=12, verbose_name='kop')),
                        ('signers', models.JSONField(blank=True, default=list, verbose_name='penanda tangan')),
                        ('coded', models.BooleanField(default=True, help_text='Tercetak hanya pada dokumen yang terbit; membuktikan isi portal, bukan tanda tangan elektronik.', verbose_name='kode verifikasi dan QR')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='document_settings', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'setelan dokumen',
                        'verbose_name_plural': 'setelan dokumen',
                        'ordering': ['kind'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'kind'), name='document_setting_one_a_kind', violation_error_message='Setelan jenis dokumen ini sudah ada.')],
                    },
                    bases=(documents.titles.TitledByKind, models.Model),
                ),
                migrations.CreateModel(
                    name='LetterText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request_key', models.UUIDField(editable=False, null=True, unique=True, verbose_name='kunci permintaan')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='versi')),
                        ('kind', models.CharField(max_length=20, verbose_name='jenis dokumen')),
                        ('part', models.CharField(max_length=30, verbose_name='bagian')),
                        ('valid_from', models.DateField(verbose_name='berlaku mulai')),
                        ('body', models.TextField(max_length=6000, verbose_name='isi')),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letter_texts', to='accounts.district', verbose_name='kabupaten')),
                    ],
                    options={
                        'verbose_name': 'naskah surat',
                        'verbose_name_plural': 'naskah surat',
                        'ordering': ['kind', 'part', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'kind', 'part', 'valid_from'), name='letter_text_one_a_day', violation_error_message='Sudah ada naskah bagian ini yang berlaku mulai tanggal itu.')],
                    },
                    bases=(documents.titles.TitledByKind, models.Model),
                ),
            ],
        ),
    ]
