"""Letterhead and signature blocks of one document: the settings of the kabupaten, else the defaults of the kind."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date

from accounts.models import District, OfficeProfile, Signatory
from documents.base import AnyDocument
from documents.choices import Letterhead
from documents.layout import frame
from documents.models import DocumentSetting
from documents.signers import FACILITATOR, GROUP_PLACES, POSTS, VILLAGE_HEAD, Signer, Slot
from kpspams.models import KpspamsGroup
from villages.models import Assignment, Village


class Signing:
    """Signatures of one document for its kabupaten and its day. One query, and one for each signer."""

    def __init__(self, document: AnyDocument, district: District, day: date, office: OfficeProfile | None):
        self.document, self.district, self.day, self.office = document, district, day, office
        self.setting = DocumentSetting.of(district, document.kind)
        self.stand_ins: Mapping[str, frame.SignatureBlock] = {}  # place -> signs instead

    def letterhead(self, village: Village | None = None, group: KpspamsGroup | None = None) -> frame.PrintedLetterhead:
        chosen = self.setting.letterhead if self.setting.pk else self.document.letterhead
        if chosen == Letterhead.SECRETARIAT:
            return frame.secretariat_letterhead(self.district, self.office)
        if chosen == Letterhead.REGENT:
            return frame.regent_letterhead(self.district, self.office)
        if chosen == Letterhead.VILLAGE and village:
            return frame.village_letterhead(village, self.office)
        if chosen == Letterhead.GROUP and group:
            return frame.group_letterhead(group, self.office)
        return frame.office_letterhead(self.office if chosen == Letterhead.OFFICE else None)

    def on(self, day: date) -> "Signing":
        """The same settings for another sheet of the document with another day."""
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
    ) -> list[frame.SignatureBlock]:
        """The blocks from left to right; place and date (`placed`) are above the last.

        `own` replaces the defaults of the kind. `names`: names of signers that the document has loaded already.
        """
        wanted = self.chosen or list(own if own is not None else self.document.default_signers(self.district))
        found: list[frame.SignatureBlock] = []
        for signer in wanted:
            # Beside a block with a line above, a block without one keeps an empty line, so that the titles are aligned.
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
    ) -> frame.SignatureBlock:
        above = f"{signer.above.rstrip(',')}," if signer.above else level
        if stand_in := self.stand_ins.get(signer.place):
            return {**stand_in, "above": above}
        if signer.place in Slot.values:
            return self._official(Slot(signer.place), above)
        known = (names or {}).get(signer.place)
        if signer.place == VILLAGE_HEAD:
            title = frame.office_terms(self.office)["village_head"]
            name = known if known is not None else frame.village_head(village, self.day) if village else ""
            return frame.block(f"{title} {village.name if village else ''}".strip() + ",", above=above, name=name)
        if signer.place == FACILITATOR:
            name = known if known is not None else _facilitator(village, self.day) if village else ""
            return frame.block("Fasilitator,", above=above, name=name)
        name = known if known is not None else self._held(group).get(POSTS[signer.place], "") if group else ""
        return frame.block(f"{GROUP_PLACES[signer.place]},", above=above, name=name)

    def _official(self, slot: Signatory.Slot, above: str) -> frame.SignatureBlock:
        signatory = self.district.signatory_on(slot, self.day)
        block = frame.signatory_block(signatory, "" if signatory else self._title(slot), above=above)
        if slot == Slot.REGENT:
            block["nip_line"] = False  # an elected head has none
        return block

    def _title(self, slot: Signatory.Slot) -> str:
        """The title above the dots of a place without a signatory."""
        if slot == Slot.DPMU_HEAD:
            return f"Ketua {frame.office_terms(self.office)['dpmu']} {self.district}"
        if slot == Slot.REGENT:
            return f"Bupati {self.district.name}"
        return _TITLES[slot]

    def _held(self, group: KpspamsGroup) -> dict[str, str]:
        """The posts of the board on the day of the document, loaded once."""
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
    """The fasilitator of the village on the day. With two of them the portal cannot choose, so none is named."""
    working = {
        assignment.user.name
        for assignment in Assignment.objects.current(day).filter(village=village).select_related("user")
    }
    return working.pop() if len(working) == 1 else ""
