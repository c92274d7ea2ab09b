"""Nota dinas from the Ketua DPMU to the head of the dinas: that a training is to be held, or what came of it."""

from typing import Any

from accounts.models import Signatory, User
from records import words
from documents import signatures
from documents.layout import blocks
from documents.trainings import results
from documents.trainings import base as papers
from documents.layout.blocks import render
from documents.layout.docx import docx
from documents.trainings.base import SUBJECTS, district_of
from documents.trainings.results import counted
from reports.kinds import Kind
from documents.letters import Letter
from trainings.models import Attendance, SpjItem, Training

__all__ = ["SUBJECTS", "district_of", "docx", "render"]

TEMPLATE_VERSION = 2
CODE_PREFIX = "ND"
READERS = "district"
WHOLE = True
PURPOSES = {"plan": "Nota dinas rencana pelaksanaan", "result": "Nota dinas hasil pelaksanaan"}
OPTIONS = {"purpose": PURPOSES}


def label(parameters: dict) -> str:
    return PURPOSES[parameters["purpose"]]


def clean(training: Training, parameters: dict) -> dict:
    """Without a choice the memo tells what is to come, and once somebody was marked, what came."""
    papers.needs_days(training)
    if not parameters.get("purpose"):
        held = Attendance.objects.filter(session__day__training=training).exists()
        return {"purpose": "result" if held else "plan"}
    return papers.chosen(OPTIONS, parameters)


def collect(training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
    result = parameters["purpose"] == "result"
    item = _book_entry(training, result)
    dated = item.dated_on or (papers.last_day(training) if result else papers.first_day(training))
    signing = papers.signing(Kind.MEMO, training, dated)
    head = papers.head(training, "Nota dinas", dated, signing=signing)
    found = results.results(training, head["said"]["village"])
    to = signing.block(signatures.Signer(Signatory.Slot.OFFICE_HEAD))
    signed = signing.blocks()
    letter = Letter(Kind.MEMO, training.district, dated)
    values = papers.letter_values(training, head) | {"kegiatan": results.full_name(training)}
    copies = [line.strip() for line in results.narrative(training).copies_to.splitlines() if line.strip()]
    body = [
        blocks.kop(),
        blocks.title("NOTA DINAS", number=f"NOMOR: {papers.number_or_dots(item)}"),
        blocks.facts(
            [
                ("Kepada", to["title"].rstrip(",")),
                ("Dari", signed[-1]["title"].rstrip(",")),
                ("Tanggal", papers.date_or_dots(item.dated_on)),
                ("Sifat", "Biasa"),
                ("Lampiran", papers.SHORT_DOTS),
                ("Hal", f"{'Laporan hasil' if result else 'Rencana pelaksanaan'} {training}"),
            ]
        ),
        *blocks.paragraphs(letter.text("result_opening" if result else "plan_opening", **values)),
        *(_result(training, head, found) if result else _plan(training, head, found)),
        *([] if result else blocks.paragraphs(letter.text("plan_request", **values))),
        *blocks.paragraphs(letter.text("closing", **values)),
        blocks.signatures(*signed),
        *([blocks.copies(copies)] if copies else []),
    ]
    return head | {"letter": papers.number_of(item), "body": body}


def number_of(training: Training, parameters: dict) -> dict[str, str] | None:
    """Number and date of the memo (reports.bundles.letters)."""
    return papers.number_of(_book_entry(training, parameters["purpose"] == "result"))


def _book_entry(training: Training, result: bool) -> SpjItem:
    """Number and day from the accounts file, where they are those of this memo: only one is kept there, and what
    came of a training is not told before its last day, nor its plan after it.
    """
    item = papers.book_entry(training, SpjItem.Paper.MEMO)
    if item.dated_on and (item.dated_on >= papers.last_day(training)) != result:
        return SpjItem(training=training, paper=SpjItem.Paper.MEMO)
    return item


def _frame(training: Training, head: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Hari/tanggal", head["weekdays"]),
        ("Waktu", results.meeting_times(training)),
        ("Tempat", head["place"] or papers.DOTS),
    ]


def _plan(training: Training, head: dict[str, Any], found: results.Results) -> list[blocks.Block]:
    word = found.village_word.lower()
    invited = found.figures.invited
    places = found.figures.places
    people = f"{counted(places)} orang dari {counted(len(invited))} {word}" if invited else papers.DOTS
    purpose = results.narrative(training).purpose
    return [
        blocks.facts(
            [
                *_frame(training, head),
                ("Peserta", people),
                *_hours(found),
                *results.budget_facts(training),
                ("Jumlah anggaran", _ceiling(training)),
            ]
        ),
        *blocks.paragraphs(purpose),
    ]


def _result(training: Training, head: dict[str, Any], found: results.Results) -> list[blocks.Block]:
    typed = results.narrative(training)
    return [
        blocks.facts([*_frame(training, head), *_hours(found)]),
        *blocks.paragraphs("Hasil kegiatan:"),
        blocks.items([f"{line}." for line in results.outcome(found)]),
        *_told("Kesimpulan dan kesepakatan:", typed.decisions),
        *_told("Kendala:", typed.obstacles),
        *_told("Rekomendasi:", typed.recommendations),
    ]


def _told(head: str, text: str) -> list[blocks.Block]:
    return [*blocks.paragraphs(head), *blocks.paragraphs(text)] if text.strip() else []


def _hours(found: results.Results) -> list[tuple[str, str]]:
    hours = found.figures.lesson_hours
    return [("Jam pelajaran", f"{hours} JP")] if hours else []


def _ceiling(training: Training) -> str:
    total = sum(line.ceiling for line in training.budget_lines.all())
    return f"{words.rupiah_letter(total)} ({words.rupiah_in_words(total)})" if total else papers.DOTS
