"""Columns of the daftar hadir: declared once for the pages, their widths and the check of the PDF."""

import re

import pytest

from documents.layout import footer
from documents.rendering import pdf, verification
from documents.trainings.attendance_sheet import AttendanceSheet
from documents.trainings.columns import PAGE_WIDTHS, Column, Page, Part, Who, Width, table
from tests import factories
from tests.documents.attendance import half_days, texts
from tests.documents.samples import make_training, mark, words_of
from trainings.models import Training

INSTITUTION = Column("Asal Instansi", "person.institution", Width(25))
STYLES = pdf.bundled_file(pdf.STYLE_SHEET).read_text("utf-8")


class SheetWithInstitution(AttendanceSheet):
    columns = (*AttendanceSheet.columns[:5], INSTITUTION, *AttendanceSheet.columns[5:])


@pytest.fixture
def training(office):
    """Two days of two sessions; each participant has a different institution."""
    training = make_training(villages=1, days=2)
    half_days(training)
    for participant in training.participants.all():
        participant.person.institution = f"Dinas Nomor{participant.number}"
        participant.person.save()
    for role in ("Ketua", "Sekretaris"):
        person = factories.PersonFactory(village=None, institution=f"Kantor{role}")
        factories.CommitteeMemberFactory(training=training, person=person, role=role)
    item = training.days.first().items.first()
    speaker = factories.ResourcePersonFactory(person__institution="Balai Teknik")
    factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    mark(training)
    return Training.objects.get(pk=training.pk)


def laid_out(training, **options):
    """The snapshot with the added column, its PDF, and a check of the one against the other."""
    document = SheetWithInstitution()
    snapshot = document.collect(training, document.clean(training, options), None)
    head = snapshot["document"] | footer.footer_of("X-1-00000000", None, "")
    page = document.render(snapshot | {"document": head})
    content = pdf.make(page, tagged=False).content

    def check(wanted):
        verification.check(content, document.expected(wanted, page), wanted, footer.repeated_texts(head))

    return snapshot, content, check


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "people"),
    [
        ({"mode": "blank"}, ["Dinas Nomor1", "Dinas Nomor2", "Dinas Nomor3"]),
        ({"mode": "filled"}, ["Dinas Nomor1", "Dinas Nomor2", "Dinas Nomor3"]),
        ({"mode": "filled", "layout": "landscape"}, ["Dinas Nomor1", "Dinas Nomor2", "Dinas Nomor3"]),
        ({"who": "narasumber"}, ["Balai Teknik"]),
        ({"who": "panitia"}, ["KantorKetua", "KantorSekretaris"]),
    ],
)
def test_an_added_column_is_printed_with_head_and_values(training, options, people):
    snapshot, content, check = laid_out(training, **options)
    sheet = snapshot["sheets"][0]
    assert [text for text in texts(sheet, "Asal Instansi") if text] == people
    assert [len(row) for row in sheet["rows"]] == [len(sheet["columns"])] * len(sheet["rows"])
    printed = words_of(content)
    assert "Asal Instansi" in printed
    assert all(person.replace(" ", "") in printed.replace(" ", "") for person in people)
    check(snapshot)


@pytest.mark.django_db
def test_an_added_column_stands_on_the_recapitulation(training):
    recap = laid_out(training, mode="filled")[0]["recap"]
    assert [column["head"] for column in recap["columns"]] == [
        "No", "Nama", "L/P", "Jabatan/Unsur", "Asal Instansi", "Desa/Kecamatan", "Sesi 1 s.d. 4", "JP",
    ]  # fmt: skip
    assert texts(recap, "Asal Instansi") == ["Dinas Nomor1", "Dinas Nomor2", "Dinas Nomor3"]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["sheets", "recap"])
def test_a_value_of_an_added_column_that_is_not_on_the_page_is_refused(training, part):
    snapshot, _, check = laid_out(training, mode="filled")
    printed = snapshot["sheets"][1] if part == "sheets" else snapshot["recap"]
    printed["rows"][1][4] = "Dinas Lain"
    with pytest.raises(verification.Unfaithful, match="row 2 of 3 does not follow row 1"):
        check(snapshot)


@pytest.mark.parametrize("size", PAGE_WIDTHS)
@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("phones", [False, True])
def test_columns_never_leave_the_page_and_their_widths_are_in_the_style_sheet(size, who, part, phones):
    heads = ["Pagi (08.00)", "Siang (13.00)", "Malam (19.00)"] if size.endswith("-wide") else []
    page = Page(part, who, size, phones=phones, session_heads=heads)
    for columns in (AttendanceSheet.columns, SheetWithInstitution.columns):
        widths = [column["width"] for column in table(columns, page, [])["columns"]]
        assert sum(widths) <= PAGE_WIDTHS[size]
        assert all(f".mm{width} {{ width: {width}mm; }}" in STYLES for width in widths if width)


def test_a_column_of_text_gives_way_before_signatures_do():
    page = Page(Part.BLANK, Who.PARTICIPANTS, "f4")
    assert [column["width"] for column in table(AttendanceSheet.columns, page, [])["columns"]] == [9, 43, 9, 31, 37, 43]
    widths = [column["width"] for column in table(SheetWithInstitution.columns, page, [])["columns"]]
    assert widths == [9, 35, 9, 25, 20, 30, 43]


def test_page_widths_are_those_between_the_margins_of_the_style_sheet():
    outside = re.search(r"@page \{\s+margin: \S+ (\d+)mm \S+ (\d+)mm;", STYLES)
    for size, width in PAGE_WIDTHS.items():
        rule = re.search(rf"@page {size} \{{ size: (\d+)mm \d+mm;(?: margin: \S+ (\d+)mm \S+ (\d+)mm;)? \}}", STYLES)
        right, left = rule.groups()[1:] if rule[2] else outside.groups()
        assert int(rule[1]) - int(right) - int(left) == width, size
