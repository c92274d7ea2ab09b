"""Registries of lower apps that others fill: complete, ordered, without duplicates."""

from dataclasses import dataclass

import pytest

from accounts.handover import register
from imports.registry import adapters
from records.registry import Registry
from reports.handover import Schedules


@dataclass(frozen=True)
class Thing:
    order: int
    name: str = ""


def test_registry_gives_things_in_their_order():
    registry = Registry()
    later, first = registry.register(Thing(20)), registry.register(Thing(10))
    assert list(registry) == [first, later]


def test_registry_refuses_a_place_that_is_taken():
    registry = Registry()
    thing = registry.register(Thing(10, "a"))
    registry.register(thing)
    with pytest.raises(ValueError, match=r"order 10 .*name='b'.*name='a'"):
        registry.register(Thing(10, "b"))
    assert list(registry) == [thing]
    with pytest.raises(ValueError, match="order 10 "):
        register(Schedules())


def test_kinds_of_import_come_as_an_office_fills_its_portal():
    kinds = ["villages", "groups", "boards", "facilities", "participants", "plans"]
    assert [adapter.kind for adapter in adapters()] == kinds
