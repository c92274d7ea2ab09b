"""Change of the whole board of a group after an election: one day, one SK, one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup, LegalDocument, Member
from kpspams.queries.boards import ORDER
from kpspams.services.groups import appoint
from records.formats import date_id
from villages.models import Person
from villages.rules.identity import Identity, compare
from villages.services.persons import new_villager


class Fate(StrEnum):
    """The fate of a post that is held today."""

    STAYS = "tetap"
    REPLACED = "ganti"
    ENDS = "akhir"


@dataclass
class Seat:
    """One post in the change: `member` is its current holder (None: vacant or new), `person` or `name` the next one."""

    post: str
    member: Member | None = None
    fate: Fate = Fate.STAYS
    person: Person | None = None
    name: str = ""
    sex: str = ""
    is_other: bool = False  # the user confirmed that the new person is none of the recorded ones of that name

    @property
    def has_successor(self) -> bool:
        return self.person is not None or bool(self.name)


class SeatError(ValidationError):
    """The change is refused because of the seat at `place`."""

    def __init__(self, place: int, error: ValidationError):
        self.place = place
        super().__init__(error.messages)


class BoardMoved(ValidationError):
    """Another request changed the board after the form was shown."""


def running(group: KpspamsGroup) -> list[Member]:
    """Current and future posts in printing order, about which an election decides."""
    rows = Member.objects.overlapping(localdate(), None).filter(group=group).select_related("person")
    return sorted(rows, key=lambda row: (ORDER[Member.Post(row.post)], row.starts_on, row.pk))


def fingerprint(members: list[Member]) -> str:
    """Fingerprint of a state of a board: the posts with their versions."""
    text = " ".join(sorted(f"{member.pk}:{member.version}" for member in members))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def begun_by(group: KpspamsGroup, key: UUID, seats: int) -> list[Member]:
    """The posts that this form began when it was sent before."""
    keys = [uuid5(key, f"post {place}") for place in range(seats)]
    return list(Member.objects.filter(group=group, request_key__in=keys))


@transaction.atomic
def change_board(
    group: KpspamsGroup,
    on: date,
    seats: list[Seat],
    *,
    decree: LegalDocument | None,
    reappoint: bool,
    seen: str,
    by,
    key: UUID,
) -> list[Member]:
    """Sets the board of a new term from the day `on`; returns the posts that began.

    Posts that end do so the day before; no row is overwritten. With `reappoint` those who stay begin a new row
    under the same SK. `decree` is a recorded SK or a new row of this group; `seen` the fingerprint of the
    board that the form showed. The same key twice changes nothing and returns the first posts.

    Raises BoardMoved when the board has changed, SeatError for one invalid post, ValidationError.
    """
    # Two requests for the same board wait for each other here.
    group = KpspamsGroup.objects.select_for_update().get(pk=group.pk)
    made = begun_by(group, key, len(seats))
    if made:
        return made
    if fingerprint(running(group)) != seen:
        raise BoardMoved(
            "Susunan pengurus ini baru saja diubah orang lain. Di bawah ini susunan yang tersimpan sekarang; "
            "periksa lagi pilihan Anda, lalu simpan."
        )
    if decree is not None and decree.pk is None:
        decree = decree.add(by=by, key=uuid5(key, "sk"))
    for place, seat in enumerate(seats):
        try:
            _end(seat, on, reappoint, by)
        except ValidationError as error:
            raise SeatError(place, error) from None
    began = []
    for place in range(len(seats)):
        try:
            member = _begin(group, seats, place, on, reappoint, decree, by, key)
        except ValidationError as error:
            raise SeatError(place, error) from None
        if member:
            began.append(member)
    return began


def _end(seat: Seat, on: date, reappoint: bool, by):
    member = seat.member
    if member is None or (seat.fate == Fate.STAYS and not _begins_anew(member, on, reappoint)):
        return
    if member.starts_on >= on:
        raise ValidationError(
            f"{member.person.name} baru menjabat mulai {date_id(member.starts_on)}. "
            "Isi tanggal mulai sesudahnya, atau betulkan dahulu jabatan itu."
        )
    member.end(on - timedelta(days=1), by=by, reason="Pergantian pengurus.")


def _begins_anew(member: Member, on: date, reappoint: bool) -> bool:
    return reappoint and member.starts_on != on


def _born_at(seats: list[Seat], place: int, group: KpspamsGroup) -> int:
    """The first seat with the new person of this one: one new name in two posts is one person."""
    seat = seats[place]
    mine = Identity(name=seat.name, sex=seat.sex, village=group.village_id)
    for number, other in enumerate(seats[:place]):
        theirs = Identity(name=other.name, sex=other.sex, village=group.village_id)
        if other.name and not seat.is_other and compare(theirs, mine).is_same:
            return number
    return place


def _begin(group, seats: list[Seat], place: int, on: date, reappoint: bool, decree, by, key: UUID) -> Member | None:
    seat = seats[place]
    old = seat.member
    if old and seat.fate == Fate.STAYS:
        if not _begins_anew(old, on, reappoint):
            return None
        new = Member(group=group, person=old.person, post=old.post, title=old.title, acting=old.acting)
    elif (old is None or seat.fate == Fate.REPLACED) and seat.has_successor:
        born = _born_at(seats, place, group)
        person = seat.person or new_villager(
            group.village, seats[born].name, seats[born].sex, by=by, key=uuid5(key, f"person {born}")
        )
        new = Member(group=group, person=person, post=seat.post)
    else:
        return None
    new.starts_on = on
    new.appointed_by = decree
    return appoint(new, by=by, key=uuid5(key, f"post {place}"))
