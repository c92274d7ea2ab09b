from datetime import date

import pytest

from kpspams.models import Member
from records.models import Event
from tests import factories as make
from tests.kpspams.addresses import page
from tests.pages import errors, send, shown
from villages.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(client):
    """A fasilitator of the village of `group`."""
    user = make.FacilitatorFactory(villages=[make.VillageFactory()])
    client.force_login(user)
    return user


@pytest.fixture
def group(facilitator):
    return make.GroupFactory(village=facilitator.assignments.get().village)


def test_member_create_with_a_known_person_ends_the_holder_before(client, group):
    before = make.MemberFactory(group=group)
    person = make.PersonFactory(village=group.village)
    url = page("member_create", group)
    data = shown(client.get(url)) | {"post": "KET", "person": person.pk, "starts_on": "2024-03-01"}
    first, second = client.post(url, data), client.post(url, data)
    assert first.url == second.url == group.get_absolute_url()
    before.refresh_from_db()
    new = Member.objects.get(ends_on=None)
    assert (before.ends_on, new.person, group.members.count()) == (date(2024, 2, 29), person, 2)


NEW = {
    "post": "SEK",
    "new_name": "Ni Wayan Sari",
    "new_sex": "P",
    "new_phone": "0812 3456 7890",
    "starts_on": "2024-03-01",
}


def test_member_create_with_a_new_person_sent_twice_makes_one_of_each(client, group):
    url = f"{page('member_create', group)}?jabatan=SEK"
    page_shown = client.get(url)
    assert shown(page_shown)["post"] == "SEK"
    data = shown(page_shown) | NEW
    assert [client.post(url, data).status_code for _ in range(3)] == [302] * 3
    person = Person.objects.get()
    assert (person.name, person.village, person.phone) == ("Ni Wayan Sari", group.village, "+6281234567890")
    assert list(person.posts.values_list("group", "post")) == [(group.pk, "SEK")]


def test_member_create_asks_about_a_likely_double(client, group):
    known = make.PersonFactory(name="Ni Wayan Sari", village=group.village)
    response = send(client, page("member_create", group), **NEW)
    assert list(errors(response)) == ["still_save"]
    assert (Person.objects.count(), Member.objects.count()) == (1, 0)
    client.post(page("member_create", group), shown(response) | {"still_save": "on"})
    assert Member.objects.get().person != known


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"new_name": ""}, "person"),
        ({"new_sex": ""}, "new_sex"),
        ({"new_phone": "halo"}, "new_phone"),
        ({"post": "XYZ"}, "post"),
        ({"starts_on": "2206-01-01"}, "starts_on"),
        ({"ends_on": "2023-01-01"}, "__all__"),
    ],
)
def test_member_create_says_what_is_wrong_and_saves_nothing(client, group, changed, field):
    response = send(client, page("member_create", group), **NEW | changed)
    assert list(errors(response)) == [field]
    assert (Person.objects.count(), Member.objects.count()) == (0, 0)


def test_person_and_new_person_together_are_refused(client, group):
    person = make.PersonFactory(village=group.village)
    assert list(errors(send(client, page("member_create", group), **NEW, person=person.pk))) == ["new_name"]


def test_a_refused_post_leaves_no_new_person_behind(client, group):
    make.MemberFactory(group=group, post="SEK", starts_on=date(2025, 1, 1))
    response = send(client, page("member_create", group), **NEW)
    assert "tercatat sebagai Sekretaris sejak 1 Januari 2025" in errors(response)["__all__"][0]
    assert (Person.objects.count(), Member.objects.count()) == (1, 1)


def test_people_and_papers_of_other_villages_are_no_choice(client, group):
    person = make.PersonFactory()
    paper = make.LegalDocumentFactory()
    response = send(client, page("member_create", group), post="KET", person=person.pk, starts_on="2024-03-01")
    assert list(errors(response)) == ["person"]
    response = send(client, page("member_create", group), **NEW, appointed_by=paper.pk)
    assert list(errors(response)) == ["appointed_by"]


def test_member_update_corrects_days_and_tells_the_second_writer(client, group):
    member = make.MemberFactory(group=group)
    url = page("member_update", member)
    mine = shown(client.get(url)) | {"title": "Ketua Umum"}
    assert send(client, url, starts_on="2018-03-01").status_code == 302
    response = client.post(url, mine)
    assert response.status_code == 409
    assert {"label": "Sebutan menurut SK", "mine": "Ketua Umum", "theirs": "(kosong)"} in response.context["conflict"][
        "rows"
    ]
    member.refresh_from_db()
    assert (member.starts_on, member.title) == (date(2018, 3, 1), "")


def test_member_end_keeps_the_post_and_the_reason(client, group):
    member = make.MemberFactory(group=group)
    url = page("member_end", member)
    assert list(errors(send(client, url, ends_on=""))) == ["ends_on"]
    assert list(errors(send(client, url, ends_on="2017-01-01"))) == ["__all__"]
    assert send(client, url, ends_on="2020-06-30", reason="Mengundurkan diri").status_code == 302
    member.refresh_from_db()
    assert (member.ends_on, Event.objects.of(member).get().reason) == (date(2020, 6, 30), "Mengundurkan diri")
    assert client.get(url).status_code == 404
    assert "Tidak ada pengurus yang sedang menjabat" in client.get(group.get_absolute_url()).content.decode()
