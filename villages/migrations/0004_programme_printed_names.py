"""How documents name each programme: without the remark that tells its phase from others in a list."""

import re

from django.db import migrations

PRINTED = {
    "PAMSIMAS-I": "Program Pamsimas I",
    "PAMSIMAS-II": "Program Pamsimas II",
    "PAMSIMAS-III": "Program Pamsimas III",
    "PAMSIMAS-APBN": "Program Pamsimas",
}


def fill(apps, schema_editor):
    for row in apps.get_model("villages", "Programme").objects.filter(printed_name=""):
        row.printed_name = PRINTED.get(row.code, re.sub(r"\s*\([^()]*\)$", "", row.name))
        row.save(update_fields=["printed_name"])


def empty(apps, schema_editor):
    """The column goes next; what an office typed goes with it."""
    apps.get_model("villages", "Programme").objects.update(printed_name="")


class Migration(migrations.Migration):
    dependencies = [("villages", "0003_programme_printed_name")]
    operations = [migrations.RunPython(fill, empty)]
