"""Pages of Ringkasan and Lembar Desa: the figures with links to their rows, and the same as a message."""

from django.views.generic import DetailView, TemplateView

from accounts.scoping import VisibleMixin
from monitoring.forms.digest import DigestFilter
from monitoring.queries.area import VillageArea
from monitoring.queries.digest import Digest, digest_of, message
from records.messaging import message_link
from villages.models import Village


def shown(digest: Digest) -> dict:
    text = message(digest)
    return {"digest": digest, "text": text, "sending": message_link(text)}


class Summary(TemplateView):
    template_name = "monitoring/summary.html"

    def get_context_data(self, **kwargs):
        filters = DigestFilter(self.request.GET, user=self.request.user, searchable=False)
        context = super().get_context_data(**kwargs) | {"filters": filters, "district": filters.area.within}
        return context | (shown(digest_of(filters.area)) if filters.area.within else {})


class VillageSheet(VisibleMixin, DetailView):
    model = Village
    template_name = "monitoring/village_sheet.html"

    def get_queryset(self):
        return super().get_queryset().select_related("subdistrict__district__settings_row")

    def get_context_data(self, **kwargs):
        area = VillageArea.of_village(self.request.GET, self.request.user, self.object)
        return super().get_context_data(**kwargs) | {"filters": area} | shown(digest_of(area))
