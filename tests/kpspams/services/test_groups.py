from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kpspams.models import KpspamsGroup, Member
from kpspams.services import groups as services
from records.models import Conflict, Event
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make.UserFactory()


def new(before, **values):
    fields = {
        "group": before.group,
        "person": make.PersonFactory(village=before.group.village),
        "post": before.post,
        "starts_on": date(2024, 3, 1),
    }
    return Member(**(fields | values))


def spans(group):
    return list(group.members.order_by("starts_on", "pk").values_list("starts_on", "ends_on"))


@pytest.mark.parametrize("post", Member.CORE)
def test_appoint_ends_the_holder_before_and_overwrites_nobody(staff, post):
    before = make.MemberFactory(post=post)
    after = services.appoint(new(before), by=staff)
    assert spans(before.group) == [(date(2018, 2, 12), date(2024, 2, 29)), (date(2024, 3, 1), None)]
    assert Event.objects.of(before).get().reason == f"Digantikan oleh {after.person.name}."
    assert Event.objects.of(after).get().verb == "add"


def test_appoint_leaves_other_holders_of_an_ordinary_post(staff):
    before = make.MemberFactory(post="TEK")
    services.appoint(new(before), by=staff)
    assert spans(before.group) == [(date(2018, 2, 12), None), (date(2024, 3, 1), None)]


def test_appoint_twice_with_one_key_gives_the_first_row(staff):
    before = make.MemberFactory()
    key = uuid4()
    first = services.appoint(new(before), by=staff, key=key)
    assert services.appoint(new(before), by=staff, key=key) == first
    assert len(spans(before.group)) == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2018, 2, 12), None),
        (date(2017, 1, 1), None),
        (date(2017, 1, 1), date(2018, 2, 12)),
        (date(2019, 1, 1), date(2020, 1, 1)),
    ],
)
def test_appoint_refuses_days_over_another_holder(staff, starts_on, ends_on):
    before = make.MemberFactory()
    with pytest.raises(ValidationError, match="tercatat sebagai Ketua sejak 12 Februari 2018 dan masih menjabat"):
        services.appoint(new(before, starts_on=starts_on, ends_on=ends_on), by=staff)
    assert spans(before.group) == [(date(2018, 2, 12), None)]


def test_appoint_refuses_a_start_before_a_recorded_end(staff):
    before = make.MemberFactory(ends_on=date(2024, 12, 31))
    with pytest.raises(ValidationError, match=r"s\.d\. 31 Desember 2024"):
        services.appoint(new(before), by=staff)


def test_acting_holder_becomes_the_holder_proper(staff):
    before = make.MemberFactory(acting=True)
    after = services.appoint(new(before, person=before.person), by=staff)
    before.refresh_from_db()
    assert (before.acting, before.ends_on, after.acting) == (True, date(2024, 2, 29), False)


@pytest.mark.parametrize("post", ["KET", "TEK"])
def test_appoint_refuses_the_same_person_in_the_same_post(staff, post):
    before = make.MemberFactory(post=post)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        services.appoint(new(before, person=before.person), by=staff)
    assert len(spans(before.group)) == 1


def test_one_person_may_hold_several_posts(staff):
    chair = make.MemberFactory()
    services.appoint(new(chair, person=chair.person, post="OPR"), by=staff)
    assert chair.person.posts.count() == 2


def test_nobody_is_appointed_in_a_dissolved_group(staff):
    before = make.MemberFactory(group__dissolved_on=date(2023, 1, 1), ends_on=date(2023, 1, 1))
    with pytest.raises(ValidationError, match="bubar pada 1 Januari 2023"):
        services.appoint(new(before), by=staff)


def test_correct_post_changes_days_and_refuses_an_overlap(staff):
    before = make.MemberFactory(ends_on=date(2020, 12, 31))
    after = make.MemberFactory(group=before.group, starts_on=date(2021, 1, 1))
    after.starts_on = date(2020, 6, 1)
    with pytest.raises(ValidationError, match="bertumpuk dengan"):
        services.correct_post(after, by=staff)
    after.starts_on = date(2021, 2, 1)
    assert services.correct_post(after, by=staff) == {"mulai": ["1 Januari 2021", "1 Februari 2021"]}


def test_dissolve_ends_running_posts_with_the_group(staff):
    group = make.MemberFactory().group
    make.MemberFactory(group=group, post="SEK", ends_on=date(2020, 1, 1))
    assert services.dissolve(group, date(2026, 1, 31), by=staff, reason="Digabung") == 1
    assert spans(group) == [(date(2018, 2, 12), date(2026, 1, 31)), (date(2018, 2, 12), date(2020, 1, 1))]
    event = Event.objects.of(group).get()
    assert (event.verb, event.reason) == ("close", "Digabung")
    assert list(KpspamsGroup.objects.current(date(2026, 1, 30))) == [group]
    assert list(KpspamsGroup.objects.current(date(2026, 1, 31))) == []


def test_dissolve_refuses_a_day_before_a_post_began(staff):
    group = make.MemberFactory().group
    with pytest.raises(ValidationError, match="sejak 12 Februari 2018"):
        services.dissolve(group, date(2018, 1, 1), by=staff, reason="Keliru")
    group.refresh_from_db()
    assert group.dissolved_on is None


def test_dissolve_of_a_group_that_somebody_changed_saves_nothing(staff):
    group = make.MemberFactory().group
    KpspamsGroup.objects.filter(pk=group.pk).update(version=2)
    with pytest.raises(Conflict):
        services.dissolve(group, date(2026, 1, 31), by=staff, reason="Digabung")
    assert spans(group) == [(date(2018, 2, 12), None)]


def test_reopen_leaves_ended_posts_ended(staff):
    group = make.MemberFactory().group
    services.dissolve(group, date(2026, 1, 31), by=staff, reason="Keliru")
    services.reopen(group, by=staff, reason="Tidak jadi bubar")
    assert spans(group) == [(date(2018, 2, 12), date(2026, 1, 31))]
    assert list(Event.objects.of(group).values_list("verb", flat=True)) == ["reopen", "close"]


def test_two_people_who_fill_one_post_at_once_leave_one_holder(transactional_db):
    before = make.MemberFactory()
    staff = make.UserFactory()
    candidates = [new(before), new(before)]
    start = Barrier(2)

    def fill(member):
        start.wait()
        try:
            services.appoint(member, by=staff)
        except ValidationError:
            return "refused"
        else:
            return "appointed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(fill, candidates)) == ["appointed", "refused"]
    assert spans(before.group) == [(date(2018, 2, 12), date(2024, 2, 29)), (date(2024, 3, 1), None)]
