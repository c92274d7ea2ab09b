"""Tables of models that move to apps of their own."""

from django.db import migrations

TABLES = {
    'kpspams_activity': 'plans_activity',
    'kpspams_activityfunding': 'plans_activityfunding',
    'kpspams_activityprogress': 'plans_activityprogress',
    'kpspams_damagephoto': 'plans_damagephoto',
    'kpspams_damagereport': 'plans_damagereport',
    'kpspams_damagestep': 'plans_damagestep',
    'kpspams_fundingsource': 'plans_fundingsource',
    'kpspams_linenote': 'plans_linenote',
    'kpspams_monthreport': 'plans_monthreport',
    'kpspams_planscan': 'plans_planscan',
    'kpspams_planstep': 'plans_planstep',
    'kpspams_progressfunding': 'plans_progressfunding',
    'kpspams_progressphoto': 'plans_progressphoto',
    'kpspams_workarea': 'plans_workarea',
    'kpspams_workplan': 'plans_workplan',
    'kpspams_entryphoto': 'fieldwork_entryphoto',
    'kpspams_entryrequest': 'fieldwork_entryrequest',
}


class Migration(migrations.Migration):

    dependencies = [
        ('kpspams', '0014_limits_of_figures'),
        # Tables that point at these are made before they are renamed.
        ('reports', '0007_certificate_codes'),
        ('trainings', '0010_limits_of_figures'),
    ]

    operations = [
        migrations.RunSQL(
            [f'ALTER TABLE {old} RENAME TO {new}' for old, new in TABLES.items()],
            [f'ALTER TABLE {new} RENAME TO {old}' for old, new in TABLES.items()],
        ),
    ]
