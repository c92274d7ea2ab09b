"""Fixtures of a small training: two invited villages with boards, a third village, and one account per role."""

from datetime import date, time
from types import SimpleNamespace

import pytest

# Models and factories are imported inside: pytest imports this file before Django is set up.

DAY = date(2018, 12, 4)


def board(village, **posts):
    """A group with one member for each post: board(village, KET="Sutrisno")."""
    from kpspams.models import Member
    from tests import factories as f
    from villages.models import Person

    group = f.GroupFactory(village=village)
    return {
        post: f.MemberFactory(
            group=group,
            post=post,
            person__name=name,
            person__sex=Person.Sex.MALE if post == Member.Post.CHAIR else Person.Sex.FEMALE,
        )
        for post, name in posts.items()
    }


@pytest.fixture
def dataset(db):
    """satu and dua are invited, tiga is not; the fasilitator works in satu."""
    from tests import factories as f

    district = f.DistrictFactory()
    satu, dua, tiga = (f.VillageFactory(name=name, code=f"18.11.98.200{n}") for n, name in enumerate(["A", "B", "C"]))
    boards = {
        village.pk: board(village, KET=f"Ketua {village.name}", BEN=f"Bendahara {village.name}")
        for village in (satu, dua, tiga)
    }
    training = f.TrainingFactory(district=district, title="Pelatihan KPSPAMS", venue="Balai")
    day = f.TrainingDayFactory(training=training, date=DAY)
    session = f.TrainingSessionFactory(day=day, name="Sehari penuh", starts=time(8), ends=time(16, 30))
    for village in (satu, dua):
        f.InvitationFactory(training=training, village=village, posts="KET BEN")
    return SimpleNamespace(
        district=district,
        satu=satu,
        dua=dua,
        tiga=tiga,
        boards=boards,
        training=training,
        day=day,
        session=session,
        staff=f.UserFactory(),
        admin=f.AdminFactory(),
        official=f.OfficialFactory(),
        facilitator=f.FacilitatorFactory(villages=[satu]),
        stranger=f.FacilitatorFactory(villages=[tiga]),
    )


@pytest.fixture
def as_user(client):
    """Logs the test client in and returns it."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def people(dataset):
    """Four participants in the order of the sheet: chairs and treasurers of satu and dua."""
    from tests import factories as f

    members = [dataset.boards[v.pk][post] for v in (dataset.satu, dataset.dua) for post in ("KET", "BEN")]
    return [
        f.ParticipantFactory(
            training=dataset.training,
            person=member.person,
            village=member.group.village,
            group=member.group,
            post=member.post,
            number=number,
        )
        for number, member in enumerate(members, 1)
    ]


@pytest.fixture
def time_machine_at():
    """`with time_machine_at(date(2018, 12, 4)):` noon of that day."""
    import time_machine

    def travel(day):
        return time_machine.travel(f"{day.isoformat()} 05:00 +0000", tick=False)

    return travel
