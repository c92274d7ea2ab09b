"""Constraints of the tables of groups, each violated in the database itself."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from kpspams.models import KpspamsGroup, LegalDocument, Member
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_group_name_once_in_a_village():
    group = make.GroupFactory()
    assert refused(lambda: make.GroupFactory(village=group.village, name=group.name))
    make.GroupFactory(name=group.name)


def test_group_ends_after_it_began():
    group = make.GroupFactory(formed_on=date(2018, 1, 1))
    assert refused(lambda: KpspamsGroup.objects.filter(pk=group.pk).update(dissolved_on=date(2017, 1, 1)))


def test_document_in_order_and_dated_or_in_process():
    rows = LegalDocument.objects.filter(pk=make.LegalDocumentFactory().pk)
    assert refused(lambda: rows.update(valid_until=date(2017, 1, 1)))
    assert refused(lambda: rows.update(dated_on=None))
    assert rows.update(dated_on=None, in_process=True) == 1


def test_member_in_order_and_once():
    member = make.MemberFactory(post="ANG")
    rows = Member.objects.filter(pk=member.pk)
    assert refused(lambda: rows.update(ends_on=date(2017, 1, 1)))
    assert refused(lambda: make.MemberFactory(group=member.group, person=member.person, post="ANG"))


@pytest.mark.parametrize("post", Member.CORE)
def test_one_open_holder_of_a_core_post(post):
    group = make.MemberFactory(post=post).group
    assert refused(lambda: make.MemberFactory(group=group, post=post))
    make.MemberFactory(group=group, post=post, starts_on=date(2015, 1, 1), ends_on=date(2018, 2, 11))


@pytest.mark.parametrize("post", [post for post in Member.Post if post not in Member.CORE])
def test_other_posts_have_several_holders(post):
    group = make.MemberFactory(post=post).group
    make.MemberFactory(group=group, post=post)
    assert group.members.count() == 2


def test_posts_and_papers_hold_their_group_and_person():
    member = make.MemberFactory(appointed_by=make.LegalDocumentFactory())
    for row in (member.group, member.person, member.appointed_by, member.group.village):
        assert refused(row.delete)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no exclusion constraints")
@pytest.mark.parametrize("post", Member.CORE)
def test_core_posts_of_one_group_never_overlap(post):
    before = make.MemberFactory(post=post, starts_on=date(2018, 1, 1), ends_on=date(2020, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.MemberFactory(group=before.group, post=post, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    make.MemberFactory(group=before.group, post=post, starts_on=date(2020, 1, 2))
    make.MemberFactory(post=post, starts_on=date(2019, 1, 1))
    for other in ("TEK", "TEK"):
        make.MemberFactory(group=before.group, post=other, starts_on=date(2019, 1, 1))
