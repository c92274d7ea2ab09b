import pytest


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
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


@pytest.fixture
def quick_papers(monkeypatch):
    """Papers of a few bytes, for tests of the road that they go: everything but the printing is real."""
    from hashlib import sha256

    from documents import registry

    def make(kind, subject_id, snapshot, format="pdf", **stamp):
        content = f"%PDF-1.7 {registry.snapshot_sha(snapshot)}".encode()
        return registry.Made(content, 3, sha256(content).hexdigest(), {})

    monkeypatch.setattr(documents, "make", make)
