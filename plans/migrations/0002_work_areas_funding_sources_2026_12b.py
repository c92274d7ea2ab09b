"""The lists that a plan chooses from, as an installation begins; an office may change them (our assumption)."""

from django.db import migrations

AREAS = {
    "A": "Teknis: operasi dan pemeliharaan",
    "B": "Pengembangan pelayanan",
    "C": "Kelembagaan",
    "D": "Administrasi dan keuangan",
    "E": "Kesehatan, PHBS, dan kualitas air",
    "F": "Perlindungan sumber air/lingkungan",
    "G": "Kemitraan",
}
SOURCES = {
    "iuran": "Iuran",
    "swadaya": "Swadaya",
    "apbdes": "APBDes",
    "apbd_kab": "APBD Kabupaten",
    "apbd_prov": "APBD Provinsi",
    "apbn": "APBN",
    "hid_hkp": "HID/HKP",
    "swasta": "Swasta/CSR",
    "lain": "Lainnya",
}
IN_KIND = "swadaya_in_kind"  # what the village gives in work and material stands apart from its money


def fill(apps, schema_editor):
    area = apps.get_model("plans", "WorkArea").objects
    for order, (code, label) in enumerate(AREAS.items(), start=1):
        area.get_or_create(code=code, defaults={"label": label, "order": order})
    source = apps.get_model("plans", "FundingSource").objects
    for order, (code, label) in enumerate(SOURCES.items(), start=1):
        source.get_or_create(code=code, defaults={"label": label, "order": order, "is_fee": code == "iuran"})
    order = source.get(code="swadaya").order
    source.get_or_create(code=IN_KIND, defaults={"label": "Swadaya in-kind", "order": order, "in_kind": True})


def empty(apps, schema_editor):
    """Takes back what no plan uses."""
    areas = apps.get_model("plans", "WorkArea").objects.filter(code__in=AREAS)
    areas.filter(activities=None).delete()
    sources = apps.get_model("plans", "FundingSource").objects.filter(code__in=[*SOURCES, IN_KIND])
    sources.filter(fundings=None).delete()


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_tables_2026_12b")]
    operations = [migrations.RunPython(fill, empty)]
