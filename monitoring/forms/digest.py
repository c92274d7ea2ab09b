"""Filters of the Ringkasan."""

from monitoring.forms.coverage import CoverageFilter


class DigestFilter(CoverageFilter):
    """One kabupaten and, by default, its newest cohort."""

    newest_cohort_first = True
