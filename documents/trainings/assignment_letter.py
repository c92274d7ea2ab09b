"""Surat tugas peserta: a form for each village whose kepala desa sends people to the training; filled in by hand.

The village fills in the names; with "terdaftar" registered names are printed, and lines up to the quota.
"""

from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters, option
from documents.layout import frame
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signers import VILLAGE_HEAD, Letterhead, Level, Signer
from documents.trainings import base, gaps, roster
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from documents.trainings.gaps import Gap, Part
from documents.trainings.roster import Attendee
from records import formats
from trainings.models import SpjItem, Training
from villages.models import Village

NAMES = {"kosong": "Surat tugas peserta (kosong)", "terdaftar": "Surat tugas peserta terdaftar"}
NO_VILLAGE = "Belum ada desa yang diundang. Undang desanya dahulu, lalu minta lagi."


class AssignedPerson(TypedDict):
    number: str
    name: str
    sex: str
    post: str


class VillageLetter(TypedDict):
    """The letter of one village."""

    letterhead: frame.PrintedLetterhead
    village: str
    head: str
    title: str
    task: str
    closing: list[str]
    rows: list[AssignedPerson]
    signatures: list[frame.SignatureBlock]


class AssignmentLetterContent(TrainingContent):
    dots: str
    basis: str
    time: str
    letters: list[VillageLetter]


class AssignmentLetter(TrainingDocument[AssignmentLetterContent]):
    kind, title, code_prefix = "assignment_letter", "Surat tugas peserta", "ST"
    audience = Audience.DISTRICT
    options = {"names": NAMES}
    is_letter = True
    letterhead = Letterhead.VILLAGE
    signers = (Signer(VILLAGE_HEAD),)
    level = Level.VILLAGE
    letter_parts = by_name(
        LetterPart(
            "basis",
            "Dasar",
            "Surat undangan {pengundang} Nomor {nomor} tanggal {tanggal}.",
            f"{ACTIVITY} pengundang nomor tanggal",
            required="nomor tanggal",
        ),
        LetterPart(
            "task",
            "Tugas",
            "untuk mengikuti {kegiatan} sebagai peserta dari {desa}, yang dilaksanakan pada:",
            f"{ACTIVITY} desa kepala_desa",
            required="kegiatan desa",
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab. Yang ditugaskan "
            "melaporkan hasilnya kepada {kepala_desa} sesudah kegiatan selesai.",
            f"{ACTIVITY} desa kepala_desa",
        ),
    )
    template = "documents/assignment_letter.html"
    spj_item = SpjItem.Document.INVITATION
    prints = (Part.NUMBER,)
    buttons = (
        Button("Surat tugas peserta"),
        Button("Surat tugas dengan nama terdaftar", {"names": "terdaftar"}, rare=True),
    )
    filing = Filing(2)

    def label(self, parameters: Parameters) -> str:
        return NAMES[option(parameters, "names") or "kosong"]

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        if not training.invitations.exists():
            raise ValidationError(NO_VILLAGE)
        return self.chosen(parameters)

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return gaps.OF_VILLAGES

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> AssignmentLetterContent:
        """Raises ValidationError when no invited village is visible to this user."""
        day = base.first_day(training)
        head = base.head(training, "Surat tugas peserta", day)
        signing = self.signing(training, day)
        villages = roster.invited_villages(training, user)
        if not villages:
            raise ValidationError(NO_VILLAGE)
        quotas = dict(training.invitations.values_list("village", "quota"))
        people = roster.participants(training, user) if parameters["names"] == "terdaftar" else []
        heads = frame.village_heads(villages, day)
        letter = Letter(self, training.district, day)
        invited = base.book_entry(training, SpjItem.Document.INVITATION)
        values = base.letter_values(training, head) | {
            "pengundang": formats.in_sentence(head["letterhead"]["office"]) or head["terms"]["dpmu"],
            "nomor": base.number_or_dots(invited),
            "tanggal": base.date_or_dots(invited.dated_on),
        }
        letters: list[VillageLetter] = []
        for village in villages:
            village_label, title = f"{head['terms']['village']} {village.name}", _title(head, village)
            placeholders = values | {"desa": village_label, "kepala_desa": title}
            letters.append(
                {
                    "letterhead": signing.letterhead(village),
                    "village": village_label,
                    "head": heads.get(village.pk, base.DOTS),
                    "title": title,
                    "task": letter.text("task", **placeholders),
                    "closing": letter.lines("closing", **placeholders),
                    "rows": _rows([person for person in people if person.village == village.pk], quotas[village.pk]),
                    "signatures": signing.blocks(village=village, names={"village_head": heads.get(village.pk, "")}),
                }
            )
        return {
            **base.apart(head),
            "dots": base.DOTS,
            "basis": letter.text("basis", **values),
            "time": base.starts_at(training),
            "letters": letters,
        }


def _title(head: TrainingContent, village: Village) -> str:
    return f"{head['terms']['village_head']} {village.name}"


def _rows(people: list[Attendee], quota: int) -> list[AssignedPerson]:
    """The registered participants, and empty lines up to the quota."""
    lines = [*people, *[Attendee()] * max(quota - len(people), 0)]
    return [
        {"number": str(number), "name": person.name, "sex": person.sex, "post": person.post}
        for number, person in enumerate(lines, 1)
    ]
