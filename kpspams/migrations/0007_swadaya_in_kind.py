"""What the village gives in work and material stands apart from its money, in the list of sources."""

from django.db import migrations

CODE = "swadaya_in_kind"


def fill(apps, schema_editor):
    source = apps.get_model("kpspams", "FundingSource").objects
    money = source.filter(code="swadaya").first()
    values = {"label": "Swadaya in-kind", "order": money.order if money else 2, "in_kind": True}
    source.get_or_create(code=CODE, defaults=values)


def empty(apps, schema_editor):
    """Takes it back where no plan uses it."""
    apps.get_model("kpspams", "FundingSource").objects.filter(code=CODE, fundings=None).delete()


class Migration(migrations.Migration):
    dependencies = [("kpspams", "0006_carry_out")]
    operations = [migrations.RunPython(fill, empty)]
