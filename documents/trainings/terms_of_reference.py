"""Kerangka Acuan Kerja (KAK): purpose, participants, time, contents and costs, from the rows of a training."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.layout import blocks
from documents.layout.blocks import Block
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results, roster
from documents.trainings.base import Filing, TrainingBlocks, TrainingContent, TrainingDocument
from documents.trainings.gaps import Part
from documents.trainings.template_fields import TRAINING_FORM
from records import formats, in_words
from trainings.models import SpjItem, Training
from trainings.queries.invited import invited_people

TERMS = f"{ACTIVITY} tahun_anggaran"


class TermsOfReference(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "terms_of_reference", "Kerangka Acuan Kerja (KAK)", "KAK"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    is_letter = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.BUDGET_USER, "Mengetahui"), Signer(Slot.PPTK))
    word_form = TRAINING_FORM
    letter_parts = by_name(
        LetterPart(
            "background",
            "Latar belakang (bila uraian belum diisi)",
            "Sarana air minum perdesaan berfungsi terus hanya bila dikelola oleh kelompok yang mampu. Untuk itu "
            "{dinas} menyelenggarakan {kegiatan}.",
            TERMS,
        ),
        LetterPart(
            "basis",
            "Dasar hukum",
            "Peraturan Pemerintah Nomor 122 Tahun 2015 tentang Sistem Penyediaan Air Minum;\n"
            f"Peraturan Daerah Kabupaten {{kabupaten}} Nomor {base.SHORT_DOTS} Tahun {base.SHORT_DOTS} tentang "
            "Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran {tahun_anggaran};\n"
            f"{base.DOTS}{base.DOTS}.",
            TERMS,
            listed=True,
        ),
        LetterPart(
            "purpose",
            "Maksud dan tujuan (bila uraian belum diisi)",
            "Kegiatan ini dimaksudkan untuk meningkatkan kemampuan pengurus KPSPAMS dalam mengelola sarana air minum, "
            "dengan tujuan agar pelayanan air minum di desa berkelanjutan.",
            TERMS,
        ),
        LetterPart(
            "outputs",
            "Keluaran",
            "peserta memahami materi yang disampaikan;\n"
            "rencana kerja tindak lanjut (RKTL) setiap desa;\n"
            "laporan pelaksanaan kegiatan beserta lampirannya.",
            TERMS,
            listed=True,
        ),
        LetterPart(
            "closing",
            "Penutup",
            "Demikian kerangka acuan kerja ini disusun sebagai pedoman pelaksanaan {kegiatan}.",
            TERMS,
        ),
    )
    spj_item = SpjItem.Document.TERMS
    buttons = (Button("KAK"),)
    prints = (
        Part.NUMBER,
        Part.INVITATIONS,
        Part.PLACE,
        Part.AGENDA,
        Part.SPEAKERS,
        Part.BUDGET,
    )
    filing = Filing(0)

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        item, dated = _entry(training)
        signing = self.signing(training, dated)
        head = base.head(training, "KAK", dated, signing=signing)
        letter = Letter(self, training.district, dated)
        values = _values(training, head)
        start = _introduction(training, letter, values)
        title, *about = head["activity"]
        placed = base.place_date(signing.office, item.dated_on)
        sections: list[tuple[str, list[Block]]] = [
            ("Latar belakang", blocks.paragraphs(start.background)),
            ("Dasar hukum", [blocks.items(letter.lines("basis", **values))]),
            ("Maksud dan tujuan", blocks.paragraphs(start.purpose)),
            ("Sasaran dan peserta", _participants(training, head)),
            ("Waktu dan tempat", [_time_and_place(training, head)]),
            ("Materi dan jam pelajaran", _agenda(training)),
            ("Narasumber", _speakers(training)),
            ("Anggaran", _budget(training)),
            ("Keluaran", [blocks.items(letter.lines("outputs", **values))]),
            ("Penutup", blocks.paragraphs(letter.text("closing", **values))),
        ]
        body = [
            blocks.letterhead(),
            blocks.title(
                "KERANGKA ACUAN KERJA (KAK)", title, *about, number=f"NOMOR: {item.number}" if item.number else ""
            ),
        ]
        for letter_of, (heading, content) in zip("ABCDEFGHIJ", sections, strict=True):
            body += [blocks.heading(f"{letter_of}. {heading}"), *content]
        return {**head, "body": [*body, blocks.signatures(*signing.blocks(placed=placed))]}


@dataclass(frozen=True)
class Introduction:
    """Latar belakang, and maksud dan tujuan."""

    background: str
    purpose: str


def introduction(training: Training, head: TrainingContent) -> Introduction:
    """The same in the KAK and in the laporan: the Uraian, else the wording of the KAK on the day of the KAK."""
    letter = Letter(TermsOfReference(), training.district, _entry(training)[1])
    return _introduction(training, letter, _values(training, head))


def _introduction(training: Training, letter: Letter, values: dict[str, str]) -> Introduction:
    typed = results.narrative(training)
    return Introduction(
        typed.background or letter.text("background", **values), typed.purpose or letter.text("purpose", **values)
    )


def _entry(training: Training) -> tuple[SpjItem, date]:
    """The line of the accounts file, and the day of the KAK: the first of the training until it is recorded."""
    item = base.book_entry(training, SpjItem.Document.TERMS)
    return item, item.dated_on or base.first_day(training)


def _values(training: Training, head: TrainingContent) -> dict[str, str]:
    values = base.letter_values(training, head) | base.budget_values(training)
    return values | {"kegiatan": results.full_name(training)}


def _participants(training: Training, head: TrainingContent) -> list[Block]:
    found = invited_people(training)
    if not found.villages:
        return blocks.paragraphs(results.typed(""))
    village = head["terms"]["village"]
    cohort = f" penerima tahun {training.cohort_year}" if training.cohort_year else ""
    sentence = f"Peserta sebanyak {results.invited_sentence(found, village)}{cohort}:"
    columns = [
        ("No", 10, "c"),
        (village, 45, "l"),
        ("Kecamatan", 40, "l"),
        ("Orang", 16, "c"),
        ("Jabatan yang diharapkan", 0, "l"),
    ]
    rows = [
        [
            str(number),
            row.invitation.village.name,
            row.invitation.village.subdistrict.name,
            str(row.count),
            row.invitation.post_words or "-",
        ]
        for number, row in enumerate(found.villages, 1)
    ]
    others = [["", f"Di luar {village.lower()} tersebut", "", str(found.others), ""]] if found.others else []
    footer = [*others, ["", "Jumlah", "", str(found.total), ""]]
    return [*blocks.paragraphs(sentence), blocks.table(columns, rows, caption="Peserta", footer=footer)]


def _time_and_place(training: Training, head: TrainingContent) -> Block:
    organiser = formats.in_sentence(training.organiser or head["document"]["office"]) or base.DOTS
    return blocks.facts(
        [
            ("Hari/tanggal", head["weekdays"]),
            ("Waktu", results.meeting_times(training)),
            ("Tempat", head["place"] or base.DOTS),
            ("Penyelenggara", organiser),
        ]
    )


def _agenda(training: Training) -> list[Block]:
    items = [item for item in results.agenda(training) if item.lesson_hours]
    if not items:
        return blocks.paragraphs(results.typed(""))
    columns = [("No", 10, "c"), ("Hari/tanggal", 45, "l"), ("Materi", 0, "l"), ("JP", 12, "c")]
    rows = [
        [str(number), formats.day_date(item.day.date), item.topic, str(item.lesson_hours)]
        for number, item in enumerate(items, 1)
    ]
    footer = [["", "Jumlah", "", str(sum(item.lesson_hours for item in items))]]
    return [blocks.table(columns, rows, caption="Materi", footer=footer)]


def _speakers(training: Training) -> list[Block]:
    found = roster.speakers(training)
    if not found:
        return blocks.paragraphs(results.typed(""))
    columns = [("No", 10, "c"), ("Nama", 45, "l"), ("Jabatan/instansi", 45, "l"), ("Materi", 0, "l")]
    rows = [
        [str(number), row.name or "-", row.about or "-", "; ".join(row.topics)] for number, row in enumerate(found, 1)
    ]
    return [blocks.table(columns, rows, caption="Narasumber")]


def _budget(training: Training) -> list[Block]:
    lines = list(training.budget_lines.all())
    if not lines:
        return blocks.paragraphs(results.typed(""))
    total = sum(line.ceiling for line in lines)
    columns = [("No", 10, "c"), ("Kode rekening", 40, "l"), ("Uraian", 0, "l"), ("Pagu (Rp)", 32, "r")]
    rows = [
        [str(number), line.account_code or "-", line.title, formats.number_id(line.ceiling)]
        for number, line in enumerate(lines, 1)
    ]
    footer = [["", "", "Jumlah", formats.number_id(total)]]
    return [
        blocks.facts(results.budget_facts(training)[:2]),
        blocks.table(columns, rows, caption="Anggaran", footer=footer),
        *blocks.paragraphs(f"Terbilang: {in_words.rupiah_in_words(total)}."),
    ]
