"""Constraints of the tables of villages, each violated in the database itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from villages.models import Assignment, ConditionCheck, Facility, GrantAward, Person, Village, VillageOfficial

pytestmark = pytest.mark.django_db


def refused(name, change):
    """The change violates the constraint of that name (SQLite reports the columns instead of a unique name)."""
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        change()
    return name in str(raised.value) or "UNIQUE constraint failed" in str(raised.value)


@pytest.mark.parametrize("values", [{"lat": Decimal(-3)}, {"lat": Decimal(-91), "lng": Decimal(105)}])
@pytest.mark.parametrize("model", [Village, Facility])
def test_a_point_is_whole_and_on_earth(model, values):
    row = make.VillageFactory() if model is Village else make.FacilityFactory()
    assert refused("point_whole_and_on_earth", lambda: model.objects.filter(pk=row.pk).update(**values))


def test_population_needs_its_year():
    village = make.VillageFactory()
    change = Village.objects.filter(pk=village.pk)
    assert refused("village_figures_have_a_year", lambda: change.update(households=10))
    assert change.update(households=10, figures_year=2025) == 1


def test_village_code_once():
    village = make.VillageFactory()
    assert refused("code", lambda: make.VillageFactory(code=village.code))


def test_award_once_and_in_a_sensible_year():
    award = make.GrantAwardFactory()
    assert refused("grant_award_once", lambda: make.GrantAwardFactory(village=award.village))
    make.GrantAwardFactory(village=award.village, scheme=GrantAward.Scheme.HKP)
    assert refused("grant_award_limits", lambda: make.GrantAwardFactory(fiscal_year=1999))


def test_assignment_in_order_and_once():
    row = make.AssignmentFactory()
    change = Assignment.objects.filter(pk=row.pk)
    assert refused("assignment_in_order", lambda: change.update(ends_on=date(2017, 1, 1)))
    assert refused("assignment_once", lambda: make.AssignmentFactory(user=row.user, village=row.village))


def test_person_is_not_merged_into_itself():
    person = make.PersonFactory()
    change = Person.objects.filter(pk=person.pk)
    assert refused("person_not_merged_into_itself", lambda: change.update(merged_into=person.pk))


def test_one_open_holder_of_a_village_office():
    official = make.VillageOfficialFactory()
    village = official.village
    assert refused("village_official_one_open", lambda: make.VillageOfficialFactory(village=village))
    change = VillageOfficial.objects.filter(pk=official.pk)
    assert refused("village_official_in_order", lambda: change.update(ends_on=date(2017, 12, 31)))
    change.update(ends_on=date(2020, 12, 31))
    make.VillageOfficialFactory(village=village, starts_on=date(2021, 1, 1))


def test_facility_name_once_in_a_village_and_sizes_not_negative():
    facility = make.FacilityFactory()
    assert refused("facility_name_once", lambda: make.FacilityFactory(village=facility.village, name=facility.name))
    change = Facility.objects.filter(pk=facility.pk)
    assert refused("facility_limits", lambda: change.update(capacity_lps=-1))


def test_a_day_has_24_hours():
    check = make.ConditionCheckFactory()
    change = ConditionCheck.objects.filter(pk=check.pk)
    assert refused("condition_check_limits", lambda: change.update(hours=25))


def test_a_former_name_once_and_in_order():
    name = make.VillageNameFactory()
    duplicate = {"village": name.village, "name": name.name}
    assert refused("village_name_once", lambda: make.VillageNameFactory(**duplicate))
    assert refused("village_name_in_order", lambda: make.VillageNameFactory(valid_from=date(2023, 1, 1)))
    make.VillageNameFactory(**duplicate, code="18.08.05.2003")


def test_a_pillar_of_five_once_in_a_village():
    mark = make.SanitationMarkFactory()
    assert refused("sanitation_mark_once", lambda: make.SanitationMarkFactory(village=mark.village))
    assert refused("sanitation_mark_pillar", lambda: make.SanitationMarkFactory(pillar=6))


def test_a_target_once_a_year_and_in_its_measure():
    target = make.TargetFactory()
    assert refused("target_once", lambda: make.TargetFactory(year=target.year))
    assert refused("target_value", lambda: make.TargetFactory(value=101))
    assert refused("target_limits", lambda: make.TargetFactory(value=-1))
    make.TargetFactory(indicator="sr", value=4000)


def test_an_asset_once_with_at_least_one_unit():
    asset = make.AssetFactory()
    assert refused("asset_once", lambda: make.AssetFactory(facility=asset.facility))
    assert refused("asset_limits", lambda: make.AssetFactory(units=0))
