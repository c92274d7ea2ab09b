"""The entry page: steps in the order of the form, the photos beside them, and the way back to it."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from fieldwork.queries.entry_steps import steps_of
from fieldwork.rules.paper_form import Part, plan_year
from tests import factories as make
from tests.fieldwork.entries import url
from tests.pages import send

pytestmark = pytest.mark.django_db


def test_the_entry_page_follows_the_paper_and_tells_what_stands(client, village, office):
    group = make.GroupFactory(village=village, name="Tirta Uji")
    make.MemberFactory(group=group)
    make.FacilityFactory(village=village, name="SPAM Dusun I")
    steps = steps_of(village, office, localdate())
    assert [step.part for step in steps] == list(Part)
    found = {item.title: item.known for step in steps for item in step.items}
    assert found["Pemeriksaan SPAM Dusun I"] == "Belum pernah diperiksa."
    assert found['SK KPSPAMS "Tirta Uji"'] == "Belum ada SK"
    year = plan_year(localdate())
    assert found[f'KPSPAMS "Tirta Uji", tahun {year}'] == f"Belum ada rencana kerja {year}."
    page = client.get(url("entry_form", village)).content.decode()
    places = [page.index(part.value) for part in Part]
    assert places == sorted(places)


def test_each_form_leads_back_to_the_entry_page(client, village, office):
    make.GroupFactory(village=village)
    entry = make.EntryRequestFactory(village=village)
    back = f"{url('entry_form', village)}?titipan={entry.pk}"
    page = client.get(back)
    links = [item.url for step in page.context["steps"] for item in step.items]
    assert links
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.context["cancel_url"] == back, link
    update = next(link for link in links if "/ubah/" in link and link.startswith("/desa/"))
    assert send(client, update, households="1.250", figures_year="2025")["Location"] == back


def test_what_was_changed_is_told_with_its_time(village, office):
    village.households, village.figures_year = 900, 2025
    village.change(by=office)
    item = steps_of(village, office, localdate())[0].items[0]
    assert item.changed_at == village.events[0].at
    assert item.known == "900 KK (data 2025)"


def test_a_facilitator_fills_in_groups_and_leaves_the_registry(village, facilitator):
    make.GroupFactory(village=village)
    make.FacilityFactory(village=village)
    steps = steps_of(village, facilitator, localdate())
    may_fill = {step.part: all(item.url for item in step.items) for step in steps}
    assert may_fill == {
        Part.VILLAGE: False,
        Part.GROUP: True,
        Part.BOARD: True,
        Part.FACILITIES: False,
        Part.GROUP_CHECK: True,
        Part.PLAN: True,
    }


def test_the_photos_lie_beside_the_form_for_those_who_may_see_them(client, village, office, facilitator):
    photo = make.EntryPhotoFactory(entry__village=village)
    group = make.GroupFactory(village=village)
    there = url("entry_photo", photo)
    for name in ("document_create", "board_change"):
        page = reverse(f"kpspams:{name}", args=[group.pk])
        assert there in client.get(f"{page}?titipan={photo.entry_id}").content.decode()
        assert there not in client.get(page).content.decode()
    other = make.GroupFactory()
    client.force_login(make.FacilitatorFactory(villages=[other.village]))
    requested = f"{reverse('kpspams:document_create', args=[other.pk])}?titipan={photo.entry_id}"
    assert there not in client.get(requested).content.decode()


@pytest.mark.parametrize("requested", ["", "x", "9" * 30, "-1", "²", "987654321"])
def test_a_request_that_is_none_shows_nothing(client, village, office, requested):
    answer = client.get(url("entry_form", village), {"titipan": requested})
    assert (answer.status_code, answer.context["entry"]) == (200, None)


@pytest.mark.parametrize("away", ["//jahat.invalid/", "https://jahat.invalid/", "/\\jahat.invalid", "javascript:1"])
def test_the_way_back_never_leads_out_of_the_portal(client, village, office, away):
    answer = send(
        client, f"{reverse('villages:village_update', args=[village.pk])}?kembali={away}", postal_code="34698"
    )
    assert answer["Location"] == village.get_absolute_url()


@pytest.mark.parametrize("count", [1, 5])
def test_entry_form_asks_the_same_number_of_queries(client, village, office, django_assert_max_num_queries, count):
    for _ in range(count):
        group = make.GroupFactory(village=village)
        make.MemberFactory(group=group)
        make.GroupCheckFactory(group=group)
        make.WorkPlanFactory(group=group)
        make.AssetFactory(facility=make.ConditionCheckFactory(facility__village=village).facility)
    with django_assert_max_num_queries(18):
        client.get(url("entry_form", village))
