"""Models move between apps; their tables are there already."""

import django.db.models.deletion
from django.db import migrations, models
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
        ('reports', '0007_certificate_codes'),
    ]

    operations = [
        MoveInState(
            state_operations=[
                migrations.AlterField(
                    model_name='report',
                    name='damage',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.damagereport', verbose_name='kerusakan'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='work_plan',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='plans.workplan', verbose_name='rencana kerja'),
                ),
            ],
        ),
    ]
