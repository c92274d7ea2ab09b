"""Notulen of a meeting or a training: agenda and attendance from the records, the rest from Uraian or dotted lines."""

from typing import Any

from accounts.models import User
from records import words
from documents.layout import blocks, frame
from documents.trainings import results
from documents.trainings import base as papers
from documents.layout.blocks import render
from documents.layout.docx import docx
from documents.trainings.base import SUBJECTS, district_of
from reports.kinds import Kind
from trainings.models import AgendaItem, SpjItem, Training

__all__ = ["SUBJECTS", "district_of", "docx", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "NOT"
READERS = "district"
WHOLE = True


def label(parameters: dict) -> str:
    return "Notulen"


def clean(training: Training, parameters: dict) -> dict:
    papers.needs_days(training)
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    dated = papers.last_day(training)
    signing = papers.signing(Kind.MINUTES, training, dated)
    head = papers.head(training, "Notulen", dated, signing=signing)
    found = results.results(training, head["said"]["village"])
    typed = results.narrative(training)
    number = papers.book_entry(training, SpjItem.Paper.MINUTES).number
    facts = [
        ("Kegiatan", training.title),
        ("Hari/tanggal", head["weekdays"]),
        ("Waktu", results.meeting_times(training)),
        ("Tempat", head["place"] or papers.DOTS),
        ("Pimpinan rapat", typed.chair or papers.DOTS),
        ("Notulis", typed.note_taker or papers.DOTS),
        ("Peserta", _attendance(found)),
    ]
    body = [
        blocks.kop(),
        blocks.title("NOTULEN", *head["activity"], number=f"NOMOR: {number}" if number else ""),
        blocks.facts(facts),
        blocks.heading("A. Susunan acara"),
        blocks.items(_agenda(training) or ["." * 80] * 3),
        blocks.heading("B. Pembahasan"),
        *blocks.paragraphs(results.typed(typed.discussion)),
        blocks.heading("C. Kesimpulan dan kesepakatan"),
        *blocks.paragraphs(results.typed(typed.decisions)),
        blocks.signatures(
            frame.block("Pimpinan Rapat,", name=typed.chair),
            frame.block("Notulis,", name=typed.note_taker) | {"place_date": papers.placed(signing)},
        ),
        *([blocks.signatures(*knowing)] if (knowing := signing.blocks()) else []),
    ]
    return head | {"body": body}


def _attendance(found: results.Results) -> str:
    said = "; ".join(part for part in (found.present, found.villages) if part)
    if found.marked and found.missing:
        said += f"; tidak hadir: {found.missing}"
    return said


def _agenda(training: Training) -> list[str]:
    """One line an item; breaks are left out. Days are named where there are several."""
    several = training.days.count() > 1
    lines = []
    for item in results.agenda(training):
        if item.kind == AgendaItem.Kind.BREAK:
            continue
        who = results.people_of(item)
        when = f"{words.date_id(item.day.date)}, " if several else ""
        lines.append(f"{when}{words.time_span(item.starts, item.ends)}: {item.topic}" + (f" ({who})" if who else ""))
    return lines
