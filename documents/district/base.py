"""Documents of a whole kabupaten."""

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import Model

from accounts.models import District
from documents.base import Document
from documents.content import Content, Parameters, option
from documents.periods import YEAR, Period


class DistrictDocument(Document[District, Content]):
    subjects: ClassVar[tuple[type[Model], ...]] = (District,)

    def district_of(self, subject: District) -> District:
        return subject


class YearDocument(DistrictDocument[Content]):
    """A document about the plans of one year."""

    options: ClassVar[Mapping[str, Mapping[str, str]]] = YEAR

    def label(self, parameters: Parameters) -> str:
        return f"{self.title} tahun {parameters.get('year', '')}".strip()


class PeriodDocument(DistrictDocument[Content]):
    """A document about one month or quarter, whose code is in the parameters."""

    period_lengths: ClassVar[tuple[int, ...]] = (1,)  # months
    visit_button: ClassVar[str] = ""  # position beside the list of visits; empty: not requested there
    filter_fields: ClassVar[tuple[str, ...]] = ()  # form fields there besides the period

    def label(self, parameters: Parameters) -> str:
        period = Period.of(option(parameters, "period"))
        return f"{self.title} {period.words}" if period else self.title

    def period_of(self, parameters: Parameters) -> Period:
        """The period of parameters that `clean` returned."""
        period = Period.of(option(parameters, "period"))
        assert period is not None, f"no period: {parameters['period']}"
        return period
