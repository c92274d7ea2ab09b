"""Random dated scenarios of a few villages: drawn as plain values, saved row by row in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from kpspams.models import Member
from plans.models import DamageReport, PlanStep, WorkPlan
from plans.services.damages import report_damage, take_step
from tests import factories as make
from trainings.models import SpjItem

FIRST, DAYS = date(2018, 6, 1), 600
Action, Status = PlanStep.Action, WorkPlan.Status
STEPS = {
    Action.SUBMIT: (WorkPlan.OPEN, Status.SUBMITTED),
    Action.RETURN: ([Status.SUBMITTED], Status.RETURNED),
    Action.APPROVE: ([Status.SUBMITTED], Status.APPROVED),
    Action.SUPERSEDE: ([Status.APPROVED], Status.SUPERSEDED),
    Action.WITHDRAW: ([Status.APPROVED], Status.SUBMITTED),
}
FATES = [
    [],
    [Action.SUBMIT],
    [Action.SUBMIT, Action.RETURN],
    [Action.SUBMIT, Action.RETURN, Action.SUBMIT, Action.APPROVE],
    [Action.SUBMIT, Action.APPROVE],
    [Action.SUBMIT, Action.APPROVE, Action.WITHDRAW, Action.APPROVE],
]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


numbers = st.integers(0, DAYS)
# Checks are on even days, damages and repairs on odd ones: facts of the same day would count in the order of entry.
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
scenarios = st.tuples(st.lists(villages, min_size=2, max_size=3), st.lists(trainings, max_size=2))


@dataclass
class Noun:
    """Entry of one noun: the row itself, then facts in any order, beside steps in their own order."""

    first: Callable
    facts: list[Callable] = field(default_factory=list)
    steps: list[Callable] = field(default_factory=list)


def enter(scenario, seed: int, user):
    """Saves the scenario, row by row in the order of `seed`."""
    drawn, held = scenario
    places = [
        make.VillageFactory(name=f"Desa {number}", code=f"18.11.98.20{number:02}", **_totals(village))
        for number, village in enumerate(drawn)
    ]
    people = [make.PersonFactory(village=place, name=f"Orang {place.name}") for place in places]
    nouns = [_training(number, training, places, people) for number, training in enumerate(held)]
    for place, person, (awarded, _, built, group) in zip(places, people, drawn, strict=True):
        nouns += [_facility(place, number, facility, user) for number, facility in enumerate(built)]
        nouns += [_group(place, person, group, user)] if group else []
        if awarded:
            nouns.append(Noun(lambda place=place: make.GrantAwardFactory(village=place, fiscal_year=2018)))
    chosen, queues = Random(seed), [[noun] for noun in nouns]
    while queues := [queue for queue in queues if queue]:
        following = chosen.choice(queues).pop(0)
        if isinstance(following, Noun):
            following.first()
            queues += [*([fact] for fact in following.facts), following.steps]
        else:
            following()


def _totals(village):
    _, people, _, _ = village
    return {"people": people, "figures_year": 2018} if people else {}


def _facility(place, number, facility, user) -> Noun:
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

    def stands(on):
        """The portal refuses facts of a day before the water system was built."""
        return built is None or day(on).year >= built

    seen = [lambda check=check: look(*check) for check in looks if stands(check[0])]
    return Noun(build, [*seen, *(lambda found=found: damage(*found) for found in broken if stands(found[0]))])


def _group(place, person, group, user) -> Noun:
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

    facts = [lambda sk=sk: decree(*sk) for sk in decrees]
    facts += [lambda code=code, held=held: post(code, *held) for code, held in zip(Member.CORE, posts, strict=True)]
    steps = [lambda: plan(0, 1_000_000)]
    steps += [lambda n=n, action=action: step(action, day(begins + 20 * n)) for n, action in enumerate(fate)]
    if Action.APPROVE in fate:
        steps.append(report)
        if revised:
            last = day(begins + 150)
            steps += [lambda: plan(1, 2_000_000), lambda: step(Action.SUBMIT, day(begins + 120))]
            steps += [lambda: step(Action.SUPERSEDE, last, "before"), lambda: step(Action.APPROVE, last)]
    return Noun(form, facts, steps)


def _training(number, training, places, people) -> Noun:
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

    facts = []
    if letter is not None:
        dated = day(min(letter, on))
        facts.append(
            lambda: SpjItem.objects.create(
                training=made["training"], document=SpjItem.Document.INVITATION, dated_on=dated
            )
        )
    for place, person, status in zip(places, people, marks, strict=False):
        facts.append(lambda place=place: invite(place))
        if status:
            facts.append(lambda place=place, person=person, status=status: mark(place, person, status))
    return Noun(hold, facts)
