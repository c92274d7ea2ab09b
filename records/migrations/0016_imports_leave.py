"""Imports are an app of their own: the tables are renamed here and belong to `imports` from then on."""

from django.db import migrations
from records.moved_models import MoveInState

TABLES = {
    'records_columnmap': 'imports_columnmap',
    'records_importeffect': 'imports_importeffect',
    'records_importrow': 'imports_importrow',
    'records_importrun': 'imports_importrun',
    'records_synonym': 'imports_synonym',
}


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0015_delete_workerbeat'),
    ]

    operations = [
        migrations.RunSQL(
            [f'ALTER TABLE {old} RENAME TO {new}' for old, new in TABLES.items()],
            [f'ALTER TABLE {new} RENAME TO {old}' for old, new in TABLES.items()],
        ),
        MoveInState(
            state_operations=[
                migrations.RemoveField(
                    model_name='columnmap',
                    name='by',
                ),
                migrations.RemoveField(
                    model_name='importeffect',
                    name='run',
                ),
                migrations.RemoveField(
                    model_name='importrow',
                    name='run',
                ),
                migrations.RemoveField(
                    model_name='importrun',
                    name='acted_by',
                ),
                migrations.RemoveField(
                    model_name='importrun',
                    name='by',
                ),
                migrations.DeleteModel(
                    name='Synonym',
                ),
                migrations.DeleteModel(
                    name='ColumnMap',
                ),
                migrations.DeleteModel(
                    name='ImportEffect',
                ),
                migrations.DeleteModel(
                    name='ImportRow',
                ),
                migrations.DeleteModel(
                    name='ImportRun',
                ),
            ],
        ),
    ]
