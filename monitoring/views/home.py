"""Beranda: who is how far along the chain, and who is missing."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from monitoring.chain import LABELS
from monitoring.exports import CHAIN_COLUMNS
from monitoring.forms.home import HomeFilter
from monitoring.tally import stage_counts

PAGE = 25


class Home(ExportMixin, TemplateView):
    template_name = "monitoring/home.html"
    export_title, export_columns = "Rantai hasil per desa", CHAIN_COLUMNS

    @cached_property
    def filters(self):
        return HomeFilter(self.request.GET, user=self.request.user)

    def export_rows(self):
        return self.filters.in_state(self.filters.chains())

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.told())).items())

    def get_context_data(self, **kwargs):
        chains = self.filters.chains()
        page = Paginator(self.filters.in_state(chains), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "day": self.filters.day,
            "cohort_year": self.filters.cohort_year,
            "tiles": stage_counts(chains),
            "total": len(chains),
            "page_obj": page,
            "paginator": page.paginator,
            "labels": list(LABELS.values()),
        }
