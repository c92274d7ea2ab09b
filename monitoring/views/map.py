"""Page of the map (Peta): the chosen villages on a map without a map server, and their list."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.lists import ExportMixin
from monitoring.charts.map import MAP_COLUMNS, Map
from monitoring.drawing.maps import sign_alone
from monitoring.drawing.svg import number
from monitoring.forms.map import ZOOMS, MapFilter
from monitoring.queries.chain import STATE_LABELS
from records.formats import number_id

STRIDE = 0.4  # share of the visible part for one step aside
ASIDE = (("utara", "Geser ke utara", 0, -1), ("barat", "Geser ke barat", -1, 0),
         ("timur", "Geser ke timur", 1, 0), ("selatan", "Geser ke selatan", 0, 1))  # fmt: skip


class MapPage(ExportMixin, TemplateView):
    template_name = "monitoring/map.html"
    export_title, export_columns = "Desa pada peta", MAP_COLUMNS

    @cached_property
    def filters(self) -> MapFilter:
        return MapFilter(self.request.GET, user=self.request.user)

    @cached_property
    def map(self) -> Map:
        return Map(self.filters.area, self.filters.chosen_state, self.filters.map_part)

    def export_rows(self):
        return self.map.places

    def export_facts(self):
        return list((dict(super().export_facts()) | dict(self.filters.area.labels)).items())

    def link(self, **changes) -> str:
        """The URL of this page with changed parameters; None removes one."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"?{query.urlencode()}"

    def legend(self) -> list[dict]:
        """The states with their numbers, each with a link that shows only this state or all again."""
        chosen = self.filters.chosen_state.state
        return [
            {
                "sign": sign_alone(item.state.value),
                "label": item.label,
                "count": item.count,
                "chosen": item.state == chosen,
                "url": self.link(keadaan=None if item.state == chosen else item.state.value, desa=None),
            }
            for item in self.map.counts.counts
        ]

    def tools(self) -> list[dict]:
        """Links to zoom and move, which a script handles."""
        view = self.map.view
        place = ZOOMS.index(view.zoom)
        x, y = (number(part) for part in view.centre)
        near = self.map.target
        found = []
        if place + 1 < len(ZOOMS):
            url = self.link(zum=ZOOMS[place + 1], x=number(near[0]), y=number(near[1]))
            found.append({"do": "dekat", "label": "Perbesar", "url": url})
        if place:
            url = self.link(zum=ZOOMS[place - 1], x=x, y=y)
            found.append({"do": "jauh", "label": "Perkecil", "url": url})
            for do, label, right, down in ASIDE:
                centre = view.centre[0] + right * STRIDE * view.width, view.centre[1] + down * STRIDE * view.height
                inside = max(centre[0], 0), max(centre[1], 0)
                url = self.link(x=number(inside[0]), y=number(inside[1]))
                found.append({"do": do, "label": label, "url": url})
            found.append({"do": "semua", "label": "Seluruh peta", "url": self.link(zum=None, x=None, y=None)})
        return found

    def row(self, place) -> dict:
        return {
            "place": place,
            "sign": sign_alone(place.step.state.value),
            "label": STATE_LABELS[place.step.state],
            "url": self.link(desa=place.key, x=None, y=None),
            "chosen": place == self.map.chosen,
        }

    def get_context_data(self, **kwargs):
        found = self.map
        context = super().get_context_data(**kwargs) | {"filters": self.filters, "map": found}
        if found.empty:
            return context | {"missing": found.missing}
        shown = [place for place in found.drawn if found.in_view(place)]
        return context | {
            "svg": found.linked(self.link),
            "legend": self.legend(),
            "tools": self.tools(),
            "rows": [self.row(place) for place in found.drawn],
            "in_view": {place.key for place in shown},
            "seen": f"{number_id(len(shown))} dari {number_id(len(found.drawn))} desa tampak pada peta",
            "missing": found.missing,
            "tiles_host": urlsplit(settings.MAP_TILES_URL).hostname,
        }
