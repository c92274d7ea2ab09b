"""The accounts file of the sample training, and its indicators."""

import pytest

from accounts.models import User
from trainings.models import SpjItem, Training
from trainings.queries.certificates import certificate_roll
from trainings.queries.figures import training_figures
from trainings.queries.indicator_rows import Sight
from trainings.queries.indicators import indicators
from trainings.queries.list_counts import people_counts
from trainings.queries.spj import accounts_file


@pytest.fixture
def training(demo):
    return Training.objects.get(fiscal_year=2018, kind="pelatihan")


def test_40_certificates_one_of_them_with_a_reason_and_two_without(training):
    roll = certificate_roll(training)
    assert (len(roll.given), len(roll.due)) == (40, 0)
    assert [row.certificate.number for row in roll.given if row.certificate.reason] == ["040/SERT/CONTOH/XII/2018"]
    assert [(row.participant.number, row.lacks) for row in roll.refused] == [
        (17, ["15 dari 24 JP, 62,5 %"]),
        (23, ["17 dari 24 JP, 70,8 %"]),
    ]


def test_what_the_accounts_file_lacks_and_which_list_counts_others(training):
    accounts = accounts_file(training)
    assert [row.document for row in accounts.missing] == [
        SpjItem.Document.ATTENDANCE,
        SpjItem.Document.OFFICIAL_MINUTES,
        SpjItem.Document.CERTIFICATES,
        SpjItem.Document.HONORARIUM,
        SpjItem.Document.REPORT,
    ]
    figures = training_figures(training)
    items = {row.document: row.item for row in accounts.documents if row.item}
    found = {row.label: row.difference for row in people_counts(training, figures, certificate_roll(training), items)}
    assert found["Daftar penerimaan uang saku/transport"] == "Sama"
    assert found["Tanda terima bahan"] == "1 kurang"


def test_the_indicators_of_the_sample(training):
    (row,) = indicators([training], Sight.of(User.objects.get(username="staf")))
    assert (row.registered.total, row.present.total) == (48, 42)
    assert row.villages_text == "14 dari 16 desa diundang (87,5 %)"
    # 42 people of 24 JP; three missed 8, 9 and 7 of them.
    assert (row.lesson_hours, row.person_hours) == (24, 42 * 24 - 8 - 9 - 7)
    assert row.certificates_text == "40 dari 42 orang hadir (95,2 %)"
