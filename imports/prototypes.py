"""New rows that differ in a few columns from each other."""

from typing import Any

from django.db import models
from django.db.models.base import ModelState


class Prototype:
    """Makes unsaved rows of one model as its constructor would; that takes four times as long.

    Raises TypeError for a model with a column whose default is made for each row anew.
    """

    def __init__(self, model: type[models.Model], **same: Any):
        defaults = [field for field in model._meta.concrete_fields if field.has_default() and callable(field.default)]
        if defaults:
            raise TypeError(f"{model.__name__} makes {defaults} for each row anew")
        self.model, self.row = model, model(**same)

    def make(self, **values: Any) -> Any:
        """`values` by field, as the constructor takes them."""
        made = self.model.__new__(self.model)
        made.__dict__.update(self.row.__dict__)
        made._state = ModelState()
        made._state.fields_cache = self.row._state.fields_cache.copy()
        for name, value in values.items():
            setattr(made, name, value)
        return made
