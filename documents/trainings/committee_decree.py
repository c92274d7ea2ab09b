"""SK panitia: the Keputusan of the head of the dinas that appoints the panitia of a training, with its list as annex.

The Bagian Hukum decides its wording (docs/domain/documents.md): every part can be changed, and a Word file is
available. Rules with an unknown number stay dotted.
"""

from string import ascii_lowercase

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.layout import blocks, frame
from documents.layout.blocks import Block
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter
from documents.trainings.gaps import Part
from documents.trainings.template_fields import TRAINING_FORM
from records import formats
from trainings.models import CommitteeMember, SpjItem, Training

DECREE = f"{ACTIVITY} kepala_dinas tahun_anggaran sumber_dana dpa"
UNKNOWN = base.SHORT_DOTS
DICTA = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")


class CommitteeDecree(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "committee_decree", "SK panitia", "SKP"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    word_form = TRAINING_FORM
    letter_parts = by_name(
        LetterPart(
            "considering",
            "Menimbang",
            "bahwa untuk kelancaran pelaksanaan {kegiatan} perlu dibentuk panitia pelaksana;\n"
            "bahwa mereka yang namanya tercantum dalam Lampiran Keputusan ini dipandang mampu dan memenuhi syarat "
            "untuk ditetapkan sebagai panitia pelaksana;\n"
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
            "{kepala_dinas} tentang Pembentukan Panitia Pelaksana {kegiatan};",
            DECREE,
            required="kegiatan",
            listed=True,
        ),
        LetterPart(
            "basis",
            "Mengingat",
            "Peraturan Pemerintah Nomor 122 Tahun 2015 tentang Sistem Penyediaan Air Minum;\n"
            f"Peraturan Daerah Kabupaten {{kabupaten}} Nomor {UNKNOWN} Tahun {UNKNOWN} tentang Anggaran Pendapatan dan "
            "Belanja Daerah Tahun Anggaran {tahun_anggaran};\n"
            f"Peraturan Bupati {{kabupaten}} Nomor {UNKNOWN} Tahun {UNKNOWN} tentang Penjabaran Anggaran Pendapatan "
            "dan Belanja Daerah Tahun Anggaran {tahun_anggaran};\n"
            f"{base.DOTS}{base.DOTS};",
            DECREE,
            listed=True,
        ),
        LetterPart(
            "noted",
            "Memperhatikan",
            "Dokumen Pelaksanaan Anggaran (DPA) {dinas} Tahun Anggaran {tahun_anggaran} Nomor {dpa};",
            DECREE,
        ),
        LetterPart(
            "first",
            "Diktum KESATU",
            "Membentuk Panitia Pelaksana {kegiatan} dengan susunan sebagaimana tercantum dalam Lampiran yang merupakan "
            "bagian tidak terpisahkan dari Keputusan ini.",
            DECREE,
            required="kegiatan",
        ),
        LetterPart(
            "tasks",
            "Tugas panitia (KEDUA)",
            "menyusun rencana, jadwal, dan kelengkapan kegiatan;\n"
            "mengundang peserta dan narasumber;\n"
            "menyelenggarakan kegiatan sesuai dengan jadwal;\n"
            "mengelola administrasi dan pertanggungjawaban keuangan kegiatan;\n"
            "menyusun laporan pelaksanaan kegiatan.",
            DECREE,
            listed=True,
        ),
        LetterPart(
            "third",
            "Diktum KETIGA",
            "Dalam melaksanakan tugasnya, Panitia Pelaksana bertanggung jawab kepada {kepala_dinas}.",
            DECREE,
        ),
        LetterPart(
            "fourth",
            "Diktum KEEMPAT",
            "Biaya yang timbul akibat Keputusan ini dibebankan pada {sumber_dana} Tahun Anggaran {tahun_anggaran}.",
            DECREE,
        ),
        LetterPart("fifth", "Diktum KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.", DECREE),
    )
    spj_item = SpjItem.Document.COMMITTEE_DECREE
    prints = (
        Part.NUMBER,
        Part.BUDGET,
    )
    buttons = (Button("SK panitia"),)
    filing = Filing(0)
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        if not training.committee.exists():
            raise ValidationError("Belum ada panitia. Tambahkan panitia pada halaman Susunan acara, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        item = base.book_entry(training, SpjItem.Document.COMMITTEE_DECREE)
        dated = item.dated_on or base.first_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, "SK panitia", dated, signing=signing)
        signed = signing.blocks()
        decider = decider_of(signing, signed)
        letter = Letter(self, training.district, dated)
        values = base.letter_values(training, head) | base.budget_values(training)
        values |= {"kegiatan": results.full_name(training), "kepala_dinas": formats.in_sentence(decider)}
        about = f"PEMBENTUKAN PANITIA PELAKSANA {results.full_name(training).upper()}"
        capitals = _in_capitals(signed, decider)
        body = [
            blocks.letterhead(),
            blocks.title(f"KEPUTUSAN {decider}", number=f"NOMOR {base.number_or_dots(item)}"),
            *map(blocks.center, ("TENTANG", about, f"{decider},")),
            blocks.clauses(
                ("Menimbang", list(zip(_letters(), letter.lines("considering", **values), strict=False))),
                ("Mengingat", _numbered(letter.lines("basis", **values))),
                ("Memperhatikan", _plain(letter.lines("noted", **values))),
            ),
            blocks.center("MEMUTUSKAN:"),
            blocks.clauses(("Menetapkan", [("", f"KEPUTUSAN {decider} TENTANG {about}.")]), *_dicta(letter, values)),
            blocks.signatures(*decided(capitals, signing, item)),
            *_annex(training, decider, about, item),
            blocks.signatures(*capitals),
        ]
        return {**head, "letter": base.number_of(item), "body": body}

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return base.number_of(base.book_entry(training, SpjItem.Document.COMMITTEE_DECREE))


def decider_of(signing: Signing, signed: list[frame.SignatureBlock]) -> str:
    """The signing office in capitals: "KEPALA DINAS PERUMAHAN DAN PERMUKIMAN KABUPATEN MESUJI". A printed title that
    ends with only the word for the dinas is completed by its name.
    """
    title = signed[-1]["title"].rstrip(",").upper() if signed else base.DOTS
    office, word = (signing.office.office_name, signing.office.word_dinas) if signing.office else ("", "")
    if word and title.endswith(word.upper()) and office.upper().startswith(word.upper()):
        title = title[: -len(word)] + office.upper()
    district = str(signing.district).upper()
    return title if district in title or not title.strip(".") else f"{title} {district}"


def _in_capitals(signed: list[frame.SignatureBlock], decider: str) -> list[frame.SignatureBlock]:
    """The blocks as a Keputusan prints them; the last has the whole title of the deciding office."""
    titles = [block["title"].upper() for block in signed[:-1]] + [f"{decider},"]
    return [{**block, "title": title} for block, title in zip(signed, titles, strict=False)]


def decided(signed: list[frame.SignatureBlock], signing: Signing, item: SpjItem) -> list[frame.SignatureBlock]:
    """The signature blocks with place and day of the decision above the last."""
    place = (signing.office and signing.office.place) or frame.DOTS
    line = f"Ditetapkan di {place}\npada tanggal {base.date_or_dots(item.dated_on)}"
    if not signed:
        return []
    last: frame.SignatureBlock = {**signed[-1], "place_date": line}
    return [*signed[:-1], last]


def _letters() -> list[str]:
    return [f"{letter}." for letter in ascii_lowercase]


def _numbered(lines: list[str]) -> list[tuple[str, str]]:
    return [(f"{number}.", line) for number, line in enumerate(lines, 1)]


def _plain(lines: list[str]) -> list[tuple[str, str]]:
    return [("", line) for line in lines]


def _dicta(letter: Letter, values: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """KESATU to KELIMA; the tasks are a list below their sentence. A part that the office emptied is left out."""
    tasks = list(zip(_letters(), letter.lines("tasks", **values), strict=False))
    parts = [
        _plain(letter.lines("first", **values)),
        [("", "Panitia Pelaksana sebagaimana dimaksud dalam diktum KESATU bertugas:"), *tasks] if tasks else [],
        *(_plain(letter.lines(name, **values)) for name in ("third", "fourth", "fifth")),
    ]
    return list(zip(DICTA, [part for part in parts if part], strict=False))


def _annex(training: Training, decider: str, about: str, item: SpjItem) -> list[Block]:
    members = training.committee.select_related("person__resource_person")
    rows = [
        [str(number), member.role, member.person.name, _position(member)] for number, member in enumerate(members, 1)
    ]
    columns = [("No", 10, "c"), ("Jabatan dalam panitia", 45, "l"), ("Nama", 60, "l"), ("Jabatan dinas", 0, "l")]
    return [
        blocks.new_page(),
        blocks.right("LAMPIRAN"),
        blocks.right(f"KEPUTUSAN {decider}"),
        blocks.right(f"NOMOR: {base.number_or_dots(item)}"),
        blocks.right(f"TANGGAL: {base.date_or_dots(item.dated_on)}"),
        blocks.title("SUSUNAN PANITIA PELAKSANA", results.full_name(training).upper()),
        blocks.table(columns, rows, caption="Susunan panitia"),
    ]


def _position(member: CommitteeMember) -> str:
    """The data recorded for the member of the panitia, else those of the person; dots to fill in."""
    taught = getattr(member.person, "resource_person", None)
    known = (member.position, taught.position if taught else "", member.person.institution)
    return next(filter(None, known), base.SHORT_DOTS)
