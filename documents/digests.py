"""What Ringkasan and Lembar Desa share: the rows of a digest, short enough that the paper is one page."""

from collections.abc import Sequence
from typing import Any

from accounts.models import District, User
from documents.layout import frame
from monitoring.charts import Picture
from monitoring.queries.chain import Chain
from monitoring.queries.digest import Digest
from records import formats

PAGE_SIZE = "digest"  # A4 with narrow margins, in the style sheet
NAMES = 110  # letters of names in one cell
DAMAGES = 4  # rows; the rest is told by its number


def reader(user: User | None, district: District) -> User:
    """Through whose eyes the villages are read; of a paper that nobody asked for, a preview, those of the office."""
    return user or User.of_office(district)


def asked_of(district: District, parameters: dict) -> dict[str, str]:
    """Which villages of the kabupaten a paper of a period is asked of; its day is the end of the period."""
    asked = {name: text for name, text in (parameters.get("filter") or {}).items() if name != "per"}
    if District.objects.exclude(pk=district.pk).exists():
        asked["kabupaten"] = str(district.pk)
    return asked


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis; the portal tells it in full."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,.") + "…"


def named(names: Sequence[str], room: int = NAMES) -> str:
    """As many names as have room: "Contoh Satu, Contoh Dua, dan 3 lainnya"; "-" for nobody."""
    if not names:
        return "-"
    kept: list[str] = []
    for name in (cut(name, 28) for name in names):
        if kept and sum(map(len, kept)) + 2 * len(kept) + len(name) > room:
            break
        kept.append(name)
    left = len(names) - len(kept)
    return ", ".join(kept) + (f", dan {left} lainnya" if left else "")


def snapshot(digest: Digest, district: District, heading: str, picture: Picture) -> dict[str, Any]:
    """All but the chain, which each of the two papers tells in its own table."""
    asked, _, day = digest.stand.rpartition(" Keadaan per ")  # the day is never cut
    shown, left = digest.damages[:DAMAGES], len(digest.damages) - DAMAGES
    return {
        "document": frame.head(
            title=f"{digest.title}, {formats.date_id(digest.day)}",
            subject=digest.stand,
            office=district.office_on(digest.day),
            dated=digest.day,
            page_size=PAGE_SIZE,
            watermark=frame.SAMPLE_MARK if digest.sample else "",
        ),
        "heading": heading,
        "stand": f"{cut(asked, 220)} Keadaan per {day}",
        "picture": {"title": picture.title, "svg": str(picture.svg) if picture.rows else "", "empty": picture.empty},
        "goals_head": f"Cakupan{'' if digest.one else f' {digest.place}'}",
        "goals_year": str(digest.day.year),
        "goals": [[goal.label, goal.reached, goal.target] for goal in digest.goals],
        "needs": [[label, amount] for label, amount in digest.needs],
        "damages": [
            [
                cut(row.what, 64),
                cut(row.village, 28),
                formats.number_id(row.days),
                cut(row.who, 32),
                "belum ditaksir" if row.cost is None else formats.rupiah(row.cost),
            ]
            for row in shown
        ],
        "damage_count": len(digest.damages),
        "damages_left": f"Dan {formats.number_id(left)} lainnya: Kerusakan SPAM di portal." if left > 0 else "",
        "none_found": digest.none_found,
        "findings": [
            [
                total.finding.label,
                f"{formats.number_id(total.yes)} dari {formats.number_id(total.known)} {total.finding.unit}",
            ]
            for total in digest.found
        ],
    }


def names_of(chains: Sequence[Chain]) -> str:
    return named([chain.village.name for chain in chains])
