"""Issued documents as PDF/A-3a: required structure, and the same bytes from every process."""

import io
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from pypdf import PdfReader

from documents import registry
from documents.rendering import printing
from tests.conftest import ROOT
from tests.documents.samples import make_plan, make_training, mark

pytestmark = pytest.mark.django_db

STAMP = printing.Stamp(date(2019, 2, 4), "ABCDEFGH")
AGAIN = """
import json, sys
import django
django.setup()
from datetime import date
from documents import registry
from documents.rendering import printing
for kind, snapshot in json.load(sys.stdin):
    stamp = printing.Stamp(date(2019, 2, 4), "ABCDEFGH")
    print(printing.print_document(registry.document(kind), 12345, snapshot, stamp=stamp).sha256)
"""


def snapshots():
    training = make_training(villages=2, days=1)
    mark(training)
    for kind, subject, parameters in (
        ("attendance_sheet", training, {"mode": "filled"}),
        ("work_plan", make_plan(), {}),
        ("official_minutes", training, {}),
    ):
        module = registry.document(kind)
        yield kind, module.collect(subject, module.clean(subject, parameters), None)


def test_an_issued_paper_has_the_same_bytes_in_another_process(office):
    found = list(snapshots())
    here = [
        printing.print_document(registry.document(kind), 12345, snapshot, stamp=STAMP).sha256
        for kind, snapshot in found
    ]
    there = subprocess.run(
        [sys.executable, "-c", AGAIN],
        input=json.dumps(found),
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "America/Lima"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


def tags(node, found):
    """All types of the structure tree below a node."""
    node = node.get_object()
    if isinstance(node, dict):
        if "/S" in node:
            found.append(node["/S"])
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            tags(child, found)
    return found


GRID = {"/Table", "/TR", "/TD", "/TH"}


@pytest.mark.parametrize(
    ("kind", "structure"),
    [
        ("attendance_sheet", GRID | {"/H1", "/Caption"}),
        ("work_plan", GRID | {"/H1"}),
        ("official_minutes", {"/H1", "/P"}),
    ],
)
def test_an_issued_paper_has_what_pdf_a_3a_asks_for(office, kind, structure):
    snapshot = dict(snapshots())[kind]
    content = printing.print_document(registry.document(kind), 12345, snapshot, stamp=STAMP).content
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata or "<pdfaid:part>3</pdfaid:part>" in metadata
    assert 'pdfaid:conformance="A"' in metadata or "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    intent = root["/OutputIntents"][0].get_object()
    assert (intent["/S"], "/DestOutputProfile" in intent) == ("/GTS_PDFA1", True)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert reader.metadata.title == snapshot["document"]["title"]
    assert reader.metadata.creation_date.date() == date.fromisoformat(snapshot["document"]["dated"])
    assert "/Encrypt" not in reader.trailer
    assert b"/JavaScript" not in content
    assert structure <= set(tags(root["/StructTreeRoot"], []))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts
    assert all("/ToUnicode" in font for font in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in below)
