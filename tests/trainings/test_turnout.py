"""Turn-out of the invited with its bases, percents with one decimal, and merged persons counted once everywhere."""

from datetime import date

import pytest

from documents.trainings.attendance_marks import Marks
from documents.trainings.origins import Origins
from documents.trainings.roster import participants
from documents.trainings.training_report import TrainingReport
from tests import factories as make
from trainings.models import Participant
from trainings.queries.figures import training_figures
from trainings.queries.indicator_parts import parts
from trainings.queries.indicator_rows import Sight
from trainings.queries.indicators import indicators
from trainings.queries.scores import share_text
from villages.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "base", "share"),
    [
        *((299, 300, "99,7 %"), (1999, 2000, "99,9 %"), (2000, 2000, "100 %"), (1, 2001, "0,1 %"), (0, 5, "0 %")),
        *((51, 61, "83,6 %"), (1, 3, "33,3 %"), (2, 3, "66,7 %")),
    ],
)
def test_a_share_has_one_decimal_and_is_whole_only_for_all(part, base, share):
    assert share_text(part, base, "orang").endswith(f" orang ({share})")


@pytest.fixture
def session():
    return make.TrainingSessionFactory(day__date=date(2018, 12, 4))


def line(session, village, *, present=True, person=None, **fields):
    row = make.ParticipantFactory(
        training=session.day.training, person=person or make.PersonFactory(village=village), village=village, **fields
    )
    if present is not None:
        status = "hadir" if present else "alpa"
        make.AttendanceFactory(participant=row, session=session, status=status)
    return row


def test_turnout_names_the_invited_and_those_expected(session):
    """Two villages with three places each; four named, one of them replaced, three came; two walked in."""
    one, two = (make.InvitationFactory(training=session.day.training, quota=3).village for _ in range(2))
    line(session, one), line(session, one, present=False)
    replaced = line(session, two, present=None, state=Participant.State.REPLACED)
    line(session, two, replaces=replaced), line(session, two)
    line(session, two, walk_in=True), line(session, one, walk_in=True)
    figures = training_figures(session.day.training)
    expected = ["3 dari 6 orang yang diundang (50 %)", "3 dari 4 orang yang didaftarkan sebelumnya (75 %)"]
    assert figures.turnout_texts == expected
    assert (figures.registered.total, figures.present.total, figures.walk_ins) == (6, 5, 2)
    (row,) = indicators([session.day.training], Sight.of(make.UserFactory()))
    assert row.turnout_texts == expected
    assert row.present_text == "5 dari 6 peserta terdaftar, termasuk 2 yang datang langsung (83,3 %)"


def test_before_anybody_is_marked_there_is_no_turnout(session):
    line(session, make.InvitationFactory(training=session.day.training).village, present=None)
    assert training_figures(session.day.training).turnout_texts == []
    (row,) = indicators([session.day.training], Sight.of(make.UserFactory()))
    assert row.turnout_texts == []


def test_a_merged_person_counts_once_in_sessions_villages_posts_and_on_the_sheet(session):
    one, two = (make.InvitationFactory(training=session.day.training).village for _ in range(2))
    first = line(session, one, present=False)
    again = line(session, two, present=True)
    line(session, one), line(session, two)
    Person.objects.filter(pk=again.person_id).update(merged_into=first.person)
    training = session.day.training
    figures = training_figures(training)
    (row,) = figures.sessions
    assert (row.status_text, row.unmarked_people, row.counts.total()) == ("3 hadir", 0, 4)
    cut = parts(figures, Sight.of(make.UserFactory()))
    for some in (cut.villages, cut.roles, cut.subdistricts):
        assert sum(part.registered.total for part in some) == figures.registered.total == 3
        assert sum(part.present.total for part in some) == figures.present.total == 3
    assert sum(village.registered.total for village in figures.villages) == 3
    marks = Marks([session], participants(training, None), {one.pk: one.name, two.pk: two.name}, Origins())
    sums, status, *_ = marks.totals([session])
    assert "Jumlah 3 orang" in sums
    assert status == "Hadir 3; Terlambat 0; Izin 0; Sakit 0; Tanpa keterangan 0."


def test_as_of_a_day_later_marks_do_not_count(session):
    later = make.TrainingSessionFactory(day__training=session.day.training, day__date=date(2018, 12, 5))
    village = make.InvitationFactory(training=session.day.training).village
    line(session, village)
    line(later, village)
    user = make.UserFactory()
    found = [
        indicators([session.day.training], Sight.of(user), on)[0].present.total for on in (date(2018, 12, 4), None)
    ]
    assert found == [1, 2]


def test_turnout_and_laporan_count_the_same_invited(session):
    """A village that names more people than its places invites all of them: no second figure stands beside it."""
    training = session.day.training
    more, less = (make.InvitationFactory(training=training, quota=2).village for _ in range(2))
    for _ in range(3):
        line(session, more)
    line(session, less), line(session, None)
    snapshot = TrainingReport().collect(training, {}, None)
    texts = " ".join(block["text"] for block in snapshot["body"] if block["kind"] == "text")
    assert "Diundang 6 orang, 5 di antaranya dari 2 desa." in texts
    assert "Kehadiran yang diundang: 5 dari 6 orang yang diundang (83,3 %);" in texts
    (row,) = indicators([training], Sight.of(make.UserFactory()))
    assert (row.invited, row.turnout_texts) == (6, training_figures(training).turnout_texts)
