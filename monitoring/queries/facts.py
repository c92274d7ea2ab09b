"""Facts of villages up to one day, read in a fixed number of queries and assessed in chain.py."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Prefetch
from django.utils.timezone import localdate

from kpspams.models import KpspamsGroup, LegalDocument, Member
from monitoring.queries.water import FacilityWithWater, with_water
from plans.models import PlanStep, WorkPlan
from trainings.models import Attendance, Invitation, Participant, Training
from trainings.queries.invitation_days import invited_from, letter_days
from villages.models import Facility, GrantAward, Village

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

# Kinds that train people; a rapat or a musyawarah does not.
TRAINING_KINDS = [Training.Kind.TRAINING, Training.Kind.GUIDANCE]


@dataclass
class Turnout:
    """Participation of one village in one training, as far as it is recorded."""

    training: Training
    first_day: date
    last_day: date
    recorded: bool = False  # the training has at least one mark
    expected: set[int] = field(default_factory=set)  # registered persons of the village
    marked: set[int] = field(default_factory=set)  # of these, those with a mark
    present: dict[int, date] = field(default_factory=dict)  # person -> last day of presence


class _OnGroup(TypedDict):
    """The facts of a group that `gather` loads."""

    board_ever: list[Member]  # board members who began by the day
    board: list[Member]  # those of the day
    plans_of_year: list[WorkPlan]  # each with its steps up to the day


LoadedGroup: TypeAlias = "WithAnnotations[KpspamsGroup, _OnGroup]"


@dataclass
class VillageFacts:
    village: Village
    plan_year: int
    awards: list[GrantAward] = field(default_factory=list)
    turnouts: list[Turnout] = field(default_factory=list)
    groups: list[LoadedGroup] = field(default_factory=list)  # not dissolved on the day, members and documents loaded
    dissolved: list[KpspamsGroup] = field(default_factory=list)  # by the day
    facilities: list[FacilityWithWater] = field(default_factory=list)


def gather(villages, on: date, year: int) -> list[VillageFacts]:
    """The facts of these villages as of `on`, with the plans of `year`, in the given order.

    A fixed number of queries, whatever the number of villages.
    """
    villages = list(villages)
    facts = {village.pk: VillageFacts(village, year) for village in villages}
    # A later grant does not count for an earlier day.
    awards = GrantAward.objects.filter(village__in=facts, fiscal_year__lte=on.year).select_related("programme")
    for award in awards.order_by("fiscal_year"):
        facts[award.village_id].awards.append(award)
    _turnouts(facts, on)
    for group in _groups(facts, on, year):
        facts[group.village_id].groups.append(group)
    for group in KpspamsGroup.objects.filter(village__in=facts, dissolved_on__lte=on).order_by("pk"):
        facts[group.village_id].dissolved.append(group)
    built = Facility.objects.built_by(on).filter(village__in=facts)
    for facility in with_water(built.order_by("name", "pk"), on):
        facts[facility.village_id].facilities.append(facility)
    return [facts[village.pk] for village in villages]


def _turnouts(facts, on):
    invited = Invitation.objects.filter(village__in=facts).values_list("training", "village", "recorded_at")
    registered = list(
        Participant.objects.current()
        .filter(village__in=facts)
        .values_list("training", "village", "person", "person__merged_into", "pk")
    )
    wanted = {training for training, _, _ in invited} | {row[0] for row in registered}
    trainings = {
        training.pk: training
        for training in Training.objects.filter(pk__in=wanted, kind__in=TRAINING_KINDS)
        .exclude(state=Training.State.CANCELLED)
        .with_dates()
        if training.first_day is not None
    }
    letters = letter_days(trainings)
    marks = Attendance.objects.filter(participant__training__in=trainings, session__day__date__lte=on)
    recorded = set(marks.values_list("participant__training", flat=True).distinct())
    turnouts: dict[tuple[int, int], Turnout] = {}

    def turnout(training_id, village_id):
        key = training_id, village_id
        if key not in turnouts:
            training = trainings[training_id]
            turnouts[key] = Turnout(training, training.first_day, training.last_day, training_id in recorded)
            facts[village_id].turnouts.append(turnouts[key])
        return turnouts[key]

    def is_known(training_id, recorded=None):
        """Whether an invitation or a registration counts on the day."""
        training = trainings.get(training_id)
        return training and invited_from(training.first_day, letters.get(training_id), recorded) <= on

    for training_id, village_id, recorded_at in invited:
        if is_known(training_id, localdate(recorded_at)):
            turnout(training_id, village_id)
    of_participant = {}
    for training_id, village_id, person, merged_into, participant in registered:
        if (training_id, village_id) in turnouts or is_known(training_id):
            human = merged_into or person
            turnout(training_id, village_id).expected.add(human)
            of_participant[participant] = (turnouts[training_id, village_id], human)
    own = marks.filter(participant__village__in=facts).values_list("participant", "status", "session__day__date")
    for participant, status, day in own.order_by("session__day__date"):
        if participant in of_participant:
            seen, human = of_participant[participant]
            seen.marked.add(human)
            if status in Attendance.PRESENT:
                seen.present[human] = day


def _groups(facts, on, year):
    members = Member.objects.filter(starts_on__lte=on).board().select_related("person")
    documents = LegalDocument.objects.filter(kind=LegalDocument.Kind.DECREE)
    plans = WorkPlan.objects.filter(year=year, stage=WorkPlan.Stage.FINAL).order_by("revision")
    steps = PlanStep.objects.filter(on__lte=on).order_by("on", "pk")
    groups = (
        KpspamsGroup.objects.current(on)
        .filter(village__in=facts)
        .order_by("name", "pk")
        .prefetch_related(
            Prefetch("members", members, to_attr="board_ever"),
            Prefetch("documents", documents),
            Prefetch("work_plans", plans.prefetch_related(Prefetch("steps", steps)), to_attr="plans_of_year"),
        )
    )
    for group in groups:
        group.board = [member for member in group.board_ever if member.covers(on)]
    return groups
