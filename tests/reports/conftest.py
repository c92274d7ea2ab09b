import pytest

from tests.office_fixtures import media, office, official, staff

__all__ = ["media", "office", "official", "staff"]


@pytest.fixture
def quick_documents(monkeypatch):
    """Documents of a few bytes, for tests of their lifecycle: everything but the rendering is real."""
    from hashlib import sha256

    from documents.rendering import printing

    def print_document(document, subject_id, snapshot, format="pdf", **stamp):
        content = f"%PDF-1.7 {printing.snapshot_sha(snapshot)}".encode()
        return printing.Printed(content, 3, sha256(content).hexdigest(), {})

    monkeypatch.setattr(printing, "print_document", print_document)
