"""Documents and photos of a training. They follow the event: a closed training accepts them, a cancelled one not."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from records import history
from records.files import Judged, drop_unused
from records.models import Event
from trainings.models import SpjItem, Training, TrainingFile

CANCELLED = "{noun} ini dibatalkan. Buka kembali dahulu, lalu ulangi."


def refuse_cancelled(training: Training):
    """Raises ValidationError when the training was cancelled."""
    if training.state == Training.State.CANCELLED:
        raise ValidationError(CANCELLED.format(noun=training.noun.capitalize()))


def lock_for_documents(training: Training) -> Training:
    """The row, locked until the transaction ends; a closed training still accepts documents.

    Raises ValidationError when it was cancelled.
    """
    held = Training.objects.select_for_update().select_related("district").get(pk=training.pk)
    refuse_cancelled(held)
    return held


@transaction.atomic
def record_letter(
    training: Training, document: SpjItem.Document, *, number: str, dated_on: date | None, by: User
) -> SpjItem | None:
    """Records number and date of a letter; None if both are empty and none was recorded.

    Raises ValidationError when the training was cancelled, or for a date far ahead.
    """
    training = lock_for_documents(training)
    check_letter_day(dated_on)
    row = training.spj_items.filter(document=document).first() or SpjItem(training=training, document=document)
    if (row.number, row.dated_on) == (number, dated_on):
        return row if row.pk else None
    row.number, row.dated_on = number, dated_on
    if row.pk is None:
        return row.add(by=by)
    row.change(by=by)
    return row


def check_letter_day(on: date | None) -> None:
    """Raises ValidationError for the date of a letter after next year."""
    if on and on.year > localdate().year + 1:
        raise ValidationError("Periksa tahunnya: tanggal ini masih jauh di depan.")


def add_photos(training: Training, photos: list[Judged], *, caption: str, place: str, taken_on, by: User) -> list:
    """Stores photos of the training, all or none; existing ones are not added again.

    `taken_on` is used for photos without a date from the camera. Raises ValidationError when the training was
    cancelled.
    """
    kept, made = [], []
    try:
        with transaction.atomic():
            training = lock_for_documents(training)
            known = set(training.files.filter(kind=TrainingFile.Kind.PHOTO).values_list("file__sha256", flat=True))
            for judged in photos:
                if judged.sha256 in known:
                    continue
                known.add(judged.sha256)
                stored = judged.keep(caption=caption, place=place)
                kept.append(stored)
                row = TrainingFile(
                    training=training,
                    kind=TrainingFile.Kind.PHOTO,
                    file=stored,
                    caption=caption,
                    place=place,
                    taken_on=judged.shot.day or taken_on,
                )
                made.append(row.add(by=by))
    except BaseException:
        for stored in kept:
            stored.erase()
        raise
    return made


@transaction.atomic
def remove_photo(photo: TrainingFile, *, by: User) -> None:
    """Deletes a photo with its file; caption and file name remain in the history."""
    lock_for_documents(photo.training)
    stored = photo.file
    history.record(
        photo.training, Event.Verb.CHANGE, by=by, changes={"foto dokumentasi": [photo.caption or stored.name, ""]}
    )
    photo.remove(by=by)
    drop_unused(stored)
