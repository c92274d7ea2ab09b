from datetime import date

import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as make
from tests.pages import errors, send, shown
from villages.models import Person

pytestmark = pytest.mark.django_db
LIST = reverse("villages:person_list")
CREATE = reverse("villages:person_create")
PHONE = "0812-3456-7890"


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 5])
def test_person_list_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        make.MemberFactory()
    client.get(LIST)
    with django_assert_num_queries(8):
        response = client.get(LIST)
    assert response.context["page_obj"].paginator.count == count


@pytest.mark.parametrize("typed", ["sutrisno", "H. Sutrisno, S.Pd.", "SUTRISNO", "sutris no"])
def test_person_list_finds_without_titles_and_case(client, staff, typed):
    wanted = make.PersonFactory(name="H. Sutrisno, S.Pd.")
    make.PersonFactory(name="Ratna")
    make.PersonFactory(name="Sutrisno lama", merged_into=wanted)
    assert list(client.get(LIST, {"q": typed}).context["object_list"]) == [wanted]


def test_person_list_filters_by_village_and_sex(client, staff):
    man = make.PersonFactory(sex="L")
    woman = make.PersonFactory(village=man.village)
    other = make.PersonFactory(village__subdistrict=make.SubdistrictFactory(code="18.11.97", name="Lain"))

    def found(**query):
        return set(client.get(LIST, query).context["object_list"])

    assert found(desa=man.village_id) == {man, woman}
    assert found(desa=man.village_id, jenis="L") == {man}
    assert found(kecamatan=other.village.subdistrict_id) == {other}


def test_phones_stand_on_the_page_of_a_person_only_and_only_for_those_who_may(client):
    member = make.MemberFactory(person__phone="+6281234567890")
    own = member.group.village
    pages = [LIST, member.group.get_absolute_url(), own.get_absolute_url(), reverse("kpspams:group_list")]

    def shows(user, url):
        client.force_login(user)
        html = client.get(url).content.decode()
        return PHONE in html or "81234567890" in html

    detail = member.person.get_absolute_url()
    assert shows(make.UserFactory(), detail)
    assert shows(make.FacilitatorFactory(villages=[own]), detail)
    assert not shows(make.OfficialFactory(), detail)
    assert [shows(make.UserFactory(), url) for url in pages] == [False] * 4
    client.force_login(make.FacilitatorFactory(villages=[make.VillageFactory()]))
    assert client.get(detail).status_code == 404


def test_person_detail_shows_posts_over_the_years(client, staff):
    person = make.PersonFactory()
    past = make.MemberFactory(person=person, ends_on=date(2020, 1, 1))
    make.MemberFactory(person=person, group=past.group, post="SEK", starts_on=date(2020, 1, 2), acting=True)
    make.VillageOfficialFactory(person=person, village=person.village, office="bpd")
    make.ParticipantFactory(person=person)
    response = client.get(person.get_absolute_url())
    assert [post.wording for post in response.context["posts"]] == ["Plt. Sekretaris", "Ketua"]
    assert [str(office) for office in response.context["offices"]] == [f"{person}, Ketua BPD"]
    assert len(response.context["participations"]) == 1


NEW = {"name": "  Sutrisno ", "sex": "L", "hamlet": "I", "phone": "0812 3456 7890"}


def test_person_create_sent_twice_makes_one(client, staff):
    village = make.VillageFactory()
    data = shown(client.get(CREATE)) | NEW | {"village": village.pk}
    first, second = client.post(CREATE, data), client.post(CREATE, data)
    person = Person.objects.get()
    assert (person.name, person.phone, person.district) == ("Sutrisno", "+6281234567890", staff.district)
    assert first.url == second.url == person.get_absolute_url()
    assert "+62" not in str(Event.objects.of(person).get().changes)


def test_a_likely_double_is_asked_about_once(client, staff):
    known = make.PersonFactory(name="Sutrisno", hamlet="II", sex="L")
    response = send(client, CREATE, **NEW | {"village": known.village_id})
    where = f"{known.village}, dusun II"
    why = "karena nama dan desa sama, tetapi dusun berbeda (I dan II)"
    assert errors(response) == {"still_save": [f"Mungkin sudah tercatat: Sutrisno (Laki-laki, {where}), {why}."]}
    assert Person.objects.count() == 1
    assert client.post(CREATE, shown(response) | {"still_save": "on"}).status_code == 302
    assert Person.objects.count() == 2


def test_a_double_outside_the_scope_is_not_told(client):
    secret = make.PersonFactory(name="Sutrisno", phone="+6281234567890")
    own = make.VillageFactory()
    client.force_login(make.FacilitatorFactory(villages=[own]))
    response = send(client, CREATE, **NEW | {"village": own.pk})
    assert response.status_code == 302
    assert Person.objects.exclude(pk=secret.pk).get().village == own


def test_facilitator_writes_persons_of_own_villages_only(client):
    other = make.PersonFactory()
    own = make.PersonFactory()
    client.force_login(make.FacilitatorFactory(villages=[own.village]))
    assert list(errors(send(client, CREATE, **NEW | {"village": other.village_id}))) == ["village"]
    assert list(errors(send(client, CREATE, **NEW))) == ["village"]
    assert client.get(reverse("villages:person_update", args=[other.pk])).status_code == 404
    assert send(client, reverse("villages:person_update", args=[own.pk]), name="Baru").status_code == 302
    own.refresh_from_db()
    assert own.name == "Baru"


def test_district_that_is_sent_is_ignored(client, staff):
    foreign = make.OtherDistrictFactory()
    send(client, CREATE, **NEW | {"institution": "Puskesmas", "district": foreign.pk})
    assert Person.objects.get().district == staff.district


def test_phone_change_stays_out_of_the_history(client, staff):
    person = make.PersonFactory(phone="+6281234567890")
    send(client, reverse("villages:person_update", args=[person.pk]), phone="0813 1111 2222")
    person.refresh_from_db()
    assert person.phone == "+6281311112222"
    assert Event.objects.of(person).get().changes == {"nomor HP": None}


def test_official_writes_nobody(client):
    client.force_login(make.OfficialFactory())
    assert client.get(CREATE).status_code == 403
    assert client.get(reverse("villages:person_update", args=[make.PersonFactory().pk])).status_code == 403
