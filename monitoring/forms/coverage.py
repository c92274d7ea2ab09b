"""Filters of the page of coverage."""

from monitoring.forms.area import AreaFilter
from records.fields import row_field


class CoverageFilter(AreaFilter):
    """Filters with exactly one kabupaten, to which totals and targets belong."""

    one_district = True

    def fields_for_people(self):
        super().fields_for_people()
        row_field(self, "kabupaten").empty_label = None
        self._put_away("tahun")
