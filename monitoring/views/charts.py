"""Pages of charts (Gambar): all on one page, and each on its own with its table."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from monitoring.charts import CHARTS, Chart, chart, charts
from monitoring.forms.charts import ChartFilter


class ChartList(TemplateView):
    template_name = "monitoring/chart_list.html"

    def get_context_data(self, **kwargs):
        filters = ChartFilter(self.request.GET, user=self.request.user, searchable=False)
        return super().get_context_data(**kwargs) | {"filters": filters, "charts": charts(filters.area)}


class ChartDetail(ExportMixin, TemplateView):
    template_name = "monitoring/chart_detail.html"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["key"] not in CHARTS:
            raise Http404(f"No chart {kwargs['key']}")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filters(self) -> ChartFilter:
        return ChartFilter(self.request.GET, user=self.request.user, searchable=False)

    @cached_property
    def chart(self) -> Chart:
        return chart(self.kwargs["key"], self.filters.area)

    @property
    def export_title(self):
        return self.chart.title

    @property
    def export_columns(self):
        return self.chart.columns

    def export_rows(self):
        return self.chart.rows

    def export_facts(self):
        return self.chart.facts

    def get_context_data(self, **kwargs):
        crumbs = [
            ("Beranda", reverse("monitoring:home")),
            ("Gambar", reverse("monitoring:chart_list")),
            (self.chart.title, ""),
        ]
        return super().get_context_data(**kwargs) | {"filters": self.filters, "chart": self.chart, "crumbs": crumbs}
