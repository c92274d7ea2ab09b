"""Biodata: one page for each person with the known data, the rest to fill in; with the notice of UU 27/2022.

No NIK, no disability, no telephone number is printed, because many people see the sheet (docs/domain/law.md).
"""

from typing import TypedDict

from accounts.models import OfficeProfile, User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters, option
from documents.layout import frame
from documents.signers import Letterhead
from documents.trainings import base, roster
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from documents.trainings.roster import Attendee, Speaker
from trainings.models import SpjItem, Training

WHO = {"peserta": "Biodata peserta", "narasumber": "Biodata narasumber"}
COPIES = {"orang": "Satu lembar per orang", "kosong": "Satu lembar kosong"}

Facts = list[tuple[str, str]]  # label and value


class Line(TypedDict):
    label: str
    value: str


class Form(TypedDict):
    lines: list[Line]
    signatures: list[frame.SignatureBlock]


class BiodataContent(TrainingContent):
    title: str
    sheets: list[Form]
    notice: str


class Biodata(TrainingDocument[BiodataContent]):
    kind, title, code_prefix = "biodata", "Biodata", "BIO"
    audience = Audience.DISTRICT
    options = {"who": WHO, "copies": COPIES}
    names_people = True
    is_signed_by_hand = True
    template_version = 3
    is_closed = True  # a line to fill in with the NIK
    letterhead = Letterhead.OFFICE
    other_signers = "Yang mengisi"
    template = "documents/biodata.html"
    spj_item = SpjItem.Document.BIODATA
    buttons = (
        Button("Peserta", {"who": "peserta"}),
        Button("Narasumber", {"who": "narasumber"}),
        Button("Peserta, lembar kosong", {"who": "peserta", "copies": "kosong"}, rare=True),
        Button("Narasumber, lembar kosong", {"who": "narasumber", "copies": "kosong"}, rare=True),
    )
    filing = Filing(5, ({"who": "peserta"}, {"who": "narasumber"}))

    def label(self, parameters: Parameters) -> str:
        name = WHO[option(parameters, "who") or "peserta"]
        return f"{name} (kosong)" if parameters.get("copies") == "kosong" else name

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        return self.chosen(parameters)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> BiodataContent:
        """One blank page when nobody is recorded yet."""
        day = base.first_day(training)
        title = WHO[option(parameters, "who")]
        signing = self.signing(training, day)
        head = base.head(training, title, day, signing=signing)
        return {
            **base.apart(head),
            "title": title.upper(),
            "sheets": [
                {
                    "lines": [{"label": label, "value": value} for label, value in lines],
                    "signatures": [
                        {**frame.block("Yang mengisi,", name=name), "place_date": base.place_date(None, None)}
                    ],
                }
                for name, lines in _people(training, parameters, user, head["terms"]["village"])
            ],
            "notice": _notice(head["terms"]["dpmu"], str(training.district), signing.office),
        }


def _people(
    training: Training, parameters: Parameters, user: User | None, village_label: str
) -> list[tuple[str, Facts]]:
    """Name and lines of each person; a blank form when nobody is recorded yet, or on request."""
    blank = parameters["copies"] == "kosong"
    if parameters["who"] == "peserta":
        people = [] if blank else roster.participants(training, user)
        return [(person.name, _of_participant(person, village_label)) for person in people or [Attendee()]]
    speakers = [] if blank else [speaker for speaker in roster.speakers(training) if speaker.name]
    return [(speaker.name, _of_speaker(speaker)) for speaker in speakers or [Speaker()]]


def _of_participant(person: Attendee, village_label: str) -> Facts:
    return [
        ("Nama lengkap", person.name),
        ("Jenis kelamin", _sex(person.sex)),
        ("Tempat, tanggal lahir", ""),
        ("Pendidikan terakhir", ""),
        ("Pekerjaan", ""),
        ("Jabatan/Unsur", person.post),
        ("Nama KPSPAMS", person.group),
        (f"{village_label}/Kecamatan", f"{person.village_name}/{person.subdistrict}" if person.village_name else ""),
        ("Instansi (bila ada)", person.institution),
        ("Alamat", ""),
        ("No. HP", ""),
        ("Pelatihan yang pernah diikuti", ""),
        ("Yang ingin dipelajari", ""),
    ]


def _of_speaker(speaker: Speaker) -> Facts:
    return [
        ("Nama lengkap dan gelar", speaker.name),
        ("Jenis kelamin", _sex(speaker.sex)),
        ("NIP (bila ada)", ""),
        ("Pangkat/golongan", speaker.rank),
        ("Jabatan", speaker.position),
        ("Instansi", speaker.institution),
        ("Alamat kantor", ""),
        ("No. HP", ""),
        ("Pos-el", ""),
        ("Pendidikan terakhir", ""),
        ("Keahlian", speaker.expertise),
        ("Materi yang disampaikan", "; ".join(speaker.topics)),
        ("Pengalaman mengajar", ""),
    ]


def _sex(code: str) -> str:
    return {"L": "Laki-laki", "P": "Perempuan"}.get(code, "□ Laki-laki   □ Perempuan")


def _notice(dpmu: str, district: str, office: OfficeProfile | None) -> str:
    """The purpose of the data and the contact (UU 27/2022); dots when the office has no contact."""
    contact = ", ".join(part for part in ((office and office.phone), (office and office.email)) if part)
    return (
        f"Data ini dikumpulkan {dpmu} Pamsimas {district} untuk administrasi pelatihan dan pembinaan KPSPAMS, dilihat "
        "oleh petugas yang berwenang, dan tidak diumumkan. Anda berhak melihat, memperbaiki, dan meminta penghapusan "
        f"data Anda melalui {contact or frame.DOTS}."
    )
