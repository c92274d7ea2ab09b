import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from records.models import Event
from records.search_keys import common_name_key, name_key
from tests import factories as make
from villages.models import Person, PersonApart
from villages.rules.identity import compare, of_person
from villages.services import persons

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make.UserFactory()


@pytest.fixture
def duplicates():
    first = make.PersonFactory(name="H. Sutrisno, S.Pd.")
    return first, make.PersonFactory(name="sutrisno", village=first.village)


def pointers():
    return dict(Person.objects.order_by("pk").values_list("pk", "merged_into"))


def test_a_merge_moves_no_row_and_is_undone(staff, duplicates):
    kept, other = duplicates
    post = make.MemberFactory(person=other)
    took_part = make.ParticipantFactory(person=other)
    assert persons.merge([other], kept, by=staff) == 1
    post.refresh_from_db()
    took_part.refresh_from_db()
    assert (post.person_id, took_part.person_id) == (other.pk, other.pk)
    assert pointers() == {kept.pk: None, other.pk: kept.pk}
    assert list(Person.objects.current()) == [kept]
    assert (
        set(Person.objects.of_human(kept))
        == set(Person.objects.of_human(Person.objects.get(pk=other.pk)))
        == {
            kept,
            other,
        }
    )
    assert persons.part(other, by=staff) == kept
    assert pointers() == {kept.pk: None, other.pk: None}
    assert list(Event.objects.of(other).values_list("reason", flat=True)) == [
        "Penggabungan dibatalkan.",
        "Orang yang sama.",
    ]
    assert [event.changes for event in Event.objects.of(kept)] == [
        {"catatan yang digabung": [f"sutrisno (no. {other.pk})", ""]},
        {"catatan yang digabung": ["", f"sutrisno (no. {other.pk})"]},
    ]


def test_a_merge_never_makes_a_chain(staff, duplicates):
    kept, other = duplicates
    third = make.PersonFactory(village=kept.village)
    persons.merge([other], kept, by=staff)
    with pytest.raises(ValidationError, match="sendiri sudah digabung"):
        persons.merge([third], other, by=staff)
    with pytest.raises(ValidationError, match="sudah digabung catatan lain"):
        persons.merge([kept], third, by=staff)
    with pytest.raises(ValidationError, match="sudah digabung sebelumnya"):
        persons.merge([other], third, by=staff)
    assert pointers() == {kept.pk: None, other.pk: kept.pk, third.pk: None}


def test_a_refused_row_leaves_all_as_they_were(staff, duplicates):
    kept, other = duplicates
    foreign = make.PersonFactory(
        village=None, district=make.OtherDistrictFactory(), name="Orang Jauh", institution="Dinas"
    )
    with pytest.raises(ValidationError, match="kabupaten lain"):
        persons.merge([other, foreign], kept, by=staff)
    assert set(pointers().values()) == {None}
    assert not Event.objects.exists()


def test_a_real_row_is_not_merged_into_sample_data(staff, duplicates):
    kept, other = duplicates
    Person.objects.filter(pk=kept.pk).update(is_sample=True)
    with pytest.raises(ValidationError, match="DATA CONTOH"):
        persons.merge([other], kept, by=staff)
    assert set(pointers().values()) == {None}


def test_parting_what_is_not_merged_is_refused(staff, duplicates):
    with pytest.raises(ValidationError, match="tidak sedang digabung"):
        persons.part(duplicates[0], by=staff)


def test_likely_doubles_join_by_name_in_a_village_and_by_phone():
    a = make.PersonFactory(name="Sutrisno", phone="+6281200000001")
    b = make.PersonFactory(name="SU TRISNO", village=a.village, phone="+6281200000002")
    c = make.PersonFactory(name="Wayan", phone="+6281200000002")
    make.PersonFactory(name="Sutrisno")  # the same name elsewhere is another person
    make.PersonFactory(name="Sutrisno", village=a.village, merged_into=a)
    for _ in range(2):
        make.PersonFactory(name="Tamu", village=None, institution="Dinas")
    assert persons.likely_doubles(Person.objects.all()) == [[a.pk, b.pk, c.pk]]
    assert persons.likely_doubles(Person.objects.filter(pk__in=[a.pk, c.pk])) == []


NAMES = ["Siti", "Siti (istri Budi)", "Siti (istri Andi)", "Wayan", "M. Tri", "Muhammad Tri", "Tri", "Muh Tri"]


def compared_one_by_one(people, apart):
    """The expected result of `likely_doubles`: each pair compared, then joined step by step."""

    def same(one, other):
        keys = [(row.village_id, common_name_key(row.name)) for row in (one, other)]
        by_name = one.village_id and keys[0] == keys[1]
        marked_different = {one.pk, other.pk} in apart or compare(of_person(one), of_person(other)).is_different
        return (by_name or (one.phone and one.phone == other.phone)) and not marked_different

    left = sorted((row for row in people if not row.merged_into_id), key=lambda row: (row.search_key, row.pk))
    found = []
    while left:
        group = [left.pop(0)]
        for one in group:  # grows while it is read
            near = [other for other in left if same(one, other)]
            left = [other for other in left if other not in near]
            group += near
        if len(group) > 1:
            found.append(sorted((row.search_key, row.pk) for row in group))
    return [[pk for _, pk in group] for group in found]


@pytest.mark.parametrize("seed", range(12))
def test_likely_doubles_are_those_that_comparing_each_pair_finds(seed):
    chance = random.Random(seed)
    district = make.DistrictFactory()
    villages = [None, *(make.VillageFactory() for _ in range(3))]
    phones = ["", "", "", "+6281200000001", "+6281200000002", "+6281200000003"]
    rows = [
        Person(
            district=district,
            village=chance.choice(villages),
            name=(name := chance.choice(NAMES)),
            search_key=name_key(name),
            phone=chance.choice(phones),
            sex=chance.choice("LP"),
        )
        for _ in range(30)
    ]
    people = Person.objects.bulk_create(rows)
    Person.objects.filter(pk=people[0].pk).update(merged_into=people[1])
    people[0].merged_into = people[1]
    pairs = [sorted(chance.sample([row.pk for row in people], 2)) for _ in range(120)]
    apart = {tuple(pair) for pair in pairs}
    PersonApart.objects.bulk_create([PersonApart(first_id=one, second_id=other) for one, other in apart])
    assert persons.likely_doubles(Person.objects.all()) == compared_one_by_one(people, [set(pair) for pair in apart])


def test_two_who_merge_each_into_the_other_leave_one(transactional_db):
    first = make.PersonFactory()
    second = make.PersonFactory(village=first.village)
    staff = make.UserFactory()
    start = Barrier(2)

    def merge(pair):
        start.wait()
        try:
            persons.merge([pair[0]], pair[1], by=staff)
        except ValidationError:
            return "refused"
        else:
            return "merged"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(merge, [(first, second), (second, first)])) == ["merged", "refused"]
    assert sorted(pointers().values(), key=bool)[0] is None
    assert sum(value is not None for value in pointers().values()) == 1
