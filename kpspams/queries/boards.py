"""A group on one day: its board and the state of its SK. Reads prefetched rows, without a query.

Expects `members__person` and `documents` prefetched on the group. The lists compute the same in SQL
(kpspams.queries.decree_states); a test holds both equal.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kpspams.models import KpspamsGroup, LegalDocument, Member
from records.formats import date_id
from villages.models import Person

ORDER: dict[str, int] = {post: place for place, post in enumerate(Member.Post)}


class DecreeState(StrEnum):
    IN_FORCE = "berlaku"
    ENDS_SOON = "segera"
    IN_PROCESS = "proses"
    ENDED = "berakhir"
    NONE = "belum"


def decree_state(decree: LegalDocument | None, day: date) -> DecreeState:
    """State of the current SK of a group (KpspamsGroup.decree_on) on the day."""
    if decree is None:
        return DecreeState.NONE
    if decree.in_force_on(day):
        return DecreeState.ENDS_SOON if decree.ends_soon(day) else DecreeState.IN_FORCE
    return DecreeState.IN_PROCESS if decree.in_process else DecreeState.ENDED


def decree_failing(decree: LegalDocument | None, day: date) -> str:
    """Text of what is wrong with the SK; empty while one is in force."""
    if decree is None:
        return "Belum ada SK"
    state = decree_state(decree, day)
    if state == DecreeState.IN_PROCESS:
        return "SK dalam proses"
    return f"SK berakhir {date_id(decree.valid_until)}" if state == DecreeState.ENDED else ""


class BoardState(StrEnum):
    COMPLETE = "lengkap"
    ACTING = "plt"
    VACANT = "lowong"


@dataclass(frozen=True)
class Chip:
    """Display of a state: tone and label of the chip."""

    tone: str
    label: str


@dataclass(frozen=True)
class BoardRow:
    """A line of the board in printing order; `member` is None where a core post is vacant (lowong)."""

    code: str
    member: Member | None

    @property
    def post(self) -> str:
        return self.member.wording if self.member else str(Member.Post(self.code).label)


@dataclass(frozen=True)
class GroupOn:
    """One group as of one day."""

    group: KpspamsGroup
    day: date

    @cached_property
    def held(self) -> list[Member]:
        """Posts held on the day, in printing order."""
        members = [member for member in self.group.members.all() if member.covers(self.day)]
        return sorted(members, key=lambda member: (ORDER[member.post], member.starts_on, member.pk))

    @cached_property
    def rows(self) -> list[BoardRow]:
        """The printed board, with a line for each vacant core post."""
        rows = [BoardRow(member.post, member) for member in self.held] + [BoardRow(post, None) for post in self.vacant]
        return sorted(rows, key=lambda row: ORDER[row.code])

    @cached_property
    def vacant(self) -> list[str]:
        """Vacant core posts (ketua, sekretaris, bendahara)."""
        held = {member.post for member in self.held}
        return [post for post in Member.CORE if post not in held]

    @property
    def core(self) -> list[tuple[str, Member | None]]:
        """Ketua, sekretaris and bendahara on the day; None where vacant (lowong)."""
        holders = {member.post: member for member in self.held}
        return [(str(Member.Post(post).label), holders.get(post)) for post in Member.CORE]

    @property
    def exists(self) -> bool:
        """Whether the group existed on the day; a group without a recorded day of forming always did."""
        formed, dissolved = self.group.formed_on, self.group.dissolved_on
        return (formed is None or formed <= self.day) and (dissolved is None or self.day < dissolved)

    @cached_property
    def acting(self) -> list[str]:
        """Core posts whose holder is only acting (Plt.)."""
        return [member.post for member in self.held if member.acting and member.post in Member.CORE]

    @cached_property
    def board_state(self) -> BoardState:
        if self.vacant:
            return BoardState.VACANT
        return BoardState.ACTING if self.acting else BoardState.COMPLETE

    @cached_property
    def board_chip(self) -> Chip:
        if not self.group.members.all():
            return Chip("grey", "Belum ada data")  # red means a recorded deficit, not missing data
        if self.vacant:
            names = ", ".join(Member.Post(post).label for post in self.vacant)
            return Chip("red" if len(self.vacant) == len(Member.CORE) else "amber", f"Lowong: {names}")
        if self.acting:
            return Chip("amber", "Plt.: " + ", ".join(Member.Post(post).label for post in self.acting))
        return Chip("green", "Lengkap")

    @cached_property
    def persons(self) -> dict[int, Person]:
        """Members that count as pengurus, each human being once, without Pembina and Pengawas."""
        board = [member.person for member in self.held if member.post not in Member.NOT_BOARD]
        return {person.merged_into_id or person.pk: person for person in board}

    @property
    def women(self) -> int:
        return sum(person.sex == Person.Sex.FEMALE for person in self.persons.values())

    @property
    def men(self) -> int:
        return len(self.persons) - self.women

    @property
    def women_share(self) -> float | None:
        """Percent of the board; None for an empty board."""
        return 100 * self.women / len(self.persons) if self.persons else None

    @cached_property
    def double_posts(self) -> list[Person]:
        """Persons who hold more than one core post; treasurer and chair in one person is a warning (our assumption)."""
        people = [member.person for member in self.held if member.post in Member.CORE]
        ids = [person.merged_into_id or person.pk for person in people]
        doubles = {pk: person for pk, person in zip(ids, people, strict=True) if ids.count(pk) > 1}
        return list(doubles.values())

    @cached_property
    def decree(self) -> LegalDocument | None:
        return self.group.decree_on(self.day)

    @cached_property
    def decree_state(self) -> DecreeState:
        return decree_state(self.decree, self.day)

    @cached_property
    def decree_chip(self) -> Chip:
        until = self.decree and self.decree.valid_until and date_id(self.decree.valid_until)
        match self.decree_state:
            case DecreeState.IN_FORCE:
                return Chip("green", f"SK berlaku s.d. {until}" if until else "SK berlaku")
            case DecreeState.ENDS_SOON:
                return Chip("amber", f"SK segera berakhir, {until}")
        # A recorded group without SK is a finding, as in the chain.
        tone = "amber" if self.decree_state == DecreeState.IN_PROCESS else "red"
        return Chip(tone, decree_failing(self.decree, self.day))

    @property
    def needs_decree(self) -> bool:
        """Whether the village should prepare an SK: none in force, or one that ends soon."""
        return not self.group.is_dissolved and self.decree_state != DecreeState.IN_FORCE

    @property
    def decree_is_old(self) -> bool:
        """An SK without end date stays valid, but needs a review after five years (our assumption)."""
        sk = self.decree
        if sk is None or sk.dated_on is None or self.decree_state != DecreeState.IN_FORCE or sk.valid_until:
            return False
        return sk.dated_on <= review_limit(self.day)


def review_limit(day: date) -> date:
    """The latest date of an SK that is five years old or more on `day`."""
    try:
        return day.replace(year=day.year - LegalDocument.REVIEW_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year - LegalDocument.REVIEW_YEARS, day=28)
