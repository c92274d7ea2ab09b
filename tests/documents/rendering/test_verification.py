"""Verification of a finished PDF: the expected text, and errors for any other."""

import copy
import io
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader, PdfWriter

from documents import registry
from documents.layout import footer
from documents.rendering import pdf, verification
from reports import tasks
from tests.documents.samples import make_plan, make_training, mark
from tests.reports.issues import closed_training, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_broker():
    with mock.patch.object(tasks.render_report, "delay"):
        yield


def snapshot_of(kind, subject, **parameters):
    module = registry.document(kind)
    return module.collect(subject, module.clean(subject, parameters), None)


class Printed:
    """A document laid out, and the expected content."""

    def __init__(self, kind, snapshot):
        self.document, self.snapshot = registry.document(kind), snapshot
        self.head = snapshot["document"] | footer.footer_of("X-1-00000000", None, "")
        self.page = self.document.render(snapshot | {"document": self.head})
        self.content = pdf.make(self.page, tagged=False).content

    def check(self, snapshot=None, content=None):
        wanted = self.document.expected(snapshot or self.snapshot, self.page)
        verification.check(content or self.content, wanted, snapshot or self.snapshot, footer.repeated_texts(self.head))


@pytest.fixture
def sheet(office):
    training = make_training(villages=12, per_village=3, days=2)
    mark(training, n4="izin")
    return Printed("attendance_sheet", snapshot_of("attendance_sheet", training, mode="filled"))


def test_a_faithful_paper_passes(sheet):
    sheet.check()


def test_lines_to_fill_in_are_not_looked_for_in_other_text():
    wanted = verification.Expected(tables=[[["Ketua", "Sutrisno"], ["1"], ["2"], ["3"]], [["1"], ["2"]]])
    verification._compare_rows(["KetuaSutrisnoDesaUji1", "Contoh2018,123"], wanted)


def test_hyphens_at_the_end_of_lines_are_read_as_they_stand(office):
    training = make_training(villages=1, days=1)
    minutes = snapshot_of("official_minutes", training)
    text = {"kind": "text", "text": "Kelompok di masing-masing desa se-Kabupaten. " * 40, "keep": False}
    Printed("official_minutes", minutes | {"body": [text, *minutes["body"]]}).check()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s["sheets"][1]["rows"][20].__setitem__(1, "Orang Lain"), "row 21 of 36 does not follow row 20"),
        (lambda s: s["sheets"][0]["rows"].pop(7), "row 8 of 35 does not follow row 7"),
        (lambda s: s["sheets"][0]["rows"].append(s["sheets"][0]["rows"][0]), "row 1 of 36 is missing"),
        (lambda s: s["sheets"][0].update(totals=["Hadir 99 orang"]), "not printed: 'Hadir99orang'"),
        (lambda s: s["recap"]["rows"][0].__setitem__(-1, "99"), "row 1 of 36 is missing"),
    ],
)
def test_a_sheet_that_says_something_else_is_refused(sheet, change, message):
    changed = copy.deepcopy(sheet.snapshot)
    change(changed)
    with pytest.raises(verification.Unfaithful, match=message):
        sheet.check(changed)


def test_a_plan_whose_sum_is_not_printed_is_refused(office):
    plan = Printed("work_plan", snapshot_of("work_plan", make_plan()))
    plan.check()
    with pytest.raises(verification.Unfaithful, match="row 28 of 28 does not follow row 27"):
        plan.check(plan.snapshot | {"total": "94.935.001"})


def test_a_blank_page_is_refused(sheet):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sheet.content)))
    writer.insert_blank_page(index=1)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(verification.Unfaithful, match="page 2 of 7 is blank"):
        sheet.check(content=out.getvalue())


def test_signatures_alone_on_a_page_are_refused(office):
    training = make_training(villages=1, days=1)
    alone = Printed("official_minutes", snapshot_of("official_minutes", training))
    signatures = next(block for block in alone.snapshot["body"] if block["kind"] == "signatures")
    body = [{"kind": "heading", "text": "Isi"}, {"kind": "new_page"}, signatures]
    torn = Printed("official_minutes", alone.snapshot | {"body": body})
    with pytest.raises(verification.Unfaithful, match="page 2 of 2 holds signatures and nothing else"):
        torn.check()


def test_all_letters_that_the_font_lacks_end_the_paper_and_are_named(office, staff):
    training = closed_training()
    person = training.participants.get(number=3).person
    person.name = "Siti 😀 Aminah ᬩᬮᬶ"
    person.save()
    with pytest.raises(ValidationError):
        made("attendance_sheet", training, staff, mode="filled")
    report = training.reports.get()
    assert (report.state, report.error) == (
        "failed",
        "Ada huruf yang tidak ada pada huruf cetak: “ᬩ” (U+1B29) dalam “Siti 😀 Aminah ᬩᬮᬶ”; "
        "“ᬮ” (U+1B2E) dalam “Siti 😀 Aminah ᬩᬮᬶ”; “ᬶ” (U+1B36) dalam “Siti 😀 Aminah ᬩᬮᬶ”; "
        "“😀” (U+1F600) dalam “Siti 😀 Aminah ᬩᬮᬶ”. "
        "Perbaiki tulisan itu pada datanya, lalu tekan “Coba lagi”.",
    )


def test_what_is_not_faithful_is_not_delivered(office, staff):
    with (
        mock.patch.object(verification, "check", side_effect=verification.Unfaithful("row 1 of 6 is missing")),
        pytest.raises(verification.Unfaithful),
    ):
        made("attendance_sheet", training := closed_training(), staff, mode="filled")
    report = training.reports.get()
    assert (report.state, report.file.name) == ("failed", "")
    assert "tidak sama dengan data" in report.error
