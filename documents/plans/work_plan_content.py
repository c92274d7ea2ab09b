"""Content of a rencana kerja: the texts of the page, and the numbers of its lines for the sheet."""

from typing import TypedDict

from documents.content import Snapshot
from documents.layout.frame import Signed


class Figures(TypedDict):
    """The numbers of one line, for the sheet."""

    volume: str
    unit_price: int
    amount: int
    months: list[int]
    sources: dict[str, int]


class PlanRow(TypedDict):
    number: str
    title: str
    location: str
    target: str
    volume: str
    unit: str
    unit_price: str
    amount: str
    source: str
    responsible: str
    months: str
    note: str
    figures: Figures


class PlanArea(TypedDict):
    code: str
    label: str
    rows: list[PlanRow]
    subtotal: str


class Funded(TypedDict):
    amount: str
    secured: str
    unsecured: str


class PlanSource(Funded):
    label: str


class Fee(TypedDict):
    rows: list[list[str]]
    verdict: str
    advice: str


class WorkPlanContent(Snapshot, Signed):
    heading: str
    status_line: str
    facts: list[list[str]]
    month_heads: list[str]
    areas: list[PlanArea]
    total: str
    total_words: str
    sources: list[PlanSource]
    funded: Funded
    signed_at: str
    fee: Fee | None
