"""Random dated stories of a few villages: drawn as plain values, entered row by row in any order."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from kpspams.models import DamageReport, Member, PlanStep, WorkPlan
from kpspams.services.damages import report_damage, take_step
from tests import factories as make
from trainings.models import SpjItem

FIRST, DAYS = date(2018, 6, 1), 600
Action, Status = PlanStep.Action, WorkPlan.Status
STEPS = {
    Action.SUBMIT: (WorkPlan.OPEN, Status.SUBMITTED),
    Action.RETURN: ([Status.SUBMITTED], Status.RETURNED),
    Action.APPROVE: ([Status.SUBMITTED], Status.APPROVED),
    Action.SUPERSEDE: ([Status.APPROVED], Status.SUPERSEDED),
}
FATES = [
    [],
    [Action.SUBMIT],
    [Action.SUBMIT, Action.RETURN],
    [Action.SUBMIT, Action.RETURN, Action.SUBMIT, Action.APPROVE],
    [Action.SUBMIT, Action.APPROVE],
]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


numbers = st.integers(0, DAYS)
# Checks fall on even days, damages and repairs on odd ones: what stands on one day stands in the order of its entry.
even, odd = st.integers(0, DAYS // 2).map(lambda n: 2 * n), st.integers(0, DAYS // 2).map(lambda n: 2 * n + 1)
counted = st.none() | st.integers(0, 400)
checks = st.lists(
    st.tuples(even, st.sampled_from(["berfungsi", "sebagian", "tidak"]), counted, counted, counted),
    max_size=3,
    unique_by=lambda check: check[0],
)
damages = st.lists(
    st.tuples(odd, st.booleans(), st.none() | st.integers(1, 60), st.none() | st.integers(1, 60)), max_size=2
)
facilities = st.lists(st.tuples(st.sampled_from([None, 2018, 2019]), checks, damages), max_size=2)
plans = st.tuples(st.sampled_from(FATES), st.integers(150, 350), st.booleans(), st.integers(1, 12))
groups = st.tuples(
    st.none() | numbers,  # formed
    st.none() | st.integers(400, DAYS),  # dissolved
    st.lists(st.tuples(numbers, st.none() | st.integers(1, 900)), max_size=2, unique_by=lambda decree: decree[0]),
    st.lists(st.tuples(numbers, st.none() | st.integers(1, 400)), min_size=3, max_size=3),  # core posts
    plans,
)
villages = st.tuples(st.booleans(), counted, facilities, st.none() | groups)
trainings = st.tuples(numbers, st.none() | numbers, st.lists(st.sampled_from(["", "hadir", "alpa"]), min_size=2))
stories = st.tuples(st.lists(villages, min_size=2, max_size=3), st.lists(trainings, max_size=2))


def enter(story, seed: int, user):
    """Writes the story down: each noun in its own order, the nouns between each other in the order of `seed`."""
    drawn, held = story
    chosen, queues = Random(seed), []
    places = [
        make.VillageFactory(name=f"Desa {n}", code=f"18.11.98.20{n:02}", **_totals(v)) for n, v in enumerate(drawn)
    ]
    people = [make.PersonFactory(village=place, name=f"Orang {place.name}") for place in places]
    for place, person, (awarded, _, built, group) in zip(places, people, drawn, strict=True):
        queues.append([lambda place=place: make.GrantAwardFactory(village=place, fiscal_year=2018)] if awarded else [])
        queues += [_facility(place, n, facility, user) for n, facility in enumerate(built)]
        queues += [_group(place, person, group, user)] if group else []
    queues += [_training(n, training, places, people) for n, training in enumerate(held)]
    while queues := [queue for queue in queues if queue]:
        chosen.choice(queues).pop(0)()
    return places


def _totals(village):
    _, people, _, _ = village
    return {"people": people, "figures_year": 2018} if people else {}


def _facility(place, number, facility, user) -> list[Callable]:
    built, looks, broken = facility
    made = {}

    def build():
        made["row"] = make.FacilityFactory(village=place, name=f"SPAM {place.name} {number}", built_year=built)

    def look(on, functioning, people, households, connections):
        make.ConditionCheckFactory(
            facility=made["row"], checked_on=day(on), functioning=functioning,
            people=people, households=households, connections_active=connections,
        )  # fmt: skip

    def damage(since, stopped, repaired, again):
        report = DamageReport(
            facility=made["row"], since=day(since), component="pompa", description="Macet", stopped=stopped
        )
        report = report_damage(report, day(since), [], by=user)
        if repaired:
            report = take_step(report, "berfungsi", day(since + 2 * repaired), "", [], by=user)
            if again:
                take_step(report, "diperbaiki", day(since + 2 * (repaired + again)), "Macet lagi", [], by=user)

    facts = [lambda check=check: look(*check) for check in looks] + [
        lambda found=found: damage(*found) for found in broken
    ]
    return [build, *facts]


def _group(place, person, group, user) -> list[Callable]:
    formed, dissolved, decrees, posts, (fate, begins, revised, month) = group
    made = {}

    def form():
        born = None if formed is None else day(min(formed, 399))
        made["group"] = make.GroupFactory(
            village=place, name="Tirta", formed_on=born, dissolved_on=None if dissolved is None else day(dissolved)
        )

    def decree(on, lasts):
        until = None if lasts is None else day(on + lasts)
        make.LegalDocumentFactory(group=made["group"], number=f"SK {on}", dated_on=day(on), valid_until=until)

    def post(code, starts, lasts):
        ends = None if lasts is None else day(starts + lasts)
        who = person if code == Member.Post.CHAIR else make.PersonFactory(village=place, name=f"{code} {place.name}")
        make.MemberFactory(group=made["group"], person=who, post=code, starts_on=day(starts), ends_on=ends)

    def plan(revision, price):
        made["plan"], made["before"] = (
            make.WorkPlanFactory(group=made["group"], year=2019, revision=revision, reason="Harga" if revision else ""),
            made.get("plan"),
        )
        made["line"] = make.ActivityFactory(
            plan=made["plan"], line=1, volume=1, unit_price=price, amount=price, months=1 << (month - 1)
        )

    def step(action, on, row="plan"):
        before, after = STEPS[action]
        made[row]._step(action, before, after, user, on)

    def report():
        progress = make.ActivityProgressFactory(activity=made["line"], month=month)
        progress.fundings.create(source=make.FundingSourceFactory(), cost=300_000)

    queue = [form]
    queue += [lambda sk=sk: decree(*sk) for sk in decrees]
    queue += [lambda code=code, held=held: post(code, *held) for code, held in zip(Member.CORE, posts, strict=True)]
    queue.append(lambda: plan(0, 1_000_000))
    queue += [lambda n=n, action=action: step(action, day(begins + 20 * n)) for n, action in enumerate(fate)]
    if Action.APPROVE in fate:
        queue.append(report)
        if revised:
            last = day(begins + 150)
            queue += [lambda: plan(1, 2_000_000), lambda: step(Action.SUBMIT, day(begins + 120))]
            queue += [lambda: step(Action.SUPERSEDE, last, "before"), lambda: step(Action.APPROVE, last)]
    return queue


def _training(number, training, places, people) -> list[Callable]:
    on, letter, marks = training
    made = {}

    def hold():
        made["training"] = make.TrainingFactory(title=f"Pelatihan {number}", cohort_year=2018, fiscal_year=2018)
        made["session"] = make.TrainingSessionFactory(day__training=made["training"], day__date=day(on))

    def invite(place):
        make.InvitationFactory(training=made["training"], village=place)

    def mark(place, person, status):
        row = make.ParticipantFactory(training=made["training"], person=person, village=place)
        make.AttendanceFactory(participant=row, session=made["session"], status=status)

    queue = [hold]
    if letter is not None:
        dated = day(min(letter, on))
        queue.append(
            lambda: SpjItem.objects.create(training=made["training"], paper=SpjItem.Paper.INVITATION, dated_on=dated)
        )
    for place, person, status in zip(places, people, marks, strict=False):
        queue.append(lambda place=place: invite(place))
        if status:
            queue.append(lambda place=place, person=person, status=status: mark(place, person, status))
    return queue
