"""Search keys of persons without the titles that were left in them: "Hj Ngatinem", "Sukirman S.Pd"."""

from django.db import migrations

from records.search_keys import name_key

BATCH = 500


def renew_keys(apps, schema_editor):
    person_model = apps.get_model("villages", "Person")
    longest = person_model._meta.get_field("search_key").max_length
    changed = []
    for person in person_model.objects.only("pk", "name", "search_key").iterator(chunk_size=BATCH):
        key = name_key(person.name)[:longest]
        if key != person.search_key:
            person.search_key = key
            changed.append(person)
    person_model.objects.bulk_update(changed, ["search_key"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("villages", "0004_people_apart")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
