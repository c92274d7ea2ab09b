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


def fill(apps, schema_editor):
    area = apps.get_model("kpspams", "WorkArea").objects
    for order, (code, label) in enumerate(AREAS.items(), start=1):
        area.get_or_create(code=code, defaults={"label": label, "order": order})
    source = apps.get_model("kpspams", "FundingSource").objects
    for order, (code, label) in enumerate(SOURCES.items(), start=1):
        values = {"label": label, "order": order, "is_fee": code == "iuran"}
        source.get_or_create(code=code, defaults=values)


def empty(apps, schema_editor):
    """Takes back what no plan uses."""
    areas = apps.get_model("kpspams", "WorkArea").objects.filter(code__in=AREAS)
    areas.filter(activities=None).delete()
    sources = apps.get_model("kpspams", "FundingSource").objects.filter(code__in=SOURCES)
    sources.filter(fundings=None).delete()


class Migration(migrations.Migration):
    dependencies = [("kpspams", "0001_initial")]
    operations = [migrations.RunPython(fill, empty)]
