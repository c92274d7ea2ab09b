"""The queue of documents: its order, and the limit for one user."""

import uuid
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports import tasks
from reports.models import Report, ReportBundle
from reports.services import bundles, lifecycle, queue, requests
from reports.services.bundles import training_documents
from tests import factories as make
from tests.documents.samples import make_training
from tests.reports.services.test_races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def quiet():
    with mock.patch.object(tasks.assemble_bundle, "delay"), mock.patch.object(tasks.render_report, "delay"):
        yield


@pytest.fixture
def other(staff):
    return make.UserFactory(district=staff.district)


def request(by, training=None, key=None):
    return requests.request_document("attendance_sheet", training or make_training(), {"mode": "blank"}, by=by, key=key)


def order():
    """The documents in the order in which one worker takes them."""
    taken = []
    while report := queue.claim_next():
        taken.append(report.pk)
        report.close_as("failed", error="x")
    return taken


def test_single_documents_of_two_persons_are_made_in_turn(staff, other, office):
    first = [request(staff).pk for _ in range(4)]
    second = [request(other).pk for _ in range(2)]
    assert order() == [first[0], second[0], first[1], second[1], first[2], first[3]]


def test_who_comes_late_waits_for_one_document_not_for_all_before(staff, other, office):
    first = [request(staff).pk for _ in range(6)]
    for _ in range(3):
        queue.claim_next().close_as("failed", error="x")
    late = request(other).pk
    assert order() == [first[3], late, first[4], first[5]]


def test_parts_of_a_bundle_hold_up_no_single_document_even_of_the_same_person(staff, other, office):
    bundle = training_documents.request_bundle(make_training(), staff)
    parts = [part.pk for part in bundle.parts.order_by("pk")]
    own, foreign = request(staff).pk, request(other).pk
    assert len(parts) > 5
    assert order() == [parts[0], own, foreign, *parts[1:]]


def test_a_message_makes_the_document_whose_turn_it_is(staff, other, office, quick_documents):
    first = [request(staff) for _ in range(3)]
    late = request(other)
    tasks.render_report.apply(args=[first[0].pk])
    tasks.render_report.apply(args=[first[1].pk])
    ready = set(Report.objects.filter(state="ready").values_list("pk", flat=True))
    assert ready == {first[0].pk, late.pk}


def test_a_message_without_a_waiting_document_does_nothing(staff, office):
    report = request(staff)
    report.claim()
    tasks.render_report.apply(args=[report.pk])
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("running", 1)


def test_more_open_documents_than_the_bound_are_refused_with_a_sentence(staff, other, office, monkeypatch):
    monkeypatch.setattr(queue, "MAX_OPEN_REPORTS", 2)
    reports = [request(staff) for _ in range(2)]
    with pytest.raises(ValidationError, match="2 dokumen Anda masih menunggu atau sedang dibuat"):
        request(staff)
    assert Report.objects.count() == 2
    request(other)
    lifecycle.cancel(reports[0], by=staff)
    assert request(staff).state == "queued"


def test_parts_of_bundles_count_as_bundles(staff, office, monkeypatch):
    monkeypatch.setattr(queue, "MAX_OPEN_REPORTS", 1)
    monkeypatch.setattr(queue, "MAX_OPEN_BUNDLES", 1)
    bundle = training_documents.request_bundle(make_training(), staff)
    assert request(staff).state == "queued"
    with pytest.raises(ValidationError, match="1 berkas Anda masih menunggu"):
        training_documents.request_bundle(make_training(), staff)
    assert ReportBundle.objects.get() == bundle
    bundles.cancel(bundle, by=staff)


def test_another_persons_key_claims_and_reveals_nothing(staff, other, office):
    key = uuid.uuid4()
    theirs = request(other, key=key)
    mine = request(staff, key=key)
    assert (mine.by, theirs.by) == (staff, other)
    assert mine.request_key == theirs.request_key == key


def test_a_key_that_came_with_another_request_makes_a_request_of_its_own(staff, office):
    key = uuid.uuid4()
    first, second = request(staff, key=key), request(staff, key=key)
    assert first.subject != second.subject
    assert (first.request_key, second.request_key) == (key, None)


def test_a_key_once_of_a_person_is_held_by_the_database(staff, office):
    report = request(staff, key=uuid.uuid4())
    duplicate = request(staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=duplicate.pk).update(request_key=report.request_key)


def test_the_same_request_under_another_key_is_one_while_it_waits(staff, office):
    training = make_training()
    assert {request(staff, training, uuid.uuid4()).pk for _ in range(3)} == {Report.objects.get().pk}


def test_a_request_whose_content_was_read_before_a_change_is_not_lent(staff, office):
    training = make_training()
    first = request(staff, training, uuid.uuid4())
    first.claim()
    Report.objects.filter(pk=first.pk).update(snapshot={"document": {}}, snapshot_sha="x" * 64)
    assert request(staff, training, uuid.uuid4()) != first


@pytest.mark.django_db(transaction=True)
def test_the_same_request_from_twenty_keys_at_once_is_one_document(office):
    person, training = make.UserFactory(district=office.district), make_training()
    made = at_once(lambda: request(person, training, uuid.uuid4()).pk, times=20)
    assert set(made) == {Report.objects.get().pk}
