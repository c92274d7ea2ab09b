import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup
from tests import factories as make
from tests.kpspams.addresses import page
from tests.pages import errors, page_messages, send, shown

pytestmark = pytest.mark.django_db
LIST = reverse("kpspams:group_list")
CREATE = reverse("kpspams:group_create")


def rich_group(**values):
    """A group with one of everything that its page shows."""
    member = make.MemberFactory(**values)
    group = member.group
    member.appointed_by = make.LegalDocumentFactory(group=group)
    member.save()
    make.GroupCheckFactory(group=group)
    make.ParticipantFactory(person__village=group.village, group=group)
    make.ActivityFundingFactory(activity__plan=make.WorkPlanFactory(group=group))
    make.ConditionCheckFactory(facility__village=group.village)
    return group


@pytest.mark.parametrize("count", [1, 5])
def test_group_list_asks_the_same_number_of_queries(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        rich_group()
    client.get(LIST)
    with django_assert_num_queries(15):
        response = client.get(LIST)
    assert response.context["page_obj"].paginator.count == count


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("name", "queries"), [("group_detail", 36), ("group_board", 7)])
def test_group_pages_ask_the_same_number_of_queries(client, staff, count, name, queries, django_assert_num_queries):
    group = rich_group()
    for number in range(count - 1):
        make.MemberFactory(group=group, post="ANG", appointed_by=make.LegalDocumentFactory(group=group))
        make.GroupCheckFactory(group=group)
        make.WorkPlanFactory(group=group, year=2020 + number)
        make.ParticipantFactory(person__village=group.village, group=group)
        make.ConditionCheckFactory(facility__village=group.village)
    client.get(page(name, group))
    with django_assert_num_queries(queries):
        response = client.get(page(name, group))
    assert response.context["group"].members.count() == count


@pytest.mark.parametrize(
    "typed",
    ["tirta jaya", "KPSPAMS Tirta Jaya", "KPS-Pams tirtajaya", "KP-SPAMS TIRTA", "bp-spam tirta", "KPSPAM", "wiralaga"],
)
def test_group_list_finds_every_spelling(client, staff, typed):
    wanted = make.GroupFactory(name="Tirta Jaya", village__name="Wiralaga I")
    assert list(client.get(LIST, {"q": typed}).context["object_list"]) == [wanted]
    assert list(client.get(LIST, {"q": "sumber rejeki"}).context["object_list"]) == []


def test_group_list_filters(client, staff):
    today = localdate()
    complete = make.GroupFactory(village=make.GrantAwardFactory().village)
    for post in ("KET", "SEK", "BEN"):
        make.MemberFactory(group=complete, post=post)
    make.LegalDocumentFactory(group=complete, valid_until=today + timedelta(days=10))
    bare = make.GroupFactory(is_pamsimas=False, village__subdistrict=make.SubdistrictFactory(code="18.11.97", name="B"))
    closed = make.GroupFactory(dissolved_on=today)

    def found(**query):
        return set(client.get(LIST, query).context["object_list"])

    assert found(sk="segera") == {complete}
    assert found(sk="belum") == {bare, closed}
    assert found(pengurus="lengkap") == {complete}
    assert found(pengurus="lowong", keadaan="aktif") == {bare}
    assert found(keadaan="bubar") == {closed}
    assert found(jenis="non") == {bare}
    assert found(ta="2017") == {complete}
    assert found(kecamatan=bare.village.subdistrict_id) == {bare}


@pytest.mark.parametrize("count", [1, 5])
def test_group_list_as_a_file_shows_board_and_decree_of_today(client, count, django_assert_num_queries):
    """The page shows everything in a number of queries that does not grow."""
    client.force_login(make.AdminFactory())
    today = localdate()
    for _ in range(count):
        group = make.GroupFactory()
        make.MemberFactory(group=group, post="KET", person__name="Siti", person__sex="P")
        make.MemberFactory(group=group, post="SEK", ends_on=today - timedelta(days=1))
        make.LegalDocumentFactory(group=group, number="141/07", valid_until=today + timedelta(days=10))
    with django_assert_num_queries(9):
        response = client.get(LIST, {"unduh": "csv", "pribadi": "1"})
        text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == count
    names = ("Nomor SK", "Pengurus inti", "Pengurus L", "Pengurus P", "Ketua", "Sekretaris")
    assert [rows[0][name] for name in names] == ["141/07", "Lowong: Sekretaris, Bendahara", "0", "1", "Siti", ""]
    assert rows[0]["Keadaan SK"].startswith("SK segera berakhir, ")


@pytest.mark.parametrize(
    "query", ["?sk=x", "?pengurus=1", "?kecamatan=abc", "?page=99x", "?urut=members__person__phone"]
)
def test_group_list_bears_any_query(client, staff, query):
    assert client.get(LIST + query).status_code in (200, 404)


def all_pages(group):
    member, document = group.members.first(), group.documents.first()
    looks = [page("group_detail", group), page("group_board", group)]
    writes = [
        page("group_update", group),
        page("group_close", group),
        page("group_check_create", group),
        page("member_create", group),
        page("member_update", member),
        page("member_end", member),
        page("document_create", group),
        page("document_update", document),
    ]
    return looks, writes


def test_roles_on_every_page_of_a_group(client):
    group = rich_group()
    looks, writes = all_pages(group)
    own = make.FacilitatorFactory(villages=[group.village])
    elsewhere = make.FacilitatorFactory(villages=[make.VillageFactory()])
    foreign = make.AdminFactory(district=make.OtherDistrictFactory())
    for user, look, write in [
        (make.AdminFactory(), 200, 200),
        (make.UserFactory(), 200, 200),
        (own, 200, 200),
        (elsewhere, 404, 404),
        (foreign, 404, 404),
        (make.OfficialFactory(), 200, 403),
    ]:
        client.force_login(user)
        assert [client.get(url).status_code for url in looks] == [look] * len(looks), user.role
        assert [client.get(url).status_code for url in writes] == [write] * len(writes), user.role
        if write != 200:
            assert [client.post(url).status_code for url in writes] == [write] * len(writes), user.role


def test_facilitator_lists_own_groups_and_chooses_own_villages(client):
    own, other = rich_group(), rich_group()
    client.force_login(make.FacilitatorFactory(villages=[own.village]))
    assert list(client.get(LIST).context["object_list"]) == [own]
    assert list(client.get(CREATE).context["form"].fields["village"].queryset) == [own.village]
    assert list(errors(send(client, CREATE, village=other.village_id, name="Tirta"))) == ["village"]


@pytest.mark.parametrize(
    "typed", ["Tirta Jaya", 'KPSPAMS "Tirta Jaya"', "KPS-Pams: Tirta Jaya", "kp-spams  tirta jaya "]
)
def test_group_create_stores_the_bare_name(client, staff, typed):
    village = make.VillageFactory()
    url = f"{CREATE}?desa={village.pk}"
    data = shown(client.get(url)) | {"name": typed}
    first, second = client.post(url, data), client.post(url, data)
    group = KpspamsGroup.objects.get()
    assert (group.name.lower(), group.village, group.is_pamsimas) == ("tirta jaya", village, True)
    assert first.url == second.url == group.get_absolute_url()
    assert page_messages(first)[0].startswith(f"{group} tersimpan.")


@pytest.mark.parametrize("typed", ["TIRTA JAYA", "KPSPAMS Tirta-Jaya"])
def test_group_create_refuses_the_same_name_in_another_spelling(client, staff, typed):
    village = make.GroupFactory(name="Tirta Jaya").village
    response = send(client, CREATE, village=village.pk, name=typed)
    assert errors(response) == {"name": ['Di desa itu sudah ada KPSPAMS "Tirta Jaya". Pakai nama yang berbeda.']}
    exact = send(client, CREATE, village=village.pk, name="Tirta Jaya")
    assert errors(exact) == {"__all__": ["KPSPAMS dengan nama ini sudah ada di desa itu."]}
    assert send(client, CREATE, village=village.pk, name="KPSPAMS").context["form"].errors["name"]


def test_group_update_keeps_both_texts_for_the_second_writer(client, staff):
    group = make.GroupFactory(name="Tirta")
    url = page("group_update", group)
    mine = shown(client.get(url)) | {"hamlets": "Dusun I"}
    send(client, url, hamlets="Dusun II")
    response = client.post(url, mine)
    assert (response.status_code, response.context["conflict"]["rows"]) == (
        409,
        [{"label": "Dusun layanan", "mine": "Dusun I", "theirs": "Dusun II"}],
    )
    client.post(url, shown(response))
    group.refresh_from_db()
    assert group.hamlets == "Dusun I"


def test_group_stays_in_its_village(client, staff):
    group, other = make.GroupFactory(), make.VillageFactory()
    send(client, page("group_update", group), village=other.pk, hamlets="Dusun I")
    village = group.village
    group.refresh_from_db()
    assert (group.village, group.hamlets) == (village, "Dusun I")


def test_group_close_and_reopen(client, staff):
    group = make.MemberFactory(group__formed_on=date(2018, 1, 1)).group
    url = page("group_close", group)
    assert "1 jabatan yang masih berjalan" in client.get(url).content.decode()
    assert list(errors(send(client, url, dissolved_on="2026-01-31", reason=""))) == ["reason"]
    assert list(errors(send(client, url, dissolved_on="2099-01-31", reason="x"))) == ["dissolved_on"]
    assert list(errors(send(client, url, dissolved_on="2017-01-31", reason="x"))) == ["__all__"]
    assert list(errors(send(client, url, dissolved_on="2018-01-31", reason="x"))) == ["dissolved_on"]
    assert send(client, url, dissolved_on="2026-01-31", reason="Digabung").status_code == 302
    group.refresh_from_db()
    assert (group.dissolved_on, group.members.get().ends_on) == (date(2026, 1, 31), date(2026, 1, 31))
    assert client.get(url).status_code == 404
    assert "bubar pada 31 Januari 2026" in client.get(group.get_absolute_url()).content.decode()
    assert send(client, page("group_reopen", group), reason="Keliru").status_code == 302
    group.refresh_from_db()
    assert group.dissolved_on is None
    assert client.get(page("group_reopen", group)).status_code == 404


def test_group_detail_says_what_is_missing_and_the_next_step(client, staff):
    group = make.GroupFactory()
    html = client.get(group.get_absolute_url()).content.decode()
    assert f"{page('document_create', group)}?jenis=sk" in html
    assert "Belum ada SK" in html
    assert "Mulailah dari Ketua, Sekretaris, dan Bendahara" in html


def test_group_detail_shows_vacant_and_acting_posts_and_the_share(client, staff):
    group = make.MemberFactory(acting=True, person__sex="L").group
    html = client.get(group.get_absolute_url()).content.decode()
    assert "Plt. Ketua" in html
    assert html.count("Lowong</span>") == 2
    assert "1 orang (1 L, 0 P), perempuan 0 %" in html
    assert "Di bawah ambang" in html


def test_group_board_as_of_a_day(client, staff):
    group = make.GroupFactory()
    make.MemberFactory(group=group, person__name="Lama", starts_on=date(2015, 1, 1), ends_on=date(2019, 12, 31))
    make.MemberFactory(group=group, person__name="Baru", starts_on=date(2020, 1, 1))
    response = client.get(page("group_board", group), {"pada": "2016-05-05"})
    assert [member.person.name for member in response.context["board"].held] == ["Lama"]
    assert [member.person.name for member in response.context["members"]] == ["Baru", "Lama"]
    for bad in ("2016-13-05", "x", "2016"):
        response = client.get(page("group_board", group), {"pada": bad})
        assert (response.context["day_unreadable"], response.context["day"]) == (True, localdate())


def test_what_wants_looking_at_stands_above_the_list_with_its_filter(client, staff):
    vacant = make.MemberFactory(person__sex="L").group
    make.GroupFactory(dissolved_on=date(2020, 1, 1))
    old = make.LegalDocumentFactory(dated_on=date(2015, 1, 1)).group
    page_ = client.get(LIST)
    displayed = {item["label"]: (item["count"], item["query"]) for item in page_.context["attention"]}
    assert displayed == {
        "dengan pengurus inti lowong": (2, "pengurus=lowong&keadaan=aktif"),
        "belum ber-SK": (1, "sk=belum&keadaan=aktif"),
        "dengan SK tanpa tanggal berakhir, lima tahun atau lebih": (1, "sk=lama&keadaan=aktif"),
        "dengan perempuan di bawah ambang": (1, "perempuan=kurang&keadaan=aktif"),
    }
    for word, rows in (("dengan SK tanpa", [old]), ("dengan perempuan", [vacant]), ("belum ber-SK", [vacant])):
        query = next(query for name, (_, query) in displayed.items() if name.startswith(word))
        found = client.get(f"{LIST}?{query}")
        assert list(found.context["object_list"]) == rows
        assert found.context["attention"] == []


def test_group_board_answers_who_was_ketua_that_day(client, staff):
    group = make.GroupFactory()
    make.MemberFactory(group=group, person__name="Sutrisno", starts_on=date(2018, 2, 1), ends_on=date(2018, 12, 3))
    for day, answer in (("2018-12-03", "Sutrisno"), ("2018-12-04", "lowong")):
        text = client.get(page("group_board", group), {"pada": day}).content.decode()
        assert f"Pengurus per {int(day[-2:])} Desember 2018" in text
        displayed = text.split("<dt>Ketua</dt><dd>")[1].split("</dd>")[0]
        assert answer in displayed
