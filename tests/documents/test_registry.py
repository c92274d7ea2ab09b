import ast

import pytest
from django.conf import settings

from documents import registry
from documents.base import Document
from documents.choices import Format
from reports.models import Report
from reports.models.subjects import SUBJECTS

# Modules of pages, which handle browser input. A document reads rows and parameters.
PAGE_MODULES = {"forms", "views", "http", "requests", "uploadedfile"}


def test_kinds_and_code_prefixes_are_unique():
    prefixes = [one.code_prefix for one in registry.DOCUMENTS.values()]
    assert len(set(prefixes)) == len(prefixes) == 46


@pytest.mark.parametrize("kind", registry.DOCUMENTS)
def test_a_kind_is_whole(kind):
    """A kind implements what it declares, and a report has a column for each of its subjects."""
    document = registry.document(kind)
    assert len(kind) <= Report._meta.get_field("kind").max_length
    assert set(document.subjects) <= set(SUBJECTS.values())
    assert (Format.XLSX in document.formats) == (type(document).xlsx is not Document.xlsx)
    assert document.parts_have_codes == (type(document).with_codes is not Document.with_codes)
    assert document.formats[0] == Format.PDF


def test_document_of_an_unknown_kind():
    with pytest.raises(KeyError):
        registry.document("lain")


@pytest.mark.django_db
def test_stored_reports_are_of_known_kinds_and_fitting_subjects(dataset):
    stored = [(row.kind, type(row.subject)) for row in Report.objects.all()]
    assert stored
    assert [pair for pair in stored if pair[1] not in registry.document(pair[0]).subjects] == []


def page_modules(source: str) -> set[str]:
    """The modules of pages that a source imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            whole = PAGE_MODULES & set(module.split("."))
            found |= {module} if whole else {f"{module}.{alias.name}" for alias in node.names}
    return {name for name in found if PAGE_MODULES & set(name.split("."))}


def test_page_modules_finds_each_form_of_import():
    source = """
import django.http
from plans import forms, models
def late():
    from plans.forms.steps import StepForm
    from records.formats import date_id
"""
    assert page_modules(source) == {"django.http", "plans.forms", "plans.forms.steps"}


def test_no_document_imports_forms_views_or_requests():
    root = settings.BASE_DIR / "documents"
    files = sorted(root.rglob("*.py"))
    assert len(files) > 60
    found = {(str(path.relative_to(root)), name) for path in files for name in page_modules(path.read_text())}
    assert found == set()
