"""Trainings, attendance and learning materials."""

from datetime import date, time

import factory

from tests.factories.accounts import DistrictFactory
from tests.factories.base import Factory
from tests.factories.villages import PersonFactory, VillageFactory
from trainings.models import (
    AgendaItem,
    Attendance,
    Invitation,
    LearningMaterial,
    Participant,
    Training,
    TrainingDay,
    TrainingSession,
)


class TrainingFactory(Factory):
    class Meta:
        model = Training
        skip_postgeneration_save = True

    district = factory.SubFactory(DistrictFactory)
    fiscal_year = 2018
    title = factory.Sequence(lambda n: f"Pelatihan Uji {n}")


class TrainingDayFactory(Factory):
    class Meta:
        model = TrainingDay

    training = factory.SubFactory(TrainingFactory)
    date = date(2018, 12, 4)


class TrainingSessionFactory(Factory):
    class Meta:
        model = TrainingSession

    day = factory.SubFactory(TrainingDayFactory)
    name = factory.Sequence(lambda n: f"Sesi {n}")
    starts = time(8, 0)
    ends = time(16, 30)


class AgendaItemFactory(Factory):
    class Meta:
        model = AgendaItem

    session = factory.SubFactory(TrainingSessionFactory)
    day = factory.SelfAttribute("session.day")
    starts = time(8, 0)
    ends = time(9, 30)
    topic = "Materi uji"
    lesson_hours = 2


class InvitationFactory(Factory):
    class Meta:
        model = Invitation

    training = factory.SubFactory(TrainingFactory)
    village = factory.SubFactory(VillageFactory)


class ParticipantFactory(Factory):
    class Meta:
        model = Participant

    training = factory.SubFactory(TrainingFactory)
    person = factory.SubFactory(PersonFactory)
    village = factory.SelfAttribute("person.village")
    number = factory.Sequence(lambda n: n + 1)


class AttendanceFactory(Factory):
    class Meta:
        model = Attendance

    participant = factory.SubFactory(ParticipantFactory)
    session = factory.SubFactory(TrainingSessionFactory)
    status = Attendance.Status.PRESENT


class LearningMaterialFactory(Factory):
    class Meta:
        model = LearningMaterial

    district = factory.SubFactory(DistrictFactory)
    title = factory.Sequence(lambda n: f"Bahan Ajar Uji {n}")
    link = "https://contoh.id/bahan"
