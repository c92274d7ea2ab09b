"""Stored files."""

import hashlib

import factory
from django.core.files.base import ContentFile

from records.models import StoredFile
from tests.factories.base import Factory

PDF = b"%PDF-1.4 uji"


class StoredFileFactory(Factory):
    class Meta:
        model = StoredFile

    file = factory.LazyFunction(lambda: ContentFile(PDF, name="uji.pdf"))
    sha256 = hashlib.sha256(PDF).hexdigest()
    bytes = len(PDF)
    type = StoredFile.Type.PDF
    name = "uji.pdf"
