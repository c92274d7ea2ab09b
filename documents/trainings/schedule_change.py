"""Surat perubahan jadwal: days, hour, place or agenda differ from those of the undangan (docs/domain/documents.md).

It cites number and date of the undangan, and has the same addressees. Its own number is that of the accounts file, or
dotted.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.layout import blocks, correspondence
from documents.layout.blocks import Block
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter
from documents.trainings.gaps import Part
from documents.trainings.invited import Invited, copies_of, needs_invited
from documents.trainings.results import narrative
from documents.trainings.template_fields import TRAINING_FORM
from documents.word_forms import PrintedTable
from trainings.models import SpjItem, Training
from trainings.queries.schedule_changes import ScheduleDifference, change_since_invitation

CHANGED = {"uraian": "Uraian", "semula": "Semula", "menjadi": "Menjadi"}
CHANGED_ITEMS = {"hari": "Hari", "acara": "Acara", "semula": "Semula", "menjadi": "Menjadi"}
AGENDA_CAPTION = "Susunan acara yang berubah"


class ScheduleChangeLetter(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "schedule_change", "Surat perubahan jadwal", "SPJW"
    lists_invited = True
    template_version = 3
    word_form = replace(
        TRAINING_FORM,
        lists={**TRAINING_FORM.lists, "perubahan": CHANGED, "acara_berubah": CHANGED_ITEMS},
        tables={
            "perubahan": PrintedTable("Perubahan", {text: name for name, text in CHANGED.items()}),
            "acara_berubah": PrintedTable(AGENDA_CAPTION, {text: name for name, text in CHANGED_ITEMS.items()}),
        },
    )
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.DPMU_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka",
            "Menindaklanjuti surat undangan kami Nomor {nomor} tanggal {tanggal} tentang {kegiatan}, dengan ini kami "
            "sampaikan perubahan sebagai berikut:",
            f"{ACTIVITY} nomor tanggal pukul",
            required="nomor tanggal",
        ),
        LetterPart(
            "rest",
            "Yang tetap berlaku",
            "Hal lain dalam surat undangan tersebut tetap berlaku.",
            ACTIVITY,
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian, atas perhatian dan kerja sama Saudara kami ucapkan terima kasih.",
            ACTIVITY,
        ),
    )
    spj_item = SpjItem.Document.RESCHEDULE
    prints = (
        Part.NUMBER,
        Part.PLACE,
    )
    buttons = (Button("Surat perubahan jadwal"),)
    filing = Filing(1)  # after the undangan
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        needs_invited(training)
        invitation = base.book_entry(training, SpjItem.Document.INVITATION)
        if invitation.dated_on is None:
            raise ValidationError(
                "Undangan belum bertanggal. Catat nomor dan tanggalnya pada Dokumen dan SPJ, lalu minta lagi."
            )
        if change_since_invitation(training, invitation) is None:
            raise ValidationError(
                "Hari, jam, tempat, dan susunan acara masih seperti pada undangan, jadi tidak ada yang berubah."
            )
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        item = base.book_entry(training, SpjItem.Document.RESCHEDULE)
        invitation = base.book_entry(training, SpjItem.Document.INVITATION)
        day = item.dated_on or base.first_day(training)
        signing = self.signing(training, day)
        head = base.head(training, self.title, day, subject=f"{self.title} {training}", signing=signing)
        invited = Invited(training, head["terms"], user)
        lists = invited.lists(item)
        letter = Letter(self, training.district, day)
        values = base.letter_values(training, head) | {
            "nomor": base.number_or_dots(invitation),
            "tanggal": base.date_or_dots(invitation.dated_on),
            "pukul": base.starts_at(training),
        }
        copies = copies_of(narrative(training), invited.camats())
        body = [
            *correspondence.opening(
                base.place_date(signing.office, item.dated_on),
                base.number_or_dots(item),
                "1 (satu) berkas" if lists else "",
                f"Perubahan jadwal {training.noun}",
            ),
            *correspondence.addressees(invited.addressees()),
            *blocks.paragraphs(letter.text("opening", **values)),
            *_changes(training, change_since_invitation(training, invitation)),
            *blocks.paragraphs(letter.text("rest", **values)),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signing.blocks()),
            *([blocks.copies(copies)] if copies else []),
            *lists,
        ]
        return {**head, "letter": base.number_of(item), "body": body}

    def names_schedule_of(self, training: Training, content: LetterBlocks) -> bool:
        """Whether the letter names today's days, hour, place and agenda."""
        invitation = base.book_entry(training, SpjItem.Document.INVITATION)
        today = _changes(training, change_since_invitation(training, invitation))
        return all(table.rows(content["body"]) == table.rows(today) for table in self.word_form.tables.values())

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return base.number_of(base.book_entry(training, SpjItem.Document.RESCHEDULE))


def _changes(training: Training, change: ScheduleDifference | None) -> list[Block]:
    """What changed since the undangan: as it was beside as it is; dots when nothing was stored (a preview)."""
    if change is None:
        return [_table([["Hari/tanggal", base.DOTS, base.weekdays(training)]])]
    rows = []
    if change.other_days:
        rows.append(["Hari/tanggal", base.weekdays_of(change.before.days), base.weekdays(training)])
    if change.other_hour:
        rows.append(["Pukul", base.from_hour(change.before.starts), base.from_hour(change.now.starts)])
    if change.other_place:
        rows.append(["Tempat", change.before.place or base.DOTS, training.place or base.DOTS])
    return [*([_table(rows)] if rows else []), *_agenda(change)]


def _table(rows: list[list[str]]) -> Block:
    return blocks.table([("Uraian", 28, "l"), ("Semula", 70, "l"), ("Menjadi", 0, "l")], rows, caption="Perubahan")


def _agenda(change: ScheduleDifference) -> list[Block]:
    """The items of the agenda whose hours changed, or that were added or removed."""
    if not change.agenda:
        return []
    several = len(change.now.days) > 1
    rows = [
        [
            *([f"Hari ke-{row.day}"] if several else []),
            row.topic,
            row.before or "(tidak ada)",
            row.now or "(ditiadakan)",
        ]
        for row in change.agenda
    ]
    day = [("Hari", 22, "l")] if several else []
    columns = [*day, ("Acara", 0, "l"), ("Semula", 45, "l"), ("Menjadi", 45, "l")]
    return [
        *blocks.paragraphs(f"{AGENDA_CAPTION}:"),
        blocks.table(columns, rows, caption=AGENDA_CAPTION),
    ]
