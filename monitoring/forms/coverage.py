"""The filters of the page of coverage."""

from monitoring.forms.area import AreaFilter
from records.fields import row_field


class CoverageFilter(AreaFilter):
    """One kabupaten: totals and targets are of one."""

    one_district = True

    def fields_for_people(self):
        super().fields_for_people()
        row_field(self, "kabupaten").empty_label = None
        self._put_away("tahun")
