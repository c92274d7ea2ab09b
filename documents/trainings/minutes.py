"""Notulen of a meeting or a training: agenda and attendance from the records, the rest from Uraian or dotted lines."""

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.issue_rules import when_training_closed
from documents.layout import blocks, frame
from documents.signers import Letterhead
from documents.trainings import base, gaps, results
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from documents.trainings.gaps import Gap, Part
from trainings.models import SpjItem, Training


class MeetingMinutes(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "minutes", "Notulen", "NOT"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    issue_rule = when_training_closed
    letterhead = Letterhead.OFFICE
    signers = ()
    other_signers = "Pimpinan rapat dan notulis"
    spj_item = SpjItem.Document.MINUTES
    prints = (
        Part.PLACE,
        Part.DISCUSSION,
    )
    buttons = (Button("Notulen"),)
    filing = Filing(12)
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return gaps.narrative(training, "discussion", "decisions")

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        dated = base.last_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, "Notulen", dated, signing=signing)
        found = results.results(training, head["terms"]["village"])
        typed = results.narrative(training)
        number = base.book_entry(training, SpjItem.Document.MINUTES).number
        facts = [
            ("Kegiatan", training.title),
            ("Hari/tanggal", head["weekdays"]),
            ("Waktu", results.meeting_times(training)),
            ("Tempat", head["place"] or base.DOTS),
            ("Pimpinan rapat", typed.chair or base.DOTS),
            ("Notulis", typed.note_taker or base.DOTS),
            ("Peserta", _attendance(found)),
        ]
        body = [
            blocks.letterhead(),
            blocks.title("NOTULEN", *head["activity"], number=f"NOMOR: {number}" if number else ""),
            blocks.facts(facts),
            blocks.heading("A. Susunan acara"),
            blocks.items(results.agenda_lines(training) or ["." * 80] * 3),
            blocks.heading("B. Pembahasan"),
            *blocks.paragraphs(results.typed(typed.discussion)),
            blocks.heading("C. Kesimpulan dan kesepakatan"),
            *results.agreements(typed.decisions),
            blocks.signatures(
                frame.block("Pimpinan Rapat,", name=typed.chair),
                frame.block("Notulis,", name=typed.note_taker) | {"place_date": base.placed(signing)},
            ),
            *([blocks.signatures(*knowing)] if (knowing := signing.blocks()) else []),
        ]
        return {**head, "body": body}


def _attendance(found: results.Results) -> str:
    text = "; ".join(part for part in (found.present, found.villages) if part)
    if found.marked and found.missing:
        text += f"; tidak hadir: {found.missing}"
    return text
