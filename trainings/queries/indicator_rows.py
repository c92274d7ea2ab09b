"""Indicators of one training, and their scope by user; trainings.queries.indicators computes them.

Each percentage names its base. Means run from 0 to 100 (tests) and from 1 to 4 (satisfaction); money is in rupiah.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils.timezone import localdate

from accounts.models import User
from accounts.rights import sees_whole_district
from records import formats
from trainings.models import Invitation, Training
from trainings.queries.figure_rows import Tally
from trainings.queries.figures import turnout_texts
from trainings.queries.scores import mark_text, mean, mean_text, share_text
from villages.models import Person, Village

CENT = Decimal("0.01")


def money_share(realised: int, ceiling: int) -> str:
    """ "Rp7.200.000 dari pagu Rp14.400.000 (50 %)"."""
    share = f" ({formats.percent(Decimal(100 * realised) / ceiling)})" if ceiling else ""
    return f"{formats.rupiah(realised)} dari pagu {formats.rupiah(ceiling)}{share}"


@dataclass(frozen=True)
class Sight:
    """Scope of one user: everything, or own villages and the trainings of which they are an officer."""

    user: User
    whole: bool
    villages: frozenset[int] = frozenset()
    officer_of: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user) -> "Sight":
        if sees_whole_district(user):
            return cls(user, True)
        own = frozenset(Village.objects.visible_to(user).values_list("pk", flat=True))
        return cls(user, False, own, frozenset(user.officer_of.values_list("pk", flat=True)))

    def shows(self, training: int, village: int | None) -> bool:
        return self.whole or training in self.officer_of or village in self.villages

    def shows_all(self, training: int) -> bool:
        return self.whole or training in self.officer_of


@dataclass
class Indicators:
    """Indicators of one training. Means run from 0 to 100 (tests) and 1 to 4 (satisfaction); money is in rupiah."""

    training: Training
    first_day: date | None = None
    last_day: date | None = None
    registered: Tally = field(default_factory=Tally)
    present: Tally = field(default_factory=Tally)
    present_people: list[Person] = field(default_factory=list)
    named: Tally = field(default_factory=Tally)  # registered, without walk-ins
    invited: int = 0  # people (trainings.queries.invited)
    invitations: list[Invitation] = field(default_factory=list)
    present_villages: set[int] = field(default_factory=set)
    lesson_hours: int = 0
    person_hours: int = 0
    pre: list[Decimal] = field(default_factory=list)
    post: list[Decimal] = field(default_factory=list)
    gains: list[Decimal] = field(default_factory=list)
    passed: int = 0
    pass_mark: int = 0
    scores_shown: bool = True
    sheets: int = 0
    marks: int = 0
    marks_sum: int = 0
    certificates: int = 0
    tasks: int = 0  # without dropped ones
    tasks_done: int = 0
    plans: dict[int, int] = field(default_factory=dict)  # {30: villages with a plan by then, …}; empty before its end
    budget_shown: bool = False
    ceiling: int = 0
    realised: int | None = None
    # False before any mark; then no village is missing.
    marked: bool = False

    @cached_property
    def invited_villages(self) -> set[int]:
        return {row.village_id for row in self.invitations}

    @property
    def represented(self) -> int:
        """Invited villages of which somebody was present."""
        return len(self.invited_villages & self.present_villages)

    @property
    def pre_mean(self) -> Decimal | None:
        return mean(self.pre) if self.scores_shown else None

    @property
    def post_mean(self) -> Decimal | None:
        return mean(self.post) if self.scores_shown else None

    @property
    def gain(self) -> Decimal | None:
        """Mean gain of those who took both tests."""
        return mean(self.gains) if self.scores_shown else None

    @property
    def satisfaction(self) -> Decimal | None:
        return (Decimal(self.marks_sum) / self.marks).quantize(CENT, ROUND_HALF_UP) if self.marks else None

    @property
    def pre_text(self) -> str:
        return mean_text(self.pre_mean)

    @property
    def post_text(self) -> str:
        return mean_text(self.post_mean)

    @property
    def gain_text(self) -> str:
        return mean_text(self.gain)

    @property
    def satisfaction_text(self) -> str:
        return mark_text(self.satisfaction)

    @property
    def named_present(self) -> int:
        """Human beings who were registered and present."""
        return len(self.named.counted & self.present.counted)

    @property
    def turnout_texts(self) -> list[str]:
        """Attendance of the invited against both bases; empty before any mark."""
        return turnout_texts(self.named_present, self.invited, self.named.total) if self.marked else []

    @property
    def present_text(self) -> str:
        walked_in = self.registered.total - self.named.total
        also = f", termasuk {formats.number_id(walked_in)} yang datang langsung" if walked_in else ""
        return share_text(self.present.total, self.registered.total, f"peserta terdaftar{also}")

    @property
    def women_text(self) -> str:
        return share_text(self.present.women, self.present.total, "orang hadir")

    @property
    def villages_text(self) -> str:
        return share_text(self.represented, len(self.invited_villages), "desa diundang")

    @property
    def passed_text(self) -> str:
        return share_text(self.passed, len(self.post), "orang yang ikut post-test") if self.scores_shown else ""

    @property
    def sheets_text(self) -> str:
        return share_text(self.sheets, self.present.total, "orang hadir")

    @property
    def certificates_text(self) -> str:
        return share_text(self.certificates, self.present.total, "orang hadir")

    @property
    def tasks_text(self) -> str:
        return share_text(self.tasks_done, self.tasks, "kegiatan RKTL")

    @property
    def plans_texts(self) -> list[tuple[int, str]]:
        """(30, "9 dari 16 desa diundang (56 %)"), …; "sejauh ini" during the period. Empty before its end."""
        base = len(self.invited_villages)
        passed = (localdate() - self.last_day).days if self.last_day else 0
        return [
            (step, share_text(count, base, "desa diundang") + (" sejauh ini" if passed < step and base else ""))
            for step, count in self.plans.items()
        ]

    @property
    def realised_text(self) -> str:
        if not self.ceiling or self.realised is None:
            return ""
        return money_share(self.realised, self.ceiling)
