"""URLs, lists and posted grids for the tests of work plans."""

from django.http import QueryDict
from django.urls import reverse

from plans.models import WorkArea, WorkPlan
from tests.factories import FundingSourceFactory, WorkAreaFactory

AREAS = {
    "A": "Teknis: operasi dan pemeliharaan",
    "B": "Pengembangan pelayanan",
    "C": "Kelembagaan",
    "D": "Administrasi dan keuangan",
    "E": "Kesehatan, PHBS, dan kualitas air",
    "F": "Perlindungan sumber air/lingkungan",
    "G": "Kemitraan",
}
SOURCES = ["Iuran", "Swadaya", "APBDes", "APBD Kabupaten", "Swasta/CSR"]


def url(plan, name="work_plan_detail"):
    return reverse(f"plans:{name}", args=[plan.pk])


def put(plan, status):
    WorkPlan.objects.filter(pk=plan.pk).update(status=status)
    plan.refresh_from_db()


def make_lists():
    """Bidang A-G and the sources of the sample plan, with test codes where the portal has none yet."""
    from plans.models import FundingSource

    for order, (code, label) in enumerate(AREAS.items()):
        if not WorkArea.objects.filter(code=code).exists():
            WorkAreaFactory(code=code, label=label, order=order)
    for order, label in enumerate(SOURCES):
        if not FundingSource.objects.filter(label=label).exists():
            FundingSourceFactory(code=f"uji-{order}", label=label, order=order, is_fee=label == "Iuran")
    return {source.label: source for source in FundingSource.objects.all()}


def row(key, **cells) -> list[tuple[str, str]]:
    """The fields of one row as a browser sends them; `sources` is a list of (code, amount[, security])."""
    sources = cells.pop("sources", [])
    months = cells.pop("months", [])
    plain = {
        "area": "A",
        "title": "Perawatan pompa",
        "location": "",
        "target": "",
        "volume": "2",
        "unit": "kali",
        "unit_price": "750.000",
        "responsible": "",
        "mode": "",
        "cost_class": "rutin",
        "note": "",
    } | cells
    pairs = [("rows", key), *((f"{key}-{name}", value) for name, value in plain.items())]
    pairs += [(f"{key}-months", str(month)) for month in months]
    for source, amount, *security in [*sources, ("", "")]:
        pairs += [
            (f"{key}-source", source),
            (f"{key}-amount", amount),
            (f"{key}-security", security[0] if security else "diusulkan"),
        ]
    return pairs


def grid(*rows, version=1, seen=None, **more) -> dict:
    """A whole grid as test client data."""
    data = QueryDict(mutable=True)
    for pairs in rows:
        for name, value in pairs:
            data.appendlist(name, value)
    found = dict(data.lists())
    found |= {"version": str(version), "seen": str(seen) if seen is not None else str(version)} | more
    return found
