"""The dataset of tests that walk over the whole project: one row of everything."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

from django.db import transaction

from accounts.models import DistrictSettings
from documents.choices import Audience, IssueStatus
from documents.models import DocumentTemplate, LetterText
from monitoring.models import CalendarFeed, FinalFigures
from monitoring.queries.final_figures import compute
from monitoring.services.calendar_feeds import hash_of
from reports.models import Report, ReportBundle, Schedule, SignedCopy
from tests import factories as make
from tests.files import picture

DIGITS = "81298765432"  # of a telephone number: shared by its national and international form
PHONE = f"+62{DIGITS}"


@contextmanager
def shared_rows(blocker):
    """The dataset in a transaction around those of the tests; `blocker` is pytest-django's."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
        rows = make_dataset()
    yield rows
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def make_dataset() -> SimpleNamespace:
    """One row of everything in one village, with its users and persons."""
    district = make.DistrictFactory()
    village = make.VillageFactory(lat="-3.912345", lng="105.412345", households=1_234, people=4_321, figures_year=2024)
    group = make.GroupFactory(village=village, formed_on=date(2018, 1, 1))
    member = make.MemberFactory(group=group)
    plan = make.WorkPlanFactory(group=group)
    training = make.TrainingFactory()
    day = make.TrainingDayFactory(training=training)
    session = make.TrainingSessionFactory(day=day)
    free_day = make.TrainingDayFactory(training=training, date=date(2018, 12, 5))
    participant = make.ParticipantFactory(training=training, person=member.person, group=group)
    make.AttendanceFactory(participant=participant, session=session)
    submitted = make.WorkPlanFactory(group=group, year=2025, status="submitted")
    dataset = SimpleNamespace(
        district=district,
        village=village,
        award=make.GrantAwardFactory(village=village),
        village_official=make.VillageOfficialFactory(village=village, person=member.person),
        facility=make.FacilityFactory(village=village, lat="-3.912345", lng="105.412345"),
        group=group,
        closed_group=make.GroupFactory(village=village, dissolved_on=date(2020, 1, 1)),
        member=member,
        person=member.person,
        document=make.LegalDocumentFactory(group=group, scan=make.StoredFileFactory()),
        operated=make.GroupFacilityFactory(group=group),
        plan=plan,
        submitted_plan=submitted,
        activity=make.ActivityFundingFactory(activity__plan=plan).activity,
        training=training,
        day=day,
        free_day=free_day,
        session=session,
        free_session=make.TrainingSessionFactory(day=free_day),
        item=make.AgendaItemFactory(session=session),
        invitation=make.InvitationFactory(training=training, village=village),
        free_invitation=make.InvitationFactory(training=training),
        participant=participant,
        office=make.OfficeProfileFactory(),
        signatory=make.SignatoryFactory(),
        account=make.OfficialFactory(is_active=True),
        area=make.WorkAreaFactory(),
        source=make.FundingSourceFactory(),
        programme=make.ProgrammeFactory(),
        report=Report.objects.create(id=make.FIRST_ID, kind="work_plan", work_plan=plan, audience=Audience.SUBJECT),
    )
    dataset.signed_copy = SignedCopy.objects.create(
        id=make.FIRST_ID, report=dataset.report, file=make.StoredFileFactory(bytes=123_456)
    )
    dataset.resource_person = make.ResourcePersonFactory(position="Kepala Bidang")
    make.AgendaSpeakerFactory(item=dataset.item, resource_person=dataset.resource_person)
    dataset.speaker_letter = make.SpeakerLetterFactory(
        training=training,
        resource_person=dataset.resource_person,
        number="005/12/2018",
        dated_on=date(2018, 11, 20),
        file=make.StoredFileFactory(),
    )
    dataset.budget_line = make.BudgetLineFactory(training=training, realised=12_345_678)
    dataset.committee_member = make.CommitteeMemberFactory(training=training)
    dataset.bundle = ReportBundle.objects.create(
        id=make.FIRST_ID, kind="training_papers", district=district, training=training, total=16
    )
    check = make.ConditionCheckFactory(facility=dataset.facility, people=1_750, households=1_350)
    dataset.check = check
    dataset.check_photo = make.CheckPhotoFactory(check_row=check)
    dataset.asset = make.AssetFactory(facility=dataset.facility, units=1_234)
    make.AssetCheckFactory(asset=dataset.asset)
    dataset.target = make.TargetFactory(district=district, year=2026, indicator="sr", value=23_456)
    dataset.former_name = make.VillageNameFactory(village=village)
    dataset.timeline_entry = make.TimelineEntryFactory(village=village, file=make.StoredFileFactory())
    dataset.water_test = make.WaterTestFactory(
        village=village, facility=dataset.facility, file=make.StoredFileFactory()
    )
    dataset.sanitation_mark = make.SanitationMarkFactory(village=village)
    make.GroupCheckFactory(group=group)
    dataset.revised_plan = make.WorkPlanFactory(
        group=group, year=2024, revision=1, status="approved", reason="Harga naik"
    )
    make.WorkPlanFactory(group=group, year=2024, status="superseded")
    dataset.issued = Report.objects.create(
        kind="work_plan",
        work_plan=dataset.revised_plan,
        audience=Audience.SUBJECT,
        state=Report.State.READY,
        file="reports/2024/rencana.pdf",
        sha256="0" * 64,
        pages=1_234,
        bytes=1_234_567,
        issue_status=IssueStatus.IN_FORCE,
        issued_on=date(2024, 2, 1),
        code="ABCDEFGH",
        public_title="Rencana kerja uji",
        counts={"kegiatan": 1_234},
    )
    dataset.plan_scan = make.PlanScanFactory(plan=submitted)
    dataset.letter_text = LetterText.objects.create(
        id=make.FIRST_ID,
        district=district,
        kind="invitation",
        part="closing",
        valid_from=date(2018, 1, 1),
        body="Sekian.",
    )
    dataset.document_template = DocumentTemplate.objects.create(
        id=make.FIRST_ID,
        district=district,
        kind="certificates",
        valid_from=date(2018, 1, 1),
        file=picture(size=(1188, 840)),
        name="latar.jpg",
        sha256="1" * 64,
    )
    dataset.line_note = make.LineNoteFactory(plan=submitted, line=0)
    dataset.entry = make.EntryRequestFactory(village=village, group=group)
    dataset.entry_photo = make.EntryPhotoFactory(entry=dataset.entry)
    dataset.done_entry = make.EntryRequestFactory(village=village, state="selesai")
    dataset.material = make.LearningMaterialFactory()
    dataset.open_material = make.LearningMaterialFactory(link="", file=make.StoredFileFactory(), is_open=True)
    certified = make.ParticipantFactory(training=training, person=make.PersonFactory(village=village))
    make.AttendanceFactory(participant=certified, session=session)
    dataset.certificate = make.CertificateFactory(participant=certified, number="007/SERT/2018")
    dataset.spj_item = make.SpjItemFactory(training=training, people=1_234, file=make.StoredFileFactory())
    free = make.PersonFactory(village=village)
    dataset.free_participant = make.ParticipantFactory(training=training, person=free)
    dataset.signed_sheet = make.TrainingFileFactory(
        training=training, kind="daftar_hadir", session=session, file=make.StoredFileFactory()
    )
    dataset.unsorted_scan = make.TrainingFileFactory(
        training=training,
        kind="pindaian",
        file=make.StoredFileFactory(),
        page_codes=[{"page": 1, "code": "", "filed": ""}],
    )
    dataset.training_photo = make.TrainingFileFactory(training=training, file=make.StoredFileFactory())
    dataset.association = make.AssociationFactory()
    dataset.membership = make.AssociationMembershipFactory(association=dataset.association, group=group)
    dataset.meeting = make.AssociationMeetingFactory(association=dataset.association, minutes=make.StoredFileFactory())
    dataset.synonym = make.SynonymFactory()
    dataset.import_run = make.ImportRunFactory()
    make.ImportRowFactory(run=dataset.import_run, changes=[["jumlah KK", "1250", "1251"]])
    dataset.saved_import = make.ImportRunFactory(step="done", file="", counts={"rows": 1_250, "created": 1_250})
    dataset.test_question = make.TestQuestionFactory(training=training, number=1)
    dataset.evaluation_question = make.EvaluationQuestionFactory(training=training, number=1)
    dataset.evaluation_link = make.EvaluationLinkFactory(day=day)
    make.TestResultFactory(participant=participant)
    dataset.follow_up = make.FollowUpFactory(training=training, village=village, due_on=date(2019, 1, 5))
    dataset.done_follow_up = make.FollowUpFactory(
        training=training, village=village, number=2, done_on=date(2019, 1, 4)
    )
    carried = make.WorkPlanFactory(group=group, year=2023, status="approved")
    dataset.carried_plan = carried
    dataset.carried = make.ActivityFundingFactory(activity__plan=carried, activity__months=4095).activity
    shown = make.ProgressFundingFactory(progress__activity=dataset.carried, cost=1_250_000).progress
    dataset.progress_photo = make.ProgressPhotoFactory(progress=shown)
    make.MonthReportFactory(group=group, year=2023, income=2_345_000)
    dataset.damage = make.DamageReportFactory(
        facility=dataset.facility, connections_affected=1_234, households_affected=1_300, estimated_cost=12_500_000
    )
    make.DamageStepFactory(report=dataset.damage)
    dataset.damage_photo = make.DamagePhotoFactory(report=dataset.damage)
    dataset.visit = make.VisitFactory(village=village)
    dataset.visit_photo = make.VisitPhotoFactory(visit=dataset.visit)
    DistrictSettings.objects.create(district=district, public_page=True, public_functioning=True)
    dataset.final_figures = FinalFigures.objects.create(
        id=make.FIRST_ID, district=district, as_of=date(2026, 1, 31), figures=compute(district, date(2026, 1, 31))
    )
    make.AdminFactory()  # a second admin, so that none is the last one
    facilitator = make.FacilitatorFactory(villages=[village])
    dataset.refused_entry = make.EntryRequestFactory(village=village, state="ditolak", answer="Buram", by=facilitator)
    dataset.assignment = facilitator.assignments.get()
    other_subdistrict = make.SubdistrictFactory(code="18.11.97", name="Uji Barat")
    dataset.people = {
        "admin": make.AdminFactory(may_approve=True),
        "staff": make.UserFactory(),
        "facilitator": facilitator,
        "stranger": make.FacilitatorFactory(villages=[make.VillageFactory(subdistrict=other_subdistrict)]),
        "official": make.OfficialFactory(),
        "camat": make.CamatFactory(),
        "other_camat": make.CamatFactory(subdistrict=other_subdistrict),
        "central": make.AdminFactory(all_districts=True, district=None, may_approve=True),
        "elsewhere": make.AdminFactory(district=make.OtherDistrictFactory(), may_approve=True),
        "anonymous": None,
    }
    dataset.calendar_token = "A" * 22
    CalendarFeed.objects.create(user=dataset.people["staff"], token_hash=hash_of(dataset.calendar_token))
    dataset.schedule = Schedule.objects.create(
        id=make.FIRST_ID, district=district, owner=make.UserFactory(), next_on=date(2999, 1, 1)
    )
    # Laporan shows the user's own documents first: without this one the page would be empty.
    dataset.own_report = Report.objects.create(
        kind="work_plan", work_plan=plan, audience=Audience.SUBJECT, by=dataset.people["admin"]
    )
    for number in ("+6281211112222", PHONE):  # chair, kepala desa and participant; the number changed once
        dataset.person.phone = number
        dataset.person.change(by=dataset.people["staff"])
    return dataset
