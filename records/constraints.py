"""What the constraints of the database say to people: a form that finds the fault earlier says it in the same words."""

from django.db import models


def sentence_of(model: type[models.Model], name: str) -> str:
    """The sentence with which this constraint of the model refuses."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    return str(constraint.violation_error_message)
