"""Kecamatan stand beside kabupaten; their table is there already (villages)."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_roles_of_the_table'),
        ('villages', '0008_subdistrict_leaves'),
    ]

    operations = [
        MoveInState(
            state_operations=[
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
            ],
        ),
    ]
