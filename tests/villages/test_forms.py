import pytest
from django.core.exceptions import ValidationError

from records.fields import CoordinateField, PhoneField
from records.parsers.degrees import LAT
from tests import factories as make
from villages.models import Person
from villages.rules.identity import Identity
from villages.services.persons import alike


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "0812 3456 7890", "+62 812 3456 7890", "6281234567890", "(0812)34567890"],
)
def test_phone_is_stored_in_one_form(typed):
    assert PhoneField().clean(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["halo", "0812", "08123456789012345678"])
def test_a_word_is_no_phone(typed):
    with pytest.raises(ValidationError, match="0812 3456 7890"):
        PhoneField().clean(typed)


def test_phone_shows_as_people_write_it():
    assert PhoneField().prepare_value("+6281234567890") == "0812-3456-7890"


@pytest.mark.parametrize("typed", ["-3.958", "-3,958"])
def test_coordinate_takes_dot_and_comma(typed):
    assert str(CoordinateField(axis=LAT, max_digits=9, decimal_places=6).clean(typed)) == "-3.958"


def test_alike_finds_the_same_name_in_the_village_and_the_same_phone_anywhere(db):
    village = make.VillageFactory()
    same_name = make.PersonFactory(name="H. Sutrisno, S.Pd.", village=village)
    same_phone = make.PersonFactory(name="Ratna", phone="+6281234567890")
    make.PersonFactory(name="Sutrisno")  # in another village
    make.PersonFactory(name="Sutrisno", village=village, merged_into=same_name)
    found = alike(Person.objects.all(), Identity("sutrisno", village=village.pk, phone="+6281234567890"))
    assert {person for person, _ in found} == {same_name, same_phone}
    assert [person for person, _ in alike(Person.objects.all(), Identity("Sutrisno", village=village.pk))] == [
        same_name
    ]
