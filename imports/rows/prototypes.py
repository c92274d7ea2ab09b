"""Factory of new rows that differ in a few columns."""

from typing import Generic, TypeVar

from django.db import models, router
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)


class Prototype(Generic[M]):
    """Creates unsaved rows of one model like its constructor, which takes four times as long.

    Raises TypeError for a model with a column whose default is a callable.
    """

    def __init__(self, model: type[M], **same: object):
        defaults = [field for field in model._meta.concrete_fields if field.has_default() and callable(field.default)]
        if defaults:
            raise TypeError(f"{model.__name__} makes {defaults} for each row anew")
        self.model, self.row = model, model(**same)
        self.database = router.db_for_write(model)
        fields = model._meta.concrete_fields
        # Columns with a plain attribute, and foreign keys; other columns have setters of Django.
        self.plain = {field.name for field in fields if not hasattr(getattr(model, field.name), "__set__")}
        keys = [field for field in fields if isinstance(field, models.ForeignKey) and field.many_to_one]
        self.keys = {field.name: field for field in keys if field.target_field.primary_key}

    def make(self, **values: object) -> M:
        """`values` by field, as the constructor takes them."""
        made = self.model.__new__(self.model)
        made.__dict__.update(self.row.__dict__)
        made._state = state = ModelState()
        state.db = self.row._state.db
        state.fields_cache = self.row._state.fields_cache.copy()
        for name, value in values.items():
            if name in self.plain:
                made.__dict__[name] = value
            elif name in self.keys and isinstance(value, self.keys[name].related_model):
                made.__dict__[self.keys[name].attname] = value.pk
                state.fields_cache[name] = value
                state.db = state.db or self.database
            else:
                setattr(made, name, value)
        return made
