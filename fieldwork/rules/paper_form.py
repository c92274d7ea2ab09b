"""Order of the paper form of a village, and of the page that leads through its entry."""

from enum import StrEnum


class Part(StrEnum):
    """A part of the form. Paper and entry page name and number the parts alike (our assumption)."""

    VILLAGE = "A. Data desa"
    GROUP = "B. KPSPAMS dan SK"
    BOARD = "C. Pengurus"
    FACILITIES = "D. Sarana (SPAM)"
    GROUP_CHECK = "E. Pemeriksaan KPSPAMS"
    PLAN = "F. Rencana kerja"


def plan_year(today) -> int:
    """The year that the form plans: the next one, because a village plans ahead (our assumption)."""
    return today.year + 1
