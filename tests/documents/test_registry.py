import pytest

from documents import registry
from documents.base import Document
from documents.choices import Format
from reports.models import Report
from reports.models.subjects import SUBJECTS


def test_kinds_and_code_prefixes_are_unique():
    prefixes = [one.code_prefix for one in registry.DOCUMENTS.values()]
    assert len(set(prefixes)) == len(prefixes) == 37


@pytest.mark.parametrize("kind", registry.DOCUMENTS)
def test_a_kind_is_whole(kind):
    """What it names it can do, and a report has a column for each of its subjects."""
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
