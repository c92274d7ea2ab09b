"""Trainings that do not count for Terlatih: the villages, and the reasons."""

from datetime import date

import pytest
from django.urls import reverse

from monitoring.queries.chain import State, chains_of
from tests import factories as make
from trainings.queries.counting import uncounted
from villages.models import Programme, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def award():
    return make.GrantAwardFactory(fiscal_year=2017)


def training_for(award, **fields):
    """A finished training with the chair of the village present."""
    training = make.TrainingFactory(**fields)
    session = make.TrainingSessionFactory(day__training=training, day__date=date(2018, 12, 4))
    make.InvitationFactory(training=training, village=award.village)
    member = make.MemberFactory(group__village=award.village, post="KET", starts_on=date(2018, 1, 1))
    row = make.ParticipantFactory(training=training, person=member.person, village=award.village)
    make.AttendanceFactory(participant=row, session=session)
    return training


def trained(award):
    rows = Village.objects.select_related("subdistrict__district__settings_row").filter(pk=award.village_id)
    return chains_of(rows, date(2018, 12, 31))[0].stage("trained").state


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"cohort_year": 2017}, ""),
        ({}, "isian untuk desa penerima TA masih kosong, desa itu penerima TA 2017"),
        ({"cohort_year": 2019}, "pelatihan ini untuk desa penerima TA 2019, desa itu penerima TA 2017"),
        (
            {"cohort_year": 2017, "programme": "lain"},
            "pelatihan ini dari program Pamsimas (sejak 2022)",
        ),
    ],
)
def test_what_does_not_count_says_why_and_what_counts_says_nothing(client, award, fields, reason):
    if fields.get("programme"):
        fields = fields | {"programme": Programme.objects.get_or_create(code="x22", name="Pamsimas (sejak 2022)")[0]}
    training = training_for(award, **fields)
    found = uncounted(training)
    assert (trained(award) == State.DONE) == (not found)
    client.force_login(make.UserFactory())
    page = client.get(training.get_absolute_url()).text
    form = client.get(reverse("trainings:training_update", args=[training.pk])).text
    if not reason:
        assert "Tidak dihitung dalam Terlatih" not in page + form
        return
    assert [part.villages for part in found] == [(award.village,)]
    assert reason in found[0].sentence
    assert found[0].sentence in page
    assert found[0].sentence in form


def test_a_village_without_a_grant_and_a_meeting_need_no_word(award):
    other = make.InvitationFactory(training=make.TrainingFactory(fiscal_year=2018))
    assert uncounted(other.training) == []
    meeting = make.TrainingFactory(kind="rapat")
    make.InvitationFactory(training=meeting, village=award.village)
    assert uncounted(meeting) == []
