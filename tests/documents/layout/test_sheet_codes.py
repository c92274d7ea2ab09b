"""Kode lembar: printed on each page for signatures, readable on a bad scan."""

import io
from contextlib import closing

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from documents import registry
from documents.layout.sheet_codes import SheetCode, read
from documents.rendering import printing
from tests.documents.samples import make_training

pytestmark = pytest.mark.django_db


def pages(kind, training, **parameters):
    document = registry.document(kind)
    content = document.collect(training, document.clean(training, parameters), None)
    made = printing.print_document(document, training.pk, content)
    with closing(pdfium.PdfDocument(made.content)) as file:
        return [page.render(scale=150 / 72).to_pil().convert("L") for page in file]


def codes(pictures):
    return [[code.text for code in zxingcpp.read_barcodes(picture)] for picture in pictures]


def test_each_page_of_a_daftar_hadir_names_its_session_and_its_number(office):
    training = make_training(villages=2, days=2)
    sessions = [session.pk for day in training.days.all() for session in day.sessions.all()]
    found = codes(pages("attendance_sheet", training, mode="blank"))
    assert [len(page) for page in found] == [1] * len(found)
    assert {read(page[0]).subject_id for page in found} == set(sessions)
    assert [read(page[0]).page for page in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("kind", "prefix"), [("transport_list", "DPT"), ("materials_receipt", "TTB"), ("biodata", "BIO")]
)
def test_sheets_of_a_whole_training_name_it(office, kind, prefix):
    training = make_training(villages=1, days=1)
    found = codes(pages(kind, training))
    assert found[0] == [f"PAM1:{prefix}:T{training.pk}:1"]


def test_letters_and_reports_bear_none(office):
    assert codes(pages("schedule", make_training(villages=1, days=1))) == [[]]


@pytest.mark.parametrize("turned", [0, 90, 180, 2, -2])
def test_a_bad_scan_is_read(office, turned):
    picture = pages("attendance_sheet", make_training(villages=1, days=1), mode="blank")[0]
    picture = picture.rotate(turned, expand=True, fillcolor=235, resample=Image.Resampling.BILINEAR)
    noise = Image.effect_noise(picture.size, 40)
    picture = Image.blend(picture, noise, 0.25)
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=60)
    found = zxingcpp.read_barcodes(Image.open(jpeg))
    assert [read(code.text).prefix for code in found] == ["DH"]


def test_codes_are_read_strictly():
    assert read(str(SheetCode("DH", "S", 12, 3))) == SheetCode("DH", "S", 12, 3)
    for text in ("", "PAM1:DH:S12", "PAM1:DH:X12:1", "PAM2:DH:S12:1", "https://portal/v/ABCD", "PAM1:DH:S12:1;"):
        assert read(text) is None


def test_prefixes_of_signed_kinds_differ():
    found = [one.code_prefix for one in registry.DOCUMENTS.values() if one.is_signed_by_hand]
    assert len(set(found)) == len(found)
