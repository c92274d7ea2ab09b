"""Factories of kabupaten, offices and users."""

from datetime import date

import factory

from accounts.models import District, OfficeProfile, Signatory, Subdistrict, User
from tests.factories.base import Factory


class DistrictFactory(Factory):
    class Meta:
        model = District
        django_get_or_create = ("code",)

    code = "18.11"
    name = "Mesuji"
    province = "Lampung"


class OtherDistrictFactory(DistrictFactory):
    code = "18.05"
    name = "Tulang Bawang"


class SubdistrictFactory(Factory):
    class Meta:
        model = Subdistrict
        django_get_or_create = ("code",)

    district = factory.SubFactory(DistrictFactory)
    code = "18.11.98"
    name = "Uji Tengah"


class UserFactory(Factory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"pengguna{n}")
    name = factory.Sequence(lambda n: f"Pengguna Contoh {n}")
    role = User.Role.STAFF
    district = factory.SubFactory(DistrictFactory)
    password = factory.django.Password("sandi-uji-panjang")


class AdminFactory(UserFactory):
    role = User.Role.ADMIN


class OfficialFactory(UserFactory):
    role = User.Role.OFFICIAL


class CamatFactory(UserFactory):
    role = User.Role.CAMAT
    subdistrict = factory.SubFactory(SubdistrictFactory)


class OfficeProfileFactory(Factory):
    class Meta:
        model = OfficeProfile

    district = factory.SubFactory(DistrictFactory)
    valid_from = date(2017, 1, 1)
    government_line = "PEMERINTAH KABUPATEN MESUJI"
    office_name = "DINAS PERUMAHAN DAN PERMUKIMAN"
    place = "Mesuji"


class SignatoryFactory(Factory):
    class Meta:
        model = Signatory

    district = factory.SubFactory(DistrictFactory)
    slot = Signatory.Slot.DPMU_HEAD
    valid_from = date(2017, 1, 1)
    title_line = "Ketua DPMU Kabupaten Mesuji"
