"""Sample rows for previews: one small subject of each sort, marked as sample data, in the requesting kabupaten.

Saved inside a transaction that is rolled back (reports.services.previews). The codes of places cannot exist.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TypeVar

from django.db.models import Model
from django.utils.timezone import localdate

from accounts.models import District, Subdistrict
from kpspams.models import KpspamsGroup, Member
from plans.models import (
    Activity,
    ActivityFunding,
    DamageReport,
    DamageStep,
    FundingSource,
    PlanStep,
    WorkArea,
    WorkPlan,
)
from reports.models.subjects import Subject
from trainings.models import (
    AgendaItem,
    AgendaSpeaker,
    Certificate,
    CommitteeMember,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationSheet,
    FollowUp,
    Invitation,
    Participant,
    ResourcePerson,
    ScheduleChange,
    SpjItem,
    TestQuestion,
    TestResult,
    Training,
    TrainingDay,
    TrainingSession,
)
from villages.models import Facility, Person, Programme, Village, VillageOfficial

Row = TypeVar("Row", bound=Model)

LONG_AGO = date(2000, 1, 1)
SAMPLE = {"is_sample": True}


def subject_of(model: type[Model], district: District, *, meeting: bool = False) -> Subject:
    """A training (a meeting), work plan, group, village, damage or the kabupaten, with what its documents print."""
    villages = _villages(district)
    makers: dict[type[Model], Callable[[], Subject]] = {
        Training: lambda: _training(district, villages, meeting),
        WorkPlan: lambda: _plan(villages[0]),
        KpspamsGroup: lambda: _group(villages[0]),
        Village: lambda: _with_group(villages[0]),
        DamageReport: lambda: _damage(villages[0]),
        District: lambda: _with_village(district, villages[0]),
    }
    return makers[model]()


def _saved(row: Row) -> Row:
    row.save()
    return row


def _villages(district: District) -> list[Village]:
    subdistrict = _saved(Subdistrict(district=district, code=f"{district.code}.95", name="Contoh Sementara"))
    names = ("Contoh Sukamaju Jaya Makmur", "Contoh Dua")
    villages = [
        _saved(
            Village(subdistrict=subdistrict, code=f"{subdistrict.code}.900{at}", name=name, postal_code="", **SAMPLE)
        )
        for at, name in enumerate(names, 1)
    ]
    for village in villages:
        head = _person(village, f"Kepala {village.name}")
        office = VillageOfficial.Office.HEAD
        _saved(VillageOfficial(village=village, person=head, office=office, starts_on=LONG_AGO))
    return villages


def _person(village: Village, name: str, sex: str = Person.Sex.MALE) -> Person:
    return _saved(Person(district=village.subdistrict.district, village=village, name=name, sex=sex, **SAMPLE))


def _official(district: District, name: str, institution: str = "Dinas Contoh") -> Person:
    """A person without a village: from another office, or from the dinas."""
    return _saved(Person(district=district, institution=institution, name=name, sex=Person.Sex.MALE, **SAMPLE))


def _group(village: Village) -> KpspamsGroup:
    group = _saved(KpspamsGroup(village=village, name="Tirta Contoh Sejahtera", hamlets="I, II", **SAMPLE))
    posts = ((Member.Post.CHAIR, "L"), (Member.Post.SECRETARY, "P"), (Member.Post.TREASURER, "P"))
    for post, sex in posts:
        person = _person(village, f"{post.label} Contoh, S.Pd.", sex)
        _saved(Member(group=group, person=person, post=post, starts_on=LONG_AGO))
    return group


def _with_group(village: Village) -> Village:
    _group(village)
    return village


def _with_village(district: District, village: Village) -> District:
    """The kabupaten, with a group that has neither SK nor plan."""
    _group(village)
    return district


def _training(district: District, villages: list[Village], meeting: bool) -> Training:
    day = localdate() + timedelta(days=14)
    title = "Rapat Koordinasi Contoh" if meeting else f"Pelatihan Peningkatan Kapasitas KPSPAMS Tahun {day.year}"
    kind = Training.Kind.MEETING if meeting else Training.Kind.TRAINING
    training = _saved(
        Training(
            district=district,
            kind=kind,
            title=title,
            fiscal_year=day.year,
            cohort_year=day.year - 1,
            programme=Programme.objects.first(),
            venue="Balai Contoh, Jalan Contoh Nomor 1",
            **SAMPLE,
        )
    )
    _saved(SpjItem(training=training, document=SpjItem.Document.INVITATION, dated_on=localdate()))
    before = [(day - timedelta(days=7 - at)).isoformat() for at in range(2)]
    _saved(ScheduleChange(training=training, days=before, place="Aula Contoh", invited=True))
    speaker = _saved(ResourcePerson(person=_official(district, "Narasumber Contoh, M.T."), position="Sanitarian"))
    organiser = _official(district, "Panitia Contoh, S.E.", institution="")
    _saved(CommitteeMember(training=training, person=organiser, role="Ketua", position="Kepala Bidang Contoh"))
    for at in range(2):
        _day(training, day + timedelta(days=at), speaker)
    number = 0
    for village in villages:
        group = _group(village)
        _saved(Invitation(training=training, village=village, posts="KET BEN"))
        _saved(FollowUp(training=training, village=village, number=1, task="Menyusun rencana kerja tahun depan"))
        for member in group.members.exclude(post=Member.Post.SECRETARY):
            number += 1
            row = {"training": training, "person": member.person, "village": village, "group": group}
            participant = _saved(Participant(**row, number=number, post=member.post))
            _saved(TestResult(participant=participant, phase=TestResult.Phase.POST, score=80))
    _saved(TestQuestion(training=training, number=1, text="Iuran dipakai untuk operasi dan pemeliharaan.", key="B"))
    aspect = _saved(EvaluationQuestion(training=training, number=1, aspect="Materi mudah dipahami"))
    sheet = _saved(EvaluationSheet(training=training, number=1))
    _saved(EvaluationAnswer(sheet=sheet, question=aspect, value=4))
    _saved(Certificate(training=training, participant=participant, dated_on=day, lesson_hours=8))
    return training


def _day(training: Training, on: date, speaker: ResourcePerson) -> None:
    day = _saved(TrainingDay(training=training, date=on))
    session = _saved(TrainingSession(day=day, name="Harian", starts=time(8), ends=time(16, 30)))
    topic = "Materi contoh: iuran, pembukuan, dan pemeliharaan"
    times = {"starts": time(8), "ends": time(11)}
    item = _saved(AgendaItem(day=day, session=session, topic=topic, lesson_hours=4, **times))
    _saved(AgendaSpeaker(item=item, resource_person=speaker))


def _plan(village: Village) -> WorkPlan:
    """An approved revision of a plan, so that its documents of all stages can be made."""
    group, year = _group(village), localdate().year
    first = _saved(WorkPlan(group=group, year=year, status=WorkPlan.Status.SUPERSEDED))
    plan = _saved(
        WorkPlan(group=group, year=year, revision=1, status=WorkPlan.Status.APPROVED, reason="Harga bahan naik")
    )
    for row, price in ((first, 750_000), (plan, 800_000)):
        for action in (PlanStep.Action.SUBMIT, PlanStep.Action.APPROVE):
            _saved(PlanStep(plan=row, action=action, on=localdate()))
        _activity(row, 1, "Perawatan berkala pompa submersibel dan panel listrik", price, "iuran", "Iuran")
        _activity(row, 2, "Perpanjangan pipa distribusi", price * 4, "apbdes", "APBDes")
    return plan


def _activity(plan: WorkPlan, line: int, title: str, price: int, code: str, label: str) -> None:
    area = WorkArea.objects.first() or _saved(WorkArea(code="A", label="Teknis"))
    source = FundingSource.objects.filter(code=code).first() or _saved(FundingSource(code=code, label=label))
    values = {"volume": 2, "unit": "kali", "unit_price": price, "months": 9}
    activity = _saved(Activity(plan=plan, line=line, position=line, area=area, title=title, **values))
    _saved(ActivityFunding(activity=activity, source=source, amount=activity.amount))


def _damage(village: Village) -> DamageReport:
    facility = _saved(Facility(village=village, name="SPAM Contoh", **SAMPLE))
    day = localdate()
    damage = _saved(
        DamageReport(
            facility=facility,
            component=DamageReport.Component.PUMP,
            description="Pompa tidak menyala.",
            since=day,
        )
    )
    _saved(DamageStep(report=damage, state=DamageReport.State.REPORTED, on=day))
    return damage
