"""Digest for Ringkasan and Lembar Desa: progress, damages, responsible people, needed money.

Nothing is counted here: each figure comes from the function that its own page uses, over the villages and the day of
the same area. Page, document, image and message are made from one digest.
"""

from dataclasses import dataclass
from datetime import date

from accounts.rights import villages_label
from monitoring.queries import stage_counts
from monitoring.queries.area import Area, VillageArea
from monitoring.queries.area_facts import AreaFacts
from monitoring.queries.chain import Chain
from monitoring.queries.coverage import Coverage, Registry
from monitoring.queries.findings import GroupFindings, Total, totals
from plans.models import DamageReport
from plans.queries.realisation import Sum, Whole
from records.formats import date_id, number_id, percent, rupiah
from records.sums import sum_known
from villages.models import Target

# Who takes the next step where a stage is missing (our assumption: usual practice of the office).
ACTORS = {
    "trained": "DPMU",
    "legal": "KPSPAMS dan Kepala Desa",
    "plan": "KPSPAMS dan fasilitator",
    "facility": "KPSPAMS",
}
NAMED = 8  # villages or damages named in a message before "dan n lainnya"


@dataclass(frozen=True)
class Damage:
    """One damage as of the day, as text. `cost` in rupiah, None without an estimate."""

    what: str
    village: str
    days: int
    who: str
    cost: int | None
    url: str


@dataclass(frozen=True)
class Goal:
    """A figure and its target of the year, both as text."""

    label: str
    reached: str
    target: str


@dataclass(frozen=True)
class Digest:
    """The figures of some villages as of a day. `money`: sum of the plans of the year, None without an approved
    plan.
    """

    title: str
    one: bool  # of one village
    place: str
    as_of: str
    day: date
    year: int
    sample: bool
    chains: list[Chain]
    stages: list[stage_counts.StageCount]
    missing: list[stage_counts.Missing]
    damages: list[Damage]
    money: Sum | None
    unreported: str  # text of what the spending leaves out
    coverage: Coverage
    goals: list[Goal]
    judged: list[GroupFindings]
    findings: list[Total]

    @property
    def damage_cost(self) -> int | None:
        """Rupiah of the damages with an estimate; None without any."""
        return sum_known(damage.cost for damage in self.damages)

    @property
    def realised(self) -> int | None:
        """Rupiah; None without a report."""
        return self.money.realised if self.money else None

    @property
    def unestimated(self) -> int:
        return sum(damage.cost is None for damage in self.damages)

    @property
    def needs(self) -> list[tuple[str, str]]:
        """Text of the needed money."""
        found = []
        if self.damages:
            rest = f", {self.unestimated} belum ditaksir" if self.unestimated else ""
            count = f"({len(self.damages)} kerusakan{rest})"
            found.append(("Perbaikan kerusakan", f"{_or_unknown(self.damage_cost, 'belum ditaksir')} {count}"))
        if self.money:
            found.append((f"Rencana kerja {self.year} yang belum pasti dananya", rupiah(self.money.unsecured)))
            spent = f"{_or_unknown(self.realised, 'belum ada data,')} dari {rupiah(self.money.planned)}"
            rest = f" ({self.unreported})" if self.unreported and self.realised is not None else ""
            found.append((f"Realisasi rencana kerja {self.year}", spent + rest))
        return found

    @property
    def found(self) -> list[Total]:
        """Findings with at least one group."""
        return [total for total in self.findings if total.yes]

    @property
    def none_found(self) -> str:
        """Text for an empty `found`, which distinguishes no data from no findings."""
        if any(total.known for total in self.findings):
            return "Tidak ada temuan pada KPSPAMS dan SPAM yang ada datanya."
        return "Belum ada KPSPAMS atau SPAM yang ada datanya."


def _or_unknown(amount: int | None, word: str) -> str:
    return word if amount is None else rupiah(amount)


def digest_of(area: Area) -> Digest:
    """The digest of the chosen villages. As many queries for one village as for many.

    The coverage is that of all visible villages of the kabupaten, because targets are set for the whole.
    """
    facts = AreaFacts(area)
    chains = facts.chains
    _, covered = Registry(area.everywhere()).as_of(facts.day)
    money = Whole("Jumlah", plans=facts.plans)
    village = area.village if isinstance(area, VillageArea) else None
    return Digest(
        title=f"Lembar {village}" if village else f"Ringkasan {area.within}",
        one=village is not None,
        place=str(area.within) if facts.sees_all else villages_label(facts.user),
        as_of=f"{village}, {village.subdistrict}. Keadaan per {date_id(facts.day)}." if village else facts.as_of,
        day=facts.day,
        year=facts.year,
        sample=facts.sample,
        chains=chains,
        stages=stage_counts.stage_counts(chains),
        missing=stage_counts.red_list(chains),
        damages=_damages(facts),
        money=money.sum if facts.plans else None,
        unreported=money.unreported_text,
        coverage=covered,
        goals=_goals(covered, {} if village else _targets(facts)),
        judged=facts.groups,
        findings=totals(facts.groups, facts.facilities),
    )


def _damages(facts: AreaFacts) -> list[Damage]:
    """Damages that were open on the day, the longest first."""
    rows = DamageReport.objects.visible_to(facts.user).open_on(facts.day)
    rows = rows.filter(facility__village__in=facts.village_ids).select_related("facility__village")
    return [
        Damage(
            f"{row.get_component_display()}, {row.facility.name}",
            row.facility.village.name,
            (facts.day - row.since).days + 1,
            row.handled_by or ACTORS["facility"],
            row.estimated_cost,
            row.get_absolute_url(),
        )
        for row in rows.order_by("since", "pk")
    ]


def _targets(facts: AreaFacts) -> dict:
    """The targets of the year of the day, only for users who see all villages."""
    if not facts.sees_all:
        return {}
    rows = Target.objects.filter(district=facts.area.within, year=facts.day.year)
    return {row.indicator: row.value for row in rows}


def _goals(covered: Coverage, targets: dict) -> list[Goal]:
    """Each indicator of the coverage, with the target of the year where the kabupaten has set one."""
    found = []
    for key, label in Target.Indicator.choices:
        in_words = number_id if key == Target.Indicator.CONNECTIONS else percent
        reached, target = covered.reached(key), targets.get(key)
        figure = "belum ada data" if reached is None else f"{in_words(reached)} ({covered.base(key)})"
        found.append(Goal(label, figure, "–" if target is None else in_words(target)))
    return found


def shortened(names: list[str], most: int = NAMED) -> str:
    """ "Contoh Satu, Contoh Dua, dan 3 lainnya"; "–" for an empty list."""
    if not names:
        return "–"
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])}, dan {len(names) - most} lainnya"


def message(digest: Digest) -> str:
    """The digest as a message without names of persons; stars mark what WhatsApp prints bold."""
    lines = [f"*{digest.title}*", digest.as_of]
    if digest.sample:
        lines.append("DATA CONTOH, bukan data resmi.")
    lines += ["", "*Rantai hasil*"]
    if digest.one:
        steps = [step for chain in digest.chains for step in chain.steps]
        lines += [f"- {step.label}: {step.summary}" for step in steps]
    else:
        lines += [f"- {stage.label}: {stage.summary}" for stage in digest.stages]
    if not digest.one and (missing := [item for item in digest.missing if item.red]):
        lines += ["", "*Yang belum, dan siapa yang bertindak*"]
        for item in missing:
            names = shortened([chain.village.name for chain in item.red])
            lines.append(f"- {item.label} ({ACTORS[item.key]}): {names}")
    if digest.damages:
        lines += ["", "*Rusak*"]
        for damage in digest.damages[:NAMED]:
            cost = "belum ditaksir" if damage.cost is None else rupiah(damage.cost)
            lines.append(f"- {damage.village}: {damage.what}, {damage.days} hari, {damage.who}, {cost}")
        if len(digest.damages) > NAMED:
            lines.append(f"- dan {len(digest.damages) - NAMED} lainnya")
    if digest.needs:
        lines += ["", "*Dana*", *(f"- {label}: {amount}" for label, amount in digest.needs)]
    lines += ["", "*Cakupan*" if digest.one else f"*Cakupan {digest.place}*"]
    for goal in digest.goals:
        beside = f" (target {goal.target})" if goal.target != "–" else ""
        lines.append(f"- {goal.label}: {goal.reached}{beside}")
    return "\n".join(lines)
