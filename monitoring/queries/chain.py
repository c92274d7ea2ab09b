"""The result chain of a village: Terlatih, Kelompok ber-SK, Rencana kerja, SPAM berfungsi.

The four stages, their states and every rule are those of docs/domain/README.md#the-result-chain (our assumption). Red
means a recorded deficit or a deadline that passed while the group existed; missing data is grey. Every rule takes a day
and reads the dates of the facts, not of their entry. Each stage is a module of `stages`.
"""

from dataclasses import dataclass
from datetime import date

from monitoring.queries.facts import VillageFacts, gather
from monitoring.queries.stages.base import LABELS, STATE_LABELS, State, Step
from monitoring.queries.stages.facility import judge_facility
from monitoring.queries.stages.legal import judge_legal
from monitoring.queries.stages.plan import judge_plan
from monitoring.queries.stages.trained import judge_trained
from villages.models import Programme, Village

__all__ = ["LABELS", "STATE_LABELS", "Chain", "State", "Step", "chains_of", "judge"]


@dataclass(frozen=True)
class Chain:
    """The four stages of one village in their order; the order is shown, not enforced."""

    village: Village
    steps: tuple[Step, ...]

    def stage(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)


def chains_of(
    villages,
    on: date,
    cohort_year: int | None = None,
    *,
    programme: Programme | None = None,
    plan_year: int | None = None,
) -> list[Chain]:
    """The chains of these villages as of `on`, each by the settings of its kabupaten (loaded with the village).

    With `cohort_year` or `programme` only these grants decide which trainings count. The plans are those of
    `plan_year`, by default of the year of the day.
    """
    year = plan_year or on.year
    return [judge(facts, on, cohort_year, programme) for facts in gather(villages, on, year)]


def judge(facts: VillageFacts, on: date, cohort_year: int | None = None, programme: Programme | None = None) -> Chain:
    """The chain of one village from its facts as of that day."""
    return Chain(
        facts.village,
        (
            judge_trained(facts, on, cohort_year, programme),
            judge_legal(facts, on),
            judge_plan(facts, on, facts.village.subdistrict.district.rules),
            judge_facility(facts, on),
        ),
    )
