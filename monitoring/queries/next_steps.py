"""Next step of a village for its fasilitator: the first gap along the chain that they can close."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from kpspams.models import Member
from kpspams.queries.boards import DecreeState, decree_state
from monitoring.queries.chain import Chain, State, judge
from monitoring.queries.facts import LoadedGroup, VillageFacts, gather
from monitoring.queries.stages.groups import judged_groups
from monitoring.queries.water import Functioning
from plans.models import DamageReport, WorkPlan
from plans.queries.plan_status import status_on


@dataclass(frozen=True)
class NextStep:
    """A step with its label and page."""

    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """One village of a fasilitator: its chain and its next step, None where nothing is missing."""

    chain: Chain
    step: NextStep | None

    @property
    def village(self):
        return self.chain.village


def cards(villages, on: date) -> list[Card]:
    """Next steps of these villages as of today, in the given order."""
    found = gather(villages, on, on.year)
    reports = DamageReport.objects.open().filter(facility__village__in=[facts.village.pk for facts in found])
    damages = {report.facility_id: report for report in reports}
    judged = [(facts, judge(facts, on)) for facts in found]
    return [Card(chain, next_step(facts, chain, on, damages)) for facts, chain in judged]


def next_step(facts: VillageFacts, chain: Chain, on: date, damages: dict[int, DamageReport]) -> NextStep | None:
    """Red stages first, then the others, each in the order of the chain; `damages` are the open ones by water system.

    Steps that only the office can take (hold a training, approve) are left out.
    """
    steps = [_proposal(facts, on), _group(facts, on), _plan(facts), _facility(facts, damages)]
    pairs = sorted(zip(chain.steps, steps, strict=True), key=lambda pair: pair[0].state != State.NONE)
    return next((step for _, found in pairs for step in found), None)


def _to(label, name, *args, **query) -> NextStep:
    address = reverse(name, args=args)
    return NextStep(label, f"{address}?{urlencode(query)}" if query else address)


def _proposal(facts: VillageFacts, on: date) -> Iterator[NextStep]:
    """Villages that are invited to a future training and have proposed nobody."""
    coming = [turnout for turnout in facts.turnouts if turnout.last_day >= on and not turnout.expected]
    for turnout in sorted(coming, key=lambda turnout: turnout.first_day):
        yield _to("Usulkan peserta pelatihan", "trainings:participant_pick", turnout.training.pk)


def _group(facts: VillageFacts, on: date) -> Iterator[NextStep]:
    groups = judged_groups(facts)
    if not groups:
        yield _to("Catat KPSPAMS", "kpspams:group_create", desa=facts.village.pk)
    for group in groups:
        decree = group.decree_on(on)
        state = decree_state(decree, on)
        if state == DecreeState.NONE:
            yield _to("Catat SK", "kpspams:document_create", group.pk, jenis="sk")
        elif decree and state == DecreeState.IN_PROCESS:
            yield _to("Lengkapi SK yang dalam proses", "kpspams:document_update", decree.pk)
        elif state == DecreeState.ENDED:
            yield _to("Catat SK yang baru", "kpspams:document_create", group.pk, jenis="sk")
        yield from _vacant(group)


def _vacant(group: LoadedGroup) -> Iterator[NextStep]:
    held = {member.post for member in group.board if not member.acting}
    for post in Member.CORE:
        if post not in held:
            label = f"Isi jabatan {Member.Post(post).label}"
            yield _to(label, "kpspams:member_create", group.pk, jabatan=post)


def _plan(facts: VillageFacts) -> Iterator[NextStep]:
    if not facts.village.subdistrict.district.rules.records(facts.plan_year):
        return
    for group in judged_groups(facts):
        status = {plan: status_on(plan.steps.all()) for plan in group.plans_of_year}
        if any(found in WorkPlan.HANDED_IN for found in status.values()):
            continue
        words: dict[str, str] = {WorkPlan.Status.DRAFT: "Lanjutkan", WorkPlan.Status.RETURNED: "Perbaiki"}
        begun = [(plan, words[found]) for plan, found in status.items() if found in words]
        if begun:
            plan, verb = begun[-1]
            yield _to(f"{verb} rencana kerja {plan.year}", "plans:work_plan_update", plan.pk)
        else:
            year = facts.plan_year
            yield _to(f"Buat rencana kerja {year}", "plans:work_plan_create", kpspams=group.pk, tahun=year)


def _facility(facts: VillageFacts, damages: dict[int, DamageReport]) -> Iterator[NextStep]:
    for facility in facts.facilities:
        if facility.pk in damages:
            yield _to(f"Lanjutkan kerusakan {facility}", "plans:damage_detail", damages[facility.pk].pk)
        elif facility.water.needs_check:
            yield _to(f"Kunjungi dan cek {facility}", "fieldwork:visit_create", facts.village.pk)
        elif facility.water.functioning != Functioning.WORKS:
            yield _to(f"Laporkan kerusakan {facility}", "plans:damage_create", facility.pk)
