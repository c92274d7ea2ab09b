"""Home page (Beranda): the chain of the villages, gaps, and the open matters of the user."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from accounts.rights import Right, may
from accounts.setup import open_setup
from accounts.waiting import waiting_for
from monitoring.exports import CHAIN_COLUMNS
from monitoring.forms.home import HomeFilter
from monitoring.queries.chain import LABELS
from monitoring.queries.entry_progress import by_facilitator
from monitoring.queries.next_steps import cards
from monitoring.queries.stage_counts import red_list
from monitoring.services.chain_cache import overview
from villages.models import Village

PAGE = 25


class Home(ExportMixin, TemplateView):
    """Matrix and open matters for the office, cards for a fasilitator, figures for users who only read."""

    export_title, export_columns = "Rantai hasil per desa", CHAIN_COLUMNS

    @cached_property
    def filters(self):
        return HomeFilter(self.request.GET, user=self.request.user)

    def get_template_names(self):
        if self.request.user.is_office:
            return ["monitoring/home.html"]
        cards = self.request.user.is_facilitator
        return ["monitoring/home_facilitator.html" if cards else "monitoring/home_official.html"]

    def export_rows(self):
        return overview(self.filters.area, self.filters.chosen_state).rows

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.area.labels)).items())

    def get_context_data(self, **kwargs):
        seen = overview(self.filters.area, self.filters.chosen_state)
        page = Paginator(seen.rows, PAGE).get_page(self.request.GET.get("page"))
        return (
            super().get_context_data(**kwargs)
            | {
                "filters": self.filters,
                "day": self.filters.day,
                "tiles": seen.tiles,
                "total": seen.total,
                "counted_at": seen.counted_at,
                "uncounted": seen.uncounted,
                "page_obj": page,
                "paginator": page.paginator,
                "labels": list(LABELS.values()),
            }
            | self.for_user(seen.chains, seen.tiles, page)
        )

    def for_user(self, chains, tiles, page) -> dict:
        """`chains` is None where there are too many to compute: then no list has them all."""
        user = self.request.user
        if not user.is_office and not user.is_facilitator:
            return {"missing": red_list(chains) if chains is not None else None}
        own: dict = {"waiting": waiting_for(user), "setup": open_setup(user)}
        if user.is_facilitator:
            return own | {"cards": self.cards(page)}
        if not page.paginator.count:
            own["no_villages"] = not Village.objects.visible_to(user).exists()
        if own["setup"] and not self.request.GET and tiles and not any(tile.known for tile in tiles):
            own["blank"] = True  # a hundred villages of "belum ada data" are no information
        if chains is not None and may(user, Right.EDIT_REGISTRY):
            own["entry"] = by_facilitator(chains, self.filters.day)
        return own

    def cards(self, page):
        """Next steps are those of today: as of an earlier day the cards only show the chain."""
        if self.filters.day != localdate():
            return [{"chain": chain, "village": chain.village} for chain in page]
        return cards([chain.village for chain in page], self.filters.day)
