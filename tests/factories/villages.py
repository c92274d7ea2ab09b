"""Factories of places, persons and water systems."""

from datetime import date

import factory

from accounts.models import User
from tests.factories.accounts import DistrictFactory, SubdistrictFactory, UserFactory
from tests.factories.base import Factory
from tests.factories.records import StoredFileFactory
from villages.models import (
    Asset,
    AssetCheck,
    Assignment,
    CheckPhoto,
    ConditionCheck,
    Facility,
    GrantAward,
    Person,
    PersonApart,
    PersonMatch,
    Programme,
    SanitationMark,
    Target,
    TimelineEntry,
    Village,
    VillageName,
    VillageOfficial,
    WaterTest,
)


class FacilitatorFactory(UserFactory):
    """`villages=[...]` assigns them from the start of 2018 without end."""

    class Meta:
        skip_postgeneration_save = True  # the assignments are separate rows

    role = User.Role.FACILITATOR
    facilitator_type = User.FacilitatorType.FIELD

    @factory.post_generation
    def villages(self, create, extracted, **kwargs):
        for village in extracted or []:
            AssignmentFactory(user=self, village=village)


class ProgrammeFactory(Factory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "UJI"
    name = "Program Uji"


class VillageFactory(Factory):
    class Meta:
        model = Village

    subdistrict = factory.SubFactory(SubdistrictFactory)
    code = factory.LazyAttributeSequence(lambda o, n: f"{o.subdistrict.code}.{2000 + n % 8000}")
    name = factory.Sequence(lambda n: f"Uji {n}")


class GrantAwardFactory(Factory):
    class Meta:
        model = GrantAward

    village = factory.SubFactory(VillageFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    fiscal_year = 2017


class AssignmentFactory(Factory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(FacilitatorFactory)
    village = factory.SubFactory(VillageFactory)
    starts_on = date(2018, 1, 1)


class PersonFactory(Factory):
    class Meta:
        model = Person

    village = factory.SubFactory(VillageFactory)
    district = factory.LazyAttribute(lambda o: o.village.subdistrict.district if o.village else DistrictFactory())
    name = factory.Sequence(lambda n: f"Orang {n}")
    sex = Person.Sex.FEMALE


class VillageOfficialFactory(Factory):
    class Meta:
        model = VillageOfficial

    village = factory.SubFactory(VillageFactory)
    person = factory.SubFactory(PersonFactory, village=factory.SelfAttribute("..village"))
    office = VillageOfficial.Office.HEAD
    starts_on = date(2018, 1, 1)


class FacilityFactory(Factory):
    class Meta:
        model = Facility

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"SPAM Uji {n}")


class ConditionCheckFactory(Factory):
    class Meta:
        model = ConditionCheck

    facility = factory.SubFactory(FacilityFactory)
    checked_on = date(2026, 6, 1)
    functioning = ConditionCheck.Functioning.WORKS
    checked_by = "Petugas uji"


class VillageNameFactory(Factory):
    class Meta:
        model = VillageName

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Nama Lama {n}")
    valid_until = date(2022, 12, 31)


class TimelineEntryFactory(Factory):
    class Meta:
        model = TimelineEntry

    village = factory.SubFactory(VillageFactory)
    step = "Sosialisasi Tingkat Desa"
    on = date(2017, 3, 1)


class WaterTestFactory(Factory):
    class Meta:
        model = WaterTest

    village = factory.SubFactory(VillageFactory)
    sampled_on = date(2026, 3, 1)
    fit = True


class SanitationMarkFactory(Factory):
    class Meta:
        model = SanitationMark

    village = factory.SubFactory(VillageFactory)
    pillar = SanitationMark.Pillar.ODF
    on = date(2020, 5, 1)


class TargetFactory(Factory):
    class Meta:
        model = Target

    district = factory.SubFactory(DistrictFactory)
    indicator = Target.Indicator.PEOPLE
    year = factory.Sequence(lambda n: 2000 + n % 100)
    value = 80


class AssetFactory(Factory):
    class Meta:
        model = Asset

    facility = factory.SubFactory(FacilityFactory)
    kind = Asset.Kind.TOWER
    units = 1


class AssetCheckFactory(Factory):
    class Meta:
        model = AssetCheck

    asset = factory.SubFactory(AssetFactory)
    checked_on = date(2026, 6, 1)
    functioning = ConditionCheck.Functioning.WORKS
    checked_by = "Petugas uji"


class CheckPhotoFactory(Factory):
    class Meta:
        model = CheckPhoto

    check_row = factory.SubFactory(ConditionCheckFactory)
    file = factory.SubFactory(StoredFileFactory)


class PersonMatchFactory(Factory):
    class Meta:
        model = PersonMatch

    person = factory.SubFactory(PersonFactory)
    district = factory.SelfAttribute("person.district")
    input_key = factory.Sequence(lambda n: f"orang{n}")


class PersonApartFactory(Factory):
    class Meta:
        model = PersonApart

    first = factory.SubFactory(PersonFactory)
    second = factory.SubFactory(PersonFactory)
