"""Surat tugas of the dinas for its own staff: narasumber, moderators and panitia of a training.

People of other offices get theirs from their own office (documents.trainings.speaker_request).
"""

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.layout import blocks
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter
from documents.trainings.gaps import Part
from trainings.models import SpjItem, Training
from trainings.queries.speaker_letters import own_people

TASK = f"{ACTIVITY} tahun_anggaran dpa"
NOBODY = (
    "Belum ada panitia atau narasumber dari dinas sendiri. Tambahkan panitia, atau pilih narasumber yang instansinya "
    "dinas ini, pada halaman Susunan acara, lalu minta lagi."
)


class StaffAssignment(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "staff_assignment", "Surat tugas pegawai dinas", "STP"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "basis",
            "Dasar",
            "Dokumen Pelaksanaan Anggaran (DPA) {dinas} Tahun Anggaran {tahun_anggaran} Nomor {dpa}.",
            TASK,
            listed=True,
        ),
        LetterPart(
            "task",
            "Tugas",
            "melaksanakan tugas tersebut dalam {kegiatan} pada {hari_tanggal}, bertempat di {tempat};\n"
            "melaporkan hasil pelaksanaannya sesudah kegiatan selesai.",
            TASK,
            required="kegiatan",
            listed=True,
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.",
            TASK,
        ),
    )
    spj_item = SpjItem.Document.ASSIGNMENT
    prints = (
        Part.NUMBER,
        Part.PLACE,
    )
    buttons = (Button("Surat tugas pegawai dinas"),)
    filing = Filing(0)
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        if not own_people(training):
            raise ValidationError(NOBODY)
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        item = base.book_entry(training, SpjItem.Document.ASSIGNMENT)
        dated = item.dated_on or base.first_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, self.title, dated, signing=signing)
        letter = Letter(self, training.district, dated)
        values = base.letter_values(training, head) | base.budget_values(training)
        values["kegiatan"] = results.full_name(training)
        people = [
            [str(number), row.name, row.rank or "-", row.position or "-", "; ".join(row.tasks)]
            for number, row in enumerate(own_people(training), 1)
        ]
        columns = [
            ("No", 10, "c"),
            ("Nama", 45, "l"),
            ("Pangkat/golongan", 32, "l"),
            ("Jabatan", 0, "l"),
            ("Tugas", 40, "l"),
        ]
        body = [
            blocks.letterhead(),
            blocks.title("SURAT TUGAS", number=f"NOMOR: {base.number_or_dots(item)}"),
            blocks.clauses(("Dasar", _numbered(letter.lines("basis", **values)))),
            blocks.center("MENUGASKAN:"),
            blocks.clauses(("Kepada", [("", "nama-nama berikut:")])),
            blocks.table(columns, people, caption="Yang ditugaskan"),
            blocks.clauses(("Untuk", _numbered(letter.lines("task", **values)))),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signing.blocks(placed=base.place_date(signing.office, item.dated_on))),
        ]
        return {**head, "letter": base.number_of(item), "body": body}

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return base.number_of(base.book_entry(training, SpjItem.Document.ASSIGNMENT))


def _numbered(lines: list[str]) -> list[tuple[str, str]]:
    """A single line needs no number."""
    return [(f"{number}." if len(lines) > 1 else "", line) for number, line in enumerate(lines, 1)]
