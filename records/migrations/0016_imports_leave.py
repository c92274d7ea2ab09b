"""Imports are an app of their own: the tables are renamed here and belong to `imports` from then on."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0015_delete_workerbeat'),
    ]

    operations = [
        migrations.AlterModelTable(name='columnmap', table='imports_columnmap'),
        migrations.AlterModelTable(name='importeffect', table='imports_importeffect'),
        migrations.AlterModelTable(name='importrow', table='imports_importrow'),
        migrations.AlterModelTable(name='importrun', table='imports_importrun'),
        migrations.AlterModelTable(name='synonym', table='imports_synonym'),
        migrations.SeparateDatabaseAndState(
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
