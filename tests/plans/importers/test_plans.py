"""Import of last year's work plans."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from plans.importers.plan_months import months
from plans.models import Activity, WorkPlan
from plans.rules.months import mask_to_months
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, undone, wrongs

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Kelompok", "Tahun", "Bidang", "Kegiatan", "Volume", "Satuan", "Harga satuan", "Bulan", "Sumber dana"]


@pytest.fixture
def group():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


FIRST = ["Wiralaga I", "Tirta Jaya", 2025, "A", "Menguras reservoir", 2, "kali", "Rp150.000,-", "Apr, Okt", "Iuran"]
SECOND = [None, None, 2025, "Kelembagaan", "Rapat anggota", "1,5", "kali", 100001, "Jan-Des", "APBDes"]


def plan_file(*rows):
    return book(("Rencana", [HEAD, *rows]))


def test_a_plan_comes_in_as_a_draft_with_its_lines(staff, group):
    run = imported("plans", plan_file(FIRST, SECOND), staff)
    assert figures(run) == {"rows": 2, "created": 2}
    plan = WorkPlan.objects.get()
    assert (plan.group, plan.year, plan.status, plan.version) == (group, 2025, "draft", 1)
    lines = [
        (
            a.line,
            a.area.code,
            a.title,
            a.volume,
            a.amount,
            a.month_list,
            [(f.source.code, f.amount) for f in a.fundings.all()],
        )
        for a in plan.activities.order_by("line")
    ]
    assert lines == [
        (1, "A", "Menguras reservoir", Decimal(2), 300_000, [4, 10], [("iuran", 300_000)]),
        (2, "C", "Rapat anggota", Decimal("1.5"), 150_002, list(range(1, 13)), [("apbdes", 150_002)]),
    ]
    plan.submit(by=staff, on=plan.events.first().at.date())
    assert figures(preview("plans", plan_file(FIRST, SECOND), staff)) == {"rows": 2, "same": 2}


def test_lines_of_a_draft_change_with_the_version_and_come_back(staff, group):
    imported("plans", plan_file(FIRST), staff)
    run = imported("plans", plan_file([*FIRST[:7], 200_000, *FIRST[8:]], SECOND), staff)
    plan = WorkPlan.objects.get()
    assert (figures(run), plan.version, plan.activities.count()) == ({"rows": 2, "created": 1, "changed": 1}, 2, 2)
    assert list(plan.activities.values_list("amount", "fundings__amount")) == [(400_000, 400_000), (150_002, 150_002)]
    run = undone(run, staff)
    plan.refresh_from_db()
    assert (run.step, plan.version) == ("undone", 3)
    assert list(plan.activities.values_list("amount", "fundings__amount")) == [(300_000, 300_000)]


def test_a_submitted_plan_is_not_changed(staff, group):
    plan = make.WorkPlanFactory(group=group, year=2025, status="submitted")
    run = preview("plans", plan_file(FIRST), staff)
    assert wrongs(run) == [(2, "year", f"{plan} berstatus Diajukan, jadi kegiatannya tidak dapat diubah.")]


def test_what_is_wrong_with_a_line_is_told(staff, group):
    rows = [
        [*FIRST[:3], "Z", "Kegiatan", -1, "kali", 1000, "Mei-Apr", "Sponsor"],
        [*FIRST[:5], None, None, "banyak", None, None],
    ]
    run = preview("plans", plan_file(*rows), staff)
    assert [(line, column) for line, column, _ in wrongs(run)] == [
        (2, "volume"),
        (2, "months"),
        (2, "area"),
        (2, "source"),
        (3, "volume"),
        (3, "unit"),
        (3, "unit_price"),
    ]
    assert not Activity.objects.exists()


def test_two_sources_of_one_line_stand_in_two_rows(staff, group):
    head = [*HEAD, "Jumlah dari sumber"]
    content = book(("R", [head, [*FIRST, 100_000], [*FIRST[:9], "Swadaya", 200_000]]))
    run = imported("plans", content, staff)
    assert figures(run) == {"rows": 2, "created": 2}
    assert list(Activity.objects.get().fundings.values_list("source__code", "amount")) == [
        ("iuran", 100_000),
        ("swadaya", 200_000),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4 10", [4, 10]),
        (7, [7]),
        ("Apr, Okt", [4, 10]),
        ("Januari s.d. Maret", [1, 2, 3]),
        ("jan – mar, des", [1, 2, 3, 12]),
        ("Triwulan II", [4, 5, 6]),
        ("setiap bulan", list(range(1, 13))),
    ],
)
def test_months_as_people_write_them(written, expected):
    assert mask_to_months(months(written)) == expected


@pytest.mark.parametrize("written", ["13", "Mei-Apr", "kapan saja", "jan-feb-mar", "²"])
def test_months_that_are_none(written):
    with pytest.raises(ValidationError):
        months(written)
