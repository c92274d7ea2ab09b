"""Start and end time: the same check in every form of a training."""

from django import forms

from records.constraints import sentence_of
from trainings.models import TrainingSession


def check_hours(form: forms.BaseForm) -> bool:
    """Whether the start is before the end, as far as both are known; otherwise adds an error to the end."""
    starts, ends = form.cleaned_data.get("starts"), form.cleaned_data.get("ends")
    if not (starts and ends) or starts < ends:
        return True
    form.add_error("ends", sentence_of(TrainingSession, "training_session_in_order"))
    return False
