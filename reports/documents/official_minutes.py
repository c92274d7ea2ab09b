"""Berita acara pelaksanaan: day, figures and hours in words, villages that sent nobody by name."""

from typing import Any

from accounts.models import User
from records import words
from reports.documents import blocks, training_results
from reports.documents import training_papers as papers
from reports.documents.blocks import render
from reports.documents.docx import docx
from reports.documents.training_papers import SUBJECTS, district_of
from reports.documents.training_results import counted
from reports.kinds import Kind
from trainings.models import SpjItem, Training

__all__ = ["SUBJECTS", "district_of", "docx", "render"]

TEMPLATE_VERSION = 1
CODE_PREFIX = "BAP"
READERS = "district"
WHOLE = True
CLOSING = "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."


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
    found = training_results.results(training, head["said"]["village"])
    title, *about = head["activity"]
    body = [
        blocks.kop(),
        blocks.title("BERITA ACARA PELAKSANAAN", title, *about, number=f"NOMOR: {papers.number_or_dots(item)}"),
        *blocks.paragraphs(_opening(training, head, found, dated)),
        blocks.items(_facts(found)),
        *blocks.paragraphs(CLOSING),
        blocks.signatures(*signing.blocks(placed=papers.placed(signing))),
    ]
    return head | {"body": body}


def _opening(training: Training, head: dict[str, Any], found: training_results.Results, dated) -> str:
    days, hours = len(papers.dates(training)), found.figures.lesson_hours
    length = f"selama {counted(days)} hari, " if days > 1 else ""
    taught = f"{counted(hours)} jam pelajaran, " if hours else ""
    when = f"pada tanggal {head['span']}, " if days > 1 or dated != papers.last_day(training) else ""
    return (
        f"Pada hari ini {words.date_in_words(dated)}, bertempat di {head['place'] or papers.DOTS}, telah dilaksanakan "
        f"{training_results.full_name(training)} {length}{taught}{when}dengan hasil sebagai berikut:"
    )


def _facts(found: training_results.Results) -> list[str]:
    what = "Acara" if found.training.is_meeting else "Materi"
    people, *others = training_results.outcome(found)
    missing = others[:1] if found.figures.invited else []
    lines = [people, *missing, f"{what} yang disampaikan sebagaimana jadwal terlampir", *others[len(missing) :]]
    return [f"{line};" for line in lines[:-1]] + [f"{lines[-1]}."]
