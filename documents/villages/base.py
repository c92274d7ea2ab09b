"""Documents of one village."""

from typing import ClassVar

from django.db.models import Model

from accounts.models import District
from documents.base import Document
from documents.content import Content
from villages.models import Village


class VillageDocument(Document[Village, Content]):
    subjects: ClassVar[tuple[type[Model], ...]] = (Village,)

    def district_of(self, subject: Village) -> District:
        return subject.subdistrict.district
