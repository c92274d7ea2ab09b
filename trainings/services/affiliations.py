"""The unsur of several participants at once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from trainings.models import Participant, Training
from trainings.services.guard import hold


@transaction.atomic
def change_affiliation(
    training: Training, participants: Iterable[Participant], affiliation: str, *, by: User
) -> list[Participant]:
    """Gives people of the sheet this unsur, all or none. Returns the changed ones; who has it already is skipped.

    Raises ValidationError with a sentence for each person who is not on the sheet or prints a post instead.
    """
    training = hold(training)
    chosen = training.participants.filter(pk__in=[row.pk for row in participants])
    rows = list(chosen.select_related("person"))
    if refusals := [text for row in rows if (text := affiliation_refusal(row))]:
        if len(rows) > 1:
            refusals.append("Belum ada yang diubah. Hapus centang pada nama tersebut, lalu ulangi.")
        raise ValidationError(refusals)
    changed = [row for row in rows if row.affiliation != affiliation]
    for row in changed:
        row.affiliation = affiliation
        row.change(by=by)
    return changed


def affiliation_refusal(participant: Participant) -> str:
    """The reason why the unsur of this person cannot be changed; empty if it can."""
    if not participant.is_current:
        return f"{participant.person.name} tidak lagi menjadi peserta."
    if participant.post:
        return f"{participant.person.name} tercetak sebagai {participant.role_word}; ubah jabatannya satu per satu."
    return ""
