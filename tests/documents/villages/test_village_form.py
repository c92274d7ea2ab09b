"""The blank form of a village: prefilled values and blanks, in the order of the entry page."""

from datetime import date

import pytest
import time_machine

from documents import registry
from documents.rendering import printing
from documents.villages import village_form
from fieldwork.rules.paper_form import Part
from tests import factories
from tests.documents.samples import make_plan, pages_of, words_of

pytestmark = pytest.mark.django_db
TODAY = "2026-11-24"


def collected(village):
    with time_machine.travel(TODAY):
        return village_form.VillageForm().collect(village, {}, None)


def made(village):
    return printing.print_document(registry.document("village_form"), village.pk, collected(village)).content


@pytest.fixture
def village():
    """A village with a board, a checked water system, a checked group and the sample plan of the year."""
    plan = make_plan(year=2026)
    group = plan.group
    village = group.village
    type(village).objects.filter(pk=village.pk).update(households=1_234, people=4_321, figures_year=2025)
    village.refresh_from_db()
    person = {"person__village": village, "person__phone": "+6281234567890"}
    factories.MemberFactory(group=group, person__name="Suminah Uji", person__sex="P", **person)
    facility = factories.FacilityFactory(village=village, name="SPAM Dusun I")
    factories.ConditionCheckFactory(facility=facility, checked_on=date(2026, 5, 1), connections_active=1_105)
    factories.AssetFactory(facility=facility, units=3)
    factories.GroupCheckFactory(group=group, checked_on=date(2026, 6, 1), bookkeeping="lengkap", payers=118)
    return village


def test_the_paper_tells_what_the_portal_knows_in_the_order_of_the_entry(village):
    text = words_of(made(village))
    places = [text.index(part.value) for part in Part]
    assert places == sorted(places)
    known = ["1.234", "4.321", "188/07/2018", "Suminah Uji", "SPAM Dusun I", "1.105", "Lengkap", "118"]
    assert [word for word in known if word not in text] == []
    assert "F. Rencana kerja 2027" in text
    assert "kegiatan tahun 2026" in text
    assert "Penanaman pohon di sekitar sumur bor" in text


def test_no_telephone_number_is_printed(village):
    assert "34567890" not in words_of(made(village)).replace(" ", "").replace("-", "")


def test_vacant_core_posts_have_a_line_and_new_people_too(village):
    board = collected(village)["groups"][0]
    assert [(row["post"], row["name"]) for row in board["board"]] == [
        ("Ketua", "Suminah Uji"),
        ("Sekretaris", ""),
        ("Bendahara", ""),
    ]
    assert len(board["empty_posts"]) == village_form.EMPTY_POSTS


def test_a_village_without_anything_gets_a_form_to_begin_with():
    village = factories.VillageFactory()
    snapshot = collected(village)
    assert snapshot["plans"][0]["rows"] == []
    assert len(snapshot["plans"][0]["empty_rows"]) == village_form.PLAN_LINES
    text = words_of(made(village))
    assert "Belum ada KPSPAMS yang tercatat di desa ini." in text
    assert "Belum ada sarana yang tercatat di desa ini." in text
    assert "DATA CONTOH" not in text


def test_each_standing_group_has_its_parts_and_a_dissolved_one_none():
    village = factories.VillageFactory()
    for name in ("Tirta Satu", "Tirta Dua"):
        factories.GroupFactory(village=village, name=name)
    factories.GroupFactory(village=village, name="Tirta Bubar", dissolved_on=date(2020, 1, 1))
    names = [group["name"] for group in collected(village)["groups"]]
    assert names == ['KPSPAMS "Tirta Dua"', 'KPSPAMS "Tirta Satu"']


def test_sample_data_is_marked_on_every_page():
    village = factories.VillageFactory(is_sample=True)
    pages = pages_of(made(village))
    assert [page for page in pages if "DATA CONTOH" not in page.replace("\n", " ")] == []


def test_months_as_people_write_them():
    assert [village_form._months(months) for months in ([], [4, 10], list(range(1, 13)))] == ["", "4, 10", "1-12"]


def test_the_notice_names_the_office_that_can_be_reached():
    village = factories.VillageFactory()
    assert "melalui DPMU Kabupaten" in collected(village)["notice"]
    factories.OfficeProfileFactory(office_name="Dinas Uji", address="Jalan Uji 1", phone="(0726) 000000")
    assert "melalui Dinas Uji, Jalan Uji 1, (0726) 000000. Jangan menulis NIK" in collected(village)["notice"]
