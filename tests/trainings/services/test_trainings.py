import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from records.models import Event
from tests import factories as f
from trainings.models import Invitation, Participant, Training, TrainingDay
from trainings.services import trainings
from trainings.services.agendas import template_items
from trainings.services.trainings import Sitting, Wish

DATES = [date(2018, 12, 4), date(2018, 12, 5), date(2018, 12, 6)]


def frame(dataset):
    return Training(district=dataset.district, fiscal_year=2018, title="Baru", venue="Balai")


def test_log_training_makes_everything_at_once(dataset):
    f.GrantAwardFactory(village=dataset.satu)
    f.GrantAwardFactory(village=dataset.tiga)
    sitting = Sitting(DATES, cohorts=[2017], villages=[dataset.dua], wish=Wish(2, ("KET",)), register_boards=True)
    sitting.agenda = template_items()
    row = trainings.log_training(
        frame(dataset), sitting, by=dataset.staff, key=uuid.uuid4(), officers=[dataset.facilitator]
    )
    assert [day.date for day in row.days.all()] == DATES
    assert sum(item.lesson_hours for day in row.days.all() for item in day.items.all()) == 24
    assert [(i.village.name, i.quota, i.posts) for i in row.invitations.all()] == [
        ("A", 2, "KET"),
        ("B", 2, "KET"),
        ("C", 2, "KET"),
    ]
    assert [(p.number, p.person.name, p.post) for p in row.participants.all()] == [
        (1, "Ketua A", "KET"),
        (2, "Ketua B", "KET"),
        (3, "Ketua C", "KET"),
    ]
    assert list(row.officers.all()) == [dataset.facilitator]
    assert [e.changes for e in row.events][:2] == [
        {"peserta": ["", "Ketua A, Ketua B, Ketua C"]},
        {"desa diundang": ["", "A, B, C"]},
    ]


def test_log_training_twice_with_one_key_makes_one(dataset):
    key = uuid.uuid4()
    sitting = Sitting(dates=DATES, villages=[dataset.satu], register_boards=True)
    first = trainings.log_training(frame(dataset), sitting, by=dataset.staff, key=key)
    events = Event.objects.count()
    second = trainings.log_training(frame(dataset), sitting, by=dataset.staff, key=key)
    assert second.pk == first.pk
    assert (first.days.count(), first.invitations.count(), Event.objects.count()) == (3, 1, events)


def test_log_training_with_a_foreign_village_writes_nothing(dataset):
    other = f.VillageFactory(subdistrict__district=f.OtherDistrictFactory(), subdistrict__code="18.05.01")
    before = (Training.objects.count(), TrainingDay.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError, match="tidak termasuk"):
        trainings.log_training(
            frame(dataset), Sitting(dates=DATES, villages=[other]), by=dataset.staff, key=uuid.uuid4()
        )
    assert (Training.objects.count(), TrainingDay.objects.count(), Event.objects.count()) == before


def test_real_training_leaves_sample_villages_of_the_cohort_out(dataset):
    sample = f.VillageFactory(is_sample=True)
    for village in (sample, dataset.satu):
        f.GrantAwardFactory(village=village)
    assert trainings.cohort_villages(dataset.training, [2017]) == [dataset.satu]
    with pytest.raises(ValidationError, match="DATA CONTOH"):
        trainings.invite(dataset.training, [sample], Wish(), by=dataset.staff)
    dataset.training.is_sample = True
    assert set(trainings.cohort_villages(dataset.training, [2017])) == {sample, dataset.satu}


def test_invite_skips_villages_invited_before(dataset):
    assert trainings.invite(dataset.training, [dataset.tiga, dataset.satu], Wish(5, ()), by=dataset.staff) == [
        dataset.tiga
    ]
    quotas = dict(dataset.training.invitations.values_list("village__name", "quota"))
    assert quotas == {"A": 3, "B": 3, "C": 5}


def test_withdraw_invitation_is_refused_while_people_are_registered(dataset, people):
    invitation = dataset.training.invitations.get(village=dataset.satu)
    with pytest.raises(ValidationError, match="masih mempunyai peserta"):
        trainings.withdraw_invitation(invitation, by=dataset.staff)
    Participant.objects.filter(village=dataset.satu).update(state=Participant.State.WITHDRAWN)
    trainings.withdraw_invitation(invitation, by=dataset.staff)
    assert not Invitation.objects.filter(pk=invitation.pk).exists()


def test_cancel_is_refused_once_people_were_marked(dataset, people):
    mark = f.AttendanceFactory(participant=people[0], session=dataset.session)
    with pytest.raises(ValidationError, match="tidak dapat dibatalkan"):
        trainings.cancel_training(dataset.training, by=dataset.staff, reason="Banjir")
    mark.delete()
    trainings.cancel_training(dataset.training, by=dataset.staff, reason="Banjir")
    dataset.training.refresh_from_db()
    assert dataset.training.state == "cancelled"
    assert dataset.training.events.first().reason == "Banjir"
