"""Rows for tests. Ids start at 12.345 (see FIRST_ID): a number printed for machines with a dot is found at once."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from accounts.models import District, OfficeProfile, Signatory, User
from kpspams.models import (
    Activity,
    ActivityFunding,
    FundingSource,
    GroupCheck,
    KpspamsGroup,
    LegalDocument,
    Member,
    WorkArea,
    WorkPlan,
)
from trainings.models import (
    AgendaItem,
    Attendance,
    Invitation,
    Participant,
    Training,
    TrainingDay,
    TrainingSession,
)
from villages.models import (
    Assignment,
    ConditionCheck,
    Facility,
    GrantAward,
    Person,
    Programme,
    Subdistrict,
    Village,
    VillageOfficial,
)

FIRST_ID = 12_345


class Factory(DjangoModelFactory):
    id = factory.Sequence(lambda n: FIRST_ID + n)

    class Meta:
        abstract = True


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


class FacilitatorFactory(UserFactory):
    """`villages=[...]` assigns them from the start of 2018 without end."""

    role = User.Role.FACILITATOR
    facilitator_type = User.FacilitatorType.FIELD

    @factory.post_generation
    def villages(self, create, extracted, **kwargs):
        for village in extracted or []:
            AssignmentFactory(user=self, village=village)


class OfficialFactory(UserFactory):
    role = User.Role.OFFICIAL


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


class ProgrammeFactory(Factory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "UJI"
    name = "Program Uji"


class SubdistrictFactory(Factory):
    class Meta:
        model = Subdistrict
        django_get_or_create = ("code",)

    district = factory.SubFactory(DistrictFactory)
    code = "18.11.98"
    name = "Uji Tengah"


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


class GroupFactory(Factory):
    class Meta:
        model = KpspamsGroup

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Tirta Uji {n}")


class LegalDocumentFactory(Factory):
    class Meta:
        model = LegalDocument

    group = factory.SubFactory(GroupFactory)
    kind = LegalDocument.Kind.DECREE
    number = factory.Sequence(lambda n: f"188/{n}/2018")
    dated_on = date(2018, 2, 12)


class MemberFactory(Factory):
    class Meta:
        model = Member

    group = factory.SubFactory(GroupFactory)
    person = factory.SubFactory(PersonFactory, village=factory.SelfAttribute("..group.village"))
    post = Member.Post.CHAIR
    starts_on = date(2018, 2, 12)


class GroupCheckFactory(Factory):
    class Meta:
        model = GroupCheck

    group = factory.SubFactory(GroupFactory)
    checked_on = date(2026, 6, 1)


class WorkAreaFactory(Factory):
    class Meta:
        model = WorkArea
        django_get_or_create = ("code",)

    code = "A"
    label = "Teknis: operasi dan pemeliharaan"


class FundingSourceFactory(Factory):
    class Meta:
        model = FundingSource
        django_get_or_create = ("code",)

    code = "iuran"
    label = "Iuran"
    is_fee = True


class WorkPlanFactory(Factory):
    class Meta:
        model = WorkPlan

    group = factory.SubFactory(GroupFactory)
    year = 2026


class ActivityFactory(Factory):
    class Meta:
        model = Activity

    plan = factory.SubFactory(WorkPlanFactory)
    line = factory.Sequence(lambda n: n + 1)
    position = factory.SelfAttribute("line")
    area = factory.SubFactory(WorkAreaFactory)
    title = factory.Sequence(lambda n: f"Kegiatan uji {n}")
    volume = 2
    unit = "kali"
    unit_price = 750_000


class ActivityFundingFactory(Factory):
    class Meta:
        model = ActivityFunding

    activity = factory.SubFactory(ActivityFactory)
    source = factory.SubFactory(FundingSourceFactory)
    amount = factory.LazyAttribute(lambda o: o.activity.amount)


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
