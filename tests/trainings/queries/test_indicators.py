"""The indicators of a small training, counted by hand, and the sums over several.

Two villages are invited. On the sheet: Ketua A (L), Bendahara A (P), Ketua B (L), Bendahara B (P) and a guest of the
dinas (P). Two days of 3 and 5 JP. Ketua A came on both days, Bendahara A late on the first, the guest on the second,
both of B were absent. JP orang: 8 + 3 + 5 = 16.
"""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import PlanStep
from tests import factories as f
from trainings.models import Training
from trainings.queries.figures import training_figures
from trainings.queries.indicator_parts import parts, sources, summed
from trainings.queries.indicator_rows import Sight
from trainings.queries.indicators import indicators


@pytest.fixture
def scenario(dataset, people):
    training = dataset.training
    second = f.TrainingSessionFactory(day=f.TrainingDayFactory(training=training, date=date(2018, 12, 5)))
    f.AgendaItemFactory(session=dataset.session, lesson_hours=3)
    f.AgendaItemFactory(session=None, day=second.day, lesson_hours=5)
    guest = f.ParticipantFactory(
        training=training, person__village=None, person__sex="P", affiliation="Dinas PMD", number=9
    )
    for row, session, status in (
        (people[0], dataset.session, "hadir"),
        (people[0], second, "hadir"),
        (people[1], dataset.session, "terlambat"),
        (people[1], second, "izin"),
        (people[2], dataset.session, "alpa"),
        (guest, second, "hadir"),
    ):
        f.AttendanceFactory(participant=row, session=session, status=status)
    for row, phase, score in (
        (people[0], "pre", 40),
        (people[0], "post", 80),
        (people[1], "pre", 60),
        (people[1], "post", 65),
        (guest, "post", 95),
    ):
        f.TestResultFactory(participant=row, phase=phase, score=score)
    aspect = f.EvaluationQuestionFactory(training=training)
    for value in (4, 3, 3):
        sheet = f.EvaluationSheetFactory(training=training)
        f.EvaluationAnswerFactory(sheet=sheet, question=aspect, value=value)
    f.CertificateFactory(participant=people[0])
    f.FollowUpFactory(training=training, village=dataset.satu, done_on=date(2018, 12, 20))
    f.FollowUpFactory(training=training, village=dataset.dua)
    f.FollowUpFactory(training=training, village=dataset.dua, dropped_on=date(2019, 1, 1), note="tidak jadi")
    handed(dataset.boards[dataset.satu.pk]["KET"].group, 2019, date(2019, 1, 4))  # 30 days after 5 December
    handed(dataset.boards[dataset.dua.pk]["KET"].group, 2019, date(2019, 2, 4))  # 61 days
    f.BudgetLineFactory(training=training, ceiling=10_000_000, realised=9_000_000)
    f.BudgetLineFactory(training=training, ceiling=2_000_000)
    f.BudgetLineFactory(training=training, source="APBDes", ceiling=3_000_000, realised=3_000_000)
    dataset.guest = guest
    return dataset


def handed(group, year, on):
    plan = f.WorkPlanFactory(group=group, year=year, status="submitted")
    PlanStep.objects.create(plan=plan, action=PlanStep.Action.SUBMIT, on=on)


def of(dataset, user=None):
    return indicators([dataset.training], Sight.of(user or dataset.staff))[0]


def test_people_villages_and_hours(scenario):
    row = of(scenario)
    assert (row.registered.text, row.present.text) == ("5 orang (2 L, 3 P)", "3 orang (1 L, 2 P)")
    assert row.present_text == "3 dari 5 peserta terdaftar (60 %)"
    assert row.women_text == "2 dari 3 orang hadir (66,7 %)"
    assert row.villages_text == "1 dari 2 desa diundang (50 %)"
    assert (row.lesson_hours, row.person_hours) == (8, 16)
    assert (row.first_day, row.last_day) == (date(2018, 12, 4), date(2018, 12, 5))


def test_what_was_learnt_and_what_came_of_it(scenario):
    row = of(scenario)
    assert (row.pre_mean, row.post_mean, row.gain) == (Decimal(50), Decimal(80), Decimal("22.50"))
    assert row.passed_text == "2 dari 3 orang yang ikut post-test (66,7 %)"
    assert (row.satisfaction, row.sheets_text) == (Decimal("3.33"), "3 dari 3 orang hadir (100 %)")
    assert row.certificates_text == "1 dari 3 orang hadir (33,3 %)"
    assert row.tasks_text == "1 dari 2 kegiatan RKTL (50 %)"
    assert row.plans_texts == [
        (30, "1 dari 2 desa diundang (50 %)"),
        (60, "1 dari 2 desa diundang (50 %)"),
        (90, "2 dari 2 desa diundang (100 %)"),
    ]
    assert row.realised_text == "Rp12.000.000 dari pagu Rp15.000.000 (80 %)"


def test_the_parts_by_post_village_and_kecamatan(scenario):
    found = parts(training_figures(scenario.training), Sight.of(scenario.staff))
    assert [(part.label, part.text) for part in found.roles] == [
        ("Ketua KPSPAMS", "1 dari 2 terdaftar (50 %)"),
        ("Bendahara KPSPAMS", "1 dari 2 terdaftar (50 %)"),
        ("Dinas PMD", "1 dari 1 terdaftar (100 %)"),
    ]
    assert [(part.label, part.present.total) for part in found.villages] == [("A", 2), ("B", 0), ("Tanpa desa", 1)]
    assert found.missing == [scenario.dua]
    assert sum(part.registered.total for part in found.subdistricts) == 5


def test_money_by_source(scenario):
    assert [(row.name, row.ceiling, row.realised, row.left, row.open_lines) for row in sources(scenario.training)] == [
        ("APBD Kabupaten", 12_000_000, 9_000_000, 3_000_000, 1),
        ("APBDes", 3_000_000, 3_000_000, 0, 0),
    ]


def test_the_numbers_are_those_of_the_figures(scenario):
    row, figures = of(scenario), training_figures(scenario.training)
    assert (row.registered, row.present) == (figures.registered, figures.present)
    assert (row.represented, row.lesson_hours) == (figures.represented, figures.lesson_hours)
    assert row.person_hours == sum(person.lesson_hours for person in figures.people)


def test_a_facilitator_sees_own_villages_and_no_scores_of_few(scenario):
    row = of(scenario, scenario.facilitator)
    assert (row.registered.text, row.villages_text) == ("2 orang (1 L, 1 P)", "1 dari 1 desa diundang (100 %)")
    assert (row.person_hours, row.tasks, row.ceiling, row.budget_shown) == (11, 1, 0, False)
    assert (row.pre_mean, row.post_mean, row.gain, row.passed_text) == (None, None, None, "")
    assert row.certificates == 1
    found = parts(
        training_figures(scenario.training, type(scenario.guest).objects.visible_to(scenario.facilitator)),
        Sight.of(scenario.facilitator),
    )
    assert [part.label for part in found.villages] == ["A"]
    assert found.missing == []


def test_the_officer_of_a_training_sees_all_of_it(scenario):
    scenario.training.officers.add(scenario.stranger)
    assert of(scenario, scenario.stranger).registered.total == 5


def test_rows_merged_later_are_one_human_being(scenario):
    guest = scenario.guest.person
    guest.merged_into = scenario.boards[scenario.satu.pk]["KET"].person
    guest.save()
    row = of(scenario)
    # The guest was Ketua A, who signed twice on the second day: 5 JP once.
    assert (row.registered.total, row.present.text, row.person_hours) == (4, "2 orang (1 L, 1 P)", 11)


def test_sums_count_people_and_villages_once(scenario):
    again = f.TrainingFactory(district=scenario.district)
    session = f.TrainingSessionFactory(day=f.TrainingDayFactory(training=again))
    f.InvitationFactory(training=again, village=scenario.satu)
    row = f.ParticipantFactory(training=again, person=scenario.boards[scenario.satu.pk]["KET"].person)
    f.AttendanceFactory(participant=row, session=session)
    sums = summed(indicators(Training.objects.order_by("pk"), Sight.of(scenario.staff)))
    assert (sums.trainings, sums.people.text, sums.visits) == (2, "3 orang (1 L, 2 P)", 4)
    assert sums.villages_text == "1 dari 2 desa berbeda yang diundang (50 %)"
    assert sums.invitations == 3
    assert (sums.person_hours, sums.ceiling, sums.realised) == (16, 15_000_000, 12_000_000)


def test_nothing_recorded_gives_no_share(dataset):
    row = of(dataset)
    assert (row.marked, row.present_text, row.post_mean, row.satisfaction, row.plans) == (
        False, "", None, None, {30: 0, 60: 0, 90: 0},
    )  # fmt: skip


def test_as_many_queries_for_five_as_for_one(scenario, django_assert_num_queries):
    for _ in range(4):
        session = f.TrainingSessionFactory()
        f.AttendanceFactory(session=session, participant__training=session.day.training)
        f.InvitationFactory(training=session.day.training)
    rows = list(Training.objects.select_related("district__settings_row"))
    sight = Sight.of(scenario.staff)
    for some in (rows[:1], rows):
        with django_assert_num_queries(15):
            indicators(some, sight)


def test_plans_are_counted_from_the_end_of_a_training_on(scenario, time_machine_at):
    with time_machine_at(date(2018, 12, 5)):
        assert of(scenario).plans_texts == []
    with time_machine_at(date(2019, 1, 10)):
        assert of(scenario).plans_texts[:2] == [
            (30, "1 dari 2 desa diundang (50 %)"),
            (60, "1 dari 2 desa diundang (50 %) sejauh ini"),
        ]
    Training.objects.update(kind="rapat")
    scenario.training.refresh_from_db()
    assert of(scenario).plans_texts == []
