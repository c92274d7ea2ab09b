"""Factories: each makes a row that the database and validation accept."""

import pytest
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = [
    value
    for value in vars(factories).values()
    if isinstance(value, type) and issubclass(value, DjangoModelFactory) and not value._meta.abstract
]


@pytest.mark.parametrize("factory_class", FACTORIES, ids=lambda factory_class: factory_class.__name__)
def test_factory_makes_a_valid_row(db, factory_class):
    # Lists of the installation (bidang, sumber dana) exist from the first migration on.
    present = set(factory_class._meta.model.objects.values_list("pk", flat=True))
    row = factory_class()
    row.full_clean()
    assert type(row).objects.get(pk=row.pk) == row
    assert row.pk in present or row.pk >= factories.FIRST_ID
