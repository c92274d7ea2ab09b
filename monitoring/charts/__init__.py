"""The pictures of monitoring: each a drawing, the table behind it, and a caption that says whence and as of which day.

Nothing is counted here: every number comes from the function that the page of that number asks. Drawing, table, file
and paper of one picture are made of the same cells.
"""

from monitoring.charts.base import Ground, Outline, Picture
from monitoring.charts.chains import FUNNEL, STAGES
from monitoring.charts.coverage import COVERAGE, TREND
from monitoring.charts.findings import FINDINGS
from monitoring.charts.plans import BY_QUARTER, BY_SOURCE
from monitoring.charts.trainings import ATTENDANCE
from monitoring.forms.area import AreaFilter

OUTLINES: dict[str, Outline] = {
    outline.key: outline for outline in (FUNNEL, STAGES, BY_QUARTER, BY_SOURCE, ATTENDANCE, FINDINGS, COVERAGE, TREND)
}

__all__ = ["OUTLINES", "Ground", "Outline", "Picture", "picture", "pictures"]


def picture(key: str, filters: AreaFilter) -> Picture:
    """One picture of the villages and the day of this filter. Raises KeyError for a picture that does not exist."""
    return OUTLINES[key].of(Ground(filters))


def pictures(filters: AreaFilter) -> list[Picture]:
    """All of them, in their order; as many queries for one village as for a thousand."""
    ground = Ground(filters)
    return [outline.of(ground) for outline in OUTLINES.values()]
