"""Factories of groups, posts, documents, work plans and the association."""

from datetime import date

import factory

from fieldwork.models import EntryPhoto, EntryRequest
from kpspams.models import (
    Association,
    AssociationMeeting,
    AssociationMembership,
    GroupCheck,
    GroupFacility,
    KpspamsGroup,
    LegalDocument,
    Member,
)
from plans.models import (
    Activity,
    ActivityFunding,
    ActivityProgress,
    DamagePhoto,
    DamageReport,
    DamageStep,
    FundingSource,
    LineNote,
    MonthReport,
    PlanScan,
    ProgressFunding,
    ProgressPhoto,
    WorkArea,
    WorkPlan,
)
from tests.factories.accounts import DistrictFactory
from tests.factories.base import Factory
from tests.factories.records import StoredFileFactory
from tests.factories.villages import FacilityFactory, PersonFactory, VillageFactory


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


class ApprovedPlanFactory(WorkPlanFactory):
    """A plan with its dated rows: submitted on 10 January of its year, approved ten days later."""

    class Meta:
        skip_postgeneration_save = True  # the steps are separate rows

    status = "approved"

    @factory.post_generation
    def dated(plan, create, extracted, **kwargs):
        for action, day in (("submit", 10), ("approve", 20)):
            plan.steps.create(action=action, on=date(plan.year, 1, day))


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
    months = 1  # a plan whose lines have no month cannot be submitted


class ActivityFundingFactory(Factory):
    class Meta:
        model = ActivityFunding

    activity = factory.SubFactory(ActivityFactory)
    source = factory.SubFactory(FundingSourceFactory)
    amount = factory.LazyAttribute(lambda o: o.activity.amount)


class GroupFacilityFactory(Factory):
    class Meta:
        model = GroupFacility

    group = factory.SubFactory(GroupFactory)
    facility = factory.SubFactory(FacilityFactory, village=factory.SelfAttribute("..group.village"))
    starts_on = date(2018, 1, 1)


class EntryRequestFactory(Factory):
    class Meta:
        model = EntryRequest

    village = factory.SubFactory(VillageFactory)


class EntryPhotoFactory(Factory):
    class Meta:
        model = EntryPhoto

    entry = factory.SubFactory(EntryRequestFactory)
    file = factory.SubFactory(StoredFileFactory)


class AssociationFactory(Factory):
    class Meta:
        model = Association

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Asosiasi Uji {n}")


class AssociationMembershipFactory(Factory):
    class Meta:
        model = AssociationMembership

    association = factory.SubFactory(AssociationFactory)
    group = factory.SubFactory(GroupFactory)
    starts_on = date(2019, 1, 1)


class AssociationMeetingFactory(Factory):
    class Meta:
        model = AssociationMeeting

    association = factory.SubFactory(AssociationFactory)
    held_on = date(2026, 2, 1)
    topic = "Rapat uji"


class LineNoteFactory(Factory):
    class Meta:
        model = LineNote

    plan = factory.SubFactory(WorkPlanFactory)
    line = 1
    text = "Volume ini belum jelas."


class PlanScanFactory(Factory):
    class Meta:
        model = PlanScan

    plan = factory.SubFactory(WorkPlanFactory)
    file = factory.SubFactory(StoredFileFactory)


class ActivityProgressFactory(Factory):
    class Meta:
        model = ActivityProgress

    activity = factory.SubFactory(ActivityFactory)
    month = 4
    volume = 1


class ProgressFundingFactory(Factory):
    class Meta:
        model = ProgressFunding

    progress = factory.SubFactory(ActivityProgressFactory)
    source = factory.SubFactory(FundingSourceFactory)
    cost = 750_000


class ProgressPhotoFactory(Factory):
    class Meta:
        model = ProgressPhoto

    progress = factory.SubFactory(ActivityProgressFactory)
    file = factory.SubFactory(StoredFileFactory)


class MonthReportFactory(Factory):
    class Meta:
        model = MonthReport

    group = factory.SubFactory(GroupFactory)
    year = 2026
    month = 4


class DamageReportFactory(Factory):
    class Meta:
        model = DamageReport

    facility = factory.SubFactory(FacilityFactory)
    since = date(2026, 10, 1)
    component = DamageReport.Component.PUMP
    description = "Pompa terbakar."


class DamageStepFactory(Factory):
    class Meta:
        model = DamageStep

    report = factory.SubFactory(DamageReportFactory)
    state = DamageReport.State.REPORTED
    on = date(2026, 10, 1)


class DamagePhotoFactory(Factory):
    class Meta:
        model = DamagePhoto

    report = factory.SubFactory(DamageReportFactory)
    file = factory.SubFactory(StoredFileFactory)
