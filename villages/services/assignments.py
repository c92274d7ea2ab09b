"""Services of assignments: to several villages at once, and their extension into the next year."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from villages.models import Assignment, Village


def check_free(
    user: User, village: Village, starts_on: date, ends_on: date | None, *, but: Assignment | None = None
) -> None:
    """Raises ValidationError when this fasilitator already works in this village on a day of the span."""
    others = Assignment.objects.filter(user=user, village=village).overlapping(starts_on, ends_on)
    if but is not None:
        others = others.exclude(pk=but.pk)
    other = others.order_by("starts_on").first()
    if other:
        raise ValidationError(
            f"{user} sudah ditugaskan di {village} mulai {other.dates}. Pilih tanggal lain, atau ubah penugasan itu."
        )


@transaction.atomic
def assign(
    user: User, villages: list[Village], starts_on: date, ends_on: date | None, *, by: User, key: uuid.UUID
) -> list[Assignment]:
    """Adds one assignment in each village, or none. The same `key` again returns the rows created before.

    Raises ValidationError, with one sentence for each village where the fasilitator works already.
    """
    # Two forms for one fasilitator run one after the other; an account closed meanwhile gets no village.
    if not User.objects.select_for_update(no_key=True).get(pk=user.pk).is_current:
        raise ValidationError(f"Akun {user} tidak berlaku lagi. Pilih fasilitator lain.")
    keys = {village.pk: uuid.uuid5(key, str(village.pk)) for village in villages}
    made = list(Assignment.objects.filter(request_key__in=keys.values()).select_related("village"))
    if made:
        return made
    taken = []
    for village in villages:
        try:
            check_free(user, village, starts_on, ends_on)
        except ValidationError as error:
            taken += error.messages
    if taken:
        raise ValidationError(taken)
    return [
        Assignment(user=user, village=village, starts_on=starts_on, ends_on=ends_on).add(by=by, key=keys[village.pk])
        for village in villages
    ]


@transaction.atomic
def extend(assignments: list[Assignment], until: date, *, by: User, key: uuid.UUID) -> list[Assignment]:
    """Adds a following assignment from the day after each end until `until`, where there is none yet.

    The old row keeps its dates: each year's assignment stays on record. Each new row carries a key made of `key`.
    """
    users = User.objects.select_for_update(no_key=True).filter(
        pk__in={assignment.user_id for assignment in assignments}
    )
    list(users.order_by("pk").values_list("pk", flat=True))
    made = []
    for assignment in assignments:
        if assignment.ends_on is None:
            continue
        starts_on = assignment.ends_on + timedelta(days=1)
        following = Assignment(user=assignment.user, village=assignment.village, starts_on=starts_on, ends_on=until)
        same = Assignment.objects.filter(user=assignment.user_id, village=assignment.village_id)
        if starts_on <= until and not same.overlapping(starts_on, until).exists():
            own = uuid.uuid5(key, str(assignment.pk))
            made.append(following.add(by=by, key=own, reason="Diperpanjang ke TA berikutnya"))
    return made


def extended_with(key: uuid.UUID, pks: list[int]) -> int:
    """The number of rows that this form created before, because it may be sent twice."""
    return Assignment.objects.filter(request_key__in=[uuid.uuid5(key, str(pk)) for pk in pks]).count()
