"""What history, sent forms and imports record of a kecamatan names the app that holds it now."""

from django.db import migrations

OLD, NEW = "villages.subdistrict", "accounts.subdistrict"


def rename(apps, old, new):
    for model in ("records.Event", "records.SentForm", "imports.ImportEffect"):
        apps.get_model(model).objects.filter(kind=old).update(kind=new)


def forwards(apps, schema_editor):
    rename(apps, OLD, NEW)


def backwards(apps, schema_editor):
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):

    dependencies = [
        ("villages", "0009_subdistrict_left"),
        ("records", "0016_imports_leave"),
        ("imports", "0002_history"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
