"""Giving and withdrawing of certificates. Allowed after closing, as they are printed later; not if cancelled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from records import formats, history
from records.models import Event
from trainings.models import Certificate, Training
from trainings.queries.certificates import (
    CERTIFICATE_FIELD,
    UNNUMBERED,
    WITHDRAWN,
    Candidate,
    Pattern,
    certificate_roll,
    withdrawn_numbers,
)
from trainings.services.spj import lock_for_documents


@dataclass(frozen=True)
class Previewed:
    """What the user confirmed: the number of each person, in this order."""

    pattern: Pattern
    dated_on: date
    participants: list[int]

    def numbers(self) -> dict[int, str]:
        return {pk: self.pattern.of(place) for place, pk in enumerate(self.participants)}


def refuse_used(training: Training, numbers: list[str]):
    """Raises ValidationError, on `text`, for a number that another certificate of the kabupaten has or had."""
    wanted = {number for number in numbers if number}
    used = (
        Certificate.objects.filter(
            number__in=wanted, training__district=training.district_id, training__is_sample=training.is_sample
        )
        .select_related("participant__person", "training")
        .order_by("pk")
        .first()
    )
    if used:
        where = "" if used.training_id == training.pk else f" pada {used.training}"
        raise ValidationError(
            {"text": f"Nomor {used.number} sudah dipakai untuk {used.participant}{where}. Mulai dari nomor lain."}
        )
    if gone := sorted(withdrawn_numbers(wanted)):
        raise ValidationError({"text": f"Nomor {gone[0]} pernah dipakai sertifikat yang dicabut. Pilih nomor lain."})


@transaction.atomic
def give(training: Training, previewed: Previewed, *, by: User) -> list[Certificate]:
    """Gives a certificate to everybody who has earned one and has none, exactly as previewed.

    Repeating the call returns the same rows. Raises ValidationError when the people who are due are no longer those of
    the preview, or when a number is taken.
    """
    training = lock_for_documents(training)
    numbers = previewed.numbers()
    made = list(training.certificates.filter(participant__in=numbers))
    if numbers and {row.participant_id: row.number for row in made} == numbers:
        return made
    due = {row.participant.pk: row for row in certificate_roll(training).due}
    if list(due) != previewed.participants:
        raise ValidationError("Daftar penerima berubah sejak pratinjau. Periksa pratinjau yang baru, lalu berikan.")
    previewed.pattern.check(len(due))
    refuse_used(training, list(numbers.values()))
    rows = [_row(training, due[pk], numbers[pk], previewed.dated_on) for pk in numbers]
    Certificate.objects.bulk_create(rows)
    events = []
    for row in rows:
        events.append(history.event_of(row, Event.Verb.ADD, by=by))
        changes = {CERTIFICATE_FIELD: ["", row.number or UNNUMBERED]}
        events.append(history.event_of(row.participant, Event.Verb.CHANGE, by=by, changes=changes))
    Event.objects.bulk_create(events)
    span = f", nomor {rows[0].number} s.d. {rows[-1].number}" if rows and rows[0].number else ""
    history.record(
        training,
        Event.Verb.CHANGE,
        by=by,
        changes={CERTIFICATE_FIELD: ["", f"{formats.number_id(len(rows))} diberikan{span}"]},
    )
    return rows


@transaction.atomic
def give_one(
    training: Training, candidate: int, *, number: str, dated_on: date, reason: str, by: User, key: UUID | None
) -> Certificate:
    """Gives one person a certificate that the rule does not give, with the reason. The same key twice gives one.

    Raises ValidationError when this person was not present, has one already, or the number is taken.
    """
    training = lock_for_documents(training)
    made = Certificate.made_before(key, by)
    if made:
        return made
    roll = certificate_roll(training)
    found = next((row for row in roll.candidates if row.participant.pk == candidate), None)
    if found is None:
        raise ValidationError("Orang ini tidak tercatat hadir.")
    if found.certificate:
        raise ValidationError(f"{found.participant} sudah mempunyai sertifikat.")
    try:
        refuse_used(training, [number])
    except ValidationError as error:
        raise ValidationError({"number": error.messages}) from None
    row = _row(training, found, number, dated_on)
    row.reason = reason
    row.add(by=by, key=key, reason=reason)
    changes = {CERTIFICATE_FIELD: ["", number or UNNUMBERED]}
    history.record(row.participant, Event.Verb.CHANGE, by=by, changes=changes, reason=reason)
    return row


@transaction.atomic
def withdraw(certificate: Certificate, *, by: User, reason: str) -> None:
    """Withdraws a certificate. Its number remains in the history and is not given again.

    Raises ValidationError when it was withdrawn already or the training was cancelled.
    """
    lock_for_documents(certificate.training)
    row = Certificate.objects.filter(pk=certificate.pk).select_related("participant__person").first()
    if row is None:
        raise ValidationError("Sertifikat ini sudah dicabut.")
    kept = history.describe(row, None, history.plain_fields(row))
    history.record(row, Event.Verb.DELETE, by=by, changes=kept, reason=reason)
    changes = {CERTIFICATE_FIELD: [row.number or UNNUMBERED, WITHDRAWN]}
    history.record(row.participant, Event.Verb.CHANGE, by=by, changes=changes, reason=reason)
    row.delete()


def _row(training: Training, candidate: Candidate, number: str, dated_on: date) -> Certificate:
    return Certificate(
        training=training,
        participant=candidate.participant,
        number=number,
        dated_on=dated_on,
        lesson_hours=candidate.lesson_hours,
    )
