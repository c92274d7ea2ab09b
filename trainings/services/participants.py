"""Registering of participants: people of the boards of invited villages, people of no group, walk-ins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, Q
from django.utils.timezone import localdate

from accounts.models import User
from accounts.rights import Right, may
from kpspams.models import KpspamsGroup, Member
from records import history, samples
from records.models import Event
from trainings.models import Attendance, Participant, Training
from trainings.services.guard import hold
from trainings.services.participant_numbers import POST_ORDER, close_gaps, place_at, swap
from villages.models import Person, Village
from villages.rules.identity import Identity, Likeness
from villages.services.persons import alike

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


@dataclass(frozen=True)
class Entry:
    """A person to register, with village, group and post as on that day."""

    person: Person
    village: Village | None = None
    group: KpspamsGroup | None = None
    post: str = ""
    affiliation: str = ""
    walk_in: bool = False
    replaces: Participant | None = None


@dataclass
class Registered:
    added: list[Participant] = field(default_factory=list)
    returned: list[Participant] = field(default_factory=list)  # had withdrawn before
    already: list[Participant] = field(default_factory=list)
    replaced: list[Participant] = field(default_factory=list)  # have a substitute

    @property
    def current(self) -> list[Participant]:
        return [*self.added, *self.returned, *self.already]


@transaction.atomic
def register(training: Training, entries: list[Entry], *, by: User) -> Registered:
    """Registers each person once, by desa and within it by post, after those already numbered.

    The order of a printed sheet remains. Withdrawn participants take part again, as the last; replaced ones remain
    replaced. People added by a fasilitator are proposals, late ones after the deadline. Raises ValidationError for
    people of another kabupaten, for sample data, or when the training is closed.
    """
    training = hold(training)
    rows = list(training.participants.select_related("person"))
    # Merged rows are the same human being; if both took part, the registered row counts.
    current_last = sorted(rows, key=lambda row: row.state == Participant.State.REGISTERED)
    known = {human(row.person): row for row in current_last}
    number = max((row.number for row in rows), default=0)
    found = Registered()
    proposes = not may(by, Right.EDIT_TRAININGS)
    late = bool(training.proposal_deadline and training.proposal_deadline < localdate())
    for entry in sorted(entries, key=_place_in_list):
        row = known.get(human(entry.person))
        if row is None:
            number += 1
            row = Participant(
                training=training,
                person=entry.person,
                number=number,
                village=entry.village,
                group=entry.group,
                post=entry.post,
                affiliation=entry.affiliation,
                walk_in=entry.walk_in,
                replaces=entry.replaces,
                proposed_by=by if proposes and not entry.walk_in else None,
                late_proposal=proposes and late and not entry.walk_in,
            )
            _refuse_stranger(row)
            samples.refuse_sample_parent(row)
            found.added.append(row)
            known[human(entry.person)] = row
        elif row.state == Participant.State.WITHDRAWN:
            row.state = Participant.State.REGISTERED
            row.replaces = entry.replaces
            row.change(by=by)
            found.returned.append(row)
        elif row.state == Participant.State.REPLACED:
            found.replaced.append(row)
        elif row not in found.added:
            found.already.append(row)
    Participant.objects.bulk_create(found.added)
    if any(not row.is_current for row in rows):
        close_gaps(training)
    if found.added:
        names = ", ".join(row.person.name for row in found.added)
        history.record(training, Event.Verb.CHANGE, by=by, changes={"peserta": ["", names]})
    return found


def human(person: Person) -> int:
    """The id of this human being after merges."""
    return person.merged_into_id or person.pk


def _place_in_list(entry: Entry):
    code = entry.village.code if entry.village else "~"  # after all villages
    return entry.walk_in, code, POST_ORDER.get(entry.post, len(POST_ORDER)), entry.person.name


def _refuse_stranger(row: Participant):
    """Raises ValidationError unless participant, village and group belong to the kabupaten and to one another."""
    districts = {row.person.district_id}
    if row.village:
        districts.add(row.village.subdistrict.district_id)
    if districts != {row.training.district_id}:
        raise ValidationError(f"{row.person.name} tidak termasuk {row.training.district}.")
    if row.group and row.group.village_id != row.village_id:
        raise ValidationError(f"{row.group} bukan kelompok {row.village or 'orang tanpa desa'}.")


class _OnFirstDay(TypedDict):
    held_that_day: bool


BoardMember: TypeAlias = "WithAnnotations[Member, _OnFirstDay]"


def _first_day(training: Training) -> date:
    return training.days.aggregate(first=Min("date"))["first"] or localdate()


def _posts(first: date, villages):
    held = Q(pk__in=Member.objects.current(first)) | Q(pk__in=Member.objects.current())
    return Member.objects.filter(held, group__village__in=villages, person__erased_at=None)


def has_boards(training: Training, villages) -> bool:
    """Whether `boards` would offer anybody."""
    return _posts(_first_day(training), villages).exists()


def boards(training: Training, villages) -> list[BoardMember]:
    """Posts held on the first day of the training or today in groups of these villages, in printing order.

    One row for each person: the first post in printing order. Current posts are offered too, because earlier ones are
    rarely entered later.
    """
    first = _first_day(training)
    rows = _posts(first, villages).select_related("person__merged_into", "group__village__subdistrict")
    seen: set[int] = set()
    found: list[BoardMember] = []
    for row in sorted(rows, key=lambda m: (not m.covers(first), m.group.village.code, POST_ORDER[m.post], m.pk)):
        if row.person.merged_into:
            row.person = row.person.merged_into  # the remaining row after a merge is registered
        if row.person_id not in seen:
            seen.add(row.person_id)
            member = cast("BoardMember", row)
            member.held_that_day = row.covers(first)
            found.append(member)
    return sorted(found, key=lambda m: (m.group.village.code, POST_ORDER[m.post], m.person.name))


def board_entries(training: Training, *, wished_only: bool) -> list[Entry]:
    """The boards of all invited villages as entries; with `wished_only` only the posts that are requested."""
    wishes = {row.village_id: row.post_codes for row in training.invitations.all()}
    return [
        as_entry(member)
        for member in boards(training, wishes)
        if member.held_that_day and (not wished_only or member.post in wishes[member.group.village_id])
    ]


def as_entry(member: Member) -> Entry:
    return Entry(person=member.person, village=member.group.village, group=member.group, post=member.post)


def reachable(training: Training, user: User):
    """Persons of the kabupaten whom the user may find for this training, by name only and without phones.

    The office and the officers of the training find everybody, because anybody may walk in; a fasilitator own people.
    """
    people = Person.objects.current().filter(district=training.district_id)
    if Training.objects.markable_by(user).filter(pk=training.pk).exists():
        return people
    return people.filter(village__in=Village.objects.editable_by(user).filter(invitations__training=training))


def likely_doubles(
    training: Training, name: str, village: Village | None, *, user: User, sex: str = ""
) -> list[tuple[Person, Likeness]]:
    """Possible duplicates that the user may find, of the same village or of none (at most 8), with the reason."""
    people = reachable(training, user).prefetch_related("posts__group")
    wanted = Identity(name=name, sex=sex, village=village.pk if village else None)
    return alike(people, wanted, limit=8)


def known_entry(training: Training, person: Person) -> dict:
    """Recorded data of a person: village, and the post in its group on the first day of the training or today."""
    held = [row for row in boards(training, [person.village_id]) if row.person_id == person.pk]
    if held:
        return {"village": held[0].group.village, "group": held[0].group, "post": held[0].post}
    return {"village": person.village} if person.village else {}


@transaction.atomic
def add_person(training: Training, person: Person, entry: dict, *, by: User, key: UUID | None) -> Registered:
    """Adds a new person (without key) and registers them; the same key twice does it once."""
    hold(training)
    if person.pk is None:
        person = person.add(by=by, key=key)
    return register(training, [Entry(person=person, **entry)], by=by)


def withdraw(participant: Participant, *, by: User, reason: str = "") -> None:
    """Removes one person from the sheet, as `withdraw_many`."""
    withdraw_many(participant.training, [participant], by=by, reason=reason)


@transaction.atomic
def withdraw_many(
    training: Training, participants: Iterable[Participant], *, by: User, reason: str = ""
) -> list[Participant]:
    """Removes people from the sheet, all or none, and closes the gaps in its numbers. Returns the removed ones.

    People replaced by them take part again. Those who withdrew before are skipped. Raises ValidationError
    with a sentence for each person who was marked or replaced.
    """
    training = hold(training)
    chosen = training.participants.filter(pk__in=[row.pk for row in participants])
    rows = list(chosen.select_related("person", "replaces__person", "replaced_by__person"))
    marked = set(Attendance.objects.filter(participant__in=rows).values_list("participant_id", flat=True))
    if refusals := [text for row in rows if (text := withdrawal_refusal(row, is_marked=row.pk in marked))]:
        if len(rows) > 1:
            refusals.append("Belum ada yang dibatalkan. Hapus centang pada nama tersebut, lalu ulangi.")
        raise ValidationError(refusals)
    current = [row for row in rows if row.is_current]
    for row in current:
        _remove(row, by=by, reason=reason)
    if current:
        close_gaps(training)
    return current


def withdrawal_refusal(participant: Participant, *, is_marked: bool) -> str:
    """The reason why this person cannot be removed from the sheet; empty if they can be, or were already."""
    if participant.state == Participant.State.REPLACED:
        return f"{participant.person.name} sudah digantikan oleh {participant.replaced_by.person.name}."
    if is_marked:
        return f"Kehadiran {participant.person.name} sudah tercatat, jadi tetap menjadi peserta."
    return ""


def _remove(participant: Participant, *, by: User, reason: str) -> None:
    before = participant.replaces
    participant.state = Participant.State.WITHDRAWN
    participant.replaces = None
    participant.change(by=by, reason=reason)
    if before:
        before.state = Participant.State.REGISTERED
        before.change(by=by, reason=f"{participant.person.name} batal menggantikan.")
        swap(before, participant)


@transaction.atomic
def substitute(
    participant: Participant, person: Person, entry: dict, *, by: User, key: UUID | None = None
) -> Participant:
    """Replaces an invited person by another in the same line; both remain recorded. New persons are added.

    `entry`: village, group, post and unsur of the substitute. The same key twice does it once. Raises ValidationError
    when the invited person is not on the sheet, was marked, or the substitute takes part already.
    """
    training = hold(participant.training)
    invited = Participant.objects.select_related("person").get(pk=participant.pk)
    if key and person.pk is None:
        person = person.add(by=by, key=key)
    if invited.state == Participant.State.REPLACED and invited.replaced_by.person_id == person.pk:
        return invited.replaced_by
    if invited.state != Participant.State.REGISTERED:
        raise ValidationError(f"{invited.person.name} sudah {invited.get_state_display().lower()}.")
    if invited.attendances.exists():
        raise ValidationError(
            f"Kehadiran {invited.person.name} sudah tercatat. Kosongkan dahulu kehadirannya, lalu gantikan."
        )
    same = Q(person=human(person)) | Q(person__merged_into=human(person))
    if training.participants.current().filter(same).exists():
        raise ValidationError(f"{person.name} sudah menjadi peserta. Pilih orang lain sebagai pengganti.")
    line = invited.number
    invited.state = Participant.State.REPLACED
    invited.change(by=by, reason=f"Digantikan oleh {person.name}.")
    found = register(training, [Entry(person=person, replaces=invited, **entry)], by=by)
    if found.replaced:
        raise ValidationError(f"{person.name} sendiri sudah digantikan orang lain. Pilih orang lain sebagai pengganti.")
    return place_at(training, found.current[0], line)
