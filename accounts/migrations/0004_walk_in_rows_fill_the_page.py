"""The number that the portal brought along is no choice of the office: without one, rows fill the last page."""

from django.db import migrations

BROUGHT = 10


def fill(apps, schema_editor):
    apps.get_model("accounts", "DistrictSettings").objects.filter(walk_in_rows=BROUGHT).update(walk_in_rows=None)


def empty(apps, schema_editor):
    """The column takes no empty value before."""
    apps.get_model("accounts", "DistrictSettings").objects.filter(walk_in_rows=None).update(walk_in_rows=BROUGHT)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_walk_in_rows")]
    operations = [migrations.RunPython(fill, empty)]
