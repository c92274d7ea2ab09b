"""What the public may know of an issued paper by its code: never who stands in it, nor who asked for it."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from kpspams.models import WorkPlan
from records import words
from reports.documents import foot, frame
from reports.issuing import read_code
from reports.models import Report

Standing = Report.Standing
TONES = {Standing.IN_FORCE: "green", Standing.REPLACED: "amber", Standing.WITHDRAWN: "red"}


@dataclass(frozen=True)
class Verified:
    """One issued paper, in the words of its public page."""

    code: str
    title: str
    standing: str  # in one word
    tone: str
    sentence: str
    issued_on: str
    sha256: str
    is_sample: bool
    facts: list[dict[str, str]]


def find(typed: str) -> Verified | None:
    """The issued paper of a code as somebody typed it; None where no paper bears it."""
    # A code that cannot be one is looked for as well, so that both answers cost the same.
    rows = Report.objects.filter(code=read_code(typed) or "-", state=Report.State.READY, standing__in=Report.ISSUED)
    row = (
        rows.annotate(mark=models.F("snapshot__document__watermark"))
        .defer("snapshot")
        .select_related("replaced_by", "work_plan")
    )
    report = row.first()
    return _told(report, frame.SAMPLE_MARK in (report.mark or "")) if report else None


def _told(report: Report, is_sample: bool) -> Verified:
    facts = [("Diterbitkan", _day(report.issued_on)), ("Halaman", words.number_id(report.pages or 0))]
    facts += [(label.capitalize(), words.number_id(count)) for label, count in sorted(report.counts.items())]
    return Verified(
        code=foot.printed_code(report.code or ""),
        title=report.public_title,
        standing=report.get_standing_display(),
        tone=TONES[Standing(report.standing)],
        sentence=_sentence(report),
        issued_on=_day(report.issued_on),
        sha256=report.sha256,
        is_sample=is_sample,
        facts=[{"label": label, "value": value} for label, value in facts],
    )


def _day(day: date | None) -> str:
    assert day is not None, "the database keeps no issue without its day"
    return words.date_id(day)


def _sentence(report: Report) -> str:
    if report.replaced_by:
        return f"Dokumen ini telah diganti dengan terbitan tanggal {_day(report.replaced_by.issued_on)}."
    if report.withdrawn_on:
        return f"Dokumen ini telah dibatalkan pada tanggal {words.date_id(report.withdrawn_on)}."
    said = "Dokumen ini tercatat di portal. Cocokkan judul, tanggal, dan jumlah halaman dengan cetakan Anda."
    # The paper stays what it was; what it speaks of has gone on.
    if report.work_plan and report.work_plan.status == WorkPlan.Status.SUPERSEDED:
        said += " Rencana kerja ini kemudian direvisi; mintalah cetakan revisinya kepada kantor."
    return said
