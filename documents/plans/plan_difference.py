"""Perubahan rencana kerja: changes of a revision, by line and in money per bidang, source and month."""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import User
from documents.choices import Format
from documents.content import Parameters
from documents.layout import blocks
from documents.layout.sheets import Cell, Formula, Ledger, total_of
from documents.plans import base
from documents.plans.base import PlanDocument
from plans.models import Activity, WorkPlan
from plans.queries.line_progress import PLANNED_MONTHS_RULE
from plans.queries.plan_difference import Change, MoneyChange, PlanDifference, plan_difference
from plans.queries.plan_lines import Line, summary
from records import formats


class MoneyRow(TypedDict):
    """Rupiah before and after, for a line of the plan, a bidang, a source or a month."""

    number: str
    label: str
    state: str
    old: int
    new: int


class MoneyTable(TypedDict):
    head: str
    rows: list[MoneyRow]


class Figures(TypedDict):
    lines: list[MoneyRow]
    tables: list[MoneyTable]
    old: int
    new: int


class DifferenceSheet(TypedDict):
    heading: list[str]
    changes: list[list[str]]
    figures: Figures


class PlanDifferenceContent(blocks.BlockContent):
    sheet: DifferenceSheet


class PlanDifferenceDocument(PlanDocument[PlanDifferenceContent]):
    kind, title, code_prefix = "plan_difference", "Perubahan rencana kerja", "RP"
    template_version = 3
    audit_position = 2
    formats = (Format.PDF, Format.XLSX)
    signers = base.PLAN_SIGNERS

    def clean(self, subject: WorkPlan, parameters: Parameters) -> Parameters:
        """Raises ValidationError for a plan that is not a revision."""
        if before(subject) is None:
            raise ValidationError("Rencana kerja ini bukan revisi, jadi tidak ada perubahan untuk dicetak.")
        return {}

    def collect(self, subject: WorkPlan, parameters: Parameters, user: User | None) -> PlanDifferenceContent:
        plan, earlier = subject, before(subject)
        assert earlier is not None, "clean refuses plans without an earlier revision"
        steps = list(plan.steps.all())
        day = steps[-1].on if steps else localdate()
        office = self.district_of(plan).office_on(day)
        found = plan_difference(earlier, plan)
        heading = [
            f"PERUBAHAN RENCANA KERJA KPSPAMS “{plan.group.name.upper()}” TAHUN {plan.year}",
            f"REVISI KE-{plan.revision}",
        ]
        about = base.about(plan, office)
        facts = [
            ("Dibandingkan dengan", f"revisi ke-{earlier.revision}" if earlier.revision else "rencana kerja semula"),
            ("Alasan", plan.reason or "-"),
            ("Keadaan", plan.status_word),
            ("Kegiatan", _counted(found)),
        ]
        signed = base.letterhead_and_signatures(self, plan, day, office)
        body = [blocks.letterhead(), blocks.title(*heading), blocks.center(about), blocks.facts(facts)]
        if found.is_empty:
            body += blocks.paragraphs("Tidak ada yang berubah.")
        body += _lines("Kegiatan yang ditambah", found.added, plus=True)
        body += _lines("Kegiatan yang dihapus", found.gone, plus=False)
        changes = _changed_texts(found)
        if changes:
            body += [blocks.heading("Kegiatan yang berubah"), _table(changes, "Kegiatan yang berubah")]
        figures = [["", "", *_texts(change)] for change in found.figures]
        if figures:
            body += [blocks.heading("Angka rencana kerja yang berubah"), _table(figures, "Angka yang berubah")]
        for head, rows in _money_tables(found):
            body += [blocks.heading(f"Selisih per {head.lower()}"), _money(head, rows, found.total)]
        body += blocks.paragraphs(PLANNED_MONTHS_RULE)
        body.append(blocks.signatures(*signed["signatures"]))
        return {
            "document": base.head(plan, "Perubahan rencana kerja", day, office, wide=True),
            "letterhead": signed["letterhead"],
            "body": body,
            "sheet": {
                "heading": [*heading, about, *(f"{name}: {text}" for name, text in facts)],
                "changes": [*changes, *figures],
                "figures": _figures(found),
            },
        }

    def xlsx(self, content: PlanDifferenceContent) -> bytes:
        """Adds the lines with their money, then the money per bidang, source and month, then the texts that changed.

        Differences are formulas.
        """
        sheet = content["sheet"]
        figures = sheet["figures"]
        ledger = Ledger(content["document"], [6, 44, 24, 30, 30, 18])
        ledger.heading(sheet["heading"])
        ledger.heads(["No", "Kegiatan", "Keadaan", *MONEY_HEADS])
        _sheet_money(ledger, figures["lines"], figures)
        for table in figures["tables"]:
            ledger.gap()
            ledger.heads(["", table["head"], "", *MONEY_HEADS], stays=False)
            _sheet_money(ledger, table["rows"], figures)
        if sheet["changes"]:
            ledger.gap()
            ledger.heads(["No", "Kegiatan", "Isian", "Semula", "Menjadi"], stays=False)
            for row in sheet["changes"]:
                ledger.row(row)
        return ledger.content()


def before(plan: WorkPlan) -> WorkPlan | None:
    """The revision on which this one is based."""
    return WorkPlan.objects.filter(group=plan.group_id, year=plan.year, revision=plan.revision - 1).first()


def _counted(found: PlanDifference) -> str:
    return (
        f"{len(found.added)} ditambah, {len(found.gone)} dihapus, {len(found.changed)} berubah, {found.unchanged} tetap"
    )


def _texts(change: Change) -> list[str]:
    return [change.label, change.old or "-", change.new or "-"]


def _changed_texts(found: PlanDifference) -> list[list[str]]:
    """One row for each changed column; number and title of the line are in its first row."""
    return [
        [
            str(line.after.activity.position) if not at else "",
            line.after.activity.title if not at else "",
            *_texts(change),
        ]
        for line in found.changed
        for at, change in enumerate(line.changes)
    ]


def _table(rows: list[list[str]], caption: str) -> blocks.Block:
    columns = [("No", 10, "c"), ("Kegiatan", 0, "l"), ("Isian", 35, "l"), ("Semula", 70, "l"), ("Menjadi", 70, "l")]
    return blocks.table(columns, rows, caption=caption, small=True)


def _lines(heading: str, lines: list[Line], *, plus: bool) -> list[blocks.Block]:
    if not lines:
        return []
    rows = [
        [
            str(line.activity.position),
            line.activity.title,
            summary(line),
            base.signed(line.activity.amount if plus else -line.activity.amount),
        ]
        for line in lines
    ]
    columns = [("No", 10, "c"), ("Kegiatan", 0, "l"), ("Isi", 80, "l"), ("Selisih (Rp)", 30, "r")]
    return [blocks.heading(heading), blocks.table(columns, rows, caption=heading, small=True)]


def _money_tables(found: PlanDifference) -> list[tuple[str, list[MoneyChange]]]:
    return [("Bidang", found.by_area), ("Sumber dana", found.by_source), ("Bulan", found.by_month)]


def _money(head: str, changes: list[MoneyChange], total: MoneyChange) -> blocks.Block:
    def row(name: str, change: MoneyChange) -> list[str]:
        money = [formats.number_id(change.old), formats.number_id(change.new)]
        return [name, *money, base.signed(change.difference)]

    columns = [(head, 0, "l"), ("Semula (Rp)", 45, "r"), ("Menjadi (Rp)", 45, "r"), ("Selisih (Rp)", 45, "r")]
    rows = [row(change.label, change) for change in changes]
    return blocks.table(columns, rows, footer=[row("JUMLAH", total)], caption=f"Selisih per {head.lower()}", small=True)


def _figures(found: PlanDifference) -> Figures:
    """The numbers of the page: the changed lines, the sum of the others, money of three kinds."""
    lines = [_line(line.activity, "Ditambah", 0, line.activity.amount) for line in found.added]
    lines += [_line(line.activity, "Dihapus", line.activity.amount, 0) for line in found.gone]
    for changed in found.changed:
        before, after = changed.before.activity, changed.after.activity
        lines.append(_line(after, "Berubah", before.amount, after.amount))
    if found.unchanged:
        kept = found.total.new - sum(line["new"] for line in lines)
        lines.append(_row(f"{found.unchanged} kegiatan yang tetap", kept, kept, state="Tetap"))
    return {
        "lines": lines,
        "tables": [
            {"head": head, "rows": [_row(change.label, change.old, change.new) for change in changes]}
            for head, changes in _money_tables(found)
        ],
        "old": found.total.old,
        "new": found.total.new,
    }


def _line(activity: Activity, state: str, old: int, new: int) -> MoneyRow:
    return _row(activity.title, old, new, number=str(activity.position), state=state)


def _row(label: str, old: int, new: int, *, number: str = "", state: str = "") -> MoneyRow:
    return {"number": number, "label": label, "state": state, "old": old, "new": new}


MONEY_HEADS = ["Semula (Rp)", "Menjadi (Rp)", "Selisih (Rp)"]


def _sheet_money(ledger: Ledger, rows: list[MoneyRow], total: Figures) -> None:
    def gap(old: int, new: int) -> Formula:
        number = ledger.line + 1
        return Formula(f"=E{number}-D{number}", new - old)

    lines = []
    for row in rows:
        money: list[Cell] = [row["old"], row["new"], gap(row["old"], row["new"])]
        lines.append(ledger.row([row["number"], row["label"], row["state"], *money]))
    sums = [total_of(3, lines, total["old"]), total_of(4, lines, total["new"])]
    ledger.row(["", "JUMLAH", "", *sums, gap(total["old"], total["new"])], bold=True)
