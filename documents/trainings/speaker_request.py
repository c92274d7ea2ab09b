"""Surat permohonan narasumber: a surat dinas to the office of each external narasumber.

Their office answers with its own surat tugas, which is uploaded (trainings.models.SpeakerLetter). Each letter has the
number and day recorded for that narasumber, or dots.
"""

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
from documents.trainings import base, results
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter, TrainingContent
from records import formats
from trainings.models import AgendaSpeaker, SpjItem, Training
from trainings.queries.speaker_letters import InvitedSpeaker, speakers_elsewhere

REQUEST = f"{ACTIVITY} narasumber instansi"
NOBODY = (
    "Belum ada narasumber dari instansi lain pada susunan acara. Pilih narasumbernya dan isi instansinya dahulu, lalu "
    "minta lagi."
)


class SpeakerRequest(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "speaker_request", "Surat permohonan narasumber", "PNS"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    names_people = True
    is_many_letters = True
    row_options = ("speaker",)
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka",
            "Sehubungan dengan akan dilaksanakannya {kegiatan} pada {hari_tanggal} di {tempat}, dengan ini kami mohon "
            "kesediaan Bapak/Ibu menugaskan pegawai berikut sebagai narasumber:",
            REQUEST,
            required="kegiatan",
        ),
        LetterPart(
            "answer",
            "Permintaan surat tugas",
            "Surat tugas narasumber dimaksud mohon disampaikan kepada kami sebelum kegiatan dimulai.",
            REQUEST,
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian, atas perhatian dan kerja sama Bapak/Ibu kami ucapkan terima kasih.",
            REQUEST,
        ),
    )
    spj_item = SpjItem.Document.ASSIGNMENT
    buttons = (Button("Surat permohonan narasumber"),)
    filing = Filing(0)
    of_meetings = True

    def label(self, parameters: Parameters) -> str:
        name = parameters.get("speaker_name")
        return f"{self.title} {name}" if name else self.title

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        """With `speaker` only that letter. Raises ValidationError without an external narasumber."""
        base.needs_days(training)
        key = str(parameters.get("speaker") or "")
        found = _speakers(training, key)
        if not found:
            raise ValidationError(NOBODY)
        if not key:
            return {}
        return {"speaker": found[0].resource_person.pk, "speaker_name": str(found[0].resource_person)}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        """Raises ValidationError when there is no narasumber of another office any more."""
        speakers = _speakers(training, str(parameters.get("speaker") or ""))
        if not speakers:
            raise ValidationError(NOBODY)
        days = [row.letter.dated_on for row in speakers if row.letter and row.letter.dated_on]
        head = base.head(training, self.title, min(days, default=base.first_day(training)))
        body: list[Block] = []
        for speaker in speakers:
            body += [*([blocks.new_page()] if body else []), *self._letter(training, head, speaker)]
        return {**base.apart(head), "letter": _number_of(speakers), "body": body}

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return _number_of(_speakers(training, str(parameters.get("speaker") or "")))

    def _letter(self, training: Training, head: TrainingContent, speaker: InvitedSpeaker) -> list[Block]:
        sent = speaker.letter.dated_on if speaker.letter else None
        number = speaker.letter.number if speaker.letter else ""
        day = sent or base.first_day(training)
        signing = self.signing(training, day)
        letter = Letter(self, training.district, day)
        person = speaker.resource_person.person
        values = base.letter_values(training, head) | {
            "kegiatan": results.full_name(training),
            "narasumber": person.name,
            "instansi": person.institution or base.DOTS,
        }
        return [
            *correspondence.opening(
                base.place_date(signing.office, sent),
                number or base.DOTS,
                "",
                "Permohonan Narasumber",
                letterhead=signing.letterhead(),
            ),
            *correspondence.addressees([speaker.addressee or base.DOTS]),
            *blocks.paragraphs(letter.text("opening", **values)),
            blocks.facts(
                [
                    ("Nama", person.name),
                    ("Jabatan", speaker.resource_person.position or base.DOTS),
                    ("Instansi", person.institution or base.DOTS),
                ]
            ),
            *blocks.paragraphs("dengan jadwal sebagai berikut:"),
            _schedule(training, speaker),
            *blocks.paragraphs(letter.text("answer", **values)),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signing.blocks()),
        ]


def _speakers(training: Training, key: str) -> list[InvitedSpeaker]:
    """Narasumber of other offices in the current agenda; with `key` only one."""
    found = [row for row in speakers_elsewhere(training) if row.turns]
    return [row for row in found if str(row.resource_person.pk) == key] if key else found


def _number_of(speakers: list[InvitedSpeaker]) -> BookEntry | None:
    """Numbers and days of all letters in the file; None until all are recorded."""
    letters = [row.letter for row in speakers]
    known = [(row.number, row.dated_on.isoformat()) for row in letters if row and row.number and row.dated_on]
    if not known or len(known) < len(speakers):
        return None
    return {"number": "; ".join(number for number, _ in known), "dated_on": "; ".join(day for _, day in known)}


def _schedule(training: Training, speaker: InvitedSpeaker) -> Block:
    columns = [("Hari/Tanggal", 50, "l"), ("Waktu", 40, "l"), ("Materi", 0, "l")]
    rows = [
        [
            formats.day_date(turn.item.day.date),
            formats.time_span(turn.item.starts, turn.item.ends),
            f"{turn.item.topic} (moderator)" if turn.role == AgendaSpeaker.Role.MODERATOR else turn.item.topic,
        ]
        for turn in speaker.turns
    ]
    if not training.is_meeting:
        columns.append(("JP", 12, "c"))
        rows = [[*row, str(turn.item.lesson_hours)] for row, turn in zip(rows, speaker.turns, strict=True)]
    return blocks.table(columns, rows, caption="Jadwal narasumber")
