"""What was sent keeps the names of the fields: they follow the columns.

The history keeps labels, and these stay. The digest of what was sent cannot be computed anew from what is kept: a form
that was stored before and is sent again under the new names is a conflict, which shows both; nothing is stored twice.
"""

from django.db import migrations

NAMES = {
    "kpspams.associationmembership": {"joined_on": "starts_on", "left_on": "ends_on"},
    "kpspams.groupfacility": {"since": "starts_on", "until": "ends_on"},
}


def rename(apps, names_of):
    for kind, names in names_of.items():
        for form in apps.get_model("records", "SentForm").objects.filter(kind=kind).iterator():
            form.shown = [[names.get(name, name), label, text] for name, label, text in form.shown]
            form.save(update_fields=["shown"])


def forwards(apps, schema_editor):
    rename(apps, NAMES)


def backwards(apps, schema_editor):
    rename(apps, {kind: {new: old for old, new in names.items()} for kind, names in NAMES.items()})


class Migration(migrations.Migration):

    dependencies = [("kpspams", "0018_dated_spans"), ("records", "0016_imports_leave")]

    operations = [migrations.RunPython(forwards, backwards)]
