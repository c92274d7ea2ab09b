"""Sample results of the training of 2018: tests, evaluation sheets, and follow-ups of fourteen villages."""

import random
from datetime import date, timedelta

from django.db.models import Min

from pamsimas.demo.seeding import seed
from pamsimas.demo.training import HELD_ON, STAYED_AWAY
from plans.models import PlanStep, WorkPlan
from trainings.models import (
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationSheet,
    FollowUp,
    TestAnswer,
    TestQuestion,
    TestResult,
    Training,
)
from trainings.queries.scores import present_people
from trainings.services.follow_ups import template_tasks
from trainings.services.questions import template_aspects, template_questions
from trainings.services.scores import score_of

DAY = timedelta(days=1)
SEED = 2018  # the same sample at each loading
# Numbers of present participants who missed a test.
NO_PRE, NO_POST = {7, 25}, {19}
# Probability of a right answer: before, after, per question in turn.
KNEW = {
    TestResult.Phase.PRE: (65, 40, 75, 45, 80, 50, 40, 70, 60, 65),
    TestResult.Phase.POST: (95, 75, 95, 85, 95, 80, 70, 90, 90, 90),
}
SHEETS = 40
REMARKS = [
    "Praktik pembukuan perlu lebih lama.",
    "Mohon contoh buku kas dibagikan dalam bentuk cetak.",
    "Materi iuran sangat membantu kami.",
    "Waktu istirahat terlalu singkat.",
    "Adakan pelatihan lanjutan untuk Seksi Teknik.",
    "Tempat cukup nyaman, tetapi pengeras suara kurang jelas.",
    "Terima kasih, semoga berkelanjutan.",
]
NOT_DONE = "Dibahas dalam musyawarah desa, tidak disepakati."
NO_GROUP = "Contoh Empat Belas"
# Open tasks of the template by village; all others are done or dropped.
STILL_OPEN = {
    "Contoh Satu": {5: 10},  # number: days from today until its day, where it was postponed
    "Contoh Enam": {2: None, 6: None},
    "Contoh Sembilan": {3: None},
    "Contoh Sebelas": {1: None, 2: None, 4: None},
    "Contoh Dua Belas": {1: None, 6: 21},
}
DROPPED = {"Contoh Lima": {5}, "Contoh Delapan": {5}, "Contoh Sepuluh": {1}, "Contoh Tiga Belas": {1, 3}}


def seed_assessments(villages, by, today: date):
    """Needs trainings and work plans."""
    dice = random.Random(SEED)  # noqa: S311, a sample needs no secret
    training = Training.objects.get(fiscal_year=HELD_ON[0].year, is_sample=True)
    people = list(present_people(training).select_related("person").order_by("number"))
    seed_tests(training, people, dice, by)
    seed_evaluation(training, dice, by)
    seed_rktl(training, villages, today, by)
    # The future bimtek has questions, so that results can be tried.
    ahead = Training.objects.filter(kind=Training.Kind.GUIDANCE, is_sample=True).first()
    if ahead:
        seed_questions(ahead, by)


def seed_questions(training, by) -> tuple[list[TestQuestion], list[EvaluationQuestion]]:
    tests, aspects = template_questions(), template_aspects()
    for row in [*tests, *aspects]:
        row.training = training
    return seed(tests, by), seed(aspects, by)


def seed_tests(training, people, dice, by):
    questions, _ = seed_questions(training, by)
    results, letters = [], []
    for phase, missed in ((TestResult.Phase.PRE, NO_PRE), (TestResult.Phase.POST, NO_POST)):
        for person in people:
            if person.number in missed:
                continue
            given = "".join(_answer(q, chance, dice) for q, chance in zip(questions, KNEW[phase], strict=True))
            results.append(
                TestResult(
                    participant=person,
                    phase=phase,
                    score=score_of(given, questions),
                    source=TestResult.Source.ANSWERS,
                    recorded_by=by,
                )
            )
            letters.append(given)
    seed(results)
    seed(
        TestAnswer(result=result, question=question, letter=letter)
        for result, given in zip(results, letters, strict=True)
        for question, letter in zip(questions, given, strict=True)
    )


def _answer(question, chance: int, dice) -> str:
    wrong = "S" if question.key == "B" else "B"
    return question.key if dice.randrange(100) < chance else wrong


def seed_evaluation(training, dice, by):
    questions = list(training.evaluation_questions.all())
    sheets = seed(EvaluationSheet(training=training, number=number) for number in range(1, SHEETS + 1))
    answers = []
    for sheet in sheets:
        for question in questions:
            answer = EvaluationAnswer(sheet=sheet, question=question)
            if question.kind == EvaluationQuestion.Kind.SCALE:
                answer.value = dice.choices((1, 2, 3, 4), (1, 6, 55, 38))[0]
            elif sheet.number % 5 == 0:
                answer.text = REMARKS[sheet.number // 5 % len(REMARKS)]
            else:
                continue
            answers.append(answer)
    seed(answers)


def seed_rktl(training, villages, today: date, by):
    """Six tasks for each participating village. A submitted plan of 2019 fulfils the first task."""
    last = HELD_ON[-1]
    plans = _plans_after(last)
    tasks = []
    for name, village in villages.items():
        if name in STAYED_AWAY:
            continue
        if name == NO_GROUP:
            tasks.append(_form_a_group(training, village, last))
            continue
        for task in template_tasks(training, village):
            _report(task, name, plans.get(village.pk), last, today)
            tasks.append(task)
    seed(tasks, by)


def _plans_after(last: date) -> dict[int, WorkPlan]:
    """The plan of the next year of each village, with the day it was handed in as `handed_on`."""
    rows = WorkPlan.objects.filter(year=last.year + 1, steps__action=PlanStep.Action.SUBMIT)
    rows = rows.annotate(handed_on=Min("steps__on")).select_related("group").order_by("-pk")
    return {plan.group.village_id: plan for plan in rows}


def _form_a_group(training, village, last) -> FollowUp:
    return FollowUp(
        training=training,
        village=village,
        task="Membentuk KPSPAMS lewat musyawarah desa",
        output="Berita acara pembentukan dan SK kepala desa",
        due_on=last + 60 * DAY,
        responsible="Kepala Desa",
        support="Fasilitator menyiapkan bahan musyawarah",
    )


def _report(task: FollowUp, name: str, plan, last: date, today: date):
    still_open = STILL_OPEN.get(name, {})
    if task.promises_plan and plan:
        task.work_plan, task.group, task.done_on = plan, plan.group, plan.handed_on
    elif task.number in still_open:
        days = still_open[task.number]
        if days is not None:
            task.due_on, task.due_text = today + days * DAY, "Diundur"
    elif task.number in DROPPED.get(name, set()) or task.promises_plan:
        task.dropped_on, task.note = last + 75 * DAY, NOT_DONE
    else:
        # A few days before or after the due day, the same at each loading.
        task.done_on = (
            (task.due_on or last + 60 * DAY)
            + (int(task.village.code[-2:]) * 7 + task.number * 11) % 40 * DAY
            - 12 * DAY
        )
