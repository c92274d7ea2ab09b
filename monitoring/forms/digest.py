"""Which villages a Ringkasan is about."""

from monitoring.forms.coverage import CoverageFilter


class DigestFilter(CoverageFilter):
    """One kabupaten; of it the newest cohort, unless others are chosen."""

    newest_cohort_first = True
