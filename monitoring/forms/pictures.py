"""The filters of the pictures: which villages, as of which day, as on Beranda."""

from monitoring.forms.area import AreaFilter


class PictureFilter(AreaFilter):
    newest_cohort_first = True
