"""Identity of two written persons: one rule for imports, pasted lists, forms and duplicates.

Same: name (without titles) and village agree and nothing contradicts. Maybe: something contradicts or is missing, so
a user decides. Different: nothing in common, or the office distinguished them by a remark in brackets.
"""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property  # takes no lock: 20,000 rows read it several times each

from records.formats import enumeration
from records.names import NameParts, letters, parts_of
from records.search_keys import common_name_key, name_key

HAMLET_WORD = re.compile(r"^(?:dusun|dsn|dukuh|lingkungan)\b\.?\s*", re.IGNORECASE)


class Verdict(enum.Enum):
    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Identity:
    """Known facts of a person, from a row of a file, a form or the database. Empty is unknown."""

    name: str
    sex: str = ""
    village: int | None = None
    phone: str = ""
    hamlet: str = ""
    institution: str = ""

    @cached_property
    def key(self) -> str:
        """The key of the name; names without a letter of a-z are compared unchanged."""
        return name_key(self.name) or self.name.casefold()

    @cached_property
    def common_key(self) -> str:
        """One key for all spellings of the name."""
        return common_name_key(self.name) or self.key

    @cached_property
    def parts(self) -> NameParts:
        return parts_of(self.name)

    @cached_property
    def hamlet_key(self) -> str:
        return letters(HAMLET_WORD.sub("", self.hamlet.strip())) if self.hamlet else ""

    @cached_property
    def details(self) -> str:
        """Facts beside name, village and number that distinguish people of one name; part of the key of a stored
        choice.
        """
        titles = [*self.parts.hajj, *self.parts.degrees_before, *self.parts.degrees_behind]
        found = [self.sex, self.parts.remark, ".".join(sorted(titles)), self.hamlet_key]
        found += [letters(self.institution)] if self.institution and not self.village else []
        return "/".join(found) if any(found) else ""


@dataclass(frozen=True)
class Likeness:
    """`agrees`, `doubts`: reasons as text. `contradicts`: one of the doubts is a contradiction."""

    verdict: Verdict
    agrees: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    contradicts: bool = False
    same_name: bool = False
    same_phone: bool = False

    @property
    def is_same(self) -> bool:
        return self.verdict is Verdict.SAME

    @property
    def is_different(self) -> bool:
        return self.verdict is Verdict.DIFFERENT

    @property
    def reason(self) -> str:
        """'nama dan desa sama, tetapi L/P berbeda (L dan P)'."""
        agrees, doubts = enumeration(self.agrees), enumeration(self.doubts)
        return f"{agrees}, tetapi {doubts}" if doubts and agrees else agrees or doubts


def of_person(person: Any) -> Identity:
    return Identity(
        name=person.name,
        sex=person.sex,
        village=person.village_id,
        phone=person.phone,
        hamlet=person.hamlet,
        institution=person.institution,
    )


def compare(one: Identity, other: Identity) -> Likeness:
    """Compares two persons by the one rule. Symmetric, without a query."""
    same_phone = bool(one.phone) and one.phone == other.phone
    if one.common_key != other.common_key:
        return _by_phone(one, other) if same_phone else Likeness(Verdict.DIFFERENT)
    if one.village and other.village and one.village != other.village:
        if not same_phone:
            return Likeness(Verdict.DIFFERENT, same_name=True)
        return Likeness(
            Verdict.MAYBE,
            ("nama dan nomor HP sama",),
            ("desa berbeda",),
            contradicts=True,
            same_name=True,
            same_phone=True,
        )
    if _remarks_differ(one, other) and not same_phone:
        return Likeness(Verdict.DIFFERENT, same_name=True)
    contradictions = list(_contradictions(one, other))
    unknown = [] if same_phone else list(_unknown(one, other))
    parts = ["nama"]
    parts += ["desa"] if one.village and one.village == other.village else []
    parts += ["nomor HP"] if same_phone else []
    return Likeness(
        Verdict.MAYBE if contradictions or unknown else Verdict.SAME,
        (f"{enumeration(parts)} sama",),
        (*contradictions, *unknown),
        contradicts=bool(contradictions),
        same_name=True,
        same_phone=same_phone,
    )


def _by_phone(one: Identity, other: Identity) -> Likeness:
    """One number under two names: a misspelling, or a number shared by a family."""
    if one.sex and other.sex and one.sex != other.sex:
        return Likeness(Verdict.DIFFERENT, same_phone=True)
    return Likeness(Verdict.MAYBE, ("nomor HP sama",), ("nama berbeda",), contradicts=True, same_phone=True)


def _remarks_differ(one: Identity, other: Identity) -> bool:
    return bool(one.parts.remark and other.parts.remark) and one.parts.remark != other.parts.remark


def _contradictions(one: Identity, other: Identity) -> Iterable[str]:
    mine, theirs = one.sex or one.parts.implied_sex, other.sex or other.parts.implied_sex
    if mine and theirs and mine != theirs:
        yield f"L/P berbeda ({mine} dan {theirs})"
    if _remarks_differ(one, other):
        yield f"keterangan berbeda ({one.parts.remark_text} dan {other.parts.remark_text})"
    if _apart(one.parts, other.parts):
        yield "gelar berbeda"
    if one.phone and other.phone and one.phone != other.phone:
        yield "nomor HP berbeda"
    moved = bool(one.phone) and one.phone == other.phone  # the owner of the number may live elsewhere now
    if one.hamlet_key and other.hamlet_key and one.hamlet_key != other.hamlet_key and not moved:
        yield f"dusun berbeda ({one.hamlet} dan {other.hamlet})"
    known = one.institution and other.institution and not one.village and not other.village
    if known and letters(one.institution) != letters(other.institution):
        yield f"instansi berbeda ({one.institution} dan {other.institution})"


def _unknown(one: Identity, other: Identity) -> Iterable[str]:
    if bool(one.parts.remark) != bool(other.parts.remark):
        yield f"keterangan hanya ada pada satu catatan ({one.parts.remark_text or other.parts.remark_text})"
    if one.key != other.key:
        yield f"ejaan nama berbeda ({one.parts.core} dan {other.parts.core})"
    if bool(one.village) != bool(other.village):
        yield "desa hanya ada pada satu catatan"


def _apart(one: NameParts, other: NameParts) -> bool:
    """Contradicting titles of one kind, where neither person has all titles of the other: "Hj." and "H.", "Drs." and
    "Ir.".
    """
    sorts = ("hajj", "degrees_before", "degrees_behind")
    pairs = [(getattr(one, sort), getattr(other, sort)) for sort in sorts]
    return any(mine - theirs and theirs - mine for mine, theirs in pairs)


@dataclass
class Candidates:
    """Candidates for a written person, without those who are certainly different."""

    wanted: Identity
    found: list[tuple[Any, Likeness]] = field(default_factory=list)

    @classmethod
    def among(cls, wanted: Identity, people: Iterable[Any], limit: int) -> "Candidates":
        judged = [(person, compare(wanted, of_person(person))) for person in people]
        kept = [pair for pair in judged if not pair[1].is_different]
        kept.sort(key=lambda pair: (not pair[1].is_same, not pair[1].same_name))  # stable sort: the likeliest first
        return cls(wanted, kept[:limit])

    def sure(self) -> tuple[Any, Likeness] | None:
        """The candidate that needs no question: the only likely one, or the only one with this number."""
        same = [pair for pair in self.found if pair[1].is_same]
        by_phone = [pair for pair in same if pair[1].same_phone]
        if len(by_phone) == 1:
            return by_phone[0]
        rest = [pair for pair in self.found if not pair[1].is_same]
        # A namesake with a contradiction is another person if there is one without.
        open_questions = [pair for pair in rest if not pair[1].contradicts or not pair[1].same_name]
        return same[0] if len(same) == 1 and not open_questions else None
