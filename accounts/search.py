"""Search over everything that a person may see. Each app registers its nouns (records.registry).

A hit is a row that the list of the noun finds by the same text, so "lihat semua" shows the same rows. Where nothing is
found, names with nearly the same spelling are offered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.urls import resolve, reverse
from django.utils.http import urlencode

from accounts.lists import ScopedList
from accounts.models import User
from records.misspellings import distance, pieces, slips_allowed
from records.registry import Registry
from records.search_keys import search_key, without_group_word

MAX_HITS = 5  # of each noun
MAX_CANDIDATES = 2_000  # names compared letter by letter
MIN_LENGTH = 3  # a shorter key is similar to everything


@dataclass(frozen=True)
class Hit:
    label: str
    about: str
    url: str


@dataclass(frozen=True)
class SearchResult:
    """Hits of one noun: the first ones, their number, the URL of the whole list; `nearly` marks similar spellings."""

    title: str
    hits: list[Hit]
    count: int
    url: str = ""
    nearly: bool = False


class SearchNoun:
    """A kind of row that the search covers; `order` is its place on the page."""

    order: int

    def found_by(self, user: User, text: str) -> SearchResult | None:
        """The hits, or None where the user may see none."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ListedNoun(SearchNoun):
    """Rows of one model, looked for as the list at `list_name` does. `key` gives the search key of a typed name."""

    order: int
    title: str
    rows: Callable[[User], QuerySet]
    list_name: str
    hit: Callable[..., Hit]  # of a row
    joins: tuple[str, ...] = ()
    key: Callable[[str], str] = search_key
    name_column: str = "search_key"  # columns compared for similar spellings; "" for a noun without a name
    query: Mapping[str, str] = field(default_factory=dict)  # further query parameters of the list

    def found_by(self, user: User, text: str) -> SearchResult | None:
        rows = self.rows(user).filter(self._list().found_by(text))
        hits = self._first(rows, text)
        if hits:
            count = len(hits) if len(hits) <= MAX_HITS else rows.count()
            url = f"{reverse(self.list_name)}?{urlencode({**self.query, 'q': text})}"
            return SearchResult(self.title, [self.hit(row) for row in hits[:MAX_HITS]], count, url)
        hits = self._nearly(user, text)
        return SearchResult(self.title, [self.hit(row) for row in hits], len(hits), nearly=True) if hits else None

    def _list(self) -> ScopedList:
        return resolve(reverse(self.list_name)).func.view_class()

    def _first(self, rows: QuerySet, text: str) -> list[Model]:
        """Names that begin so come first."""
        if self.name_column:
            begins = When(**{f"{self.name_column}__startswith": self.key(text)}, then=Value(0))
            rows = rows.alias(begins=Case(begins, default=Value(1), output_field=IntegerField()))
            rows = rows.order_by("begins", self.name_column, "pk")
        return list(rows.select_related(*self.joins)[: MAX_HITS + 1])

    def _nearly(self, user: User, text: str) -> list[Model]:
        key = without_group_word(self.key(text))
        if not self.name_column or len(key) < MIN_LENGTH:
            return []
        slips = slips_allowed(key)
        # With at most n errors, one of n + 1 pieces of the word is unchanged: the database searches for the pieces.
        unchanged = Q()
        for piece in pieces(key, slips + 1):
            unchanged |= Q(**{f"{self.name_column}__contains": piece})
        names = self.rows(user).filter(unchanged).order_by(self.name_column).values_list("pk", self.name_column)
        distances = ((distance(key, without_group_word(name)), pk) for pk, name in names[:MAX_CANDIDATES])
        near = sorted((far, pk) for far, pk in distances if far <= slips)[:MAX_HITS]
        rows = self.rows(user).select_related(*self.joins).in_bulk([pk for _, pk in near])
        return [rows[pk] for _, pk in near]


_nouns: Registry[SearchNoun] = Registry()
register = _nouns.register


def search(user: User, text: str) -> list[SearchResult]:
    """Hits that this user may see, noun by noun; exact spellings before similar ones."""
    if not search_key(text):
        return []
    found = [noun.found_by(user, text) for noun in _nouns]
    known = [item for item in found if item]
    exact = [item for item in known if not item.nearly]
    return exact or known
