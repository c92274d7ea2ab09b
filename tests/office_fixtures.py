"""Fixtures of an office with its staff, for tests of documents and of their requests."""

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def staff(db):
    from tests.factories import UserFactory

    return UserFactory(name="Staf Uji")


@pytest.fixture
def official(db):
    from tests.factories import OfficialFactory

    return OfficialFactory()


@pytest.fixture
def office(db):
    from tests.factories import OfficeProfileFactory, SignatoryFactory

    SignatoryFactory(name="Nama Uji, S.T.", rank="Pembina, IV/a", nip="197001012000031001")
    return OfficeProfileFactory(address="Jalan Uji Nomor 1, Brabasan", phone="(0726) 000000")
