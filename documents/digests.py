"""Content shared by Ringkasan and Lembar Desa: the rows of a digest, short enough for one page."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict, TypeVar, cast

from accounts.models import District, User
from documents.content import JSON, Snapshot, filter_of
from documents.layout import frame
from monitoring.charts import Chart
from monitoring.queries.chain import Chain
from monitoring.queries.digest import Damage, Digest
from records import formats

PAGE_SIZE = "digest"  # A4 with narrow margins, in the style sheet
NAMES = 110  # characters of names in one cell
DAMAGES = 4  # maximum number of rows; the others are only counted
MAX_NAME = 28  # characters of one name
# Limits tried to fill the page, largest first: characters of names in one cell and of one name; rows of damages.
NAME_STEPS = ((4000, 80), (1000, 80), (400, 60), (250, 40), (NAMES, MAX_NAME))
DAMAGE_STEPS = (30, 16, 8, DAMAGES)


class DrawnChart(TypedDict):
    title: str
    svg: str  # empty without data
    empty: str  # the reason


class DigestContent(Snapshot):
    """The tables are lists of rows of texts; their headings are in the template."""

    heading: str
    as_of: str
    chart: DrawnChart
    goals_head: str
    goals_year: str
    goals: list[list[str]]
    needs: list[list[str]]
    damages: list[list[str]]
    all_damages: list[list[str]]  # as many as may fit on the page
    damage_count: int
    damages_left: str
    none_found: str
    findings: list[list[str]]


Digested = TypeVar("Digested", bound=DigestContent)


def reader(user: User | None, district: District) -> User:
    """The user whose villages count: the requester, or the office for a preview, which has no requester."""
    return user or User.of_office(district)


def period_filter(district: District, parameters: Mapping[str, JSON]) -> dict[str, JSON]:
    """The area of a document of a period within the kabupaten; its day is the end of the period."""
    return {name: text for name, text in district_filter(district, parameters).items() if name != "per"}


def district_filter(district: District, parameters: Mapping[str, JSON]) -> dict[str, JSON]:
    """The filter as the page sent it; with several kabupaten it names this one."""
    found: dict[str, JSON] = dict(filter_of(parameters))
    if District.objects.exclude(pk=district.pk).exists():
        found["kabupaten"] = str(district.pk)
    return found


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis; the portal shows it in full."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,.") + "…"


def named(names: Sequence[str], room: int = NAMES, max_name: int = MAX_NAME) -> str:
    """As many names as fit: "Contoh Satu, Contoh Dua, dan 3 lainnya"; "-" for nobody."""
    if not names:
        return "-"
    kept: list[str] = []
    for name in (cut(name, max_name) for name in names):
        if kept and sum(map(len, kept)) + 2 * len(kept) + len(name) > room:
            break
        kept.append(name)
    left = len(names) - len(kept)
    return ", ".join(kept) + (f", dan {left} lainnya" if left else "")


def content_of(digest: Digest, district: District, heading: str, chart: Chart) -> DigestContent:
    """Everything but the chain, which each of the two documents shows in a table of its own."""
    damages = [_damage(row) for row in digest.damages[: DAMAGE_STEPS[0]]]
    chosen, _, day = digest.as_of.rpartition(" Keadaan per ")  # the day is never cut off
    return {
        "document": frame.head(
            title=f"{digest.title}, {formats.date_id(digest.day)}",
            subject=digest.as_of,
            office=district.office_on(digest.day),
            dated=digest.day,
            page_size=PAGE_SIZE,
            watermark=frame.SAMPLE_MARK if digest.sample else "",
        ),
        "heading": heading,
        "as_of": f"{cut(chosen, 220)} Keadaan per {day}",
        "chart": {"title": chart.title, "svg": str(chart.svg) if chart.rows else "", "empty": chart.empty},
        "goals_head": f"Cakupan{'' if digest.one else f' {digest.place}'}",
        "goals_year": str(digest.day.year),
        "goals": [[goal.label, goal.reached, goal.target] for goal in digest.goals],
        "needs": [[label, amount] for label, amount in digest.needs],
        "damages": damages[:DAMAGES],
        "all_damages": damages,
        "damage_count": len(digest.damages),
        "damages_left": _left(len(digest.damages) - DAMAGES),
        "none_found": digest.none_found,
        "findings": [
            [
                total.finding.label,
                f"{formats.number_id(total.yes)} dari {formats.number_id(total.known)} {total.finding.unit}",
            ]
            for total in digest.found
        ],
    }


def _damage(row: Damage) -> list[str]:
    return [
        cut(row.what, 64),
        cut(row.village, MAX_NAME),
        formats.number_id(row.days),
        cut(row.who, 32),
        "belum ditaksir" if row.cost is None else formats.rupiah(row.cost),
    ]


def _left(count: int) -> str:
    return f"Dan {formats.number_id(count)} lainnya: Kerusakan SPAM di portal." if count > 0 else ""


def with_damages(content: Digested, fits: Callable[[Digested], bool]) -> Digested:
    """The content with as many rows of damages as `fits` allows."""
    for most in DAMAGE_STEPS:
        rows = content["all_damages"][:most]
        fuller = cast(
            Digested, {**content, "damages": rows, "damages_left": _left(content["damage_count"] - len(rows))}
        )
        if len(rows) > DAMAGES and fits(fuller):
            return fuller
    return content


def names_of(chains: Sequence[Chain]) -> str:
    return named([chain.village.name for chain in chains])
