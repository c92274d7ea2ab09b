"""LibreOffice, which most villages have instead of Word and Excel, opens every such file of the portal."""

import io
import shutil
import subprocess

import pytest
from django.db import transaction
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from documents import registry
from documents.choices import Format
from documents.layout import word_template
from documents.rendering import printing
from documents.trainings import template_fields
from reports.services import sample_rows
from tests.accounts.test_exports import LISTS

SOFFICE = shutil.which("soffice")
PARAMETERS = {"proposal_recap": {"year": "2025"}}  # the year of the submitted plan (tests.dataset)
PATIENCE = 280  # seconds, for all files together

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.office,
    pytest.mark.skipif(
        not SOFFICE,
        reason="LibreOffice opens what we make: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
    ),
]


def documents_made(district):
    """{file name: bytes} of each kind in Word and Excel, on sample rows."""
    made = {}
    for kind, document in registry.DOCUMENTS.items():
        for format in {Format.DOCX, Format.XLSX} & set(document.formats):
            with transaction.atomic():
                subject = sample_rows.subject_of(document.subjects[0], district)
                content = document.collect(subject, document.clean(subject, PARAMETERS.get(kind, {})), None)
                made[f"{kind}.{format}"] = printing.print_document(document, subject.pk, content, format).content
                transaction.set_rollback(True)  # each sample creates the same places
    return made


def own_template():
    """A letter on an office's own Word file."""
    meanings = {name: meaning for name, (meaning, _) in template_fields.VALUES.items()}
    rows = {name: [dict.fromkeys(columns, "ada & <b>")] * 2 for name, columns in template_fields.LISTS.items()}
    values = dict.fromkeys(meanings, "Isian & <kantor>") | rows
    return word_template.fill(word_template.starter("Undangan Kantor", meanings, template_fields.LISTS), values)


def list_exports(client):
    made = {}
    for at, (address, title) in enumerate(LISTS.items()):
        response = client.get(address, {"unduh": "xlsx"})
        made[f"{at:02}-{title.lower().replace(' ', '-')}.xlsx"] = b"".join(response.streaming_content)
    return made


def first_text(name, content):
    """The text at the top of a file, as written."""
    if name.endswith(".docx"):
        return next(line.text for line in Document(io.BytesIO(content)).paragraphs if line.text.strip())
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return next(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def squeezed(text):
    return "".join(text.split())


def test_every_word_and_excel_file_opens_in_libreoffice(tmp_path, dataset, client, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(dataset.people["admin"])
    made = {**documents_made(dataset.district), "own-template.docx": own_template(), **list_exports(client)}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profile",  # its own profile: an open one would interfere
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path / "pdf",
            *(tmp_path / name for name in made),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    found = {}
    for name in made:
        pdf = tmp_path / "pdf" / f"{name.rpartition('.')[0]}.pdf"
        found[name] = squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages)) if pdf.exists() else None
    assert [name for name, text in found.items() if text is None] == [], done.stderr
    shown = {name: squeezed(first_text(name, content))[:30] for name, content in made.items()}
    assert {name: text for name, text in shown.items() if text not in found[name]} == {}
    assert {kind for kind, one in registry.DOCUMENTS.items() if len(one.formats) > 1} == {
        name.rpartition(".")[0] for name in made if name.rpartition(".")[0] in registry.DOCUMENTS
    }
