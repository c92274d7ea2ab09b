import pytest
from django.urls import reverse

from tests import factories as make
from tests.pages import errors, page_messages
from villages.models import Person, PersonApart

pytestmark = pytest.mark.django_db
LIST = reverse("villages:person_list")
DOUBLES = reverse("villages:person_doubles")


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def duplicate(**fields):
    first = make.PersonFactory(name="Sutrisno", **fields)
    return first, make.PersonFactory(name="H. Sutrisno", village=first.village, **fields)


def url(name, person):
    return reverse(f"villages:{name}", args=[person.pk])


@pytest.mark.parametrize("count", [1, 5])
def test_person_doubles_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        first, second = duplicate()
        make.MemberFactory(group__village=first.village, person=first)
        make.ParticipantFactory(person=second)
    client.get(DOUBLES)
    with django_assert_num_queries(6):
        response = client.get(DOUBLES)
    assert len(response.context["clusters"]) == count


def test_a_number_of_many_persons_shows_the_first_of_them(client, staff, monkeypatch):
    monkeypatch.setattr("villages.views.duplicates.MAX_SHOWN", 3)
    people = [make.PersonFactory(name=f"Orang {number}", phone="+6281234567890") for number in range(5)]
    response = client.get(DOUBLES)
    assert [block["people"] for block in response.context["clusters"]] == [people[:3]]
    assert "3 dari 5 catatan tampil" in response.content.decode()


def test_a_merge_from_the_list_of_doubles(client, staff):
    kept, other = duplicate()
    page = client.get(DOUBLES).content.decode()
    assert f'href="{url("person_merge", kept)}?orang={other.pk}"' in page
    form = client.get(url("person_merge", kept), {"orang": other.pk}).context["form"]
    assert form["likely"].value() == [str(other.pk)]
    response = client.post(url("person_merge", kept), {"likely": [other.pk]})
    assert response.status_code == 302
    assert page_messages(response) == ["1 catatan digabung ke Sutrisno. Bila keliru, pisahkan lagi di halaman ini."]
    assert Person.objects.get(pk=other.pk).merged_into == kept
    assert client.get(DOUBLES).context["clusters"] == []


def test_two_people_of_one_name_are_asked_about_once(client, staff):
    first, second = duplicate()
    third = make.PersonFactory(name=first.name, village=first.village)
    page = client.get(DOUBLES).content.decode()
    assert "Bukan orang yang sama" in page
    response = client.post(reverse("villages:person_apart"), {"orang": [first.pk, second.pk]}, follow=True)
    assert "2 catatan Sutrisno adalah orang yang berbeda" in response.content.decode()
    # Each of them may still be the third.
    assert [len(block["people"]) for block in response.context["clusters"]] == [3]
    client.post(reverse("villages:person_apart"), {"orang": [first.pk, second.pk, third.pk]})
    assert client.get(DOUBLES).context["clusters"] == []
    assert PersonApart.objects.count() == 3
    assert all("bukan orang yang sama dengan" in row.events.first().changes for row in (first, second, third))


def test_telling_apart_needs_two_of_ones_own(client, staff):
    first, _ = duplicate()
    strange = make.PersonFactory(district=make.OtherDistrictFactory(), village=None)
    for chosen in ([], [first.pk], [first.pk, "x"], [first.pk, strange.pk], [first.pk, "9" * 30]):
        response = client.post(reverse("villages:person_apart"), {"orang": chosen}, follow=True)
        assert "baru saja berubah" in response.content.decode()
    assert PersonApart.objects.count() == 0


def test_another_spelling_of_the_village_is_merged_too(client, staff):
    kept, _ = duplicate()
    other = make.PersonFactory(name="Trisno", village=kept.village)
    client.post(url("person_merge", kept), {"other": other.pk})
    assert Person.objects.get(pk=other.pk).merged_into == kept


def test_nothing_chosen_is_said(client, staff):
    kept, _ = duplicate()
    response = client.post(url("person_merge", kept), {})
    assert errors(response) == {"likely": ["Pilih sekurang-kurangnya satu catatan yang digabung."]}
    alone = make.PersonFactory()
    assert list(errors(client.post(url("person_merge", alone), {}))) == ["other"]


def test_sent_twice_merges_once(client, staff):
    kept, other = duplicate()
    for status in (302, 200):
        assert client.post(url("person_merge", kept), {"likely": [other.pk]}).status_code == status
    assert Person.objects.get(pk=other.pk).version == 2


def test_who_stands_for_both_shows_posts_and_trainings_of_all_years(client, staff):
    kept, other = duplicate()
    old = make.MemberFactory(person=other, group__village=kept.village, post="TEK")
    new = make.MemberFactory(person=kept, group=old.group, post="KET")
    took_part = make.ParticipantFactory(person=other)
    Person.objects.filter(pk=other.pk).update(merged_into=kept)
    context = client.get(url("person_detail", kept)).context
    assert set(context["posts"]) == {old, new}
    assert list(context["participations"]) == [took_part]
    assert list(context["merged"]) == [other]
    context = client.get(url("person_detail", other)).context
    assert list(context["posts"]) == [old]


def test_the_list_hides_merged_rows_and_shows_their_posts(client, staff):
    kept, other = duplicate()
    post = make.MemberFactory(person=other, group__village=kept.village)
    Person.objects.filter(pk=other.pk).update(merged_into=kept, name="Trisno", search_key="trisno")
    response = client.get(LIST)
    assert list(response.context["object_list"]) == [kept]
    assert response.context["object_list"][0].held_posts == [post]
    assert list(client.get(LIST, {"q": "trisno"}).context["object_list"]) == [kept]


def test_parting_is_one_press_on_either_page(client, staff):
    kept, other = duplicate()
    Person.objects.filter(pk=other.pk).update(merged_into=kept)
    for page in (kept, other):
        assert f'action="{url("person_part", other)}"' in client.get(url("person_detail", page)).content.decode()
    response = client.post(url("person_part", other))
    assert page_messages(response) == ["Catatan H. Sutrisno dipisahkan lagi dari Sutrisno."]
    assert Person.objects.get(pk=other.pk).merged_into is None
    assert page_messages(client.post(url("person_part", other)))[-1] == "Catatan H. Sutrisno tidak sedang digabung."


def test_the_page_of_a_person_tells_of_a_likely_double(client, staff):
    first, second = duplicate()
    assert client.get(url("person_detail", first)).context["doubles"] == [second]
    client.force_login(make.OfficialFactory())
    assert client.get(url("person_detail", first)).context["doubles"] == []


def test_a_facilitator_merges_in_own_villages_only(client):
    kept, other = duplicate()
    elsewhere, theirs = duplicate()
    client.force_login(make.FacilitatorFactory(villages=[kept.village]))
    assert len(client.get(DOUBLES).context["clusters"]) == 1
    assert client.get(url("person_merge", elsewhere)).status_code == 404
    assert client.post(url("person_part", theirs)).status_code == 404
    response = client.post(url("person_merge", kept), {"likely": [other.pk, theirs.pk]})
    assert response.status_code == 200
    assert Person.objects.filter(merged_into=None).count() == 4


def test_phones_are_compared_and_never_shown(client, staff):
    first = make.PersonFactory(phone="+6281234567890")
    make.PersonFactory(phone="+6281234567890")
    page = client.get(DOUBLES).content.decode()
    assert len(client.get(DOUBLES).context["clusters"]) == 1
    assert "Nomor HP sama" in page
    assert "34567890" not in page.replace("-", "").replace(" ", "")
    assert client.get(url("person_detail", first)).context["doubles"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M. Yusuf", "H. Muhammad Yusuf, S.Pd."),
        ("Moch Ali", "Muh. Ali"),
        ("Abd. Rahman", "Abdulrahman"),
        ("St. Aminah", "Hj Siti Aminah"),
        ("I Kt. Sudana", "I Ketut Sudana"),
        ("Akhmad Nur Hadi", "AHMAD NOER HADI"),
    ],
)
def test_another_spelling_is_a_likely_double_and_is_offered_with_its_reason(client, staff, one, other):
    kept = make.PersonFactory(name=one)
    double = make.PersonFactory(name=other, village=kept.village, sex=kept.sex)
    make.PersonFactory(name=other)
    (block,) = client.get(DOUBLES).context["clusters"]
    assert block["people"] == sorted([kept, double], key=lambda row: (row.search_key, row.pk))
    page = client.get(url("person_merge", kept), {"orang": double.pk}).content.decode()
    assert f'name="likely" value="{double.pk}"' in page
    assert "– nama dan desa sama, tetapi ejaan nama berbeda" in page
    assert page_messages(client.post(url("person_merge", kept), {"likely": [double.pk]}))[0].startswith(
        "1 catatan digabung"
    )


def test_doubles_show_why_and_titles_do_not_hide_them(client, staff):
    first = make.PersonFactory(name="Hj Ngatinem", sex="P", phone="+6281234567890")
    make.PersonFactory(name="Hj. Ngatinem", sex="P", village=first.village, phone="+6281234567891")
    make.PersonFactory(name="Siti (istri Budi)", village=first.village)
    make.PersonFactory(name="Siti (istri Andi)", village=first.village)
    (block,) = client.get(DOUBLES).context["clusters"]
    assert block["why"] == "Nama dan desa sama, tetapi nomor HP berbeda"
