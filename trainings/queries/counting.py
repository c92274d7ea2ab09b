"""Whether a training counts in Terlatih for the grants of a village, and if not, the reason (our assumption).

A training counts for a grant of its cohort year, and of its programme or of none. For a village without grants every
training counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trainings.models import Training
from villages.models import GrantAward, Village

MAX_NAMES = 5


def counts_for(training: Training, award: GrantAward) -> bool:
    return training.cohort_year == award.fiscal_year and training.programme_id in (None, award.programme_id)


@dataclass(frozen=True)
class Uncounted:
    """Villages for which a training does not count, all for the same reason."""

    reason: str
    villages: tuple[Village, ...]

    @property
    def sentence(self) -> str:
        names = ", ".join(village.name for village in self.villages[:MAX_NAMES])
        more = f", dan {len(self.villages) - MAX_NAMES} desa lain" if len(self.villages) > MAX_NAMES else ""
        return f"Tidak dihitung dalam Terlatih untuk {names}{more}: {self.reason}."


def uncounted(training: Training) -> list[Uncounted]:
    """Invited or participating villages for which the training does not count. Two queries."""
    if training.is_meeting:
        return []
    villages = Village.objects.filter(invitations__training=training) | Village.objects.filter(
        participants__training=training
    )
    named = {village.pk: village for village in villages.distinct().order_by("code")}
    awards: dict[int, list[GrantAward]] = defaultdict(list)
    for award in GrantAward.objects.filter(village__in=named).select_related("programme").order_by("fiscal_year"):
        awards[award.village_id].append(award)
    reasons: dict[str, list[Village]] = defaultdict(list)
    for key, village in named.items():
        own = awards[key]
        if own and not any(counts_for(training, award) for award in own):
            reasons[_reason(training, own)].append(village)
    return [Uncounted(reason, tuple(rows)) for reason, rows in reasons.items()]


def _reason(training: Training, awards: Iterable[GrantAward]) -> str:
    years = " dan ".join(dict.fromkeys(f"TA {award.fiscal_year}" for award in awards))
    if training.cohort_year is None:
        return f"isian untuk desa penerima TA masih kosong, desa itu penerima {years}"
    of_year = [award for award in awards if award.fiscal_year == training.cohort_year]
    if not of_year:
        return f"pelatihan ini untuk desa penerima TA {training.cohort_year}, desa itu penerima {years}"
    programmes = " dan ".join(dict.fromkeys(str(award.programme) for award in of_year))
    return f"pelatihan ini dari program {training.programme}, bantuan desa itu dari {programmes}"
