"""What is done with persons as a whole: written down beside a post, doubles found, merged and parted again.

A merge sets `merged_into` and moves no row, so it can be undone: posts and trainings stay where they were
recorded, and whoever lists or counts follows the pointer. It is one step deep, never a chain.
"""

from collections import defaultdict
from itertools import combinations
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from records import history
from records.models import Event
from villages.models import Person, PersonApart, Village


def new_villager(
    village: Village, name: str, sex: str, *, by, key: UUID | None = None, hamlet: str = "", phone: str = ""
) -> Person:
    """Records somebody of this village. The same key twice gives the first row."""
    person = Person(
        name=name,
        sex=sex,
        hamlet=hamlet,
        phone=phone,
        village=village,
        district=village.subdistrict.district,
    )
    return person.add(by=by, key=key)


def clusters(rows) -> list[list[Person]]:
    """Likely doubles put together: who shares name and village, or telephone number, by however many steps.

    Two that somebody told apart are not put together for what they share; one query.
    """
    people = {person.pk: person for person in rows}
    leader = {pk: pk for pk in people}

    def find(pk: int) -> int:
        while leader[pk] != pk:
            pk = leader[pk]
        return pk

    sharing: dict[tuple, list[int]] = defaultdict(list)
    for person in people.values():
        if person.village_id:
            sharing["name", person.village_id, person.search_key].append(person.pk)
        if person.phone:
            sharing["phone", person.phone].append(person.pk)
    apart = set(PersonApart.objects.filter(first__in=people, second__in=people).values_list("first", "second"))
    for keys in sharing.values():
        for one, other in combinations(sorted(keys), 2):
            if (one, other) not in apart:
                leader[find(other)] = find(one)
    found: dict[int, list[Person]] = {}
    for person in people.values():
        found.setdefault(find(person.pk), []).append(person)
    return sorted(
        (group for group in found.values() if len(group) > 1), key=lambda group: (group[0].search_key, group[0].pk)
    )


@transaction.atomic
def merge(others: list[Person], into: Person, *, by) -> int:
    """Says that these rows mean the human being of `into`; returns how many were merged.

    Raises ValidationError when a row is merged already, carries merged rows of its own, or belongs to another
    kabupaten; Conflict when somebody else changed one of them.
    """
    # Locked in one order, so that two merges of the same people stand in line and never form a ring.
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
        history.record(target, Event.Verb.CHANGE, by=by, changes={"catatan yang digabung": ["", _told(person)]})
    return len(keys) - 1


@transaction.atomic
def tell_apart(people: list[Person], *, by) -> int:
    """Says that each of these is a human being of their own; returns how many pairs were new."""
    pairs = list(combinations(sorted({person.pk for person in people}), 2))
    known = set(PersonApart.objects.filter(first__in=people, second__in=people).values_list("first", "second"))
    fresh = [pair for pair in pairs if pair not in known]
    PersonApart.objects.bulk_create(
        [PersonApart(first_id=first, second_id=second) for first, second in fresh], ignore_conflicts=True
    )
    for person in people if fresh else []:
        others = ", ".join(_told(other) for other in people if other.pk != person.pk)
        history.record(person, Event.Verb.CHANGE, by=by, changes={"bukan orang yang sama dengan": ["", others]})
    return len(fresh)


@transaction.atomic
def part(person: Person, *, by) -> Person:
    """Takes a merge back; returns the row that it was merged into. Raises ValidationError when it is not merged."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into is None:
        raise ValidationError(f"Catatan {person.name} tidak sedang digabung.")
    target = person.merged_into
    person.merged_into = None
    person.change(by=by, reason="Penggabungan dibatalkan.")
    history.record(target, Event.Verb.CHANGE, by=by, changes={"catatan yang digabung": [_told(person), ""]})
    return target


def _told(person: Person) -> str:
    return f"{person.name} (no. {person.pk})"
