"""Where the people of a training come from, as its documents name it: villages, or offices at a rapat."""

from collections.abc import Iterable
from dataclasses import dataclass

from records.search_keys import search_key
from trainings.models import Training

OFFICE = "Instansi"


@dataclass(frozen=True)
class Origins:
    """Words and counts of the places of origin. `village`: the kabupaten's word for desa."""

    village: str = "Desa"
    villages: bool = True
    offices: bool = False
    invited_offices: int = 0  # lines of Yth.

    @property
    def label(self) -> str:
        """ "Desa", "Instansi", or "Instansi/Desa"."""
        return "/".join([OFFICE] * self.offices + [self.village] * self.villages)

    @property
    def heading(self) -> str:
        """The heading of the column with village and kecamatan, or the institution."""
        return self.label if self.offices else f"{self.village}/Kecamatan"

    @property
    def post_heading(self) -> str:
        return "Jabatan/Unsur" if self.villages else "Jabatan"

    def represented(self, count: int | None, invited_villages: int) -> str:
        """ "Desa terwakili 14 dari 16", "Instansi terwakili 5, diundang 6"; dots for an unknown count."""
        known = "........" if count is None else str(count)
        return f"{self.label} terwakili {known}{self._of(invited_villages)}"

    def _of(self, invited_villages: int) -> str:
        # Who comes from an office is known by the name of the office only, so those not invited count too.
        invited = invited_villages + self.invited_offices
        if not invited:
            return ""
        return f", diundang {invited}" if self.offices else f" dari {invited}"

    def sentence(self, count: int | None, invited_villages: int) -> str:
        """ "14 dari 16 desa yang diundang", "5 instansi (diundang 6)"; empty when nobody's origin is known."""
        known = "........" if count is None else str(count)
        invited = invited_villages + self.invited_offices
        if not self.offices and invited:
            return f"{known} dari {invited} {self.label.lower()} yang diundang"
        if count == 0 and not invited:
            return ""
        return f"{known} {self.label.lower()}" + (f" (diundang {invited})" if invited else "")


def origins_of(training: Training, village: str) -> Origins:
    """The origins of the people of this training. An event that is no meeting is one of villages."""
    if not training.is_meeting:
        return Origins(village)
    recipients = training.recipient_list
    homes = set(training.participants.current().order_by("village").values_list("village", flat=True).distinct())
    offices = bool(recipients) or None in homes
    villages = training.invitations.exists() or bool(homes - {None}) or not offices
    return Origins(village, villages=villages, offices=offices, invited_offices=len(recipients))


def count_offices(institutions: Iterable[str]) -> int:
    """Different institutions; capitals and punctuation make no difference."""
    return len({search_key(name) for name in institutions} - {""})
