"""Charts of monitoring: each has a drawing, the table behind it, and a caption with source and day.

Nothing is counted here: every number comes from the function that its page uses. Drawing, table, file and document of
one chart use the same cells.
"""

from monitoring.charts.base import Chart, ChartKind
from monitoring.charts.chains import FUNNEL, STAGES
from monitoring.charts.coverage import COVERAGE, TREND
from monitoring.charts.findings import FINDINGS
from monitoring.charts.plans import BY_QUARTER, BY_SOURCE
from monitoring.charts.trainings import ATTENDANCE
from monitoring.queries.area import Area
from monitoring.queries.area_facts import AreaFacts

CHARTS: dict[str, ChartKind] = {
    kind.key: kind for kind in (FUNNEL, STAGES, BY_QUARTER, BY_SOURCE, ATTENDANCE, FINDINGS, COVERAGE, TREND)
}

__all__ = ["CHARTS", "Chart", "ChartKind", "chart", "charts"]


def chart(key: str, area: Area) -> Chart:
    """One chart of this area. Raises KeyError for a chart that does not exist."""
    return CHARTS[key].of(AreaFacts(area))


def charts(area: Area) -> list[Chart]:
    """All charts in their order; the number of queries does not depend on the number of villages."""
    facts = AreaFacts(area)
    return [kind.of(facts) for kind in CHARTS.values()]
