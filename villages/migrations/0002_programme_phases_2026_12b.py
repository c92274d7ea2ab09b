"""The programme's phases by name; an office adds its own. I 2008-2012, II 2013-2016, III 2016-2021, then by APBN."""

from django.db import migrations

PROGRAMMES = {
    "PAMSIMAS-I": "Pamsimas I",
    "PAMSIMAS-II": "Pamsimas II",
    "PAMSIMAS-III": "Pamsimas III",
    "PAMSIMAS-APBN": "Pamsimas (sejak 2022)",
}


def fill(apps, schema_editor):
    for code, name in PROGRAMMES.items():
        apps.get_model("villages", "Programme").objects.get_or_create(code=code, defaults={"name": name})


def empty(apps, schema_editor):
    """Takes back what no award names. Rows of the apps above are looked after by the database itself."""
    rows = apps.get_model("villages", "Programme").objects.filter(code__in=PROGRAMMES)
    rows.filter(awards=None).delete()


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_tables_2026_12b")]
    operations = [migrations.RunPython(fill, empty)]
