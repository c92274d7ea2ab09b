"""Search over everything that a person may see: villages, groups, people, trainings, plans, and what upper storeys add.

Found is what the list of each noun finds by the same words, so that "lihat semua" shows the very rows. Where a name
is misspelt, and nothing is found, names that are nearly so written are offered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode

from accounts.lists import ScopedList
from kpspams.models import KpspamsGroup
from kpspams.views.groups import GroupList
from plans.models import WorkPlan
from plans.views.work_plans import WorkPlanList
from records.search_keys import name_key, search_key
from trainings.models import Training
from trainings.views.trainings import TrainingList
from villages.models import Person, Village
from villages.views.people import PersonList
from villages.views.places import VillageList

SHOWN = 5  # of each noun
CANDIDATES = 2_000  # names that are compared letter by letter
SHORTEST = 3  # a shorter word is too near to everything


@dataclass(frozen=True)
class Hit:
    label: str
    about: str
    url: str


@dataclass(frozen=True)
class Found:
    """What was found of one noun: the first hits, how many there are, and the list of all; `nearly` when misspelt."""

    title: str
    hits: list[Hit]
    count: int
    url: str = ""
    nearly: bool = False


@dataclass(frozen=True)
class Noun:
    """How rows of one model are looked for. `key` gives the search key of a typed name, `tell` a hit of a row."""

    title: str
    rows: Callable[..., QuerySet]  # of a user
    list_view: type[ScopedList]
    list_name: str
    tell: Callable
    joins: tuple[str, ...] = ()
    key: Callable[[str], str] = search_key
    spelt: str = "search_key"  # the column of names that may be misspelt; "" for a noun without a name of its own
    query: dict[str, str] = field(default_factory=dict)  # what the list must be asked besides

    def found_by(self, user, text: str) -> Found | None:
        rows = self.rows(user).filter(self.list_view().found_by(text))
        hits = self._first(rows, text)
        if hits:
            count = len(hits) if len(hits) <= SHOWN else rows.count()
            url = f"{reverse(self.list_name)}?{urlencode(self.query | {'q': text})}"
            return Found(self.title, [self.tell(row) for row in hits[:SHOWN]], count, url)
        hits = self._nearly(user, text)
        return Found(self.title, [self.tell(row) for row in hits], len(hits), nearly=True) if hits else None

    def _first(self, rows, text):
        """Names that begin so come first."""
        if self.spelt:
            begins = When(**{f"{self.spelt}__startswith": self.key(text)}, then=Value(0))
            rows = rows.alias(begins=Case(begins, default=Value(1), output_field=IntegerField()))
            rows = rows.order_by("begins", self.spelt, "pk")
        return list(rows.select_related(*self.joins)[: SHOWN + 1])

    def _nearly(self, user, text) -> list:
        key = bare(self.key(text))
        if not self.spelt or len(key) < SHORTEST:
            return []
        slips = slips_allowed(key)
        # With at most n slips one of n + 1 pieces of the word stands unchanged: the database looks for these.
        unchanged = Q()
        for piece in pieces(key, slips + 1):
            unchanged |= Q(**{f"{self.spelt}__contains": piece})
        names = self.rows(user).filter(unchanged).order_by(self.spelt).values_list("pk", self.spelt)[:CANDIDATES]
        near = sorted((far, pk) for pk, name in names if (far := distance(key, bare(name))) <= slips)[:SHOWN]
        rows = self.rows(user).select_related(*self.joins).in_bulk([pk for _, pk in near])
        return [rows[pk] for _, pk in near]


def bare(key: str) -> str:
    """The key of a group without the word that all of them share."""
    return key.removeprefix("kpspams") or key


def slips_allowed(key: str) -> int:
    return 1 if len(key) < 7 else 2


def pieces(key: str, number: int) -> list[str]:
    """`key` cut into that many parts of about one length."""
    cuts = [len(key) * at // number for at in range(number + 1)]
    return [key[start:end] for start, end in pairwise(cuts)]


def distance(typed: str, name: str) -> int:
    """Slips (a letter too many, too few, another one) between what was typed and the nearest beginning of the name."""
    row = list(range(len(name) + 1))
    for at, letter in enumerate(typed, 1):
        before, row = row, [at]
        for place, other in enumerate(name, 1):
            row.append(min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other)))
    return min(row)


def _village(row):
    return Hit(str(row), f"{row.subdistrict}, {row.code}", row.get_absolute_url())


def _group(row):
    return Hit(str(row), str(row.village), row.get_absolute_url())


def _person(row):
    about = [str(row.village) if row.village else "", row.institution]
    return Hit(row.name, ", ".join(filter(None, about)), row.get_absolute_url())


def _training(row):
    return Hit(str(row), f"{row.get_kind_display()} TA {row.fiscal_year}", row.get_absolute_url())


def _plan(row):
    return Hit(str(row), f"{row.group.village}, {row.get_status_display().lower()}", row.get_absolute_url())


NOUNS = [
    Noun("Desa", Village.objects.visible_to, VillageList, "villages:village_list", _village, ("subdistrict",)),
    Noun("KPSPAMS", KpspamsGroup.objects.visible_to, GroupList, "kpspams:group_list", _group, ("village",)),
    Noun(
        "Orang",
        lambda user: Person.objects.visible_to(user).standing(),
        PersonList,
        "villages:person_list",
        _person,
        ("village",),
        name_key,
    ),
    Noun("Pelatihan", Training.objects.visible_to, TrainingList, "trainings:training_list", _training),
    Noun(
        "Rencana kerja",
        lambda user: WorkPlan.objects.visible_to(user).order_by("-year", "group__search_key", "-revision"),
        WorkPlanList,
        "plans:work_plan_list",
        _plan,
        ("group__village",),
        spelt="",
        query={"tahun": "semua"},
    ),
]
# Storeys above this one add here, when they are loaded, what they hold: a function of user and text.
MORE: list[Callable[..., Found | None]] = []


def search(user, text: str) -> list[Found]:
    """What this person may see of it, noun by noun; what is spelt so before what is nearly so."""
    if not search_key(text):
        return []
    found: Iterable[Found | None] = [
        *(noun.found_by(user, text) for noun in NOUNS),
        *(look(user, text) for look in MORE),
    ]
    known = [item for item in found if item]
    exact = [item for item in known if not item.nearly]
    return exact or known
