"""Beranda: who is how far along the chain, and who is missing."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from monitoring.chain import LABELS, chains_of
from monitoring.exports import CHAIN_COLUMNS
from monitoring.forms.home import HomeFilter
from monitoring.tally import stage_counts
from records.search import search_key
from records.words import date_id
from villages.models import Village
from villages.naming import once_called

PAGE = 25


class Home(ExportMixin, TemplateView):
    template_name = "monitoring/home.html"
    export_title, export_columns = "Rantai hasil per desa", CHAIN_COLUMNS

    @cached_property
    def filters(self):
        return HomeFilter(self.request.GET, user=self.request.user)

    def chains(self):
        """All chosen villages with their chains, whatever their state."""
        filters = self.filters
        villages = Village.objects.visible_to(self.request.user).order_by("code")
        villages = villages.select_related("subdistrict__district__settings_row")
        if filters.cohort_year:
            villages = villages.of_cohort(filters.cohort_year)
        if filters.cleaned_data.get("kecamatan"):
            villages = villages.filter(subdistrict=filters.cleaned_data["kecamatan"])
        text = filters.cleaned_data.get("q") or ""
        if key := search_key(text):
            villages = villages.filter(Q(search_key__contains=key) | once_called(text))
        return chains_of(villages, filters.day, filters.cohort_year)

    def in_state(self, chains):
        """Those of them in the chosen state of the chosen stage."""
        chosen = self.filters.cleaned_data
        return _in_state(chains, chosen.get("tahap"), chosen.get("keadaan"))

    def export_rows(self):
        return self.in_state(self.chains())

    def export_facts(self):
        told = dict(super().export_facts())
        told["Desa sasaran"] = f"TA {self.filters.cohort_year}" if self.filters.cohort_year else "Semua desa"
        return list((told | {"Keadaan per": date_id(self.filters.day)}).items())

    def get_context_data(self, **kwargs):
        chains = self.chains()
        page = Paginator(self.in_state(chains), PAGE).get_page(self.request.GET.get("page"))
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


def _in_state(chains, stage, state):
    """The chains whose stage is in this state; a state alone asks any stage."""
    if not state:
        return chains
    stages = [stage] if stage else list(LABELS)
    return [chain for chain in chains if any(chain.stage(key).state == state for key in stages)]
