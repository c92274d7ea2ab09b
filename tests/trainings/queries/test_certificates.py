"""Participants entitled to a sertifikat, and numbers from a typed pattern."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import DistrictSettings
from tests import factories as f
from trainings.queries.certificates import Pattern, Rule, certificate_roll, continued


@pytest.fixture
def marked(dataset, people):
    """24 JP on two days (16 and 8): 24, 16, 8 and none attended."""
    f.AgendaItemFactory(session=dataset.session, lesson_hours=16)
    second = f.TrainingSessionFactory(day=f.TrainingDayFactory(training=dataset.training, date=date(2018, 12, 5)))
    f.AgendaItemFactory(session=second, lesson_hours=8)
    for place, sessions in enumerate([(dataset.session, second), (dataset.session,), (second,)]):
        for session in sessions:
            f.AttendanceFactory(participant=people[place], session=session)
    return people


def test_the_reason_names_hours_and_share(dataset, marked):
    roll = certificate_roll(dataset.training)
    assert roll.rule.text == "Paling sedikit 80 % dari 24 JP"
    assert [(row.participant, row.lacks) for row in roll.candidates] == [
        (marked[0], []),
        (marked[1], ["16 dari 24 JP, 66,7 %"]),
        (marked[2], ["8 dari 24 JP, 33,3 %"]),
    ]
    assert [row.participant for row in roll.due] == [marked[0]]


def test_the_share_is_reached_exactly():
    rule = Rule(lesson_hours=20, share=80, test_mark=None)
    assert (rule.lacks(16, None), rule.lacks(15, None)) == ([], ["15 dari 20 JP, 75 %"])


def test_a_mark_of_the_post_test_may_be_asked(dataset, marked):
    DistrictSettings.objects.create(district=dataset.district, certificate_test_mark=70)
    f.TestResultFactory(participant=marked[0], phase="post", score=Decimal("69.50"))
    f.TestResultFactory(participant=marked[1], phase="post", score=70)
    dataset.training.refresh_from_db()
    assert [row.lacks for row in certificate_roll(dataset.training).candidates] == [
        ["Nilai post-test 69,5, di bawah 70"],
        ["16 dari 24 JP, 66,7 %"],
        ["8 dari 24 JP, 33,3 %", "Belum ada nilai post-test"],
    ]


def test_without_hours_nobody_earns_one(dataset, people):
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    (row,) = certificate_roll(dataset.training).candidates
    assert row.lacks == ["Susunan acara belum mempunyai JP"]


def test_who_left_the_sheet_keeps_the_certificate_on_the_list(dataset, marked):
    certificate = f.CertificateFactory(participant=marked[0], lesson_hours=24)
    marked[0].state = "batal"
    marked[0].save()
    row = certificate_roll(dataset.training).candidates[-1]
    assert (row.certificate, row.lacks) == (certificate, ["Tidak lagi tercatat sebagai peserta"])


def test_two_lines_of_one_human_being_earn_one_together(dataset, marked):
    duplicate = marked[2].person  # 8 JP on the second day, under another row
    duplicate.merged_into = marked[1].person  # 16 JP on the first
    duplicate.save()
    roll = certificate_roll(dataset.training)
    assert [(row.participant, row.lesson_hours) for row in roll.due] == [(marked[0], 24), (marked[1], 24)]
    assert roll.refused == []


def test_the_roll_takes_the_same_queries_for_1_and_5(dataset, marked, django_assert_num_queries):
    for number in range(10, 15):
        row = f.ParticipantFactory(training=dataset.training, number=number)
        f.AttendanceFactory(participant=row, session=dataset.session)
        f.CertificateFactory(participant=row, number=f"{number}")
    with django_assert_num_queries(10):
        certificate_roll(dataset.training)


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        (Pattern("{nomor}/SERT/XII/2018", 9, 3), ["009/SERT/XII/2018", "010/SERT/XII/2018"]),
        (Pattern("S-{nomor}", 1, 1), ["S-1", "S-2"]),
        (Pattern(), ["", ""]),
    ],
)
def test_numbers_follow_the_pattern(pattern, numbers):
    pattern.check(2)
    assert [pattern.of(place) for place in range(2)] == numbers


@pytest.mark.parametrize("text", ["SERT/2018", "{nomor}/{nomor}", "x" * 80 + "{nomor}"])
def test_a_pattern_that_makes_no_number_is_refused(text):
    with pytest.raises(ValidationError):
        Pattern(text).check(1)


@pytest.mark.parametrize(
    ("numbers", "pattern"),
    [
        (["", "tanpa nomor"], None),
        (["007/SERT/DPMU/XII/2018"], Pattern("{nomor}/SERT/DPMU/XII/2018", 8, 3)),
        (["SERT/2018/1", "SERT/2018/2", "SERT/2018/11"], Pattern("SERT/2018/{nomor}", 12, 2)),
        (["001/A/2018", "002/A/2018", "dicabut", "beda"], Pattern("{nomor}/A/2018", 3, 3)),
    ],
)
def test_numbers_go_on_where_the_last_ones_end(numbers, pattern):
    assert continued(numbers) == pattern
