"""Surat permohonan narasumber: one surat dinas to each office of external narasumber, about all of its narasumber.

Their office answers with its own surat tugas, which is uploaded (trainings.models.SpeakerLetter). Each letter has the
number and day recorded for one of its narasumber, or dots.
"""

from collections.abc import Iterable
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
from documents.trainings import base, gaps, results
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter, TrainingContent
from documents.trainings.gaps import Gap
from documents.trainings.template_fields import TRAINING_FORM
from documents.word_forms import WORDING, PrintedTable, Values
from records import formats
from trainings.models import AgendaSpeaker, SpjItem, Training
from trainings.queries.speaker_letters import InvitedSpeaker, OfficeLetter, office_letters, speakers_elsewhere

REQUEST = f"{ACTIVITY} narasumber instansi"
REQUESTED = {"no": "No", "nama": "Nama", "jabatan": "Jabatan", "instansi": "Instansi"}
SCHEDULED = {
    "hari": "Hari/Tanggal",
    "pukul": "Waktu",
    "materi": "Materi",
    "narasumber": "Narasumber",
    "jp": "JP",
}
NOBODY = (
    "Belum ada narasumber dari instansi lain pada susunan acara. Pilih narasumbernya dan isi instansinya dahulu, lalu "
    "minta lagi."
)


class SpeakerRequest(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "speaker_request", "Surat permohonan narasumber", "PNS"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    names_people = True
    word_form = replace(
        TRAINING_FORM,
        lists={**TRAINING_FORM.lists, "dimohon": REQUESTED, "jadwal": SCHEDULED},
        tables={"jadwal": PrintedTable("Jadwal narasumber", {text: name for name, text in SCHEDULED.items()})},
        each=WORDING | {"nomor", "tanggal", "tempat_tanggal", "yth", "dimohon", "jadwal"},
    )
    number_page = "agenda"
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
        """With `speaker` only the letter about that person. Raises ValidationError without an external narasumber."""
        base.needs_days(training)
        key = str(parameters.get("speaker") or "")
        found = _letters(training, key)
        if not found:
            raise ValidationError(NOBODY)
        if not key:
            return {}
        person = next(row.resource_person for row in found[0].speakers if str(row.resource_person.pk) == key)
        return {"speaker": person.pk, "speaker_name": str(person)}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        """Raises ValidationError when there is no narasumber of another office any more."""
        letters = _letters(training, str(parameters.get("speaker") or ""))
        if not letters:
            raise ValidationError(NOBODY)
        days = [row.dated_on for row in letters if row.dated_on]
        head = base.head(training, self.title, min(days, default=base.first_day(training)))
        body: list[Block] = []
        for letter in letters:
            body += [*([blocks.new_page()] if body else []), *self._letter(training, head, letter)]
        return {**base.apart(head), "letter": _number_of(letters), "body": body}

    def word_letters(self, training: Training, parameters: Parameters, user: User | None) -> list[Values]:
        return [
            {
                "tanggal": base.date_or_dots(letter.dated_on),
                "dimohon": [
                    {
                        "no": str(number),
                        "nama": row.resource_person.person.name,
                        "jabatan": row.resource_person.position,
                        "instansi": row.resource_person.person.institution,
                    }
                    for number, row in enumerate(letter.speakers, 1)
                ],
            }
            for letter in _letters(training, str(parameters.get("speaker") or ""))
        ]

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return _number_of(_letters(training, str(parameters.get("speaker") or "")))

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return None if self.number_of(training, parameters) else gaps.SPEAKERS_UNNUMBERED

    def _letter(self, training: Training, head: TrainingContent, sent: OfficeLetter) -> list[Block]:
        day = sent.dated_on or base.first_day(training)
        signing = self.signing(training, day)
        letter = Letter(self, training.district, day)
        people = [row.resource_person.person for row in sent.speakers]
        values = base.letter_values(training, head) | {
            "kegiatan": results.full_name(training),
            "narasumber": _listed(person.name for person in people),
            "instansi": _listed(person.institution for person in people) or base.DOTS,
        }
        return [
            *correspondence.opening(
                base.place_date(signing.office, sent.dated_on),
                sent.number or base.DOTS,
                "",
                "Permohonan Narasumber",
                letterhead=signing.letterhead(),
            ),
            *correspondence.addressees([sent.addressee or base.DOTS]),
            *blocks.paragraphs(letter.text("opening", **values)),
            _people(sent),
            *blocks.paragraphs("dengan jadwal sebagai berikut:"),
            _schedule(training, sent.speakers),
            *blocks.paragraphs(letter.text("answer", **values)),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signing.blocks()),
        ]


def _letters(training: Training, key: str) -> list[OfficeLetter]:
    """The letters to other offices of the current agenda; with `key` only the one about that narasumber."""
    found = office_letters(row for row in speakers_elsewhere(training) if row.turns)
    return [row for row in found if any(str(one.resource_person.pk) == key for one in row.speakers)] if key else found


def _number_of(letters: list[OfficeLetter]) -> BookEntry | None:
    """Numbers and days of all letters in the file; None until all are recorded."""
    known = [(row.number, row.dated_on.isoformat()) for row in letters if row.number and row.dated_on]
    if not known or len(known) < len(letters):
        return None
    numbers, days = zip(*known, strict=True)
    return {"number": base.NUMBERS.join(numbers), "dated_on": base.NUMBERS.join(days)}


def _listed(names: Iterable[str]) -> str:
    """Each name once: "Siti, Budi, dan Ayu"."""
    *before, last = list(dict.fromkeys(filter(None, names))) or [""]
    return f"{', '.join(before)}{',' if len(before) > 1 else ''} dan {last}" if before else last


def _people(sent: OfficeLetter) -> Block:
    """The facts of the one narasumber, or a table of several."""
    rows = [
        [row.resource_person.person.name, row.resource_person.position, row.resource_person.person.institution]
        for row in sent.speakers
    ]
    if len(rows) == 1:
        labels = ("Nama", "Jabatan", "Instansi")
        return blocks.facts([(label, text or base.DOTS) for label, text in zip(labels, rows[0], strict=True)])
    columns = [("No", 8, "c"), ("Nama", 60, "l"), ("Jabatan", 50, "l"), ("Instansi", 0, "l")]
    numbered = [[str(number), *(text or "-" for text in row)] for number, row in enumerate(rows, 1)]
    return blocks.table(columns, numbered, caption="Narasumber yang dimohon")


def _schedule(training: Training, speakers: list[InvitedSpeaker]) -> Block:
    """The turns in the order of the agenda; with the name of each narasumber when there are several."""
    columns = [("Hari/Tanggal", 50, "l"), ("Waktu", 40, "l"), ("Materi", 0, "l")]
    turns = [(turn, row.resource_person.person.name) for row in speakers for turn in row.turns]
    turns.sort(key=lambda pair: (pair[0].item.day.date, pair[0].item.starts, pair[0].pk))
    rows = [
        [
            formats.day_date(turn.item.day.date),
            formats.time_span(turn.item.starts, turn.item.ends),
            f"{turn.item.topic} (moderator)" if turn.role == AgendaSpeaker.Role.MODERATOR else turn.item.topic,
        ]
        for turn, _ in turns
    ]
    if len(speakers) > 1:
        columns = [("Hari/Tanggal", 40, "l"), ("Waktu", 30, "l"), ("Materi", 0, "l"), ("Narasumber", 40, "l")]
        rows = [[*row, name] for row, (_, name) in zip(rows, turns, strict=True)]
    if not training.is_meeting:
        columns.append(("JP", 12, "c"))
        rows = [[*row, str(turn.item.lesson_hours)] for row, (turn, _) in zip(rows, turns, strict=True)]
    return blocks.table(columns, rows, caption="Jadwal narasumber")
