"""What history and sent forms say of an import names the app that holds it now."""

from django.db import migrations

MODELS = ["importrun", "synonym"]


def rename(apps, old, new):
    for model in ("Event", "SentForm"):
        rows = apps.get_model("records", model).objects
        for name in MODELS:
            rows.filter(kind=f"{old}.{name}").update(kind=f"{new}.{name}")


def forwards(apps, schema_editor):
    rename(apps, "records", "imports")


def backwards(apps, schema_editor):
    rename(apps, "imports", "records")


class Migration(migrations.Migration):

    dependencies = [("imports", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
