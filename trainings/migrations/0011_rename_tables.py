"""Tables of models that move to apps of their own."""

from django.db import migrations

TABLES = {
    'trainings_visit': 'fieldwork_visit',
    'trainings_visitmonth': 'fieldwork_visitmonth',
    'trainings_visitphoto': 'fieldwork_visitphoto',
}


class Migration(migrations.Migration):

    dependencies = [
        ('trainings', '0010_limits_of_figures'),
        # Tables that point at these are made before they are renamed.
        ('reports', '0007_certificate_codes'),
    ]

    operations = [
        migrations.RunSQL(
            [f'ALTER TABLE {old} RENAME TO {new}' for old, new in TABLES.items()],
            [f'ALTER TABLE {new} RENAME TO {old}' for old, new in TABLES.items()],
        ),
    ]
