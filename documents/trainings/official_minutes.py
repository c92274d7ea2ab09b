"""Berita acara pelaksanaan: day, figures and hours in words, villages that sent nobody by name."""

from datetime import date
from typing import Any

from accounts.models import User
from records import words
from documents.layout import blocks
from documents.trainings import results
from documents.trainings import base as papers
from documents.layout.blocks import render
from documents.layout.docx import docx
from documents.trainings.base import SUBJECTS, district_of
from documents.trainings.results import counted
from reports.kinds import Kind
from documents.letters import Letter
from trainings.models import SpjItem, Training

__all__ = ["SUBJECTS", "district_of", "docx", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "BAP"
READERS = "district"
WHOLE = True


def label(parameters: dict) -> str:
    return "Berita acara pelaksanaan"


def clean(training: Training, parameters: dict) -> dict:
    papers.needs_days(training)
    return {}


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    item = papers.book_entry(training, SpjItem.Paper.OFFICIAL_MINUTES)
    dated = item.dated_on or papers.last_day(training)
    signing = papers.signing(Kind.OFFICIAL_MINUTES, training, dated)
    head = papers.head(training, "Berita acara", dated, signing=signing)
    found = results.results(training, head["said"]["village"])
    title, *about = head["activity"]
    letter = Letter(Kind.OFFICIAL_MINUTES, training.district, dated)
    values = papers.letter_values(training, head) | _told(training, head, found, dated)
    body = [
        blocks.kop(),
        blocks.title("BERITA ACARA PELAKSANAAN", title, *about, number=f"NOMOR: {papers.number_or_dots(item)}"),
        *blocks.paragraphs(letter.text("opening", **values)),
        blocks.items(_facts(found)),
        *blocks.paragraphs(letter.text("closing", **values)),
        blocks.signatures(*signing.blocks(placed=papers.placed(signing))),
    ]
    return head | {"body": body}


def _told(training: Training, head: dict[str, Any], found: results.Results, dated: date) -> dict[str, str]:
    """What its opening sentence knows besides; figures in words."""
    days, hours = len(papers.dates(training)), found.figures.lesson_hours
    several = days > 1 or dated != papers.last_day(training)
    return {
        "kegiatan": results.full_name(training),
        "hari_ini": words.date_in_words(dated),
        "lama": f"selama {counted(days)} hari," if days > 1 else "",
        "jam_pelajaran": f"{counted(hours)} jam pelajaran," if hours else "",
        "pada_tanggal": f"pada tanggal {head['span']}," if several else "",
    }


def _facts(found: results.Results) -> list[str]:
    what = "Acara" if found.training.is_meeting else "Materi"
    people, *others = results.outcome(found)
    missing = others[:1] if found.figures.invited else []
    lines = [people, *missing, f"{what} yang disampaikan sebagaimana jadwal terlampir", *others[len(missing) :]]
    return [f"{line};" for line in lines[:-1]] + [f"{lines[-1]}."]
