"""Models move between apps; their tables are there already."""

from django.db import migrations
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    dependencies = [
        ('kpspams', '0016_models_leave'),
        ('reports', '0008_plans_moved'),
        ('trainings', '0012_visits_leave'),
    ]

    operations = [
        MoveInState(
            state_operations=[
                migrations.DeleteModel(
                    name='DamageReport',
                ),
                migrations.DeleteModel(
                    name='DamageStep',
                ),
                migrations.DeleteModel(
                    name='EntryPhoto',
                ),
                migrations.DeleteModel(
                    name='EntryRequest',
                ),
                migrations.DeleteModel(
                    name='FundingSource',
                ),
                migrations.DeleteModel(
                    name='ProgressFunding',
                ),
                migrations.DeleteModel(
                    name='LineNote',
                ),
                migrations.DeleteModel(
                    name='MonthReport',
                ),
                migrations.DeleteModel(
                    name='PlanScan',
                ),
                migrations.DeleteModel(
                    name='PlanStep',
                ),
                migrations.DeleteModel(
                    name='ProgressPhoto',
                ),
                migrations.DeleteModel(
                    name='WorkPlan',
                ),
            ],
        ),
    ]
