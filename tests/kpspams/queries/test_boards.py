"""The board and SK of a group as of a day, in Python and in SQL."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import DistrictSettings
from kpspams.models import KpspamsGroup, LegalDocument, Member
from kpspams.queries import decree_states
from kpspams.queries.boards import BoardState, DecreeState, GroupOn, review_limit
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def on(group, day=TODAY):
    return GroupOn(KpspamsGroup.objects.prefetch_related("members__person", "documents").get(pk=group.pk), day)


def board_of(*posts):
    group = make.GroupFactory()
    for post in posts:
        make.MemberFactory(group=group, post=post)
    return group


def test_rows_stand_in_printing_order_with_vacant_core_posts():
    group = board_of("ANG", "TEK", "BEN", "PMB", "KET")
    rows = [(row.post, row.member is None) for row in on(group).rows]
    assert rows == [
        ("Pembina/Penasihat", False),
        ("Ketua", False),
        ("Sekretaris", True),
        ("Bendahara", False),
        ("Seksi Teknik", False),
        ("Anggota", False),
    ]


def test_shares_count_persons_and_leave_advisors_out():
    group = board_of("PMB", "PGW", "KET")
    chair = group.members.get(post="KET").person
    make.MemberFactory(group=group, post="OPR", person=chair)
    make.MemberFactory(group=group, post="SEK", person__sex="L")
    board = on(group)
    assert (board.men, board.women, board.women_share) == (1, 1, 50)
    assert on(make.GroupFactory()).women_share is None


def test_one_person_in_two_core_posts_is_told():
    group = board_of("KET")
    chair = group.members.get().person
    make.MemberFactory(group=group, post="BEN", person=chair)
    assert on(group).double_posts == [chair]


def test_the_board_of_a_past_day_is_that_of_its_days():
    group = make.GroupFactory()
    before = make.MemberFactory(group=group, starts_on=date(2015, 1, 1), ends_on=date(2019, 12, 31))
    after = make.MemberFactory(group=group, starts_on=date(2020, 1, 1))
    assert [on(group, day).held for day in (date(2019, 12, 31), date(2020, 1, 1), date(2014, 1, 1))] == [
        [before],
        [after],
        [],
    ]


@pytest.mark.parametrize(
    ("posts", "acting", "state", "tone", "word"),
    [
        ([], [], BoardState.VACANT, "grey", "Belum ada data"),
        (["TEK"], [], BoardState.VACANT, "red", "Lowong: Ketua, Sekretaris, Bendahara"),
        (["KET", "BEN"], [], BoardState.VACANT, "amber", "Lowong: Sekretaris"),
        (["KET", "BEN", "SEK"], ["SEK"], BoardState.ACTING, "amber", "Plt.: Sekretaris"),
        (["KET", "BEN", "SEK"], [], BoardState.COMPLETE, "green", "Lengkap"),
    ],
)
def test_board_state(posts, acting, state, tone, word):
    group = make.GroupFactory()
    for post in posts:
        make.MemberFactory(group=group, post=post, acting=post in acting)
    board = on(group)
    assert (board.board_state, board.board_chip.tone, board.board_chip.label) == (state, tone, word)


def days(number):
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("papers", "state", "word"),
    [
        ([], DecreeState.NONE, "Belum ada SK"),
        ([{"kind": "adart"}], DecreeState.NONE, "Belum ada SK"),
        ([{"dated_on": days(1)}], DecreeState.NONE, "Belum ada SK"),
        ([{}], DecreeState.IN_FORCE, "SK berlaku"),
        ([{"valid_until": days(91)}], DecreeState.IN_FORCE, "SK berlaku s.d. 23 Februari 2027"),
        ([{"valid_until": days(90)}], DecreeState.ENDS_SOON, "SK segera berakhir, 22 Februari 2027"),
        ([{"valid_until": days(0)}], DecreeState.ENDS_SOON, "SK segera berakhir, 24 November 2026"),
        ([{"valid_until": days(-1)}], DecreeState.ENDED, "SK berakhir 23 November 2026"),
        ([{"dated_on": None, "in_process": True}], DecreeState.IN_PROCESS, "SK dalam proses"),
        (
            [{"valid_until": days(-1)}, {"dated_on": None, "in_process": True}],
            DecreeState.IN_PROCESS,
            "SK dalam proses",
        ),
    ],
)
def test_decree_state(papers, state, word):
    group = make.GroupFactory()
    for paper in papers:
        make.LegalDocumentFactory(group=group, **paper)
    board = on(group)
    assert (board.decree_state, board.decree_chip.label) == (state, word)


def test_a_decree_without_end_asks_for_a_review_after_five_years():
    old = make.LegalDocumentFactory(dated_on=date(2021, 11, 24)).group
    young = make.LegalDocumentFactory(dated_on=date(2021, 11, 25)).group
    ending = make.LegalDocumentFactory(dated_on=date(2015, 1, 1), valid_until=date(2030, 1, 1)).group
    assert [on(group).decree_is_old for group in (old, young, ending)] == [True, False, False]


@pytest.mark.parametrize(
    ("day", "limit"),
    [(date(2026, 11, 24), date(2021, 11, 24)), (date(2024, 2, 29), date(2019, 2, 28)), (TODAY, date(2021, 11, 24))],
)
def test_the_review_limit_lies_five_years_back(day, limit):
    assert review_limit(day) == limit


@pytest.mark.parametrize(
    ("women", "men", "threshold", "few"),
    [
        (0, 1, None, True),
        (3, 7, None, False),
        (2, 5, None, True),
        (1, 1, 50, False),
        (1, 2, 50, True),
        (0, 0, None, False),
    ],
)
def test_few_women_by_the_threshold_of_the_kabupaten(women, men, threshold, few):
    group = board_of("PMB")  # the advisor, a woman, does not count
    for sex in "P" * women + "L" * men:
        make.MemberFactory(group=group, post="ANG", person__sex=sex)
    if threshold:
        DistrictSettings.objects.create(district=group.village.subdistrict.district, women_share=threshold)
    assert decree_states.with_few_women(KpspamsGroup.objects.all(), TODAY).exists() == few
    share = on(group).women_share
    assert (share is not None and share < (threshold or 30)) == few


def test_one_human_being_in_two_rows_counts_once():
    group = board_of("KET")
    chair = group.members.get().person
    duplicate = make.PersonFactory(village=group.village, merged_into=chair)
    make.MemberFactory(group=group, post="BEN", person=duplicate)
    make.MemberFactory(group=group, post="SEK", person__sex="L")
    board = on(group)
    assert (board.women, board.men, len(board.double_posts)) == (1, 1, 1)


def test_one_answer_for_each_core_post_of_a_day():
    group = make.GroupFactory(formed_on=date(2018, 1, 1), dissolved_on=date(2025, 1, 1))
    first = make.MemberFactory(group=group, starts_on=date(2018, 2, 1), ends_on=date(2018, 12, 3))
    acting = make.MemberFactory(group=group, acting=True, starts_on=date(2018, 12, 5), ends_on=date(2019, 1, 1))
    answers = [dict(on(group, date(2018, 12, day)).core)["Ketua"] for day in (3, 4, 5)]
    assert answers == [first, None, acting]
    assert [on(group, day).exists for day in (date(2017, 1, 1), date(2018, 1, 1), date(2025, 1, 1))] == [
        False,
        True,
        False,
    ]


SPANS = st.tuples(st.integers(-2200, 120), st.none() | st.integers(0, 300), st.booleans())


def overlap(row, starts_on, ends_on):
    return (row.ends_on is None or row.ends_on >= starts_on) and (ends_on is None or row.starts_on <= ends_on)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=st.lists(SPANS, max_size=3), posts=st.lists(st.tuples(st.sampled_from(Member.CORE), SPANS), max_size=4))
def test_sql_says_of_every_group_what_its_page_says(db, papers, posts):
    group = make.GroupFactory()
    for start, length, in_process in papers:
        until = None if length is None else days(start + length)
        make.LegalDocumentFactory(group=group, dated_on=days(start), valid_until=until, in_process=in_process)
    for post, (start, length, acting) in posts:
        ends_on = None if length is None else days(start + length)
        if any(overlap(row, days(start), ends_on) for row in group.members.filter(post=post)):
            continue  # the services refuse it, and so does a database with the constraint
        make.MemberFactory(group=group, post=post, starts_on=days(start), ends_on=ends_on, acting=acting)
    rows = KpspamsGroup.objects.filter(pk=group.pk)
    decrees = [state for state in DecreeState if decree_states.with_decree_state(rows, state, TODAY).exists()]
    boards = [state for state in BoardState if decree_states.with_board_state(rows, state, TODAY).exists()]
    assert (decrees, boards) == ([on(group).decree_state], [on(group).board_state])
    assert decree_states.with_old_decree(rows, TODAY).exists() == on(group).decree_is_old
    assert LegalDocument.objects.filter(group=group).count() == len(papers)
