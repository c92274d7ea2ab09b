"""Content of a formulir kosong: known data of a village, and space to correct and to add."""

from typing import TypedDict

from documents.content import Snapshot
from documents.layout.frame import Signed


class Row(TypedDict):
    """A line: its label, the known value, and boxes to tick for an answer from a list."""

    what: str
    known: str
    blank: str


class AssetRow(TypedDict):
    name: str
    units: str


class FacilityPart(TypedDict):
    name: str
    rows: list[Row]
    check: list[Row]
    assets: list[AssetRow]


class PostRow(TypedDict):
    number: str
    post: str
    name: str
    sex: str
    hamlet: str
    stays: str


class GroupPart(TypedDict):
    name: str
    rows: list[Row]
    decree: list[Row]
    board: list[PostRow]
    empty_posts: list[int]
    check: list[Row]


class ActivityRow(TypedDict):
    number: str
    area: str
    title: str
    location: str
    volume: str
    unit: str
    unit_price: str
    source: str
    months: str
    responsible: str


class PlanPart(TypedDict):
    name: str
    copied_from: str
    rows: list[ActivityRow]
    empty_rows: list[str]
    fee: list[Row]


class VillageFormContent(Snapshot, Signed):
    about: str
    dated: str
    parts: dict[str, str]
    village: list[Row]
    groups: list[GroupPart]
    no_group: bool
    facilities: list[FacilityPart]
    no_facility: bool
    year: str
    plans: list[PlanPart]
    areas: list[str]
    sources: list[str]
    notice: str
    signed_at: str
