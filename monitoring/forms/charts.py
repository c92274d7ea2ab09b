"""Filters of the charts: villages and day, as on Beranda."""

from accounts.rights import sees_whole_district
from monitoring.forms.area import AreaFilter


class ChartFilter(AreaFilter):
    def fields_for_people(self):
        self.newest_cohort_first = sees_whole_district(self.user)
        super().fields_for_people()
