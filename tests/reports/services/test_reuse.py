"""The same request on unchanged data returns the same file at once."""

from pathlib import Path
from unittest import mock

import pytest

from reports import tasks
from reports.models import Report, ReportBundle
from reports.services import requests
from tests import factories
from tests.documents.samples import make_training, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_documents")]


@pytest.fixture(autouse=True)
def enqueued():
    with mock.patch.object(tasks.render_report, "delay") as delay:
        yield delay


@pytest.fixture
def training(office):
    return make_training(villages=2, days=1)


def request_report(training, by, **options):
    return requests.request_document("attendance_sheet", training, {"mode": "filled"} | options, by=by)


@pytest.fixture
def made(training, staff):
    mark(training)
    report = request_report(training, staff)
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert report.state == "ready"
    return report


def test_unchanged_data_give_the_document_that_is_there(
    made, training, staff, official, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as enqueued:
        assert request_report(training, staff) == request_report(training, official) == made
    assert enqueued == []
    assert [event.verb for event in made.events] == ["add"]


def change_row(training, made):
    training.participants.first().attendances.update(status="izin")


def change_template(training, made):
    Report.objects.filter(pk=made.pk).update(template_version=made.template_version - 1)


def change_office(training, made):
    factories.OfficeProfileFactory(district=training.district, valid_from="2018-12-01")


def withdraw(training, made):
    Report.objects.filter(pk=made.pk).update(
        issue_status="withdrawn", issued_on="2018-12-07", withdrawn_on="2018-12-08", withdrawn_reason="Keliru"
    )


def lose_the_file(training, made):
    Path(made.file.path).write_bytes(b"%PDF-rusak")


@pytest.mark.parametrize("happens", [change_row, change_template, change_office, withdraw, lose_the_file])
def test_what_changed_is_made_anew(made, training, staff, happens):
    happens(training, made)
    again = request_report(training, staff)
    assert again != made
    assert again.state == "queued"


def test_other_options_and_another_audience_are_another_document(made, training, staff):
    requested = {request_report(training, staff, layout="landscape"), request_report(training, staff, mode="blank")}
    facilitator = factories.FacilitatorFactory(villages=[training.invitations.first().village])
    assert made not in requested | {request_report(training, facilitator)}


def test_parts_of_a_bundle_are_not_lent(made, training, staff):
    bundle = ReportBundle.objects.create(
        kind="training_papers", district=training.district, training=training, by=staff
    )
    requested = requests.request_document("attendance_sheet", training, {"mode": "filled"}, by=staff, bundle=bundle)
    assert requested != made
    Report.objects.filter(pk=made.pk).update(bundle=bundle)
    assert request_report(training, staff) not in (made, requested)


def test_data_that_cannot_be_read_break_no_page(made, training, staff):
    with mock.patch("reports.services.production.frozen_content", side_effect=KeyError("x")):
        assert request_report(training, staff).state == "queued"
