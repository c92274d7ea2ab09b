"""Who signs a paper and under which kop: what the kabupaten chose for its kind, else what the kind brings along.

A choice names places of signature, never people: who holds a place on the day of the paper is read then.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import District, OfficeProfile, Signatory
from kpspams.models import KpspamsGroup, Member
from documents.layout import frame
from reports.kinds import Kind
from documents.models import DocumentSetting  # the package itself asks for documents
from villages.models import Assignment, Village

Letterhead = DocumentSetting.Letterhead
Slot = Signatory.Slot

VILLAGE_HEAD, FACILITATOR = "village_head", "facilitator"
VILLAGE_PLACES = {VILLAGE_HEAD: "Kepala desa", FACILITATOR: "Fasilitator desa"}
POSTS = {
    "group_chair": Member.Post.CHAIR,
    "group_secretary": Member.Post.SECRETARY,
    "group_treasurer": Member.Post.TREASURER,
}
GROUP_PLACES = {place: f"{post.label} KPSPAMS" for place, post in POSTS.items()}
MOST = 5  # blocks that a paper has room for: the ladder of a plan


@dataclass(frozen=True)
class Signer:
    """A place of signature and the word above it ("Mengetahui"), without a comma."""

    place: str
    above: str = ""


@dataclass(frozen=True)
class Habit:
    """What a kind prints where nothing was chosen, and what may be chosen for it.

    `speaks_of`: "" for papers of the whole kabupaten, "village" or "group" for papers of one. `besides`: who signs
    whatever is chosen, in words. `signed` False: a paper without any place of signature.
    """

    signers: tuple[Signer, ...] = ()
    letterhead: str = Letterhead.OFFICE
    speaks_of: str = ""
    besides: str = ""
    signed: bool = True

    @property
    def letterheads(self) -> list[str]:
        found = ["", Letterhead.OFFICE, Letterhead.SECRETARIAT, Letterhead.REGENT]
        if self.speaks_of:
            found.append(Letterhead.VILLAGE)
        if self.speaks_of == "group":
            found.append(Letterhead.GROUP)
        return found

    @property
    def places(self) -> dict[str, str]:
        """Place -> label, in the order in which a list offers them."""
        found = {slot.value: slot.label for slot in Slot}
        if self.speaks_of:
            found |= VILLAGE_PLACES
        if self.speaks_of == "group":
            found |= GROUP_PLACES
        return found


_DPMU_KNOWS = (Signer(Slot.DPMU_HEAD, "Mengetahui"), Signer(Slot.COMMITTEE_HEAD))
_HEAD_KNOWS = Signer(VILLAGE_HEAD, "Mengetahui")
_MONEY = (
    Signer(Slot.BUDGET_USER, "Menyetujui"),
    Signer(Slot.FINANCE_OFFICER, "Meneliti"),
    Signer(Slot.PPTK, "Mengetahui"),
    Signer(Slot.TREASURER, "Lunas dibayar"),
)
_OF_PLAN = (_HEAD_KNOWS, Signer("group_chair", "Dibuat oleh"))

HABITS = {
    Kind.ATTENDANCE_SHEET: Habit(_DPMU_KNOWS),
    Kind.INVITATION: Habit((Signer(Slot.DPMU_HEAD),)),
    Kind.ASSIGNMENT_LETTER: Habit((Signer(VILLAGE_HEAD),), Letterhead.VILLAGE, "village"),
    Kind.SCHEDULE: Habit(_DPMU_KNOWS),
    Kind.BIODATA: Habit(besides="Yang mengisi", signed=False),
    Kind.TEST_SHEET: Habit(signed=False),
    Kind.TEST_RECAP: Habit(signed=False),
    Kind.EVALUATION_SHEET: Habit(signed=False),
    Kind.EVALUATION_RECAP: Habit(signed=False),
    Kind.FOLLOW_UP_PLAN: Habit((_HEAD_KNOWS, Signer("group_chair")), "", "group"),
    Kind.MINUTES: Habit(besides="Pimpinan rapat dan notulis"),
    Kind.MEMO: Habit((Signer(Slot.DPMU_HEAD),)),
    Kind.OFFICIAL_MINUTES: Habit(_DPMU_KNOWS),
    Kind.CERTIFICATES: Habit((Signer(Slot.OFFICE_HEAD),)),
    Kind.TRAINING_REPORT: Habit(_DPMU_KNOWS),
    Kind.TRANSPORT_LIST: Habit(_MONEY),
    Kind.HONORARIUM_LIST: Habit(_MONEY),
    Kind.MATERIALS_RECEIPT: Habit((Signer(Slot.PPTK, "Mengetahui"), Signer(Slot.COMMITTEE_HEAD, "Yang menyerahkan"))),
    Kind.WORK_PLAN: Habit(
        (
            Signer("group_chair", "Disusun oleh"),
            Signer("group_secretary"),
            _HEAD_KNOWS,
            Signer(FACILITATOR, "Diperiksa"),
            Signer(Slot.DPMU_HEAD),  # its word stands in the settings of the kabupaten
        ),
        "",
        "group",
    ),
    Kind.PLAN_PROGRESS: Habit(_OF_PLAN, "", "group"),
    Kind.PLAN_DIFFERENCE: Habit(_OF_PLAN, "", "group"),
    Kind.ANNUAL_ACCOUNT: Habit((*_OF_PLAN, Signer("group_treasurer")), "", "group"),
    Kind.RKP_EXTRACT: Habit((_HEAD_KNOWS, Signer("group_chair", "Disusun oleh")), "", "group"),
    Kind.DAMAGE_MINUTES: Habit((_HEAD_KNOWS,), Letterhead.VILLAGE, "village", "Petugas pemeriksa dan ketua KPSPAMS"),
    Kind.FORMATION_MINUTES: Habit((_HEAD_KNOWS,), Letterhead.VILLAGE, "group", "Notulis dan pimpinan musyawarah"),
    Kind.DECREE_DRAFT: Habit((Signer(VILLAGE_HEAD),), Letterhead.VILLAGE, "group"),
    Kind.VILLAGE_FORM: Habit((_HEAD_KNOWS,), Letterhead.OFFICE, "village", "Yang mengisi"),
    Kind.VISIT_REPORT: Habit((Signer(Slot.DPMU_HEAD, "Mengetahui"),), besides="Fasilitator"),
    Kind.MONITORING_REPORT: Habit((Signer(Slot.OFFICE_HEAD, "Mengetahui"), Signer(Slot.DPMU_HEAD))),
    Kind.PERIODIC_REPORT: Habit((Signer(Slot.OFFICE_HEAD, "Mengetahui"), Signer(Slot.DPMU_HEAD))),
}
# Papers that bear neither a kop nor a signature: recapitulations, notices.
PLAIN = Habit(letterhead="", signed=False)


def habit_of(kind: str) -> Habit:
    return HABITS.get(Kind(kind), PLAIN)


def own_signers(kind: str, district: District) -> tuple[Signer, ...]:
    """Who signs where nothing was chosen."""
    found = habit_of(kind).signers
    if kind == Kind.WORK_PLAN:
        return (*found[:-1], Signer(found[-1].place, district.rules.plan_dpmu_label))
    return found


def in_words(kind: str, rows: Sequence[Mapping[str, str]]) -> str:
    """ "Ketua DPMU (Mengetahui); Kepala desa"."""
    places = habit_of(kind).places
    signers = [Signer(**row) for row in rows]
    return "; ".join(f"{places[s.place]} ({s.above})" if s.above else places[s.place] for s in signers)


class Signing:
    """Kop and signatures of one paper: its kind, its kabupaten, its day. One query, and one for each place named."""

    def __init__(self, kind: str, district: District, day: date, office: OfficeProfile | None):
        self.kind, self.district, self.day, self.office = kind, district, day, office
        self.setting = DocumentSetting.of(district, kind)

    def kop(self, village: Village | None = None, group: KpspamsGroup | None = None) -> dict[str, Any]:
        chosen = self.setting.letterhead if self.setting.pk else habit_of(self.kind).letterhead
        if chosen == Letterhead.SECRETARIAT:
            return frame.secretariat_kop(self.district, self.office)
        if chosen == Letterhead.REGENT:
            return frame.regent_kop(self.district, self.office)
        if chosen == Letterhead.VILLAGE and village:
            return frame.village_kop(village, self.office)
        if chosen == Letterhead.GROUP and group:
            return frame.group_kop(group, self.office)
        return frame.kop(self.office if chosen == Letterhead.OFFICE else None)

    def on(self, day: date) -> "Signing":
        """The same choice for another sheet of the paper, of another day."""
        other = copy(self)
        other.day = day
        other.__dict__.pop("_board_of", None)
        return other

    @property
    def chosen(self) -> list[Signer]:
        return [Signer(**row) for row in self.setting.signers]

    def blocks(
        self,
        *,
        village: Village | None = None,
        group: KpspamsGroup | None = None,
        placed: str = "",
        own: Sequence[Signer] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """The blocks from left to right; place and date (`placed`) stand above the last.

        `own` takes the place of the kind's habit. `names`: who holds a place, where the paper knows it already.
        """
        wanted = self.chosen or list(own if own is not None else own_signers(self.kind, self.district))
        found: list[dict[str, Any]] = []
        for signer in wanted:
            # Beside a block with a word above, one without keeps the line, so that the titles stand level.
            level = "\N{NO-BREAK SPACE}" if any(block["above"] for block in found) else ""
            found.append(self.block(signer, village, group, names or {}, level))
        if found and placed:
            found[-1]["place_date"] = placed
            found[-1]["above"] = found[-1]["above"].strip()
        return found

    def block(
        self,
        signer: Signer,
        village: Village | None = None,
        group: KpspamsGroup | None = None,
        names: Mapping[str, str] | None = None,
        level: str = "",
    ) -> dict[str, Any]:
        above = f"{signer.above.rstrip(',')}," if signer.above else level
        if signer.place in Slot.values:
            return self._official(Slot(signer.place), above)
        known = (names or {}).get(signer.place)
        if signer.place == VILLAGE_HEAD:
            word = frame.office_words(self.office)["village_head"]
            name = known if known is not None else frame.village_head(village, self.day) if village else ""
            return frame.block(f"{word} {village.name if village else ''}".strip() + ",", above=above, name=name)
        if signer.place == FACILITATOR:
            name = known if known is not None else _facilitator(village, self.day) if village else ""
            return frame.block("Fasilitator,", above=above, name=name)
        name = known if known is not None else self._held(group).get(POSTS[signer.place], "") if group else ""
        return frame.block(f"{GROUP_PLACES[signer.place]},", above=above, name=name)

    def _official(self, slot: Signatory.Slot, above: str) -> dict[str, Any]:
        signatory = self.district.signatory_on(slot, self.day)
        block = frame.signatory_block(signatory, "" if signatory else self._title(slot), above=above)
        return block | {"nip_line": False} if slot == Slot.REGENT else block  # an elected head has none

    def _title(self, slot: Signatory.Slot) -> str:
        """What a place without a signatory prints above its dots."""
        if slot == Slot.DPMU_HEAD:
            return f"Ketua {frame.office_words(self.office)['dpmu']} {self.district}"
        if slot == Slot.REGENT:
            return f"Bupati {self.district.name}"
        return _TITLES[slot]

    def _held(self, group: KpspamsGroup) -> dict[str, str]:
        """The posts of the board on the day of the paper, read once."""
        if getattr(self, "_board_of", None) != group.pk:
            members = group.members.current(self.day).select_related("person")
            self._board = {member.post: member.person.name for member in members}
            self._board_of = group.pk
        return self._board


_TITLES = {
    Slot.COMMITTEE_HEAD: "Ketua Panitia",
    Slot.OFFICE_HEAD: "Kepala Dinas",
    Slot.BUDGET_USER: "Pengguna Anggaran/Kuasa Pengguna Anggaran",
    Slot.PPTK: "Pejabat Pelaksana Teknis Kegiatan",
    Slot.FINANCE_OFFICER: "Pejabat Penatausahaan Keuangan SKPD",
    Slot.TREASURER: "Bendahara Pengeluaran",
    Slot.SECRETARY: "Sekretaris Daerah",
}


def _facilitator(village: Village, day: date) -> str:
    """Who works in the village on the day. Two of them: the portal cannot know which, so nobody is named."""
    working = {
        assignment.user.name
        for assignment in Assignment.objects.current(day).filter(village=village).select_related("user")
    }
    return working.pop() if len(working) == 1 else ""
