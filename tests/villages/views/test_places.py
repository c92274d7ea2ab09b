from datetime import date

import pytest
from django.urls import reverse

from records.models import Event
from tests import factories as make
from tests.pages import errors, page_messages, send, shown
from villages.models import GrantAward, Village, VillageOfficial

pytestmark = pytest.mark.django_db
LIST = reverse("villages:village_list")


def page(name, row):
    return reverse(f"villages:{name}", args=[row.pk])


def rich_village(**values):
    """A village with one of everything that its page shows."""
    village = make.GrantAwardFactory(village__name=values.pop("name", "Uji Kaya")).village
    group = make.MemberFactory(group__village=village).group
    make.LegalDocumentFactory(group=group)
    make.ConditionCheckFactory(facility__village=village)
    make.VillageOfficialFactory(village=village)
    make.AssignmentFactory(village=village)
    make.ParticipantFactory(person__village=village, training=make.TrainingDayFactory().training)
    return village


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 5])
def test_village_list_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        rich_village()
    client.get(LIST)
    with django_assert_num_queries(10):
        response = client.get(LIST)
    assert response.context["page_obj"].paginator.count == count


@pytest.mark.parametrize("count", [1, 5])
def test_village_detail_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    village = rich_village()
    for number in range(count - 1):
        make.GrantAwardFactory(village=village, fiscal_year=2018 + number)
        make.LegalDocumentFactory(group=make.MemberFactory(group__village=village).group)
        make.ConditionCheckFactory(facility__village=village)
        make.AssignmentFactory(village=village)
        make.ParticipantFactory(person__village=village, training=make.TrainingDayFactory().training)
    client.get(village.get_absolute_url())
    with django_assert_num_queries(37):  # the last: open follow-ups of the village, its newest visits and their number
        response = client.get(village.get_absolute_url())
    assert len(response.context["groups"]) == count


def test_village_detail_tells_trainings_and_the_latest_plan(client, staff):
    village = rich_village()
    plan = make.WorkPlanFactory(group=village.groups.get(), year=2025)
    training = village.participants.get().training
    make.ParticipantFactory(person__village=village, training=training)
    make.ParticipantFactory(person__village=village, training=training, state="batal")
    response = client.get(village.get_absolute_url())
    assert response.context["trainings"] == [[training, date(2018, 12, 4), 2]]
    assert f'<a href="{plan.get_absolute_url()}">2025, draf</a>' in response.content.decode()


@pytest.mark.parametrize("typed", ["wiralaga i", "WIRALAGAI", " Wiralaga  I ", "18.11.01.2001"])
def test_village_list_finds_without_case_and_spaces(client, staff, typed):
    subdistrict = make.SubdistrictFactory(code="18.11.01", name="Mesuji")
    wanted = make.VillageFactory(name="Wiralaga I", code="18.11.01.2001", subdistrict=subdistrict)
    make.VillageFactory(name="Budi Aji")
    assert list(client.get(LIST, {"q": typed}).context["object_list"]) == [wanted]


def test_village_list_filters(client, staff):
    bare = make.VillageFactory(name="Tanpa")
    grouped = make.GroupFactory(village=make.GrantAwardFactory(fiscal_year=2018).village).village
    closed = make.GroupFactory(dissolved_on=date(2020, 1, 1)).village
    other = make.VillageFactory(subdistrict=make.SubdistrictFactory(code="18.11.97", name="Lain"))

    def found(**query):
        return set(client.get(LIST, query).context["object_list"])

    assert found(kpspams="tanpa") == {bare, closed, other}
    assert found(kpspams="ada") == {grouped}
    assert found(ta="2018") == {grouped}
    assert found(kecamatan=other.subdistrict_id) == {other}
    assert found(kecamatan=other.subdistrict_id, ta="2018") == set()


@pytest.mark.parametrize(
    "query", ["?ta=abc", "?kecamatan=99999999999999999999", "?urut=code;drop", "?q=%00%25", "?kpspams=x"]
)
def test_village_list_bears_any_query(client, staff, query):
    assert client.get(LIST + query).status_code == 200


def test_village_list_sorts(client, staff):
    second = make.VillageFactory(name="Aji", code="18.11.98.2002")
    first = make.VillageFactory(name="Budi", code="18.11.98.2001")
    assert list(client.get(LIST).context["object_list"]) == [first, second]
    assert list(client.get(LIST, {"urut": "nama"}).context["object_list"]) == [second, first]


def test_facilitator_sees_own_villages_and_changes_no_registry(client):
    own, other = rich_village(), rich_village()
    client.force_login(make.FacilitatorFactory(villages=[own]))
    assert list(client.get(LIST).context["object_list"]) == [own]
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    for url in (
        reverse("villages:village_create"),
        page("village_update", own),
        page("award_create", own),
        page("award_update", own.awards.get()),
        page("official_create", own),
        page("official_end", own.officials.get()),
        page("facility_create", own),
        page("facility_update", own.facilities.get()),
        page("check_create", own.facilities.get()),
    ):
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code == 403, url


def test_office_of_another_kabupaten_finds_nothing(client):
    village = rich_village()
    client.force_login(make.AdminFactory(district=make.OtherDistrictFactory()))
    assert list(client.get(LIST).context["object_list"]) == []
    for url in (
        village.get_absolute_url(),
        page("village_update", village),
        page("award_create", village),
        page("award_update", village.awards.get()),
        page("official_create", village),
        page("official_end", village.officials.get()),
        page("facility_create", village),
        page("facility_detail", village.facilities.get()),
        page("facility_update", village.facilities.get()),
        page("check_create", village.facilities.get()),
    ):
        assert client.get(url).status_code == 404, url


def test_official_looks_only(client):
    village = rich_village()
    client.force_login(make.OfficialFactory())
    html = client.get(village.get_absolute_url()).content.decode()
    assert "/ubah/" not in html
    assert "/tambah/" not in html
    assert client.get(page("village_update", village)).status_code == 403


NEW = {
    "code": "18.11.98.2001",
    "name": "Desa Uji Baru",
    "households": "1.250",
    "people": "4.100",
    "figures_year": "2025",
}


def test_village_create_saves_and_sent_twice_makes_one(client, staff):
    subdistrict = make.SubdistrictFactory()
    url = reverse("villages:village_create")
    data = shown(client.get(url)) | NEW | {"subdistrict": subdistrict.pk}
    first, second = client.post(url, data), client.post(url, data)
    village = Village.objects.get()
    assert (village.name, village.households, village.people) == ("Uji Baru", 1250, 4100)
    assert first.url == second.url == village.get_absolute_url()
    assert page_messages(first) == ["Desa Uji Baru tersimpan."]
    assert [event.verb for event in Event.objects.of(village)] == ["add"]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        (
            {"code": "18.11.97.2001"},
            "code",
            "Kode desa di Kecamatan Uji Tengah dimulai dengan 18.11.98, misalnya 18.11.98.2001.",
        ),
        ({"code": "18.11.98.20"}, "code", "Tulis kode desa seperti 18.11.01.2001."),
        ({"figures_year": ""}, "__all__", "Isi tahun data penduduk untuk jumlah KK dan jiwa."),
        ({"figures_year": "2099"}, "figures_year", "Isi tahun antara 1990 dan"),
        ({"people": "12"}, "people", "Jumlah jiwa tidak mungkin lebih kecil daripada jumlah KK."),
        ({"lat": "-3,9"}, "__all__", "Isi lintang (-90 s.d. 90) dan bujur (-180 s.d. 180), atau kosongkan keduanya."),
        ({"postal_code": "34"}, "postal_code", "Kode pos terdiri atas 5 angka."),
    ],
)
def test_village_create_says_what_is_wrong_at_its_field(client, staff, changed, field, sentence):
    data = NEW | {"subdistrict": make.SubdistrictFactory().pk} | changed
    response = send(client, reverse("villages:village_create"), **data)
    assert [text.startswith(sentence) for text in errors(response)[field]] == [True]
    assert Village.objects.count() == 0


def test_village_update_keeps_both_texts_for_the_second_writer(client, staff):
    village = make.VillageFactory(name="Lama")
    url = page("village_update", village)
    mine = shown(client.get(url)) | {"name": "Punyaku"}
    assert send(client, url, name="Punya orang").status_code == 302
    response = client.post(url, mine)
    assert response.status_code == 409
    assert response.context["conflict"]["rows"] == [{"label": "Nama", "mine": "Punyaku", "theirs": "Punya orang"}]
    village.refresh_from_db()
    assert village.name == "Punya orang"
    again = client.post(url, shown(response))
    village.refresh_from_db()
    assert (again.status_code, village.name) == (302, "Punyaku")


def test_award_create_and_update(client, staff):
    village = make.VillageFactory()
    programme = make.ProgrammeFactory()
    values = {"programme": programme.pk, "fiscal_year": "2017", "scheme": "reguler"}
    response = send(client, page("award_create", village), **values)
    award = GrantAward.objects.get()
    assert (response.url, award.village) == (village.get_absolute_url(), village)
    again = send(client, page("award_create", village), **values)
    assert errors(again) == {"__all__": ["Bantuan ini sudah tercatat untuk desa dan tahun itu."]}
    send(client, page("award_update", award), fiscal_year="2018")
    award.refresh_from_db()
    assert award.fiscal_year == 2018


def test_award_belongs_to_the_village_of_the_address_whatever_is_sent(client, staff):
    village, other = make.VillageFactory(), make.VillageFactory()
    programme = make.ProgrammeFactory()
    values = {"programme": programme.pk, "fiscal_year": "2017", "scheme": "reguler", "village": other.pk}
    send(client, page("award_create", village), **values)
    assert GrantAward.objects.get().village == village


def test_official_create_with_a_new_person_ends_the_one_before(client, staff):
    before = make.VillageOfficialFactory()
    url = page("official_create", before.village)
    data = shown(client.get(url)) | {
        "office": "kepala",
        "new_name": "Nyoman",
        "new_sex": "P",
        "starts_on": "2024-03-01",
    }
    first, second = client.post(url, data), client.post(url, data)
    assert (first.status_code, second.status_code) == (302, 302), errors(first)
    before.refresh_from_db()
    new = VillageOfficial.objects.get(ends_on=None)
    assert (before.ends_on, new.person.name, new.person.village) == (date(2024, 2, 29), "Nyoman", before.village)
    assert VillageOfficial.objects.count() == 2
    assert before.village.persons.count() == 2


def test_official_end(client, staff):
    official = make.VillageOfficialFactory()
    url = page("official_end", official)
    assert errors(send(client, url, ends_on="2017-01-01")) == {
        "__all__": ["Tanggal berakhir tidak boleh sebelum tanggal mulai."]
    }
    assert send(client, url, ends_on="2020-06-30").status_code == 302
    official.refresh_from_db()
    assert official.ends_on == date(2020, 6, 30)
    assert client.get(url).status_code == 404


def test_real_rows_do_not_hang_on_sample_villages(client, staff):
    village = make.VillageFactory(is_sample=True)
    response = send(client, page("facility_create", village), name="SPAM Uji", technology="sumur_bor")
    assert "DATA CONTOH" in str(errors(response)["__all__"])
    assert village.facilities.count() == 0
