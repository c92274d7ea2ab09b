"""A document that is printed and not yet signed has a state of its own; its signed copy completes the line."""

from datetime import timedelta

import pytest

from reports.models import Report, SignedCopy
from reports.services.bundles import choices
from tests import factories
from tests.documents.samples import make_training, mark
from trainings.models import SpjItem
from trainings.queries.spj import accounts_file
from trainings.waiting import MissingAccounts

pytestmark = pytest.mark.django_db
PRINTED = "Sudah dicetak, belum ada pindaian bertanda tangan"
Line = SpjItem.Document


@pytest.fixture
def training(office):
    return make_training(villages=1, per_village=1, days=1)


def printed(training, kind, **parameters):
    return Report.objects.create(
        kind=kind, training=training, audience="district", state="ready", file="reports/a.pdf", sha256="0" * 64,
        parameters=parameters,
    )  # fmt: skip


def labels(training, *lines):
    rows = {row.document: row.label for row in accounts_file(training).documents}
    return [rows[line] for line in lines]


def test_a_print_without_signature_is_neither_there_nor_unbegun(training):
    printed(training, "training_report")
    printed(training, "memo", purpose="plan")
    printed(training, "question_sheet", phase="pre")  # a blank form is no document of the line
    lines = (Line.REPORT, Line.MEMO, Line.TESTS)
    assert labels(training, *lines) == [PRINTED, PRINTED, "Belum"]
    assert [row.document for row in accounts_file(training).only_printed] == [Line.MEMO, Line.REPORT]


def test_a_signed_copy_of_the_document_itself_completes_its_line(training, staff):
    for kind in ("training_report", "assignment_letter"):
        report = printed(training, kind)
        SignedCopy.objects.create(report=report, file=factories.StoredFileFactory(), recorded_by=staff)
    assert labels(training, Line.REPORT, Line.INVITATION) == ["Ada", PRINTED]


def test_beranda_and_berkas_lengkap_name_what_is_printed(training, staff, monkeypatch):
    mark(training)
    printed(training, "schedule")
    late = training.days.last().date + timedelta(days=2)
    monkeypatch.setattr("trainings.waiting.localdate", lambda: late)
    (matter,) = MissingAccounts().matters(staff)
    assert matter.label.endswith("; 1 sudah dicetak, belum ada pindaian bertanda tangan")
    notes = {choice.code: choice.note for choice in choices.choices(training, staff)}
    assert notes["cetak-schedule"] == choices.PRINTED
