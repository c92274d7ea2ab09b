"""Sample work plans: those of 2019 with their dates, and plans of this year in every state."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pamsimas.demo.groups import GROUPS
from pamsimas.demo.seeding import seed, table
from plans.models import Activity, ActivityFunding, FundingSource, LineNote, PlanStep, WorkArea, WorkPlan
from plans.rules.months import months_to_mask
from records.models import Event

Status, Security = WorkPlan.Status, ActivityFunding.Security

# Lines of the sample that a small group plans too.
SHORT = {"1", "2", "4", "9", "11", "14"}
IMPROVING = {"6", "7", "8", "16"}
# Lines that the revision adds.
REPAIR = {
    "no": "16",
    "bidang": "A",
    "kegiatan": "Perbaikan panel listrik Dusun III",
    "lokasi": "Rumah pompa",
    "volume": "1",
    "satuan": "paket",
    "harga_satuan": "7300000",
    "sumber_dana": "APBDes",
    "penanggung_jawab": "Seksi Teknik",
    "bulan": "10",
}
# Notes on lines of the returned plan: line, note, answer.
LINE_NOTES = [
    (1, "Biaya listrik belum sesuai tagihan tiga bulan terakhir. Lampirkan rekeningnya.", ""),
    (4, "Rapat 12 kali dalam setahun: apakah termasuk rapat anggota?", "Termasuk satu rapat anggota pada Desember."),
]
NOTE_RETURNED = (
    "Lengkapi biaya listrik pompa dan pemeriksaan kualitas air, lalu hitung ulang iuran: sekarang iuran di bawah BOP."
)


@dataclass(frozen=True)
class Scenario:
    """One plan. `steps` are (action, day, account, note); the day of a step of this year is counted from today."""

    group: str
    year: int
    writer: str
    status: str
    steps: tuple = ()
    size: str = "short"
    revision: int = 0
    reason: str = ""
    stage: str = WorkPlan.Stage.FINAL


def scenarios(today: date) -> list[Scenario]:
    """All plans, oldest first. Days of this year never lie after today, even when loaded in January."""
    year = today.year
    submitted, approved_on = (
        min(date(year, 1, 20), today - timedelta(days=6)),
        min(date(year, 1, 28), today - timedelta(days=2)),
    )
    again = max(approved_on, today - timedelta(days=75))

    proposed = min(date(year, 6, 20), today - timedelta(days=3))
    agreed = min(date(year, 6, 27), today - timedelta(days=1))

    def handed_in(writer, day=submitted):
        return (PlanStep.Action.SUBMIT, day, writer, "")

    def approved(by, day=approved_on, note=""):
        return (PlanStep.Action.APPROVE, day, by, note)

    def approved_plan(group, year, writer, by, on, done, **more):
        return Scenario(group, year, writer, Status.APPROVED, (handed_in(writer, on), approved(by, done)), **more)

    def last_year(group, writer, by, **more):
        return approved_plan(group, year - 1, writer, by, date(year - 1, 1, 17), date(year - 1, 1, 25), **more)

    first = approved_plan("Tirta Contoh", 2019, "staf", "admin", date(2019, 1, 21), date(2019, 1, 28), size="full")
    third = approved_plan("Tirta Sari", year, "fasilitator", "admin", submitted, approved_on)
    returned = (PlanStep.Action.RETURN, approved_on, "staf", NOTE_RETURNED)
    replaced = (PlanStep.Action.SUPERSEDE, again, "admin", "")
    return [
        first,
        replace(first, group="Tirta Makmur"),
        replace(first, group="Tirta Lestari", size="short"),
        approved_plan("Tirta Mulya", 2019, "staf", "admin", date(2019, 2, 18), date(2019, 2, 26)),
        last_year("Tirta Contoh", "fasilitator", "admin", size="full"),
        last_year("Tirta Makmur", "fasilitator", "admin", size="full"),
        last_year("Tirta Lestari", "fasilitator", "staf"),
        last_year("Banyu Urip", "staf", "admin"),
        approved_plan("Tirta Contoh", year, "fasilitator", "admin", submitted, approved_on, size="full"),
        approved_plan("Tirta Makmur", year, "fasilitator", "admin", submitted, approved_on, size="full"),
        replace(third, status=Status.SUPERSEDED, steps=(*third.steps, replaced)),
        replace(
            third,
            revision=1,
            reason="Panel listrik Dusun III terbakar; perbaikannya belum direncanakan.",
            steps=(handed_in("fasilitator", again - timedelta(days=1)), approved("admin", again)),
        ),
        Scenario("Banyu Bening", year, "fasilitator", Status.DRAFT, size="empty"),
        Scenario("Tirta Rahayu", year, "fasilitator", Status.RETURNED, (handed_in("fasilitator"), returned)),
        Scenario("Tirta Lestari", year, "fasilitator", Status.SUBMITTED, (handed_in("fasilitator"),)),
        Scenario("Way Tirta", year, "fasilitator", Status.SUBMITTED, (handed_in("fasilitator", approved_on),)),
        Scenario("Tirta Amerta", year, "staf", Status.DRAFT),
        # Written by admin, so staf has to approve it.
        Scenario("Sumber Tirta", year, "admin", Status.SUBMITTED, (handed_in("admin", approved_on),)),
        approved_plan("Tirta Mulya", year, "staf", "admin", submitted, approved_on),
        Scenario("Tirta Jaya", year, "staf", Status.DRAFT),
        approved_plan("Tirta Dharma", year, "staf", "admin", submitted, approved_on),
        Scenario("Tirta Contoh", year + 1, "fasilitator", Status.DRAFT),
        # A usulan submitted before its deadline, to become the final plan of next year.
        approved_plan(
            "Tirta Makmur", year + 1, "fasilitator", "admin", proposed, agreed, stage=WorkPlan.Stage.PROPOSAL
        ),
    ]


def seed_plans(groups, users, today: date):
    """Adds plans, lines, sources and steps; the event of its writer prevents that they approve it."""
    group_scenarios = {scenario.name: scenario for scenario in GROUPS}
    areas = {area.code: area for area in WorkArea.objects.all()}
    sources = {source.label: source for source in FundingSource.objects.all()}
    plans, activities, fundings = [], [], []
    for scenario in scenarios(today):
        base_fee, tariff = group_scenarios[scenario.group].fee
        plan = WorkPlan(
            group=groups[scenario.group],
            year=scenario.year,
            revision=scenario.revision,
            reason=scenario.reason,
            stage=scenario.stage,
            status=scenario.status,
            payers=group_scenarios[scenario.group].payers or None,
            base_fee=base_fee,
            tariff=tariff,
        )
        plans.append((scenario, plan))
    for writer in users:
        seed([plan for scenario, plan in plans if scenario.writer == writer], users[writer])
    for scenario, plan in plans:
        share = 1 if scenario.size == "full" else Decimal(plan.payers or 40) / 120
        for activity, source in _lines(plan, scenario, share, areas):
            activities.append(activity)
            fundings.append(
                ActivityFunding(
                    activity=activity,
                    source=sources[source],
                    amount=activity.amount,
                    security=_security(source, scenario.status),
                )
            )
    seed(activities)
    seed(fundings)
    _seed_steps(plans, users)
    _seed_line_notes(plans, users)


def _seed_line_notes(plans, users):
    (plan,) = (plan for scenario, plan in plans if scenario.status == Status.RETURNED)
    reviewer, writer = users["staf"], users["fasilitator"]
    notes = [LineNote(plan=plan, line=line, text=text, by=reviewer) for line, text, _ in LINE_NOTES]
    for note, (_, _, answer) in zip(notes, LINE_NOTES, strict=True):
        if answer:
            note.answer, note.answered_by, note.answered_at = answer, writer, note.at
    seed(notes, reviewer)


def _lines(plan, scenario, share, areas):
    """The lines of the sample; a small group has six of them, with running costs by its share of payers."""
    full = scenario.size == "full"
    rows = [row for row in table("work_plan") if full or (scenario.size == "short" and row["no"] in SHORT)]
    if scenario.revision:
        rows.append(REPAIR)
    for number, row in enumerate(rows, start=1):
        price = int(row["harga_satuan"])
        if not full:
            price = max(int(price * share) // 5_000 * 5_000, 5_000)
        volume = Decimal(row["volume"])
        activity = Activity(
            plan=plan,
            line=number,
            position=number,
            area=areas[row["bidang"]],
            title=row["kegiatan"],
            location=row["lokasi"] if full else "",
            volume=volume,
            unit=row["satuan"],
            unit_price=price,
            amount=Activity.cost(volume, price),  # bulk inserts pass by save()
            months=months_to_mask(int(month) for month in row["bulan"].split()),
            responsible=row["penanggung_jawab"],
            mode=Activity.Mode.SELF if row["sumber_dana"] == "APBDes" else "",
            cost_class=Activity.CostClass.REPAIR if row["no"] in IMPROVING else Activity.CostClass.ROUTINE,
        )
        yield activity, row["sumber_dana"]


def _security(source: str, status: str) -> str:
    """The security of a public source: in the budget after approval, in the RKP Desa before."""
    if source not in ("APBDes", "APBD Kabupaten"):
        return Security.PROPOSED
    if status in (Status.APPROVED, Status.SUPERSEDED):
        return Security.IN_BUDGET
    return Security.IN_RKP if status == Status.SUBMITTED else Security.PROPOSED


def _seed_steps(plans, users):
    steps, events = [], []
    for scenario, plan in plans:
        for action, day, username, note in scenario.steps:
            by = users[username]
            steps.append(PlanStep(plan=plan, action=action, on=day, by=by, note=note))
            events.append(
                Event(
                    verb=PlanStep.VERBS[action],
                    by=by,
                    kind=plan._meta.label_lower,
                    object_id=plan.pk,
                    label=str(plan),
                    reason=note,
                )
            )
    seed(steps)
    Event._base_manager.bulk_create(events)
