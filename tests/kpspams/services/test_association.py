"""The association: dated members, Pamsimas and not, and meetings with minutes."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from kpspams.models import Association, AssociationMeeting, AssociationMembership
from tests import factories as make
from tests.pages import errors, page_messages, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\nnotulen\nstartxref\n9\n%%EOF"


@pytest.fixture
def office(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def association():
    return make.AssociationFactory(formed_on=date(2018, 3, 1))


def url(name, row):
    return reverse(f"kpspams:{name}", args=[row.pk])


def member_ids(association, day):
    return [row.group_id for row in association.memberships.current(day)]


def test_an_association_is_recorded_once_even_when_sent_twice(client, office):
    answer = send(client, reverse("kpspams:association_create"), name="Asosiasi  Tirta", formed_on="2018-03-01")
    assert Association.objects.get().name == "Asosiasi Tirta"
    sent = answer.wsgi_request.POST.dict()
    client.post(reverse("kpspams:association_create"), sent)
    assert Association.objects.count() == 1


@pytest.mark.parametrize(
    "facts", [{"starts_on": date(2019, 5, 1), "ends_on": date(2019, 4, 30)}, {"starts_on": date(2020, 1, 1)}]
)
def test_the_database_refuses_days_out_of_order_and_a_second_open_membership(facts):
    first = make.AssociationMembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AssociationMembershipFactory(association=first.association, group=first.group, **facts)


def test_a_name_is_taken_once_a_kabupaten(client, office, association):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AssociationFactory(name=association.name)
    answer = send(client, reverse("kpspams:association_create"), name=association.name)
    assert errors(answer) == {"__all__": ["Asosiasi dengan nama ini sudah ada di kabupaten itu."]}


def test_both_kinds_of_group_join_and_the_list_tells_who_was_a_member_on_a_day(client, office, association):
    pamsimas, other = make.GroupFactory(), make.GroupFactory(is_pamsimas=False)
    for group, day in ((pamsimas, "2018-06-01"), (other, "2020-06-01")):
        answer = send(client, url("membership_create", association), group=group.pk, starts_on=day)
        assert answer.status_code == 302
    gone = AssociationMembership.objects.get(group=pamsimas)
    send(client, url("membership_update", gone), ends_on="2021-12-31")
    assert member_ids(association, date(2018, 5, 31)) == []
    assert member_ids(association, date(2018, 6, 1)) == [pamsimas.pk]
    assert member_ids(association, date(2021, 12, 31)) == [pamsimas.pk, other.pk]
    assert member_ids(association, date(2022, 1, 1)) == [other.pk]
    page = client.get(url("association_members", association), {"pada": "2019-01-01"})
    assert [row.group for row in page.context["object_list"]] == [pamsimas]
    everybody = client.get(url("association_members", association), {"keadaan": "semua"})
    assert everybody.context["page_obj"].paginator.count == 2
    detail = client.get(association.get_absolute_url())
    assert (detail.context["count"], detail.context["pamsimas"], detail.context["others"]) == (1, 0, 1)
    assert [event.verb for event in gone.events] == ["change", "add"]


def test_a_group_may_come_back_but_not_twice_at_once(client, office, association):
    past = make.AssociationMembershipFactory(
        association=association, starts_on=date(2018, 6, 1), ends_on=date(2019, 6, 1)
    )
    page = url("membership_create", association)
    answer = send(client, page, group=past.group_id, starts_on="2019-06-01")
    assert "sudah tercatat sebagai anggota sejak 1 Juni 2018 s.d. 1 Juni 2019" in errors(answer)["starts_on"][0]
    assert send(client, page, group=past.group_id, starts_on="2019-06-02").status_code == 302
    answer = send(client, page, group=past.group_id, starts_on="2020-01-01")
    assert answer.status_code == 200
    assert AssociationMembership.objects.count() == 2


@pytest.mark.parametrize(
    ("group", "sent", "field", "word"),
    [
        ({"formed_on": date(2019, 1, 1)}, {"starts_on": "2018-12-31"}, "starts_on", "dibentuk pada 1 Januari 2019"),
        ({}, {"starts_on": "2018-02-28"}, "starts_on", "dibentuk pada 1 Maret 2018"),
        ({"dissolved_on": date(2020, 1, 1)}, {"starts_on": "2019-01-01"}, "ends_on", "bubar pada 1 Januari 2020"),
        ({}, {"starts_on": str(localdate() + timedelta(days=1))}, "starts_on", "tidak boleh sesudah hari ini"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field(group, sent, field, word, client, office, association):
    row = make.GroupFactory(**group)
    answer = send(client, url("membership_create", association), group=row.pk, **sent)
    assert word in errors(answer)[field][0]
    assert not AssociationMembership.objects.exists()


def test_a_group_of_another_kabupaten_is_no_choice(client, office, association):
    place = make.SubdistrictFactory(district=make.OtherDistrictFactory())
    far = make.GroupFactory(village=make.VillageFactory(subdistrict=place))
    answer = send(client, url("membership_create", association), group=far.pk, starts_on="2020-01-01")
    assert list(errors(answer)) == ["group"]


def test_the_second_of_two_writers_sees_both_texts(client, office, association):
    membership = make.AssociationMembershipFactory(association=association)
    page = url("membership_update", membership)
    sent = {"association": association.pk, "group": membership.group_id, "starts_on": "2019-02-01", "version": 1}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent | {"starts_on": "2019-03-01"}).status_code == 409
    membership.refresh_from_db()
    assert membership.starts_on == date(2019, 2, 1)


def test_an_association_ends_only_without_members(client, office, association):
    membership = make.AssociationMembershipFactory(association=association)
    page = url("association_update", association)
    answer = send(client, page, dissolved_on="2026-01-01")
    assert errors(answer) == {"dissolved_on": ["Masih ada 1 anggota. Catat dahulu tanggal keluarnya."]}
    send(client, url("membership_update", membership), ends_on="2025-12-31")
    assert send(client, page, dissolved_on="2026-01-01").status_code == 302
    assert client.get(url("membership_create", association)).status_code == 404
    assert client.get(url("meeting_create", association)).status_code == 404


def test_a_meeting_keeps_its_minutes_for_those_who_see_the_association(client, office, association):
    upload = SimpleUploadedFile("Notulen rapat.pdf", PDF, "application/pdf")
    answer = send(
        client,
        url("meeting_create", association),
        held_on="2026-02-01",
        topic="Iuran bersama",
        attended="1.200",
        upload=upload,
    )
    assert page_messages(answer) == ["Rapat “Iuran bersama, 1 Februari 2026” tersimpan."]
    meeting = AssociationMeeting.objects.select_related("minutes").get()
    assert (meeting.attended, meeting.minutes.name) == (1200, "Notulen rapat.pdf")
    page = url("meeting_minutes", meeting)
    assert client.get(page).content == PDF
    client.force_login(make.AdminFactory(district=make.OtherDistrictFactory()))
    assert client.get(page).status_code == 404


def test_a_meeting_before_the_association_is_refused(client, office, association):
    answer = send(client, url("meeting_create", association), held_on="2018-02-01", topic="Rapat")
    assert errors(answer) == {"held_on": ["Asosiasi baru dibentuk pada 1 Maret 2018."]}


def test_a_facilitator_sees_the_members_of_the_own_villages(client, association):
    own, other = (make.AssociationMembershipFactory(association=association) for _ in range(2))
    client.force_login(make.FacilitatorFactory(villages=[own.group.village]))
    detail = client.get(association.get_absolute_url())
    assert detail.context["count"] == 1
    assert "di desa penugasan Anda saja" in detail.content.decode()
    text = client.get(url("association_members", association)).content.decode()
    assert own.group.name in text
    assert other.group.name not in text


@pytest.mark.parametrize("count", [1, 5])
def test_pages_ask_the_same_number_of_queries(count, client, office, association, django_assert_num_queries):
    for _ in range(count):
        make.AssociationMembershipFactory(association=association)
        make.AssociationMeetingFactory(association=association, minutes=make.StoredFileFactory())
    for page, queries in ((url("association_members", association), 7), (association.get_absolute_url(), 7)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)


def test_the_page_of_a_group_tells_its_association(client, office, association):
    membership = make.AssociationMembershipFactory(association=association)
    text = client.get(membership.group.get_absolute_url()).content.decode()
    assert association.get_absolute_url() in text
    assert "sejak 1 Januari 2019" in text


def test_the_member_list_leaves_as_a_file(client, office, association):
    membership = make.AssociationMembershipFactory(association=association)
    response = client.get(url("association_members", association), {"unduh": "csv", "pada": "2020-01-01"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert membership.group.village.code in lines[1]
    assert "2019-01-01" in lines[1]
