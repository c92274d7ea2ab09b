"""Berita acara of the musyawarah that forms a KPSPAMS or chooses its board anew, with its daftar hadir to sign.

The order of a berita acara is that of the rules on official papers: title, number, day and place in words,
numbered facts, closing sentence, signatures.
"""

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from documents.groups import decree
from documents.groups.decree import DecreeDocument
from documents.layout import frame
from documents.letter_parts import DOTS, GROUP, MINUTES_END, LetterPart, by_name
from documents.letters import Letter
from documents.signers import VILLAGE_HEAD_SIGNS
from kpspams.models import KpspamsGroup

ATTENDEES = 40  # empty rows of the daftar hadir (our assumption)


class FormationMinutes(DecreeDocument):
    kind, title, code_prefix = "formation_minutes", "Berita acara musyawarah", "BA"
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

    def label(self, parameters: dict) -> str:
        return "Berita acara musyawarah dan daftar hadir"

    def collect(self, subject: KpspamsGroup, parameters: dict, user: User | None) -> dict[str, Any]:
        day = decree.formation_day(subject, localdate())
        found = decree.common(self, subject, "Berita acara musyawarah")
        letter = Letter(self, self.district_of(subject), date.fromisoformat(found["document"]["dated"]))
        return found | {
            "text": _text(letter, found, decree.day_line(day)),
            "year": str(day.year) if day else decree.SHORT,
            "attendees": [{"number": str(number), "even": number % 2 == 0} for number in range(1, ATTENDEES + 1)],
            "signatures": [
                frame.block("Notulis,"),
                frame.block("Pimpinan Musyawarah,"),
            ],
            "knowing": found.pop("signed"),
        }


def _text(letter: Letter, found: dict[str, Any], day_line: str) -> dict[str, Any]:
    """The wording of each part."""
    name = f"KPSPAMS “{found['group']}”"
    chosen = f"Musyawarah memilih pengurus {name} yang baru"
    formed = f"Musyawarah menyepakati pembentukan {name} dan memilih pengurusnya"
    values = decree.letter_values(found) | {
        "hari_ini": day_line,
        "wilayah": f"dengan wilayah layanan {found['hamlets']}" if found["hamlets"] else "",
        "hasil_musyawarah": chosen if found["renewal"] else formed,
    }
    texts: dict[str, Any] = {part: letter.text(part, **values) for part in ("opening", "held", "result", "term")}
    return texts | {"closing": letter.lines("closing", **values)}
