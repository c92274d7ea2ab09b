"""Villages of a whole country, created in bulk: each with everything that the chain reads, a hundred per kabupaten."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from accounts.models import District, DistrictSettings, Subdistrict, User
from kpspams.models import KpspamsGroup, LegalDocument, Member
from plans.models import PlanStep, WorkPlan
from records.models import Event
from trainings.models import Attendance, FollowUp, Invitation, Participant, Training, TrainingDay, TrainingSession
from villages.models import Assignment, ConditionCheck, Facility, GrantAward, Person, Programme, Village

OF_DISTRICT = 100
OF_SUBDISTRICT = 10
FACILITATED = 10  # villages of one fasilitator
EVENTS = 12  # of one village
FIRST = 1_000_000  # explicit keys, so that rows may refer to others before these are written
BATCH = 4_000
POSTS = ("KET", "SEK", "BEN")


def seed(since: int, until: int, today: date) -> None:
    """Creates the villages number `since` up to `until` (whole kabupaten) and refreshes the planner's statistics."""
    programme, _ = Programme.objects.get_or_create(code="UKUR", defaults={"name": "Program Ukur"})
    for number in range(since // OF_DISTRICT, until // OF_DISTRICT):
        _district(number, programme, today)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _district(number: int, programme: Programme, today: date) -> None:
    district = District.objects.create(
        pk=FIRST + number, code=f"{20 + number // 100:02}.{number % 100:02}", name=f"Kabupaten {number}"
    )
    DistrictSettings.objects.create(district=district)
    first = number * OF_DISTRICT
    numbers = range(first, first + OF_DISTRICT)
    keys = {at: FIRST + at for at in numbers}
    Subdistrict.objects.bulk_create(
        Subdistrict(
            pk=FIRST + at // OF_SUBDISTRICT,
            district=district,
            code=f"{district.code}.{at % 100 // 10:02}",
            name=f"K{at}",
        )
        for at in numbers[::OF_SUBDISTRICT]
    )
    users = [
        User(
            pk=FIRST + at // FACILITATED,
            username=f"ukur{at}",
            name=f"Fasilitator {at}",
            role=User.Role.FACILITATOR,
            district=district,
        )
        for at in numbers[::FACILITATED]
    ]
    User.objects.bulk_create(users)
    _many(
        Village(
            pk=keys[at],
            subdistrict_id=FIRST + at // OF_SUBDISTRICT,
            code=f"{district.code}.{at % 100 // 10:02}.{2000 + at % 10}",
            name=f"Desa Ukur {at}",
            search_key=f"desaukur{at}",
            people=3_000,
            households=800,
            figures_year=2024,
        )
        for at in numbers
    )
    _many(GrantAward(village_id=keys[at], programme=programme, fiscal_year=2017) for at in numbers)
    _many(
        Assignment(user=users[at % 100 // FACILITATED], village_id=keys[at], starts_on=date(2018, 1, 1))
        for at in numbers
    )
    _groups(numbers, keys, district, today)
    _training(district, numbers, keys, programme)


def _groups(numbers, keys, district, today) -> None:
    recently = today - timedelta(days=40)
    _many(
        Person(
            pk=keys[at] * 4 + place, district=district, village_id=keys[at], name=f"Orang {at} {place}",
            search_key=f"orang{at}{place}", sex="LP"[place % 2],
        )
        for at in numbers
        for place in range(4)
    )  # fmt: skip
    shared_rows = [at for at in numbers if at % 16]  # one of sixteen villages has none
    _many(
        KpspamsGroup(
            pk=keys[at],
            village_id=keys[at],
            name=f"Tirta {at}",
            search_key=f"kpspamstirta{at}",
            formed_on=date(2018, 1, 1),
        )
        for at in shared_rows
    )
    _many(
        Member(group_id=keys[at], person_id=keys[at] * 4 + place, post=post, starts_on=date(2018, 1, 1))
        for at in shared_rows
        for place, post in enumerate(POSTS)
        if place or at % 7  # a few posts are vacant
    )
    _many(
        LegalDocument(
            group_id=keys[at], kind="sk", number=str(at), dated_on=date(2022, 1, 1),
            valid_until=today + timedelta(days=at % 1_000 - 200),
        )
        for at in shared_rows
    )  # fmt: skip
    planned = [at for at in shared_rows if at % 3]
    _many(
        WorkPlan(pk=keys[at], group_id=keys[at], year=today.year, status="submitted" if at % 2 else "approved")
        for at in planned
    )
    _many(
        PlanStep(plan_id=keys[at], action=action, on=recently)
        for at in planned
        for action in (["submit"] if at % 2 else ["submit", "approve"])
    )
    _many(Facility(pk=keys[at], village_id=keys[at], name="SPAM", built_year=2017) for at in numbers)
    _many(
        ConditionCheck(
            facility_id=keys[at], checked_on=today - timedelta(days=back), checked_by="Petugas",
            functioning=("berfungsi", "sebagian", "tidak")[at % 3], people=900,
        )
        for at in numbers
        for back in (500, at % 400)
    )  # fmt: skip
    when = datetime(2026, 1, 1, tzinfo=UTC)
    _many(
        Event(kind=kind, object_id=keys[at], verb="change", label=f"Baris {at}", at=when)
        for at in numbers
        for kind in ("villages.village", "kpspams.kpspamsgroup", "plans.workplan", "villages.facility")
        for _ in range(EVENTS // 4)
    )


def _training(district, numbers, keys, programme) -> None:
    training = Training.objects.create(
        pk=district.pk, district=district, programme=programme, fiscal_year=2018, cohort_year=2017, title="Pelatihan",
        search_key="pelatihan",
    )  # fmt: skip
    day = TrainingDay.objects.create(training=training, date=date(2018, 12, 4))
    session = TrainingSession.objects.create(day=day, name="Hari", starts="08:00", ends="16:00")
    _many(Invitation(training=training, village_id=keys[at]) for at in numbers)
    came = [at for at in numbers if at % 8]
    _many(
        Participant(
            pk=keys[at], training=training, person_id=keys[at] * 4 + 1, village_id=keys[at], number=at % OF_DISTRICT + 1
        )
        for at in came
    )
    _many(Attendance(participant_id=keys[at], session=session, status="hadir") for at in came)
    _many(
        FollowUp(training=training, village_id=keys[at], task="Rencana kerja", due_on=date(2019, 1, 31)) for at in came
    )


def _many(rows) -> None:
    rows = list(rows)
    type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
