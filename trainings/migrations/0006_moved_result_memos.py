"""Nota dinas had one row for two memos: those dated on the last day or later were the report on the outcome."""

from django.db import migrations
from django.db.models import Exists, F, Max, OuterRef, Subquery

PLAN, RESULT = "nota_dinas", "nota_hasil"


def part(apps, schema_editor):
    items, days = apps.get_model("trainings", "SpjItem").objects, apps.get_model("trainings", "TrainingDay").objects
    last = days.filter(training=OuterRef("training")).order_by().values("training").annotate(at=Max("date"))
    reports = items.filter(document=PLAN).alias(ended=Subquery(last.values("at")[:1])).filter(dated_on__gte=F("ended"))
    items.filter(pk__in=list(reports.values_list("pk", flat=True))).update(document=RESULT)


def join(apps, schema_editor):
    """Reverts to the one row where it is free; otherwise the row remains separate."""
    items = apps.get_model("trainings", "SpjItem").objects
    taken = items.filter(training=OuterRef("training"), document=PLAN)
    free = items.filter(~Exists(taken), document=RESULT)
    items.filter(pk__in=list(free.values_list("pk", flat=True))).update(document=PLAN)


class Migration(migrations.Migration):
    dependencies = [("trainings", "0005_result_memos")]

    operations = [migrations.RunPython(part, join)]
