"""Indicators of trainings: reach, learning and results. Bounded queries, no writes.

The figures of docs/domain/training.md (our assumption), over many trainings at once. "Present" means in at least one
session; people are human beings, so two rows merged later count once; JP and presence follow figures.py. Users see
figures of their villages (`Sight`); scores of fewer than five are visible to the office only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from trainings.models import (
    AgendaItem,
    Attendance,
    BudgetLine,
    Certificate,
    EvaluationAnswer,
    EvaluationSheet,
    FollowUp,
    Invitation,
    Participant,
    TestResult,
    Training,
    TrainingSession,
)
from trainings.queries.follow_ups import STEPS, handed_plans
from trainings.queries.indicator_rows import Indicators, Sight
from trainings.queries.invited import count_invited
from trainings.queries.scores import shows_totals

Phase = TestResult.Phase


def indicators(trainings: Iterable[Training], sight: Sight, on: date | None = None) -> list[Indicators]:
    """One row for each training, in the same order; the number of queries does not depend on that of trainings.

    As of `on` only marks of days until then count; tests, evaluation, RKTL and money are those of today.
    """
    rows = {training.pk: Indicators(training) for training in trainings}
    if rows:
        _days(rows)
        _villages(rows, sight)
        _people(rows, sight, on)
        _hours(rows, sight, on)
        _scores(rows, sight)
        _satisfaction(rows)
        _follow_ups(rows, sight)
        _plans(rows)
        _budget(rows, sight)
    return list(rows.values())


def _days(rows):
    found = Training.objects.filter(pk__in=rows).annotate(first=Min("days__date"), last=Max("days__date"))
    for pk, first, last in found.values_list("pk", "first", "last"):
        rows[pk].first_day, rows[pk].last_day = first, last


def _villages(rows, sight):
    for row in Invitation.objects.filter(training__in=rows).only("training", "village", "quota"):
        if sight.shows(row.training_id, row.village_id):
            rows[row.training_id].invitations.append(row)


def _marked(rows, on):
    found = Attendance.objects.filter(participant__training__in=rows, participant__state=Participant.State.REGISTERED)
    return found.filter(session__day__date__lte=on) if on else found


def _people(rows, sight, on):
    """Invited, registered and present, L/P, villages, certificates."""
    marked = _marked(rows, on)
    present = set(marked.filter(status__in=Attendance.PRESENT).values_list("participant", flat=True).distinct())
    for training in marked.values_list("participant__training", flat=True).distinct():
        rows[training].marked = True
    people = Participant.objects.filter(training__in=rows).visible_to(sight.user).filter(state__in=Participant.INVITED)
    named: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for row in (
        people.select_related("person")
        .only("training", "village", "walk_in", "state", "replaces", "person__sex", "person__merged_into")
        .order_by("number")
    ):
        found = rows[row.training_id]
        if row.is_invited:
            named[row.training_id].append((row.human_id, row.village_id))
        if row.state != Participant.State.REGISTERED:
            continue
        found.registered.add(row.person)
        if row.is_named:
            found.named.add(row.person)
        if row.pk in present:
            found.present.add(row.person)
            found.present_people.append(row.person)
            found.present_villages.add(row.village_id)
    for pk, indicator in rows.items():
        indicator.invited = count_invited(indicator.invitations, named[pk]).total
    given = Certificate.objects.filter(training__in=rows, participant__in=Participant.objects.visible_to(sight.user))
    for training, count in given.values_list("training").annotate(n=Count("pk")).order_by():
        rows[training].certificates = count


def _hours(rows, sight, on):
    """JP held, and JP attended: the sum over sessions of their JP times the people present."""
    sessions: dict[int, list[int]] = defaultdict(list)
    of_session: dict[int, int] = {}
    for pk, day, training in TrainingSession.objects.filter(day__training__in=rows).values_list(
        "pk", "day", "day__training"
    ):
        sessions[day].append(pk)
        of_session[pk] = training
    hours: Counter[int] = Counter()
    items = AgendaItem.objects.filter(day__training__in=rows).order_by()
    for training, day, session, jp in items.values_list("day__training", "day", "session").annotate(
        jp=Sum("lesson_hours")
    ):
        rows[training].lesson_hours += jp
        if len(sessions[day]) == 1:  # items without a session belong to the only one
            hours[sessions[day][0]] += jp
        elif session:
            hours[session] += jp
    attended = _marked(rows, on).filter(
        status__in=Attendance.PRESENT, participant__in=Participant.objects.visible_to(sight.user)
    )
    human = Coalesce("participant__person__merged_into", "participant__person")
    for session, people in attended.order_by().values_list("session").annotate(n=Count(human, distinct=True)):
        if session in of_session:
            rows[of_session[session]].person_hours += hours[session] * people


def _scores(rows, sight):
    scores: dict[int, dict[str, Decimal]] = defaultdict(dict)
    of_training = {}
    results = TestResult.objects.filter(
        participant__training__in=rows,
        participant__state=Participant.State.REGISTERED,
        participant__in=Participant.objects.visible_to(sight.user),
    )
    for training, participant, phase, score in results.values_list(
        "participant__training", "participant", "phase", "score"
    ):
        of_training[participant] = training
        scores[participant][phase] = score
    for participant, found in scores.items():
        row = rows[of_training[participant]]
        if Phase.PRE in found:
            row.pre.append(found[Phase.PRE])
        if Phase.POST in found:
            row.post.append(found[Phase.POST])
        if len(found) == 2:
            row.gains.append(found[Phase.POST] - found[Phase.PRE])
    for row in rows.values():
        row.pass_mark = row.training.district.rules.pass_mark
        row.passed = sum(score >= row.pass_mark for score in row.post)
        row.scores_shown = shows_totals(sight.user, len(row.pre) + len(row.post))


def _satisfaction(rows):
    """Sheets are anonymous, so every user gets those of the whole training."""
    marks = EvaluationAnswer.objects.filter(sheet__training__in=rows, value__isnull=False)
    marks = marks.filter(resource_person=None).order_by()  # about the training, not about a narasumber
    for training, count, total in marks.values_list("sheet__training").annotate(n=Count("pk"), sum=Sum("value")):
        rows[training].marks, rows[training].marks_sum = count, total
    sheets = EvaluationSheet.objects.filter(training__in=rows).order_by()
    for training, count in sheets.values_list("training").annotate(n=Count("pk")):
        rows[training].sheets = count


def _follow_ups(rows, sight):
    tasks = FollowUp.objects.filter(training__in=rows, dropped_on=None)
    for training, village, done in tasks.values_list("training", "village", "done_on"):
        if sight.shows(training, village):
            rows[training].tasks += 1
            rows[training].tasks_done += done is not None


def _plans(rows):
    """Villages whose first plan of the year of the training or later was handed in within 30, 60 and 90 days of its
    end.

    Meetings promise no plan (our assumption).
    """
    today = localdate()
    dated = [row for row in rows.values() if row.last_day and row.last_day < today and not row.training.is_meeting]
    if not dated:
        return
    villages = set().union(*(row.invited_villages for row in dated))
    first = min(row.last_day for row in dated)
    plans = handed_plans(villages, first, first.year)
    for row in dated:
        days = []
        for village in row.invited_villages:
            came = [on for plan, on in plans.get(village, []) if on > row.last_day and plan.year >= row.last_day.year]
            days += [(min(came) - row.last_day).days] if came else []
        row.plans = {step: sum(count <= step for count in days) for step in STEPS}


def _budget(rows, sight):
    for row in rows.values():
        row.budget_shown = sight.whole
    if not sight.whole:
        return
    lines = BudgetLine.objects.filter(training__in=rows).order_by()
    for training, ceiling, realised in lines.values_list("training").annotate(
        ceiling=Sum("ceiling"), realised=Sum("realised")
    ):
        rows[training].ceiling, rows[training].realised = ceiling, realised
