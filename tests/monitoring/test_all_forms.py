"""One figure, one value: pages, PDF, XLSX, CSV and JSON of one kabupaten as of two days, the first without data."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import DistrictSettings
from monitoring.models import FinalFigures
from monitoring.queries import final_figures
from tests import factories as make
from tests.documents.samples import paper_of, words_of
from tests.monitoring.figures_dataset import cell, page, rows_of_csv, rows_of_xlsx

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2025, 6, 30), date(2025, 12, 31)
SERVED = {"SR aktif": "sr_aktif", "KK terlayani": "kk_terlayani", "Jiwa terlayani": "jiwa_terlayani"}


@pytest.fixture
def staff(client):
    user = make.AdminFactory(district=make.DistrictFactory())
    client.force_login(user)
    return user


@pytest.fixture
def village(staff):
    """One village whose water was checked in November, one without any data."""
    village = make.VillageFactory(name="Contoh Satu", households=1_311, people=5_237, figures_year=2024)
    other = make.VillageFactory(name="Contoh Dua", subdistrict=village.subdistrict)
    for place in (village, other):
        make.GrantAwardFactory(village=place)
        make.FacilityFactory(village=place, name=f"SPAM {place.name}")
    make.ConditionCheckFactory(
        facility=village.facilities.get(), checked_on=date(2025, 11, 1),
        connections_active=1_153, households=1_207, people=4_813,
    )  # fmt: skip
    return village


@pytest.mark.parametrize(
    ("day", "figures"),
    [(EARLY, dict.fromkeys(SERVED)), (LATE, dict(zip(SERVED, (1_153, 1_207, 4_813), strict=True)))],
)
def test_a_figure_of_coverage_has_one_value_in_all_forms(client, staff, village, day, figures):
    requested = {"per": day.isoformat()}
    coverage, found = reverse("monitoring:coverage"), {}
    for form, read in (("csv", rows_of_csv), ("xlsx", rows_of_xlsx)):
        (row,) = read(client.get(coverage, requested | {"unduh": form}))
        found[form] = {name: cell(row[name]) for name in SERVED}
    expected = {name: cell(value) for name, value in figures.items()}
    assert (found["csv"], found["xlsx"]) == (expected, expected)

    DistrictSettings.objects.create(district=staff.district, public_page=True)
    frozen = final_figures.compute(staff.district, day)
    FinalFigures.objects.create(district=staff.district, as_of=day, figures=frozen, note="Uji")
    code = staff.district.code
    shown = client.get(reverse("monitoring:public_json", args=[code])).json()["angka"]
    assert {name: shown[key] for name, key in SERVED.items()} == figures

    words = {
        "Cakupan": page(client, "monitoring:coverage", **requested).split("Per tahun")[0],  # other days
        "Halaman umum": page(client, "monitoring:public_page", code),
        "Ringkasan": page(client, "monitoring:summary", **requested),
        "PDF Ringkasan": words_of(paper_of("summary", staff.district, staff, filter=requested)[1]),
    }
    for form, text in words.items():
        shown = [word for word in ("1.153", "92,1 %", "91,9 %") if word in text]
        assert shown == (["1.153", "92,1 %", "91,9 %"] if day == LATE else []), form
    for form in ("Cakupan", "Halaman umum"):
        assert [word in words[form] for word in ("1.207", "4.813")] == [day == LATE] * 2, form
