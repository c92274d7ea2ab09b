"""Factories of trainings, attendance and learning materials."""

from datetime import date, time

import factory

from fieldwork.models import Visit, VisitMonth, VisitPhoto
from tests.factories.accounts import DistrictFactory, UserFactory
from tests.factories.base import Factory
from tests.factories.records import StoredFileFactory
from tests.factories.villages import PersonFactory, VillageFactory
from trainings.models import (
    AgendaItem,
    AgendaSpeaker,
    Attendance,
    BudgetLine,
    Certificate,
    CommitteeMember,
    EvaluationAnswer,
    EvaluationLink,
    EvaluationQuestion,
    EvaluationSheet,
    FollowUp,
    Invitation,
    LearningMaterial,
    Narrative,
    Participant,
    ResourcePerson,
    SpeakerLetter,
    SpjItem,
    TestAnswer,
    TestQuestion,
    TestResult,
    Training,
    TrainingDay,
    TrainingFile,
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


class ResourcePersonFactory(Factory):
    class Meta:
        model = ResourcePerson

    person = factory.SubFactory(PersonFactory)


class AgendaSpeakerFactory(Factory):
    class Meta:
        model = AgendaSpeaker

    item = factory.SubFactory(AgendaItemFactory)
    resource_person = factory.SubFactory(ResourcePersonFactory)


class SpeakerLetterFactory(Factory):
    class Meta:
        model = SpeakerLetter

    training = factory.SubFactory(TrainingFactory)
    resource_person = factory.SubFactory(ResourcePersonFactory)


class CommitteeMemberFactory(Factory):
    class Meta:
        model = CommitteeMember

    training = factory.SubFactory(TrainingFactory)
    person = factory.SubFactory(PersonFactory)
    role = "Anggota"


class BudgetLineFactory(Factory):
    class Meta:
        model = BudgetLine

    training = factory.SubFactory(TrainingFactory)
    title = "Uang saku peserta"
    ceiling = 14_400_000


class SpjItemFactory(Factory):
    class Meta:
        model = SpjItem

    training = factory.SubFactory(TrainingFactory)
    document = SpjItem.Document.INVITATION


class TrainingFileFactory(Factory):
    class Meta:
        model = TrainingFile

    training = factory.SubFactory(TrainingFactory)
    kind = TrainingFile.Kind.PHOTO
    file = factory.SubFactory(StoredFileFactory)


class NarrativeFactory(Factory):
    class Meta:
        model = Narrative

    training = factory.SubFactory(TrainingFactory)


class CertificateFactory(Factory):
    class Meta:
        model = Certificate

    participant = factory.SubFactory(ParticipantFactory)
    training = factory.SelfAttribute("participant.training")
    dated_on = date(2018, 12, 6)
    lesson_hours = 24


class TestQuestionFactory(Factory):
    __test__ = False

    class Meta:
        model = TestQuestion

    training = factory.SubFactory(TrainingFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    text = "Rencana kerja disusun setiap tahun."
    key = "B"


class TestResultFactory(Factory):
    __test__ = False

    class Meta:
        model = TestResult

    participant = factory.SubFactory(ParticipantFactory)
    phase = TestResult.Phase.PRE
    score = 60


class TestAnswerFactory(Factory):
    __test__ = False

    class Meta:
        model = TestAnswer

    result = factory.SubFactory(TestResultFactory)
    question = factory.SubFactory(TestQuestionFactory, training=factory.SelfAttribute("..result.participant.training"))
    letter = "B"


class EvaluationQuestionFactory(Factory):
    class Meta:
        model = EvaluationQuestion

    training = factory.SubFactory(TrainingFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    aspect = "Kesesuaian materi"


class EvaluationLinkFactory(Factory):
    class Meta:
        model = EvaluationLink

    day = factory.SubFactory(TrainingDayFactory)
    token = factory.Sequence(lambda n: f"tautan{n:06}")
    closes_at = time(23, 59)


class EvaluationSheetFactory(Factory):
    class Meta:
        model = EvaluationSheet

    training = factory.SubFactory(TrainingFactory)
    number = factory.Sequence(lambda n: n + 1)


class EvaluationAnswerFactory(Factory):
    class Meta:
        model = EvaluationAnswer

    sheet = factory.SubFactory(EvaluationSheetFactory)
    question = factory.SubFactory(EvaluationQuestionFactory, training=factory.SelfAttribute("..sheet.training"))
    value = 3


class FollowUpFactory(Factory):
    class Meta:
        model = FollowUp

    training = factory.SubFactory(TrainingFactory)
    village = factory.SubFactory(VillageFactory)
    task = "Menyusun rencana kerja tahun depan"


class VisitFactory(Factory):
    class Meta:
        model = Visit

    village = factory.SubFactory(VillageFactory)
    by = factory.SubFactory(UserFactory)
    on = date(2025, 11, 3)
    people_met = "Ketua KPSPAMS"
    result = "Buku kas diperiksa bersama bendahara."


class VisitMonthFactory(Factory):
    class Meta:
        model = VisitMonth

    visit = factory.SubFactory(VisitFactory)
    group = factory.SubFactory("tests.factories.GroupFactory")
    answer = VisitMonth.Answer.AS_PLANNED


class VisitPhotoFactory(Factory):
    class Meta:
        model = VisitPhoto

    visit = factory.SubFactory(VisitFactory)
    file = factory.SubFactory(StoredFileFactory)
