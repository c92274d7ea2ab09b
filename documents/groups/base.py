"""Documents of one KPSPAMS."""

from typing import ClassVar

from django.db.models import Model

from accounts.models import District
from documents.base import Document
from documents.content import Content
from kpspams.models import KpspamsGroup


class GroupDocument(Document[KpspamsGroup, Content]):
    subjects: ClassVar[tuple[type[Model], ...]] = (KpspamsGroup,)

    def district_of(self, subject: KpspamsGroup) -> District:
        return subject.village.subdistrict.district
