"""Page of data entry (Kemajuan entri): of each village the filled stages, the fasilitator and the last change."""

from django.urls import reverse
from django.views.generic import ListView

from accounts.lists import ExportMixin
from accounts.rights import Right
from accounts.scoping import RightMixin
from monitoring.exports import ENTRY_COLUMNS
from monitoring.forms.area import AreaFilter
from monitoring.queries.entry_progress import village_entries


class EntryProgress(RightMixin, ExportMixin, ListView):
    right = Right.EDIT_REGISTRY
    template_name = "monitoring/entry_progress.html"
    paginate_by = 25
    export_title, export_columns = "Kemajuan entri per desa", ENTRY_COLUMNS

    def get_queryset(self):
        self.filters = AreaFilter(self.request.GET, user=self.request.user, searchable=False)
        return self.filters.area.villages()

    def entries(self, villages):
        return village_entries(self.filters.area.chains(villages), self.filters.day)

    def export_rows(self):
        return self.entries(self.get_queryset())

    def export_facts(self):
        return self.filters.area.labels

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        crumbs = [("Beranda", reverse("monitoring:home")), ("Kemajuan entri", "")]
        return context | {
            "filters": self.filters,
            "day": self.filters.day,
            "rows": self.entries(list(context["page_obj"])),
            "crumbs": crumbs,
        }
