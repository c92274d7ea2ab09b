"""Plans that would have too many activities are refused completely."""

import pytest

from plans.models import Activity, WorkPlan
from plans.services.work_plans import MAX_LINES
from tests import factories as make
from tests.imports.office import book, figures, imported, preview, wrongs

pytestmark = pytest.mark.django_db

HEAD = ["Desa", "Kelompok", "Tahun", "Bidang", "Kegiatan", "Volume", "Satuan", "Harga satuan"]


@pytest.fixture
def group():
    village = make.VillageFactory(code="18.11.01.2001", name="Wiralaga I")
    return make.GroupFactory(village=village, name="Tirta Jaya")


@pytest.fixture
def staff(group):
    return make.UserFactory(district=group.village.subdistrict.district)


def lines(count, year=2025, start=1, volume=1):
    return [
        ["Wiralaga I", "Tirta Jaya", year, "A", f"Kegiatan {number}", volume, "kali", 1000]
        for number in range(start, start + count)
    ]


def plan_file(*rows):
    return book(("Rencana", [HEAD, *rows]))


def sentence(group, count):
    return (
        f"Rencana kerja 2025 {group} akan memuat {count} kegiatan, padahal paling banyak 300. Tidak satu pun baris "
        "rencana ini disimpan: gabungkan kegiatan yang sejenis, lalu unggah lagi."
    )


def test_a_plan_of_too_many_lines_is_refused_whole_and_the_other_goes_in(staff, group):
    content = plan_file(*lines(MAX_LINES + 1), *lines(2, year=2024))
    run = imported("plans", content, staff, mode="good")
    assert wrongs(run) == [(line, "", sentence(group, 301)) for line in range(2, MAX_LINES + 3)]
    assert figures(run) == {"rows": 303, "created": 2, "skipped": 301}
    assert list(WorkPlan.objects.values_list("year", flat=True)) == [2024]


def test_lines_that_stand_count_and_those_of_the_file_that_are_the_same_do_not(staff, group):
    imported("plans", plan_file(*lines(MAX_LINES - 1)), staff)
    again = plan_file(*lines(MAX_LINES - 1, volume=2), *lines(1, start=MAX_LINES))
    assert figures(imported("plans", again, staff)) == {"rows": 300, "created": 1, "changed": 299}
    run = preview("plans", plan_file(*lines(1, start=1), *lines(1, start=MAX_LINES + 1)), staff)
    assert wrongs(run) == [(line, "", sentence(group, 301)) for line in (2, 3)]
    assert Activity.objects.count() == MAX_LINES


def test_a_wrong_line_counts_because_mending_it_would_bring_it_in(staff, group):
    run = preview("plans", plan_file(*lines(MAX_LINES), *lines(1, start=400, volume="banyak")), staff)
    assert figures(run) == {"rows": 301, "error": 301}
