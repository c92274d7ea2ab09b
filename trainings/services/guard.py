"""Lock of a training: one writer at a time on its parts, and only while it is open."""

from django.core.exceptions import ValidationError

from trainings.models import Training

LOCKED = "{noun} ini sudah {word}. Buka kembali dahulu, lalu ulangi."


def refuse_locked(training: Training):
    """Raises ValidationError when the training is closed or cancelled."""
    if not training.is_open:
        raise ValidationError(LOCKED.format(noun=training.noun.capitalize(), word=training.get_state_display().lower()))


def hold(training: Training) -> Training:
    """The current row, locked until the transaction ends. Raises ValidationError when it is not open.

    SQLite has no row locks; there each transaction is IMMEDIATE, so writers queue all the same.
    """
    held = Training.objects.select_for_update().get(pk=training.pk)
    refuse_locked(held)
    return held
