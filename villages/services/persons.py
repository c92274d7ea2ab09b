"""Services of persons: recorded beside a post, duplicates found, merged and separated again.

A merge sets `merged_into` and moves no row, so it can be undone: posts and trainings stay where they were
recorded, and lists and counts follow the pointer. It is one step deep, never a chain.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from records import history
from records.models import Event
from records.names import FULL_PART, SPELLINGS
from records.search_keys import name_keys
from villages.models import Person, PersonApart, Village
from villages.models.people import PersonQuerySet
from villages.rules.identity import Candidates, Identity, Likeness, compare

# A name with a part of several spellings, or with a long one that is joined to the next part.
_PARTS, _LONG = "|".join([*SPELLINGS, *FULL_PART]), "|".join(full for full in SPELLINGS if len(full) > 4)
OTHERWISE = rf"(^|[ .])(({_PARTS})[ .]|{_LONG})"
MAX_COMPARED = 50  # largest number of persons of one name or number that are compared in pairs


def new_villager(
    village: Village, name: str, sex: str, *, by, key: UUID | None = None, hamlet: str = "", phone: str = ""
) -> Person:
    """Records a person of this village. The same key twice returns the first row."""
    person = Person(
        name=name,
        sex=sex,
        hamlet=hamlet,
        phone=phone,
        village=village,
        district=village.subdistrict.district,
    )
    return person.add(by=by, key=key)


def alike(rows: PersonQuerySet, wanted: Identity, limit: int = 5) -> list[tuple[Person, Likeness]]:
    """Candidates of `rows` for `wanted`, the likeliest first, with the reasons. Two queries."""
    named = Q(search_key__in=name_keys(wanted.name))
    if wanted.village:
        named &= Q(village=wanted.village) | Q(village=None) | (Q(phone=wanted.phone) if wanted.phone else Q(pk=None))
    near = named | Q(phone=wanted.phone) if wanted.phone else named
    found = rows.current().filter(near).select_related("village").order_by("pk")[:MAX_COMPARED]
    return Candidates.among(wanted, found, limit).found


def likely_doubles(rows: PersonQuerySet) -> list[list[int]]:
    """Keys of current persons of `rows` who share name and village, or telephone number, over any number of steps.

    Two persons that a user separated, or that differ by villages.rules.identity, are not joined. Two queries: the
    database finds names and numbers that occur more than once and names with another spelling, so that no other
    persons are read.
    """
    rows = rows.current().order_by()
    names = rows.exclude(village=None).values("village", "search_key").annotate(count=Count("pk")).filter(count__gt=1)
    phones = rows.exclude(phone="").values("phone").annotate(count=Count("pk")).filter(count__gt=1)
    repeated = Q(search_key__in=names.values("search_key")) | Q(phone__in=phones.values("phone"))
    repeated |= Q(name__iregex=OTHERWISE) & ~Q(village=None)
    columns = ("name", "sex", "village", "phone", "hamlet", "institution")
    people: dict[int, Identity] = {}
    sharing: dict[tuple, list[int]] = defaultdict(list)
    for pk, *known in rows.filter(repeated).order_by("search_key", "pk").values_list("pk", *columns):
        person = people[pk] = Identity(*known)
        if person.village:
            sharing["name", person.village, person.common_key].append(pk)
        if person.phone:
            sharing["phone", person.phone].append(pk)
    apart = defaultdict(set)
    for first, second in PersonApart.objects.filter(first__in=rows, second__in=rows).values_list("first", "second"):
        apart[first].add(second)
        apart[second].add(first)
    leaders = _Leaders(people)

    def are_apart(one: int, other: int) -> bool:
        return other in apart[one] or (len(keys) <= MAX_COMPARED and compare(people[one], people[other]).is_different)

    for keys in sharing.values():
        for group in _not_all_apart(keys, are_apart):
            leaders.join(group)
    return leaders.groups()


class _Leaders:
    """Groups of keys that belong together, in the given order (union-find)."""

    def __init__(self, keys: Iterable[int]):
        self._leader = {key: key for key in keys}

    def _find(self, key: int) -> int:
        while self._leader[key] != key:
            self._leader[key] = key = self._leader[self._leader[key]]
        return key

    def join(self, keys: list[int]) -> None:
        for key in keys[1:]:
            self._leader[self._find(key)] = self._find(keys[0])

    def groups(self) -> list[list[int]]:
        """Groups of at least two keys."""
        found: dict[int, list[int]] = defaultdict(list)
        for key in self._leader:
            found[self._find(key)].append(key)
        return [group for group in found.values() if len(group) > 1]


def _not_all_apart(keys: list[int], are_apart: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Groups of `keys` that are connected by pairs that are not separated."""
    left = dict.fromkeys(keys)
    while left:
        group, waiting = [], [left.popitem()[0]]
        while waiting:
            one = waiting.pop()
            group.append(one)
            reached = [other for other in left if not are_apart(one, other)]
            for other in reached:
                del left[other]
            waiting += reached
        yield group


@transaction.atomic
def merge(others: list[Person], into: Person, *, by) -> int:
    """Merges these rows into `into`; returns how many were merged.

    Raises ValidationError when a row is merged already, has merged rows of its own, or belongs to another
    kabupaten; Conflict when another request changed one of them.
    """
    # Locked in one order, so that two merges of the same people cannot deadlock.
    keys = sorted({into.pk, *(person.pk for person in others)})
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    target = rows[into.pk]
    if target.merged_into_id or target.erased_at:
        raise ValidationError(f"Catatan {target.name} sendiri sudah digabung. Buka catatan yang dipertahankan.")
    for pk in keys:
        person = rows[pk]
        if pk == target.pk:
            continue
        if person.merged_into_id or person.erased_at:
            raise ValidationError(f"Catatan {person.name} sudah digabung sebelumnya.")
        if person.merged_rows.exists():
            raise ValidationError(
                f"Ke catatan {person.name} sudah digabung catatan lain. Pertahankan catatan itu, atau pisahkan dahulu."
            )
        if person.district_id != target.district_id:
            raise ValidationError(f"{person.name} tercatat di kabupaten lain.")
        person.merged_into = target
        person.change(by=by, reason="Orang yang sama.")
        history.record(target, Event.Verb.CHANGE, by=by, changes={"catatan yang digabung": ["", _label(person)]})
    return len(keys) - 1


@transaction.atomic
def mark_as_different(people: list[Person], *, by) -> int:
    """Records that these are different people; returns the number of new pairs."""
    pairs = list(combinations(sorted({person.pk for person in people}), 2))
    known = set(PersonApart.objects.filter(first__in=people, second__in=people).values_list("first", "second"))
    fresh = [pair for pair in pairs if pair not in known]
    PersonApart.objects.bulk_create(
        [PersonApart(first_id=first, second_id=second) for first, second in fresh], ignore_conflicts=True
    )
    for person in people if fresh else []:
        others = ", ".join(_label(other) for other in people if other.pk != person.pk)
        history.record(person, Event.Verb.CHANGE, by=by, changes={"bukan orang yang sama dengan": ["", others]})
    return len(fresh)


@transaction.atomic
def part(person: Person, *, by) -> Person:
    """Undoes a merge; returns the row that it was merged into. Raises ValidationError when it is not merged."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into is None:
        raise ValidationError(f"Catatan {person.name} tidak sedang digabung.")
    target = person.merged_into
    person.merged_into = None
    person.change(by=by, reason="Penggabungan dibatalkan.")
    history.record(target, Event.Verb.CHANGE, by=by, changes={"catatan yang digabung": [_label(person), ""]})
    return target


def _label(person: Person) -> str:
    return f"{person.name} (no. {person.pk})"
