"""Map (Peta) of the chosen villages, each with its state of one stage, drawn by monitoring.drawing.maps.

A village is drawn at its own point, otherwise at that of its water system. Outlines are those that an admin imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from accounts.models import Subdistrict
from monitoring.charts.base import NO_VILLAGES, Chart
from monitoring.drawing import Drawing
from monitoring.drawing.maps import Outline, Plane, Spot, View, map_drawing
from monitoring.drawing.tiles import tiles
from monitoring.models import Boundary
from monitoring.parsers.geojson import Point, Ring, rings_of
from monitoring.queries.area import Area
from monitoring.queries.area_facts import AreaFacts
from monitoring.queries.chain import LABELS, STATE_LABELS, Chain, Step
from monitoring.queries.stage_counts import ChosenState, StageCount, stage_counts
from records.exports import Column, Kind
from records.formats import number_id
from villages.exports import place_columns
from villages.models import Facility

MAX_VILLAGES = 600  # largest number of villages on one map: more would overlap
NO_POINTS = "Belum ada desa terpilih yang mempunyai titik. Isi lintang dan bujur pada halaman desa."
TOO_MANY = "Peta menampilkan paling banyak {most} desa sekaligus. Pilih kabupaten atau kecamatan."


@dataclass(frozen=True)
class Place:
    """One village on the map; `point` (bujur, lintang) is None where it is not recorded."""

    chain: Chain
    step: Step
    point: Point | None
    of_facility: bool = False

    @property
    def village(self):
        return self.chain.village

    @property
    def key(self) -> str:
        """The id as text, not localised."""
        return str(self.village.pk)

    @property
    def label(self) -> str:
        state = STATE_LABELS[self.step.state]
        summary = f" ({self.step.summary})" if self.step.summary != state else ""
        return f"{self.village}, {self.village.subdistrict}. {self.step.label}: {state}{summary}"


@dataclass(frozen=True)
class MapPart:
    """The visible part of the map: chosen village, zoom, and centre in the plane."""

    village: int | None = None
    zoom: int = 1
    centre: tuple[float, float] | None = None


class Map:
    """The map of one area: places, counts and outlines, each loaded once."""

    def __init__(self, area: Area, chosen_state: ChosenState, part: MapPart | None = None):
        self.area, self.chosen_state, self.part = area, chosen_state, part or MapPart()
        self.stage, self.label = chosen_state.stage, LABELS[chosen_state.stage]
        self.too_many = area.villages().count() > MAX_VILLAGES

    @cached_property
    def chains(self) -> list[Chain]:
        return [] if self.too_many else self.area.chains()

    @cached_property
    def counts(self) -> StageCount:
        """All villages of the area by state, also those of other states than the chosen one."""
        return next(stage for stage in stage_counts(self.chains) if stage.key == self.stage)

    @cached_property
    def places(self) -> list[Place]:
        """Those in the chosen state, by kecamatan and name."""
        chains = sorted(
            self.chosen_state.of(self.chains), key=lambda chain: (chain.village.subdistrict.code, chain.village.name)
        )
        without = [chain.village.pk for chain in chains if chain.village.lat is None]
        built: dict[int, Point] = {}
        for facility in Facility.objects.filter(village__in=without, lat__isnull=False).order_by("name", "pk"):
            if facility.lat is not None and facility.lng is not None:
                built.setdefault(facility.village_id, (float(facility.lng), float(facility.lat)))
        return [self._place(chain, built) for chain in chains]

    def _place(self, chain: Chain, built) -> Place:
        village, step = chain.village, chain.stage(self.stage)
        if village.lat is not None and village.lng is not None:
            return Place(chain, step, (float(village.lng), float(village.lat)))
        return Place(chain, step, built.get(village.pk), village.pk in built)

    @property
    def drawn(self) -> list[Place]:
        return [place for place in self.places if place.point]

    @property
    def missing(self) -> list[Place]:
        return [place for place in self.places if not place.point]

    @cached_property
    def rings(self) -> dict[str, list[Ring]]:
        """{code: outline} of the kecamatan and desa that are shown, where one was imported."""
        codes = {code for place in self.places for code in (place.village.code, place.village.subdistrict.code)}
        return {row.code: rings_of(row.geometry) for row in Boundary.objects.filter(code__in=codes)}

    def outlines(self, link: Callable[[Subdistrict], str] = lambda place: "") -> list[Outline]:
        """The outlines of desa, and of kecamatan with their names; `link` gives the URL of one kecamatan."""
        points: dict[Subdistrict, list[Point]] = {}
        for place in self.drawn:
            if place.point:
                points.setdefault(place.village.subdistrict, []).append(place.point)
        kecamatan = [
            Outline(
                self.rings.get(place.code, ()), True, place.name, link(place), () if place.code in self.rings else of
            )
            for place, of in points.items()
        ]
        codes = {place.code for place in points}
        return [*(Outline(rings) for code, rings in self.rings.items() if code not in codes), *kecamatan]

    @cached_property
    def plane(self) -> Plane:
        points = [place.point for place in self.drawn if place.point]
        points += [point for rings in self.rings.values() for ring in rings for point in ring]
        return Plane(points)

    @cached_property
    def chosen(self) -> Place | None:
        return next((place for place in self.places if place.village.pk == self.part.village), None)

    @cached_property
    def view(self) -> View:
        """The visible part: around the chosen centre, otherwise around the chosen village."""
        centre = self.part.centre
        if centre is None and self.chosen and self.chosen.point:
            centre = self.plane.at(self.chosen.point)
        return self.plane.view(self.part.zoom, centre)

    @property
    def target(self) -> Point:
        """The centre for zooming in: the chosen village if it is visible, otherwise the middle."""
        if self.chosen and self.chosen.point and self.in_view(self.chosen):
            return self.plane.at(self.chosen.point)
        return self.view.centre

    def in_view(self, place: Place) -> bool:
        return place.point is None or self.view.holds(self.plane.at(place.point))

    @property
    def empty(self) -> str:
        """The reason why nothing is drawn, or empty."""
        if self.too_many:
            return TOO_MANY.format(most=number_id(MAX_VILLAGES))
        return "" if self.drawn else NO_POINTS if self.places else NO_VILLAGES

    def linked(self, link: Callable[..., str]) -> str:
        """The map for the page; `link(desa=…)` gives the URL of this page with changed parameters."""
        spots = [
            Spot(
                place.key,
                place.point,
                place.step.state.value,
                place.village.name,
                place.label,
                f"{link(desa=place.key)}#desa-{place.key}",
                place == self.chosen,
            )
            for place in self.drawn
            if place.point
        ]
        areas = self.outlines(lambda place: link(kecamatan=place.pk, x=None, y=None, zum=None))
        described = f"{self.label} per desa, dari {number_id(len(self.drawn))} desa yang mempunyai titik."
        beneath = tiles(self.plane, self.view, settings.MAP_TILES_URL) if settings.MAP_TILES_URL else []
        title = f"Peta desa: {self.label}"
        return map_drawing("peta", title, described, self.plane, spots, areas, view=self.view, tiles=beneath)


def _state(place: Place) -> str:
    return STATE_LABELS[place.step.state]


MAP_COLUMNS = (
    *place_columns(lambda place: place.village),
    Column("Keadaan", _state, "Keadaan tahap rantai hasil pada tanggal keadaan"),
    Column("Yang tercatat", lambda place: place.step.summary, "Kenyataan yang dinilai"),
    Column("Tanggal", lambda place: place.step.day, "Tanggal kenyataan itu", Kind.DATE),
    Column("Lintang", lambda place: place.point and place.point[1], "Titik desa, atau titik SPAM-nya", Kind.DEGREES),
    Column("Bujur", lambda place: place.point and place.point[0], "Titik desa, atau titik SPAM-nya", Kind.DEGREES),
)


def map_chart(area: Area, chosen_state: ChosenState) -> Chart:
    """The map as a chart for files, with its legend and the table behind it."""
    found, facts = Map(area, chosen_state), AreaFacts(area)
    title = f"Peta desa: {found.label}"
    missing = len(found.missing)
    note = f"{number_id(missing)} desa belum mempunyai titik." if missing else "Semua desa terpilih tampil."
    rows = found.places if found.drawn else []
    drawn = (
        map_drawing(
            "gambar-peta",
            title,
            ". ".join(place.label for place in found.drawn),
            found.plane,
            [Spot(p.key, p.point, p.step.state.value, p.village.name, p.label) for p in found.drawn if p.point],
            found.outlines(),
            below=[(item.state.value, f"{item.label}: {number_id(item.count)}") for item in found.counts.counts],
        )
        if rows
        else Drawing("")
    )
    return Chart(
        "peta", title, note, "titik desa dan SPAM, serta rantai hasil, di portal", facts.as_of, MAP_COLUMNS, rows,
        drawn, found.empty, "monitoring:map", facts.sample,
    )  # fmt: skip
