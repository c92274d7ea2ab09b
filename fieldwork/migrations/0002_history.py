"""What history, sent forms, imports and everyday words say of a row names the app that holds it now."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

MOVED = {
    ("kpspams", "plans"): ['activity', 'activityfunding', 'activityprogress', 'damagephoto', 'damagereport', 'damagestep', 'fundingsource', 'linenote', 'monthreport', 'planscan', 'planstep', 'progressfunding', 'progressphoto', 'workarea', 'workplan'],
    ("kpspams", "fieldwork"): ['entryphoto', 'entryrequest'],
    ("trainings", "fieldwork"): ['visit', 'visitmonth', 'visitphoto'],
}


def rename(apps, way):
    for apps_of, models in MOVED.items():
        old, new = apps_of[::way]
        for name in models:
            for model in ("records.Event", "records.SentForm", "imports.ImportEffect"):
                apps.get_model(model).objects.filter(kind=f"{old}.{name}").update(kind=f"{new}.{name}")
            topics = apps.get_model("imports.Synonym").objects.filter(topic__startswith=f"{old}.{name}.")
            topics.update(topic=Concat(Value(new), Substr(F("topic"), len(old) + 1)))


def forwards(apps, schema_editor):
    rename(apps, 1)


def backwards(apps, schema_editor):
    rename(apps, -1)


class Migration(migrations.Migration):

    dependencies = [
        ("fieldwork", "0001_initial"),
        ("records", "0016_imports_leave"),
        ("imports", "0002_history"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
