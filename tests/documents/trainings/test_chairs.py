"""Who signs in the place of the Ketua Panitia."""

import pytest

from accounts.models import Signatory
from documents import registry
from documents.rendering.verification import signature_blocks
from documents.trainings import chairs
from tests import factories
from tests.documents.samples import make_training, mark

pytestmark = pytest.mark.django_db
SIGNED = ("attendance_sheet", "official_minutes", "training_report", "materials_receipt")
TITLES = ("Ketua Panitia,", "Pejabat Pelaksana,")


def committee_of(training, *members):
    for number, (role, name) in enumerate(members, 1):
        factories.CommitteeMemberFactory(
            training=training, role=role, number=number, person__name=name, person__village=None
        )


def heads_of(training):
    """What each document prints in that place: kind -> (title, name, NIP)."""
    mark(training)
    found = {}
    for kind in SIGNED:
        document = registry.document(kind)
        blocks = signature_blocks(document.collect(training, document.clean(training, {}), None))
        block = next(one for one in blocks if one["title"] in TITLES)
        found[kind] = (block["title"], block["name"], block["nip"])
    return found


@pytest.fixture
def setting(office):
    return factories.SignatoryFactory(slot="committee_head", name="Sapto Setelan", title_line="Ketua Panitia")


def test_the_own_chair_signs_every_document_and_the_setting_without_one(setting):
    training = make_training(villages=1, per_village=1, days=1)
    committee_of(training, ("Wakil Ketua", "Wati Wakil"), ("Sekretaris", "Sri Sekretaris"))
    assert {name for _, name, _ in heads_of(training).values()} == {setting.name}
    training = make_training(villages=1, per_village=1, days=1)
    committee_of(training, ("Ketua Seksi Acara", "Sari Seksi"), ("ketua pelaksana", "Kartika Ketua, S.T."))
    assert heads_of(training) == dict.fromkeys(SIGNED, ("Ketua Panitia,", "Kartika Ketua, S.T.", ""))


def test_the_same_person_keeps_the_title_and_nip_of_the_settings(setting):
    Signatory.objects.filter(pk=setting.pk).update(
        name="Budi Uji, S.T.", nip="197001012000031001", title_line="Pejabat Pelaksana"
    )
    training = make_training(villages=1, per_village=1, days=1)
    committee_of(training, ("Ketua", "Budi Uji"))
    assert set(heads_of(training).values()) == {("Pejabat Pelaksana,", "Budi Uji, S.T.", "19700101 200003 1 001")}


def test_a_meeting_is_signed_by_its_chair_not_by_a_panitia(office):
    training = make_training(villages=1, days=1, kind="rapat")
    committee_of(training, ("Ketua", "Kartika Ketua"))
    document = registry.document("attendance_sheet")
    block = list(signature_blocks(document.collect(training, document.clean(training, {}), None)))[-1]
    assert (block["title"], block["name"]) == ("Pimpinan Rapat,", "")


@pytest.mark.parametrize(
    ("role", "is_head"),
    [("Ketua", True), ("Ketua Panitia", True), ("KETUA", True), ("Wakil Ketua", False), ("Ketua Bidang Acara", False)],
)
def test_role_of_the_ketua(role, is_head):
    training = factories.TrainingFactory()
    committee_of(training, (role, "Satu"))
    assert bool(chairs.committee_head(training)) is is_head
