"""Messages of database constraints, so that a form that finds the fault earlier shows the same message."""

from django.db import models


def sentence_of(model: type[models.Model], name: str) -> str:
    """The error message of this constraint of the model."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    return str(constraint.violation_error_message)
