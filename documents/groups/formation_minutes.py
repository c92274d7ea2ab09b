"""Berita acara of the musyawarah that forms a KPSPAMS or elects a new board, with its daftar hadir to sign.

The order of a berita acara is that of the rules on official documents: title, number, day and place in words, numbered
facts, closing sentence, signatures.
"""

from datetime import date
from typing import TypedDict

from django.utils.timezone import localdate

from accounts.models import User
from documents.content import Parameters
from documents.groups import decree
from documents.groups.decree import DecreeContent, DecreeDocument
from documents.layout import frame
from documents.layout.frame import SignatureBlock
from documents.letter_parts import DOTS, GROUP, MINUTES_END, LetterPart, by_name
from documents.letters import Letter
from documents.signers import VILLAGE_HEAD, VILLAGE_HEAD_SIGNS
from kpspams.models import KpspamsGroup

ATTENDEES = 40  # empty rows of the daftar hadir (our assumption)


class Wording(TypedDict):
    opening: str
    held: str
    result: str
    term: str
    closing: list[str]


class Attendee(TypedDict):
    number: str
    even: bool


class FormationContent(DecreeContent):
    text: Wording
    year: str
    attendees: list[Attendee]
    signatures: list[SignatureBlock]
    knowing: list[SignatureBlock]


class FormationMinutes(DecreeDocument[FormationContent]):
    kind, title, code_prefix = "formation_minutes", "Berita acara musyawarah", "BA"
    decree_position = 1
    signers = (VILLAGE_HEAD_SIGNS,)
    other_signers = "Notulis dan pimpinan musyawarah"
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka",
            f"Pada hari ini {{hari_ini}}, bertempat di {DOTS}..........., {{desa}}, Kecamatan {{kecamatan}}, "
            "Kabupaten {kabupaten}, telah dilaksanakan musyawarah {musyawarah} Kelompok Pengelola Sistem Penyediaan "
            "Air Minum dan Sanitasi (KPSPAMS) “{kpspams}” {wilayah}.",
            f"{GROUP} hari_ini musyawarah wilayah",
            required="hari_ini desa kpspams",
        ),
        LetterPart(
            "held",
            "Pimpinan dan peserta",
            f"Musyawarah dipimpin oleh {DOTS} dan dicatat oleh {DOTS}. Peserta yang hadir berjumlah ............ "
            "orang, terdiri atas ............ laki-laki dan ............ perempuan, seperti pada daftar hadir "
            "terlampir.",
            GROUP,
        ),
        LetterPart(
            "result",
            "Hasil",
            "{hasil_musyawarah} dengan susunan sebagai berikut.",
            f"{GROUP} hasil_musyawarah musyawarah",
        ),
        LetterPart(
            "term",
            "Masa bakti",
            "Pengurus bertugas selama ............ tahun sejak ditetapkan dengan Keputusan {kepala}.",
            GROUP,
        ),
        LetterPart("closing", "Kalimat penutup", MINUTES_END, GROUP),
    )
    template = "documents/formation_minutes.html"

    def label(self, parameters: Parameters) -> str:
        return "Berita acara musyawarah dan daftar hadir"

    def collect(self, subject: KpspamsGroup, parameters: Parameters, user: User | None) -> FormationContent:
        day = decree.formation_day(subject, localdate())
        signing = decree.signing_of(self, subject)
        found = decree.common(signing, subject, "Berita acara musyawarah")
        letter = Letter(self, self.district_of(subject), date.fromisoformat(found["document"]["dated"]))
        return {
            **found,
            "text": _text(letter, found, decree.day_line(day)),
            "year": str(day.year) if day else decree.SHORT,
            "attendees": [{"number": str(number), "even": number % 2 == 0} for number in range(1, ATTENDEES + 1)],
            "signatures": [
                frame.block("Notulis,"),
                frame.block("Pimpinan Musyawarah,"),
            ],
            "knowing": signing.blocks(village=subject.village, group=subject, names={VILLAGE_HEAD: found["head"]}),
        }


def _text(letter: Letter, found: DecreeContent, day_line: str) -> Wording:
    """The wording of each part."""
    name = f"KPSPAMS “{found['group']}”"
    chosen = f"Musyawarah memilih pengurus {name} yang baru"
    formed = f"Musyawarah menyepakati pembentukan {name} dan memilih pengurusnya"
    values = decree.letter_values(found) | {
        "hari_ini": day_line,
        "wilayah": f"dengan wilayah layanan {found['hamlets']}" if found["hamlets"] else "",
        "hasil_musyawarah": chosen if found["renewal"] else formed,
    }
    return {
        "opening": letter.text("opening", **values),
        "held": letter.text("held", **values),
        "result": letter.text("result", **values),
        "term": letter.text("term", **values),
        "closing": letter.lines("closing", **values),
    }
