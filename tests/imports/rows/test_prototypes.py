"""Rows made from a prototype."""

import pytest

from imports.models import ImportRun
from imports.rows.prototypes import Prototype
from kpspams.models import Member
from tests import factories as make
from villages.models import Person

pytestmark = pytest.mark.django_db


def test_prototype_makes_what_the_constructor_makes():
    village = make.VillageFactory()
    district = village.subdistrict.district
    values = {"village": village, "name": "Budi", "sex": "L"}
    made, other = (Prototype(Person, district=district).make(**values) for _ in range(2))
    as_built = Person(district=district, **values)
    state, own = made.__dict__.pop("_state"), as_built.__dict__.pop("_state")
    assert made.__dict__ == as_built.__dict__
    assert (state.adding, state.db, state.fields_cache) == (own.adding, own.db, own.fields_cache)
    assert other._state is not state


def test_rows_of_one_prototype_share_nothing():
    prototype = Prototype(Member)
    first, second = make.PersonFactory(), make.PersonFactory()
    members = [prototype.make(person=person, post="KET") for person in (first, second)]
    members[0].title = "Ketua Umum"
    assert [(member.person, member.person_id, member.title) for member in members] == [
        (first, first.pk, "Ketua Umum"),
        (second, second.pk, ""),
    ]


def test_prototype_refuses_defaults_that_are_made_anew():
    with pytest.raises(TypeError):
        Prototype(ImportRun)


def test_prototype_refuses_a_row_of_another_table():
    with pytest.raises(ValueError, match="must be a"):
        Prototype(Member).make(person=make.VillageFactory())
