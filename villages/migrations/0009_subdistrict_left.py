"""Villages point at the kecamatan of `accounts`; the column is the same."""

import django.db.models.deletion
from django.db import migrations, models
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_subdistrict'),
        ('villages', '0008_subdistrict_leaves'),
    ]

    operations = [
        MoveInState(
            state_operations=[
                migrations.AlterField(
                    model_name='village',
                    name='subdistrict',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='villages', to='accounts.subdistrict', verbose_name='kecamatan'),
                ),
                migrations.DeleteModel(
                    name='Subdistrict',
                ),
            ],
        ),
    ]
