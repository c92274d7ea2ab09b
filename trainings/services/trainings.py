"""Trainings: adding one with all of its parts, invitations, cancelling."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from records import formats, history, samples
from records.models import Event
from trainings.models import AgendaItem, Invitation, Training
from trainings.services.guard import hold
from trainings.services.participants import board_entries, register
from trainings.services.schedule import Hours, build_day
from villages.models import Village


@dataclass(frozen=True)
class Wish:
    """The number of people and the posts that each invited village is asked for."""

    quota: int = 3
    posts: tuple[str, ...] = ("KET", "BEN", "TEK")


@dataclass
class Sitting:
    """Input besides the frame of a new training."""

    dates: list[date]
    hours: Hours = field(default_factory=Hours)
    # Unsaved items by day number from 1 (agendas.template_items)
    agenda: dict[int, list[AgendaItem]] = field(default_factory=dict)
    villages: list[Village] = field(default_factory=list)
    cohorts: list[int] = field(default_factory=list)
    wish: Wish = field(default_factory=Wish)
    register_boards: bool = False


@transaction.atomic
def log_training(training: Training, sitting: Sitting, *, by: User, key: UUID | None, officers=()) -> Training:
    """Adds a training with days, sessions, agenda, invitations and, optionally, the boards' people as participants.

    All or nothing; the same key twice returns the first training unchanged. Raises ValidationError.
    """
    row = training.add(by=by, key=key)
    if row is not training:
        return row
    training.officers.set(officers)
    for number, on in enumerate(sitting.dates, 1):
        day = training.days.create(date=on)
        build_day(day, training.sheet_unit, sitting.agenda.get(number, []), sitting.hours)
    changes = {"hari": ["", ", ".join(formats.date_id(on) for on in sitting.dates)]}
    if officers:
        changes["petugas kehadiran"] = ["", ", ".join(str(officer) for officer in officers)]
    history.record(training, Event.Verb.CHANGE, by=by, changes=changes)
    villages = [*sitting.villages, *cohort_villages(training, sitting.cohorts)]
    if villages:
        invite(training, villages, sitting.wish, by=by)
    if sitting.register_boards:
        register(training, board_entries(training, wished_only=True), by=by)
    return training


def cohort_villages(training: Training, years: list[int]) -> list[Village]:
    """Desa sasaran of these years in the kabupaten of the training; a real training excludes sample villages."""
    villages = Village.objects.filter(
        subdistrict__district=training.district_id, awards__fiscal_year__in=years
    ).distinct()
    if not training.is_sample:
        villages = villages.filter(is_sample=False)
    return list(villages)


@transaction.atomic
def invite(training: Training, villages: list[Village], wish: Wish, *, by: User) -> list[Village]:
    """Invites villages; earlier invitations remain unchanged. Returns the new ones.

    Raises ValidationError for a village of another kabupaten, for sample data, or when the training is closed.
    """
    training = hold(training)
    taken = set(training.invitations.values_list("village", flat=True))
    new = sorted({v.pk: v for v in villages if v.pk not in taken}.values(), key=lambda village: village.code)
    places = dict(Village.objects.filter(pk__in=[v.pk for v in new]).values_list("pk", "subdistrict__district"))
    rows = []
    for village in new:
        if places[village.pk] != training.district_id:
            raise ValidationError(f"{village} tidak termasuk {training.district}.")
        row = Invitation(training=training, village=village, quota=wish.quota, posts=" ".join(wish.posts))
        samples.refuse_sample_parent(row)
        rows.append(row)
    Invitation.objects.bulk_create(rows)
    if new:
        names = ", ".join(village.name for village in new)
        history.record(training, Event.Verb.CHANGE, by=by, changes={"desa diundang": ["", names]})
    return new


@transaction.atomic
def change_invitation(invitation: Invitation, *, by: User) -> None:
    """Changes the quota or the requested posts."""
    training = hold(invitation.training)
    before = Invitation.objects.get(pk=invitation.pk)
    texts = [f"{row.quota} orang ({row.post_words or 'jabatan bebas'})" for row in (before, invitation)]
    if texts[0] != texts[1]:
        invitation.save()
        history.record(training, Event.Verb.CHANGE, by=by, changes={f"undangan {invitation.village}": texts})


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Deletes an invitation. Raises ValidationError while participants of the village are registered."""
    training = hold(invitation.training)
    if training.participants.current().filter(village=invitation.village_id).exists():
        raise ValidationError(
            f"{invitation.village} masih mempunyai peserta terdaftar. Batalkan pesertanya dahulu, lalu ulangi."
        )
    text = str(invitation.village)
    try:
        invitation.delete()
    except ProtectedError:
        raise ValidationError(f"Undangan {text} sudah dipakai dokumen lain dan tidak dapat dihapus.") from None
    history.record(training, Event.Verb.CHANGE, by=by, changes={"desa diundang": [text, ""]})


@transaction.atomic
def cancel_training(training: Training, *, by: User, reason: str) -> None:
    """Cancels the training. Raises ValidationError once attendance was recorded or when it is not open."""
    hold(training).cancel(by=by, reason=reason)
