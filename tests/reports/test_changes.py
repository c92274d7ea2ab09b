"""Documents of a training that are out of date."""

from datetime import date
from unittest import mock

import pytest

from reports.models import Report
from reports.queries.changes import changed_documents
from tests import factories
from tests.documents.samples import make_training
from tests.reports.issues import closed_training, made
from trainings.services import closing, dates, schedule, trainings

pytestmark = pytest.mark.django_db
READ = "reports.queries.changes._hint"


def hints(training, user):
    return [(row.report.kind, row.hint) for row in changed_documents(training, user)]


def test_a_moved_day_asks_for_new_prints_of_what_names_it(office, staff):
    training = make_training(villages=1, days=1)
    made("invitation", training, staff, letter="one")
    assert hints(training, staff) == []
    dates.move_training(training, date(2018, 12, 11), by=staff)
    assert hints(training, staff) == [("invitation", "perlu dicetak ulang")]
    made("invitation", training, staff, letter="one")
    assert hints(training, staff) == []


def test_a_letter_that_went_out_is_not_printed_again_under_its_number(office, staff):
    training = make_training(villages=1, days=1)
    factories.SpjItemFactory(training=training, number="005/1", dated_on=date(2018, 11, 20))
    made("invitation", training, staff, letter="one")
    dates.move_training(training, date(2018, 12, 11), by=staff)
    assert hints(training, staff) == [("invitation", "berubah sejak surat keluar")]
    both = [("schedule_change", "perlu dicetak ulang"), ("invitation", "berubah sejak surat keluar")]
    for change in (
        lambda: schedule.remove_item(training.days.get().items.get(), by=staff),
        lambda: dates.move_training(training, date(2018, 12, 18), by=staff),
    ):
        made("schedule_change", training, staff)
        assert hints(training, staff) == []
        change()
        assert hints(training, staff) == both


def test_a_change_that_prints_nothing_else_is_read_once(office, staff):
    training = make_training(villages=1, days=1)
    made("schedule", training, staff)
    trainings.invite(training, [factories.VillageFactory(name="Baru")], trainings.Wish(), by=staff)
    assert hints(training, staff) == []
    with mock.patch(READ, side_effect=AssertionError):
        assert hints(training, staff) == []


def test_issued_documents_say_that_their_day_was_opened_and_that_they_changed(office, staff):
    training = closed_training()
    report = made("attendance_sheet", training, staff, mode="filled")
    assert report.issue_status == "in_force"
    closing.reopen_training(training, by=staff, reason="Koreksi")
    closing.reopen_day(training.days.get(), by=staff, reason="Koreksi")
    assert hints(training, staff) == [("attendance_sheet", "dibuka kembali sejak terbit")]
    training.refresh_from_db()
    dates.move_day(training.days.get(), date(2018, 12, 12), confirmed=True, by=staff)
    assert hints(training, staff) == [("attendance_sheet", "berubah sejak terbit")]
    assert Report.objects.get().issue_status == "in_force"


def test_pages_of_the_training_show_it_to_the_office(office, staff, client):
    training = make_training(villages=1, days=1)
    made("invitation", training, staff, letter="one")
    dates.move_training(training, date(2018, 12, 11), by=staff)
    client.force_login(staff)
    for page in ("", "spj/", "acara/"):
        text = client.get(f"/pelatihan/{training.pk}/{page}").content.decode()
        assert "Dokumen yang tidak lagi sesuai" in text
        assert "erlu dicetak ulang" in text
