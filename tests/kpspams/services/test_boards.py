from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from kpspams.models import LegalDocument, Member
from kpspams.queries.boards import GroupOn
from kpspams.services import boards
from kpspams.services.boards import BoardMoved, Fate, Seat
from records.models import Event
from tests import factories as make
from tests.pages import page_messages, shown
from villages.models import Person

pytestmark = pytest.mark.django_db
OLD, NEW = date(2021, 1, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 24), tick=True):
        yield


@pytest.fixture
def group():
    group = make.GroupFactory()
    for post in ("KET", "BEN", "TEK"):
        make.MemberFactory(group=group, post=post, starts_on=OLD, person__name=f"Lama {post}")
    return group


def address(group):
    return reverse("kpspams:board_change", args=[group.pk])


def held(group, day):
    """{post: name} of the day."""
    return {row.post: row.person.name for row in GroupOn(group, day).held}


def spans(group):
    rows = group.members.order_by("starts_on", "pk").values_list("post", "person__name", "starts_on", "ends_on")
    return [tuple(row) for row in rows]


@pytest.fixture
def staff(client):
    staff = make.UserFactory()
    client.force_login(staff)
    return staff


def send(client, group, **changes):
    values = shown(client.get(address(group)))
    return client.post(address(group), values | {"starts_on": NEW.isoformat(), "sk": "menyusul"} | changes)


def of(group, post):
    return f"p{group.members.get(post=post, ends_on=None).pk}"


def test_letters_of_the_sk_that_no_document_can_show_are_named(client, staff, group):
    sk = {"sk": "baru", "number": "188/😀/2026", "dated_on": "2026-10-30"}
    response = send(client, group, **sk, **{f"{of(group, 'TEK')}-fate": "akhir"})
    assert "“😀” pada “Nomor SK”" in page_messages(response)[1]
    assert LegalDocument.objects.get(group=group).number == "188/😀/2026"


def test_an_election_is_one_form_with_its_sk(client, staff, group):
    ketua, teknik = of(group, "KET"), of(group, "TEK")
    known = make.PersonFactory(village=group.village, name="Ketua Baru")
    response = send(
        client,
        group,
        **{
            "sk": "baru",
            "number": "188/9/2026",
            "dated_on": "2026-10-30",
            f"{ketua}-fate": "ganti",
            f"{ketua}-person": known.pk,
            f"{teknik}-fate": "akhir",
            "kSEK-new_name": "Sekretaris  Baru",
            "kSEK-new_sex": "P",
        },
    )
    assert response.status_code == 302, response.context["board"].seats
    assert "3 jabatan dimulai pada 1 November 2026" in page_messages(response)[0]
    sk = LegalDocument.objects.get(group=group)
    assert (sk.kind, sk.number, sk.in_process) == ("sk", "188/9/2026", False)
    last = date(2026, 10, 31)
    assert spans(group) == [
        ("KET", "Lama KET", OLD, last),
        ("BEN", "Lama BEN", OLD, last),
        ("TEK", "Lama TEK", OLD, last),
        ("KET", "Ketua Baru", NEW, None),
        ("SEK", "Sekretaris Baru", NEW, None),
        ("BEN", "Lama BEN", NEW, None),
    ]
    assert set(group.members.filter(starts_on=NEW).values_list("appointed_by", flat=True)) == {sk.pk}
    assert held(group, last) == {"KET": "Lama KET", "BEN": "Lama BEN", "TEK": "Lama TEK"}
    assert held(group, NEW) == {"KET": "Ketua Baru", "SEK": "Sekretaris Baru", "BEN": "Lama BEN"}
    assert Event.objects.filter(kind="kpspams.member", by=staff).count() == 6


def test_those_who_stay_keep_their_row_when_not_appointed_again(client, staff, group):
    send(client, group, **{"kSEK-new_name": "Sekretaris Baru", "kSEK-new_sex": "P", "reappoint": ""})
    assert [row[3] for row in spans(group)] == [None] * 4
    assert LegalDocument.objects.get(group=group).in_process


def test_a_second_sk_that_follows_is_not_recorded_twice(client, staff, group):
    waiting = make.LegalDocumentFactory(group=group, number="", dated_on=None, in_process=True)
    send(client, group, **{"kSEK-new_name": "Sekretaris Baru", "kSEK-new_sex": "P"})
    assert LegalDocument.objects.get(group=group) == waiting
    assert group.members.filter(appointed_by=waiting).count() == 4


def test_a_recorded_sk_is_chosen(client, staff, group):
    sk = make.LegalDocumentFactory(group=group, dated_on=date(2026, 10, 1))
    send(client, group, sk=f"sk-{sk.pk}")
    assert group.members.filter(appointed_by=sk, starts_on=NEW).count() == 3


def test_additional_posts_are_added(client, staff, group):
    person = make.PersonFactory(village=group.village)
    send(client, group, **{"t1-post": "OPR", "t1-person": person.pk, "reappoint": ""})
    assert group.members.get(starts_on=NEW).post == "OPR"


def test_sent_twice_changes_once(client, staff, group):
    values = shown(client.get(address(group))) | {"starts_on": NEW.isoformat(), "sk": "menyusul"}
    values |= {"kSEK-new_name": "Sekretaris Baru", "kSEK-new_sex": "P"}
    for _ in range(2):
        response = client.post(address(group), values)
        assert response.status_code == 302
        assert "tersimpan" in page_messages(response)[0]
    assert len(spans(group)) == 7
    assert Person.objects.filter(name="Sekretaris Baru").count() == 1
    assert LegalDocument.objects.filter(group=group).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sk": "baru"}, "Isi nomor SK, atau pilih Menyusul."),
        ({"sk": "baru", "number": "1", "dated_on": "2026-10-01", "valid_until": "2026-09-01"}, "Tanggal berakhir"),
        ({"number": "188/1"}, "Nomor atau tanggal SK terisi."),
        ({"starts_on": "1800-01-01"}, "Periksa tahunnya: 1800."),
        ({"kSEK-new_name": "Tanpa Kelamin"}, "Pilih laki-laki atau perempuan."),
        ({"t1-post": "OPR"}, "Pilih orangnya, atau isi nama orang baru."),
        ({"t1-new_name": "A", "t1-new_sex": "L"}, "Pilih jabatannya."),
        ({"reappoint": ""}, "Belum ada yang diputuskan."),
        ({"kSEK-new_name": "lama ket", "kSEK-new_sex": "P"}, "Mungkin sudah tercatat: Lama KET"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(client, staff, group, changes, sentence):
    response = send(client, group, **changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert len(spans(group)) == 3
    assert not LegalDocument.objects.exists()


def test_fate_and_successor_must_agree(client, staff, group):
    ketua = of(group, "KET")
    for changes, sentence in (
        ({f"{ketua}-fate": "ganti"}, "Pilih penggantinya"),
        ({f"{ketua}-new_name": "Baru", f"{ketua}-new_sex": "L"}, "Pengganti terisi."),
        ({f"{ketua}-fate": "ganti", f"{ketua}-person": group.members.get(post="KET").person_id}, "Orangnya sama."),
    ):
        assert sentence in send(client, group, **changes).content.decode()
    assert len(spans(group)) == 3


def test_a_double_is_saved_when_the_box_is_ticked(client, staff, group):
    changes = {"kSEK-new_name": "Lama Ket", "kSEK-new_sex": "P", "kSEK-other_person": "on", "reappoint": ""}
    assert send(client, group, **changes).status_code == 302
    assert Person.objects.filter(search_key="lamaket").count() == 2


def test_a_day_before_a_post_began_is_refused_at_that_post(client, staff, group):
    response = send(client, group, starts_on="2020-01-01")
    assert response.status_code == 200
    assert "Ketua: Lama KET baru menjabat mulai 1 Januari 2021." in response.content.decode()
    assert [row[2:] for row in spans(group)] == [(OLD, None)] * 3


def test_a_post_that_only_ends_is_told(client, staff, group):
    response = send(client, group, **{f"{of(group, 'TEK')}-fate": "akhir", "reappoint": ""})
    assert page_messages(response) == [
        f"Pengurus baru {group} tersimpan: jabatan yang berakhir ditutup sebelum 1 November 2026."
    ]
    assert group.members.get(post="TEK").ends_on == date(2026, 10, 31)


def test_who_comes_second_sees_the_board_of_now(client, staff, group):
    ketua = of(group, "KET")
    values = shown(client.get(address(group))) | {"starts_on": NEW.isoformat(), "sk": "menyusul"}
    make.MemberFactory(group=group, post="SEK", starts_on=date(2026, 5, 1), person__name="Lebih Cepat")
    response = client.post(
        address(group), values | {f"{ketua}-fate": "ganti", f"{ketua}-new_name": "Ketua Baru", f"{ketua}-new_sex": "L"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "baru saja diubah orang lain" in page
    assert "Lebih Cepat" in page
    assert 'value="Ketua Baru"' in page
    assert len(spans(group)) == 4
    response = client.post(address(group), shown(response))
    assert response.status_code == 302
    assert held(group, NEW)["KET"] == "Ketua Baru"


def test_two_elections_at_once_leave_one_board(transactional_db):
    group = make.MemberFactory(starts_on=OLD).group
    people = [make.PersonFactory(village=group.village) for _ in range(2)]
    staff = make.UserFactory()
    seen = boards.fingerprint(boards.running(group))
    start = Barrier(2)

    def elect(person):
        member = group.members.select_related("person").get(ends_on=None)
        start.wait()
        try:
            seats = [Seat(post="KET", member=member, fate=Fate.REPLACED, person=person)]
            boards.change_board(group, NEW, seats, decree=None, reappoint=True, seen=seen, by=staff, key=uuid4())
        except BoardMoved:
            return "moved"
        else:
            return "elected"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(elect, people)) == ["elected", "moved"]
    assert [row[2:] for row in spans(group)] == [(OLD, date(2026, 10, 31)), (NEW, None)]


def test_a_refused_post_leaves_no_half_board(group):
    ketua = group.members.get(post="KET")
    make.MemberFactory(group=group, post="SEK", starts_on=date(2022, 1, 1), ends_on=date(2026, 11, 10))
    people = [make.PersonFactory(village=group.village) for _ in range(2)]
    seats = [
        Seat(post="KET", member=ketua, fate=Fate.REPLACED, person=people[0]),
        Seat(post="SEK", person=people[1]),
    ]
    seen = boards.fingerprint(boards.running(group))
    with pytest.raises(ValidationError, match="tidak bertumpuk"):
        boards.change_board(
            group,
            NEW,
            seats,
            decree=LegalDocument(group=group, kind="sk", in_process=True),
            reappoint=False,
            seen=seen,
            by=make.UserFactory(),
            key=uuid4(),
        )
    assert Member.objects.get(pk=ketua.pk).ends_on is None
    assert not LegalDocument.objects.exists()


def test_a_dissolved_group_has_no_election(client, staff):
    group = make.GroupFactory(dissolved_on=date(2020, 1, 1))
    response = client.get(address(group))
    assert response.status_code == 302
    assert "sudah bubar" in page_messages(response)[0]


def test_the_page_asks_a_bounded_number_of_times(client, staff, group, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        client.get(address(group))
    for post in ("OPR", "OPR", "KES", "PSM"):
        make.MemberFactory(group=group, post=post, starts_on=OLD)
    with django_assert_max_num_queries(15):
        client.get(address(group))


def test_one_new_name_in_two_posts_is_one_person(client, staff, group):
    values = {"kSEK-new_name": "Wagirun", "kSEK-new_sex": "L"}
    values |= {"t1-post": "OPR", "t1-new_name": "wagirun", "t1-new_sex": "L"}
    assert send(client, group, **values).status_code == 302
    assert Person.objects.get(search_key="wagirun").posts.count() == 2


def test_one_new_name_with_two_sexes_is_asked_about(client, staff, group):
    values = {"kSEK-new_name": "Suparti", "kSEK-new_sex": "P"}
    values |= {"t1-post": "OPR", "t1-new_name": "Suparti", "t1-new_sex": "L"}
    response = send(client, group, **values)
    assert "Nama ini juga diisi sebagai Sekretaris: nama dan desa sama, tetapi L/P berbeda (P dan L)." in (
        response.content.decode()
    )
    assert send(client, group, **values | {"t1-other_person": "on"}).status_code == 302
    assert Person.objects.filter(search_key="suparti").count() == 2


def test_the_first_board_is_recorded_and_a_later_one_changes_it(client, staff, group):
    empty = make.GroupFactory()
    for one, word in ((empty, "Catat pengurus"), (group, "Ganti pengurus")):
        assert f"<h1>{word} " in client.get(address(one)).content.decode()
        assert word in " ".join(client.get(one.get_absolute_url()).content.decode().split())
