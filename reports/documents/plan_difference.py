"""Perubahan rencana kerja: what a revision changes, line by line and in money per source, for whoever decides on it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import User
from kpspams.models import WorkPlan
from kpspams.plan_difference import plan_difference
from kpspams.plan_lines import Line, summary
from records import words
from reports.documents import blocks, frame, plan_papers
from reports.documents.blocks import render
from reports.documents.plan_papers import SUBJECTS, district_of

__all__ = ["SUBJECTS", "district_of", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "RP"


def label(parameters: dict) -> str:
    return "Perubahan rencana kerja"


def before(plan: WorkPlan) -> WorkPlan | None:
    """The revision that this one started from."""
    return WorkPlan.objects.filter(group=plan.group_id, year=plan.year, revision=plan.revision - 1).first()


def clean(subject: WorkPlan, parameters: dict) -> dict:
    """Raises ValidationError, in words for people, for a plan that is no revision."""
    if before(subject) is None:
        raise ValidationError("Rencana kerja ini bukan revisi, jadi tidak ada perubahan untuk dicetak.")
    return {}


def collect(subject: WorkPlan, parameters: dict, user: User | None) -> dict[str, Any]:
    plan, earlier = subject, before(subject)
    assert earlier is not None, "clean refuses plans without an earlier revision"
    steps = list(plan.steps.all())
    day = steps[-1].on if steps else localdate()
    office = district_of(plan).office_on(day)
    found = plan_difference(earlier, plan)
    body = [
        blocks.title(
            f"PERUBAHAN RENCANA KERJA KPSPAMS “{plan.group.name.upper()}” TAHUN {plan.year}",
            f"REVISI KE-{plan.revision}",
        ),
        blocks.center(plan_papers.about(plan, office)),
        blocks.facts(
            [
                (
                    "Dibandingkan dengan",
                    f"revisi ke-{earlier.revision}" if earlier.revision else "rencana kerja semula",
                ),
                ("Alasan", plan.reason or "-"),
                ("Keadaan", plan.get_status_display()),
                ("Kegiatan", _counted(found)),
            ]
        ),
    ]
    if found.is_empty:
        body += blocks.paragraphs("Tidak ada yang berubah.")
    body += _lines("Kegiatan yang ditambah", found.added, plus=True)
    body += _lines("Kegiatan yang dihapus", found.gone, plus=False)
    if found.changed:
        rows = [
            [
                str(line.after.activity.position) if not at else "",
                line.after.activity.title if not at else "",
                *_texts(change),
            ]
            for line in found.changed
            for at, change in enumerate(line.changes)
        ]
        body += [blocks.heading("Kegiatan yang berubah"), _table(rows, "Kegiatan yang berubah")]
    if found.figures:
        rows = [["", "", *_texts(change)] for change in found.figures]
        body += [blocks.heading("Angka rencana kerja yang berubah"), _table(rows, "Angka yang berubah")]
    body += [blocks.heading("Selisih per sumber dana"), _money(found)]
    body.append(blocks.signatures(*plan_papers.signers(plan, day, office)))
    return {
        "document": plan_papers.head(plan, "Perubahan rencana kerja", day, office, wide=True),
        "kop": frame.kop(None),
        "body": body,
    }


def _counted(found: Any) -> str:
    return (
        f"{len(found.added)} ditambah, {len(found.gone)} dihapus, {len(found.changed)} berubah, {found.unchanged} tetap"
    )


def _texts(change: Any) -> list[str]:
    return [change.label, change.old or "-", change.new or "-"]


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
            plan_papers.signed(line.activity.amount if plus else -line.activity.amount),
        ]
        for line in lines
    ]
    columns = [("No", 10, "c"), ("Kegiatan", 0, "l"), ("Isi", 80, "l"), ("Selisih (Rp)", 30, "r")]
    return [blocks.heading(heading), blocks.table(columns, rows, caption=heading, small=True)]


def _money(found: Any) -> blocks.Block:
    def row(name: str, change: Any) -> list[str]:
        money = [words.number_id(change.old), words.number_id(change.new)]
        return [name, *money, plan_papers.signed(change.difference)]

    columns = [("Sumber dana", 0, "l"), ("Semula (Rp)", 45, "r"), ("Menjadi (Rp)", 45, "r"), ("Selisih (Rp)", 45, "r")]
    rows = [row(line.source.label if line.source else "Belum ada sumber", line) for line in found.money]
    return blocks.table(columns, rows, foot=[row("JUMLAH", found.total)], caption="Selisih per sumber dana", small=True)
