"""Progress of data entry: filled stages, assigned users, the last change of anything of the village."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from monitoring.queries.chain import chains_of
from monitoring.queries.entry_progress import by_facilitator, village_entries
from tests import factories as make
from villages.models import Village

pytestmark = pytest.mark.django_db
PAGE = reverse("monitoring:entry_progress")


def test_the_last_change_is_that_of_any_row_of_the_village():
    first, second, third = (make.VillageFactory(name=name) for name in "ABC")
    writer = make.UserFactory(name="Rohmah")
    group = make.GroupFactory(village=first)
    group.hamlets = "Dusun 1"
    group.change(by=writer)
    member = make.MemberFactory(group=group)
    member.title = "Ketua Umum"
    member.change(by=writer)
    make.FacilityFactory(village=second).change(by=None)
    worker = make.FacilitatorFactory(villages=[first, second], name="Wayan")
    rows = village_entries(chains_of(Village.objects.order_by("name"), localdate()), localdate())
    assert [(row.village, row.facilitators) for row in rows] == [(first, [worker]), (second, [worker]), (third, [])]
    assert (rows[0].last.kind, rows[0].last.object_id, rows[0].last.by) == ("kpspams.member", member.pk, writer)
    assert rows[2].last is None


def test_sums_by_fasilitator_count_filled_stages_and_villages_of_nobody():
    one, two = make.VillageFactory(), make.VillageFactory()
    make.ConditionCheckFactory(facility__village=one, checked_on=localdate())
    worker = make.FacilitatorFactory(villages=[one])
    make.AssignmentFactory(user=worker, village=one, starts_on=localdate())  # a second assignment counts once
    rows = by_facilitator(chains_of([one, two], localdate()), localdate())
    assert [(row.user, row.villages, row.filled, row.stages) for row in rows] == [(worker, 1, 1, 4), (None, 1, 0, 4)]


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    villages = [make.GroupFactory().village for _ in range(count)]
    make.FacilitatorFactory(villages=villages)
    for village in villages:
        village.change(by=None)
    client.force_login(make.UserFactory())
    client.get(PAGE)
    with django_assert_num_queries(19):
        assert len(client.get(PAGE).context["rows"]) == count
