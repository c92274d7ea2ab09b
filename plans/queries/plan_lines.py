"""Text of a line of a plan, for the history, for conflicts and for the digest of its state."""

import hashlib
import json
from dataclasses import dataclass, field

from plans.models import Activity, ActivityFunding, WorkPlan
from plans.rules.months import months_text
from records.formats import number_id, rupiah
from records.history import text
from records.parsers.grids import ShownText

# In the order of the paper form, which is that of the model. Bidang, sources and months are added separately.
FILLED_IN = {"title", "location", "target", "volume", "unit", "unit_price", "responsible", "mode", "cost_class"}
FILLED_IN |= {"facility", "carried_over", "note"}
COLUMNS = [column for column in Activity._meta.concrete_fields if column.name in FILLED_IN]
NUMBERS = {"volume": number_id, "unit_price": rupiah}


@dataclass
class Line:
    """A line as submitted: an unsaved activity with the typed values, and its unsaved fundings.

    `activity.line` is empty for a new line.
    """

    activity: Activity
    fundings: list[ActivityFunding] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        return self.activity.line

    @property
    def texts(self) -> dict[str, str]:
        return line_texts(self.activity, self.fundings)


def stored_lines(activities: list[Activity]) -> dict[int, Line]:
    """The saved lines by their number. Expects bidang, facility and `fundings__source` prefetched."""
    return {activity.line: Line(activity, list(activity.fundings.all())) for activity in activities}


def line_texts(activity: Activity, fundings: list[ActivityFunding]) -> dict[str, str]:
    """{label: text} of every editable column."""
    texts = {"bidang": str(activity.area)}
    for column in COLUMNS:
        shown = NUMBERS.get(column.name)
        texts[str(column.verbose_name)] = shown(getattr(activity, column.name)) if shown else text(activity, column)
    texts["sumber dana"] = "; ".join(
        f"{funding.source} {rupiah(funding.amount)} ({funding.get_security_display()})"
        for funding in sorted(fundings, key=lambda funding: (funding.source.order, funding.source.code))
    )
    texts["bulan"] = months_text(activity.months)
    return texts


def summary(line: Line) -> str:
    """ "Perbaikan pipa: 12 bulan × Rp200.000 = Rp2.400.000"."""
    activity = line.activity
    amount = Activity.cost(activity.volume, activity.unit_price)
    return (
        f"{activity.title}: {number_id(activity.volume)} {activity.unit} × {rupiah(activity.unit_price)} "
        f"= {rupiah(amount)}"
    )


def digest(line: Line) -> str:
    """A digest of ten characters of the state of the line."""
    plain = json.dumps(line.texts, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(plain).hexdigest()[:10]


DIGESTS = ShownText(1, ":", r"\S*")


@dataclass(frozen=True)
class Seen:
    """The state that a page showed: the version of the plan and the digest of each line.

    The form has it as "7 1:0f3a… 2:9bc1…".
    """

    version: int
    digests: dict[int, str]

    @classmethod
    def of(cls, plan: WorkPlan, lines: dict[int, Line]) -> "Seen":
        return cls(plan.version, {number: digest(line) for number, line in lines.items()})

    @classmethod
    def parse(cls, words: str) -> "Seen":
        """Reads the text of the form; an unreadable one counts as nothing seen, which at worst shows one conflict
        too many.
        """
        version, *_ = words.split(maxsplit=1) or ["0"]
        return cls(int(version) if version.isdecimal() and len(version) < 10 else 0, DIGESTS.read(words))

    def __str__(self):
        return f"{self.version} {DIGESTS.write(self.digests)}".rstrip()
