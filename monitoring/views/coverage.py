"""Page of coverage (Cakupan): SR, KK and jiwa served by the registered SPAM, per kecamatan and year, with targets."""

from django.utils.timezone import localdate
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from accounts.rights import sees_whole_district, villages_label
from monitoring.exports import COVERAGE_COLUMNS
from monitoring.forms.coverage import CoverageFilter
from monitoring.queries.coverage import Registry, years_beside_targets
from villages.models import Target, Village


class CoveragePage(ExportMixin, TemplateView):
    template_name = "monitoring/coverage.html"
    export_title, export_columns = "Cakupan SPAM per kecamatan", COVERAGE_COLUMNS

    def read(self) -> Registry:
        user = self.request.user
        self.filters = CoverageFilter(self.request.GET, user=user, searchable=False)
        area = self.filters.area
        self.day, self.district = area.day, area.within
        return Registry(area.narrow(Village.objects.visible_to(user)))

    def export_rows(self):
        return self.read().as_of(self.day)[0]

    def export_facts(self):
        return [*self.filters.area.labels, ("Cakupan", "Hanya SPAM yang tercatat di portal")]

    def get_context_data(self, **kwargs):
        registry = self.read()
        rows, total = registry.as_of(self.day)
        whole = sees_whole_district(self.request.user) and not self.filters.area.is_narrowed
        targets = list(Target.objects.filter(district=self.district)) if whole else []
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "day": self.day,
            "district": self.district,
            "rows": rows,
            "total": total,
            "total_years": sorted(total.years),
            "whole": whole,
            "villages_label": villages_label(self.request.user),
            "indicators": Target.Indicator.choices,
            "years": years_beside_targets(registry, targets, localdate()),
        }
