"""Models move between apps; their tables are there already."""

import django.db.models.deletion
from django.db import migrations, models
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
        ('trainings', '0011_rename_tables'),
    ]

    operations = [
        MoveInState(
            state_operations=[
                migrations.RemoveField(
                    model_name='visitphoto',
                    name='visit',
                ),
                migrations.RemoveField(
                    model_name='visitmonth',
                    name='visit',
                ),
                migrations.RemoveField(
                    model_name='visitmonth',
                    name='group',
                ),
                migrations.RemoveField(
                    model_name='visitmonth',
                    name='recorded_by',
                ),
                migrations.RemoveField(
                    model_name='visitphoto',
                    name='file',
                ),
                migrations.RemoveField(
                    model_name='visitphoto',
                    name='recorded_by',
                ),
                migrations.AlterField(
                    model_name='followup',
                    name='work_plan',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='plans.workplan', verbose_name='rencana kerja'),
                ),
                migrations.DeleteModel(
                    name='Visit',
                ),
                migrations.DeleteModel(
                    name='VisitMonth',
                ),
                migrations.DeleteModel(
                    name='VisitPhoto',
                ),
            ],
        ),
    ]
