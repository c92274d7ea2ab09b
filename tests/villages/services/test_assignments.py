"""Penugasan: assignments of fasilitator to villages, and their extension into the next year."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import (
    AdminFactory,
    AssignmentFactory,
    FacilitatorFactory,
    GrantAwardFactory,
    OfficialFactory,
    OtherDistrictFactory,
    SubdistrictFactory,
    UserFactory,
    VillageFactory,
)
from villages.models import Assignment, Village
from villages.services.assignments import assign

pytestmark = pytest.mark.django_db

LIST, CREATE, EXTEND, GAPS = (
    "/penugasan/",
    "/penugasan/tambah/",
    "/penugasan/perpanjang/",
    "/penugasan/tanpa-fasilitator/",
)
KEY = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0003"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(f"{TODAY}T03:00:00+00:00", tick=False)


@pytest.fixture
def admin(client, today):
    admin = AdminFactory()
    client.force_login(admin)
    return admin


def update_url(assignment):
    return reverse("villages:assignment_update", args=[assignment.pk])


def elsewhere():
    return VillageFactory(subdistrict=SubdistrictFactory(district=OtherDistrictFactory(), code="18.05.01"))


def typed(user, villages, **fields):
    return {
        "fasilitator": str(user.pk),
        "villages": [str(village.pk) for village in villages],
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "request_key": KEY,
    } | fields


class TestWhoMay:
    @pytest.mark.parametrize("factory", [UserFactory, FacilitatorFactory, OfficialFactory])
    def test_other_roles_get_403(self, client, factory):
        assignment = AssignmentFactory()
        client.force_login(factory())
        for page in (LIST, CREATE, EXTEND, GAPS, update_url(assignment)):
            assert client.get(page).status_code == 403
            assert client.post(page).status_code in (403, 405)

    def test_villages_of_another_kabupaten_are_out_of_reach(self, client, admin):
        village = elsewhere()
        stranger = FacilitatorFactory(district=village.subdistrict.district)
        assignment = AssignmentFactory(user=stranger, village=village, ends_on=date(2026, 12, 31))
        assert client.get(update_url(assignment)).status_code == 404
        assert client.post(update_url(assignment), {"starts_on": "2020-01-01"}).status_code == 404
        for page in (LIST, GAPS):
            assert list(client.get(page).context["object_list"]) == []
        assert not client.get(EXTEND).context["anything"]
        answer = client.post(CREATE, typed(stranger, [village]))
        assert set(answer.context["form"].errors) == {"fasilitator", "villages"}

    def test_fasilitator_and_village_lie_in_one_kabupaten(self, client):
        client.force_login(AdminFactory(district=None, all_districts=True))
        answer = client.post(CREATE, typed(FacilitatorFactory(), [elsewhere()]))
        assert set(answer.context["form"].errors) == {"villages"}
        assert not Assignment.objects.exists()


class TestLists:
    @pytest.mark.parametrize(("page", "queries"), [(LIST, 7), (GAPS, 6)])
    def test_cost_the_same_with_one_and_with_five(self, client, admin, django_assert_num_queries, page, queries):
        AssignmentFactory()
        VillageFactory()
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)
        AssignmentFactory.create_batch(4)
        VillageFactory.create_batch(4)
        with django_assert_num_queries(queries):
            client.get(page)

    def test_state_and_fasilitator_filter(self, client, admin):
        running = AssignmentFactory()
        ended = AssignmentFactory(user=running.user, ends_on=date(2026, 11, 23))
        coming = AssignmentFactory(starts_on=date(2027, 1, 1))

        def found(**query):
            return {row.pk: row.state for row in client.get(LIST, query).context["object_list"]}

        assert found() == {running.pk: "Berjalan", ended.pk: "Berakhir", coming.pk: "Belum mulai"}
        assert set(found(keadaan="berjalan")) == {running.pk}
        assert set(found(keadaan="berakhir")) == {ended.pk}
        assert set(found(keadaan="mulai")) == {coming.pk}
        assert set(found(fasilitator=running.user_id)) == {running.pk, ended.pk}
        assert set(found(q=coming.village.name.upper().replace(" ", ""))) >= {coming.pk}

    def test_villages_without_a_fasilitator_who_works(self, client, admin):
        AssignmentFactory()
        without = [
            AssignmentFactory(ends_on=date(2026, 11, 23)).village,
            AssignmentFactory(starts_on=date(2026, 11, 25)).village,
            AssignmentFactory(user__is_active=False).village,
            AssignmentFactory(user__ends_on=date(2026, 11, 23)).village,
            VillageFactory(),
        ]
        assert set(Village.objects.without_facilitator()) == set(without)
        assert set(client.get(GAPS).context["object_list"]) == set(without)
        GrantAwardFactory(village=without[0])
        assert list(client.get(GAPS, {"ta": "2017"}).context["object_list"]) == without[:1]
        assert client.get(LIST).context["gaps"] == 5

    def test_gaps_are_those_of_the_day_of_the_request(self, client, admin, time_machine):
        gone = AssignmentFactory(ends_on=date(2031, 12, 31)).village
        assert list(client.get(GAPS).context["object_list"]) == []
        time_machine.move_to("2032-01-01T03:00:00+00:00", tick=False)
        client.force_login(admin)
        assert list(client.get(GAPS).context["object_list"]) == [gone]


class TestCreate:
    def test_several_villages_at_once_though_sent_twice(self, client, admin):
        user, villages = FacilitatorFactory(), VillageFactory.create_batch(3)
        for _ in range(2):
            answer = client.post(CREATE, typed(user, villages), follow=True)
            assert answer.redirect_chain == [(user.get_absolute_url(), 302)]
            assert "3 desa" in answer.content.decode()
        rows = Assignment.objects.filter(user=user)
        assert {row.village for row in rows} == set(villages)
        assert {(row.starts_on, row.ends_on) for row in rows} == {(date(2026, 1, 1), date(2026, 12, 31))}
        assert [event.by for row in rows for event in row.events] == [admin] * 3
        assert set(Village.objects.visible_to(user)) == set(villages)

    def test_overlap_is_refused_whole_and_names_the_village(self, client, admin):
        taken = AssignmentFactory(starts_on=date(2026, 6, 1))
        free = VillageFactory()
        answer = client.post(CREATE, typed(taken.user, [free, taken.village]))
        (sentence,) = answer.context["form"].errors["villages"]
        assert str(taken.village) in sentence
        assert "mulai 1 Juni 2026 tanpa batas" in sentence
        assert list(Assignment.objects.all()) == [taken]

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"ends_on": "2025-12-31"}, "ends_on"),
            ({"starts_on": ""}, "starts_on"),
            ({"villages": []}, "villages"),
            ({"villages": ["abc"]}, "villages"),
            ({"fasilitator": "abc"}, "fasilitator"),
        ],
    )
    def test_refusals_stand_at_their_field(self, client, admin, fields, where):
        answer = client.post(CREATE, typed(FacilitatorFactory(), [VillageFactory()]) | fields)
        assert set(answer.context["form"].errors) == {where}

    def test_only_working_fasilitator_can_be_chosen(self, client, admin):
        working = FacilitatorFactory()
        for other in (UserFactory(), FacilitatorFactory(is_active=False)):
            answer = client.post(CREATE, typed(other, [VillageFactory()]))
            assert set(answer.context["form"].errors) == {"fasilitator"}
        assert list(client.get(CREATE).context["form"].fields["fasilitator"].queryset) == [working]

    def test_links_fill_the_form_in(self, client, admin):
        user, village = FacilitatorFactory(), VillageFactory()
        form = client.get(CREATE, {"fasilitator": user.pk, "desa": [village.pk, "x"]}).context["form"]
        assert (form["fasilitator"].value(), form["villages"].value()) == (str(user.pk), [str(village.pk)])
        assert client.get(CREATE, {"fasilitator": "x' OR 1"}).status_code == 200


class TestUpdate:
    def test_last_day_ends_it(self, client, admin):
        assignment = AssignmentFactory()
        sent = {"starts_on": "2018-01-01", "ends_on": "2026-11-30", "version": "1"}
        assert client.post(update_url(assignment), sent)["Location"] == assignment.user.get_absolute_url()
        assignment.refresh_from_db()
        assert assignment.ends_on == date(2026, 11, 30)
        assert assignment.events.first().changes == {"berakhir": ["", "30 November 2026"]}

    def test_overlap_with_a_neighbour_is_refused(self, client, admin):
        first = AssignmentFactory(ends_on=date(2025, 12, 31))
        AssignmentFactory(user=first.user, village=first.village, starts_on=date(2026, 1, 1))
        sent = {"starts_on": "2018-01-01", "ends_on": "2026-02-01", "version": "1"}
        answer = client.post(update_url(first), sent)
        assert "sudah ditugaskan di" in answer.context["form"].non_field_errors()[0]

    def test_village_and_fasilitator_stay_whatever_is_sent(self, client, admin):
        assignment, other = AssignmentFactory(), VillageFactory()
        sent = {"starts_on": "2019-01-01", "ends_on": "", "version": "1", "village": str(other.pk)}
        client.post(update_url(assignment), sent)
        changed = Assignment.objects.get()
        assert (changed.village, changed.starts_on) == (assignment.village, date(2019, 1, 1))

    def test_second_writer_sees_both_texts(self, client, admin):
        assignment = AssignmentFactory()
        for day, status in (("2026-12-30", 302), ("2026-12-31", 409)):
            sent = {"starts_on": "2018-01-01", "ends_on": day, "version": "1"}
            assert client.post(update_url(assignment), sent).status_code == status


class TestExtend:
    def ending(self):
        user = FacilitatorFactory()
        return [AssignmentFactory(user=user, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)) for _ in range(3)]

    def sent(self, rows, **fields):
        return {"assignments": [str(row.pk) for row in rows], "until": "2027-12-31", "request_key": KEY} | fields

    def test_offers_what_ends_and_has_no_successor(self, client, admin):
        rows = self.ending()
        recent = AssignmentFactory(ends_on=TODAY - timedelta(days=90))
        followed = rows.pop()
        AssignmentFactory(user=followed.user, village=followed.village, starts_on=date(2027, 1, 1))
        AssignmentFactory()  # without end
        AssignmentFactory(ends_on=TODAY - timedelta(days=91))
        AssignmentFactory(ends_on=date(2027, 6, 30))
        AssignmentFactory(ends_on=date(2026, 12, 31), user__is_active=False)
        form = client.get(EXTEND).context["form"]
        assert set(form.fields["assignments"].queryset) == {recent, *rows}
        assert set(form["assignments"].value()) == {row.pk for row in (recent, *rows)}
        assert form["until"].value() == date(2027, 12, 31)

    def test_ticked_ones_go_on_though_sent_twice(self, client, admin):
        rows = self.ending()
        for _ in range(2):
            answer = client.post(EXTEND, self.sent(rows[:2]), follow=True)
            assert "2 penugasan diperpanjang." in answer.content.decode()
        new = Assignment.objects.exclude(pk__in=[row.pk for row in rows])
        assert {row.village for row in new} == {row.village for row in rows[:2]}
        assert {(row.starts_on, row.ends_on) for row in new} == {(date(2027, 1, 1), date(2027, 12, 31))}
        assert {(row.starts_on, row.ends_on) for row in Assignment.objects.filter(pk__in=[r.pk for r in rows])} == {
            (date(2026, 1, 1), date(2026, 12, 31))
        }
        assert {event.reason for row in new for event in row.events} == {"Diperpanjang ke TA berikutnya"}

    def test_two_admins_extend_once(self, client, admin):
        rows = self.ending()
        client.post(EXTEND, self.sent(rows))
        answer = client.post(EXTEND, self.sent(rows, request_key=KEY[:-1] + "9"))
        assert answer.status_code == 200
        assert Assignment.objects.count() == 6

    def test_day_before_the_end_is_refused(self, client, admin):
        rows = self.ending()
        answer = client.post(EXTEND, self.sent(rows, until="2026-12-31"))
        assert set(answer.context["form"].errors) == {"until"}
        assert Assignment.objects.count() == 3

    def test_nothing_to_extend_says_so(self, client, admin):
        assert "Tidak ada penugasan yang berakhir tahun ini" in client.get(EXTEND).content.decode()


def test_january_has_no_hole(today, time_machine):
    assignment = AssignmentFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    for day, seen in ((date(2027, 3, 31), True), (date(2027, 4, 1), False)):
        time_machine.move_to(f"{day}T03:00:00+00:00", tick=False)
        assert Village.objects.visible_to(assignment.user).exists() is seen


@pytest.mark.parametrize("broken", [{"ends_on": date(2017, 12, 31)}])
def test_database_refuses_an_end_before_the_start(broken):
    assignment = AssignmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(**broken)


def test_database_refuses_the_same_assignment_twice():
    assignment = AssignmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(user=assignment.user, village=assignment.village)


def test_villages_stand_under_their_kecamatan(client, admin, django_assert_max_num_queries):
    north = SubdistrictFactory(code="18.11.97", name="Uji Utara")
    first, second = VillageFactory(name="Alas"), VillageFactory(name="Banyu", subdistrict=north)
    choices = client.get(CREATE).context["form"].fields["villages"].choices
    assert [(group, [label for _, label in rows]) for group, rows in choices] == [
        ("Kecamatan Uji Utara", [second.name]),
        ("Kecamatan Uji Tengah", [first.name]),
    ]
    VillageFactory.create_batch(30)
    with django_assert_max_num_queries(5):
        client.get(CREATE)


def test_an_account_that_was_closed_meanwhile_takes_no_village(admin):
    user = FacilitatorFactory(villages=[VillageFactory()])
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="tidak berlaku lagi"):
        assign(user, [VillageFactory()], TODAY, None, by=admin, key=uuid.uuid4())
    assert user.assignments.count() == 1
