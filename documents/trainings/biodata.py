"""Biodata: one page a person, what the portal knows printed, the rest for the pen; with the notice of UU 27/2022.

No NIK, no disability, no telephone number printed: the sheet passes through many hands (domain: law).
"""

from typing import Any

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.layout import frame
from documents.signers import Letterhead
from documents.trainings import base, roster
from documents.trainings.base import Filing, TrainingDocument
from trainings.models import SpjItem, Training

WHO = {"peserta": "Biodata peserta", "narasumber": "Biodata narasumber"}
COPIES = {"orang": "Satu lembar per orang", "kosong": "Satu lembar kosong"}


class Biodata(TrainingDocument):
    kind, title, code_prefix = "biodata", "Biodata", "BIO"
    audience = Audience.DISTRICT
    options = {"who": WHO, "copies": COPIES}
    names_people = True
    letterhead = Letterhead.OFFICE
    other_signers = "Yang mengisi"
    template = "documents/biodata.html"
    spj_item = SpjItem.Paper.BIODATA
    buttons = (
        Button("Peserta", {"who": "peserta"}),
        Button("Narasumber", {"who": "narasumber"}),
        Button("Peserta, lembar kosong", {"who": "peserta", "copies": "kosong"}, rare=True),
        Button("Narasumber, lembar kosong", {"who": "narasumber", "copies": "kosong"}, rare=True),
    )
    filing = Filing(5, ({"who": "peserta"}, {"who": "narasumber"}))

    def label(self, parameters: dict) -> str:
        name = WHO[parameters.get("who") or "peserta"]
        return f"{name} (kosong)" if parameters.get("copies") == "kosong" else name

    def clean(self, training: Training, parameters: dict) -> dict:
        return self.chosen(parameters)

    def collect(self, training: Training, parameters: dict, user: User | None) -> dict[str, Any]:
        """One blank page where nobody is recorded yet."""
        day = base.first_day(training)
        title = WHO[parameters["who"]]
        signing = self.signing(training, day)
        head = base.head(training, title, day, signing=signing)
        lines = _of_participant if parameters["who"] == "peserta" else _of_speaker
        people: list[dict[str, Any]] = []
        if parameters["copies"] == "orang" and parameters["who"] == "peserta":
            people = roster.participants(training, user)
        elif parameters["copies"] == "orang":
            people = [row for row in roster.speakers(training) if row["name"]]
        return base.apart(head) | {
            "title": title.upper(),
            "sheets": [
                {
                    "lines": [
                        {"label": name, "value": value} for name, value in lines(person, head["terms"]["village"])
                    ],
                    "signatures": [
                        frame.block("Yang mengisi,", name=person.get("name", ""))
                        | {"place_date": base.place_date(None, None)}
                    ],
                }
                for person in people or [{}]
            ],
            "notice": _notice(head["terms"]["dpmu"], str(training.district), signing.office),
        }


def _of_participant(person: dict[str, Any], village: str) -> list[tuple[str, str]]:
    subdistrict = person.get("place", "").rpartition("/")[2] if person.get("village_name") else ""
    return [
        ("Nama lengkap", person.get("name", "")),
        ("Jenis kelamin", _sex(person)),
        ("Tempat, tanggal lahir", ""),
        ("Pendidikan terakhir", ""),
        ("Pekerjaan", ""),
        ("Jabatan/Unsur", person.get("post", "")),
        ("Nama KPSPAMS", person.get("group", "")),
        (f"{village}/Kecamatan", f"{person['village_name']}/{subdistrict}" if subdistrict else ""),
        ("Instansi (bila ada)", person.get("institution", "")),
        ("Alamat", ""),
        ("No. HP", ""),
        ("Pelatihan yang pernah diikuti", ""),
        ("Yang ingin dipelajari", ""),
    ]


def _of_speaker(person: dict[str, Any], village: str) -> list[tuple[str, str]]:
    return [
        ("Nama lengkap dan gelar", person.get("name", "")),
        ("Jenis kelamin", _sex(person)),
        ("NIP (bila ada)", ""),
        ("Pangkat/golongan", person.get("rank", "")),
        ("Jabatan", person.get("position", "")),
        ("Instansi", person.get("institution", "")),
        ("Alamat kantor", ""),
        ("No. HP", ""),
        ("Pos-el", ""),
        ("Pendidikan terakhir", ""),
        ("Keahlian", person.get("expertise", "")),
        ("Materi yang disampaikan", "; ".join(person.get("topics", []))),
        ("Pengalaman mengajar", ""),
    ]


def _sex(person: dict[str, Any]) -> str:
    return {"L": "Laki-laki", "P": "Perempuan"}.get(person.get("sex", ""), "□ Laki-laki   □ Perempuan")


def _notice(dpmu: str, district: str, office: Any) -> str:
    """Why the data are asked for and whom to turn to (UU 27/2022); dots where the office gave no contact."""
    contact = ", ".join(part for part in ((office and office.phone), (office and office.email)) if part)
    return (
        f"Data ini dikumpulkan {dpmu} Pamsimas {district} untuk administrasi pelatihan dan pembinaan KPSPAMS, dilihat "
        "oleh petugas yang berwenang, dan tidak diumumkan. Anda berhak melihat, memperbaiki, dan meminta penghapusan "
        f"data Anda melalui {contact or frame.DOTS}."
    )
