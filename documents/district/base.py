"""Documents of a whole kabupaten."""

from typing import ClassVar

from django.db.models import Model

from accounts.models import District
from documents.base import Document


class DistrictDocument(Document[District]):
    subjects: ClassVar[tuple[type[Model], ...]] = (District,)

    def district_of(self, subject: District) -> District:
        return subject
