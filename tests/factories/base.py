"""Ids start at 12.345 (FIRST_ID), so that a test finds machine-readable numbers with a thousands separator."""

import factory
from factory.django import DjangoModelFactory

FIRST_ID = 12_345


class Factory(DjangoModelFactory):
    id = factory.Sequence(lambda n: FIRST_ID + n)

    class Meta:
        abstract = True
