"""Tanda pengenal to wear and papan nama for the table: name and origin of everybody, in a size that fits."""

from collections.abc import Sequence
from typing import TypedDict

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.content import Content, Parameters, option
from documents.layout import frame
from documents.rendering.verification import Expected
from documents.trainings import base, roster
from documents.trainings.base import TrainingContent, TrainingDocument
from trainings.models import Training

WHO = {"semua": "semua orang", "peserta": "peserta", "narasumber": "narasumber", "panitia": "panitia"}
NOBODY = {
    "semua": "Belum ada peserta, narasumber, atau panitia yang tercatat. Daftarkan dahulu, lalu minta lagi.",
    "peserta": "Belum ada peserta yang terdaftar. Daftarkan dahulu, lalu minta lagi.",
    "narasumber": "Susunan acara belum menyebut narasumber. Isi dahulu, lalu minta lagi.",
    "panitia": "Belum ada panitia yang tercatat. Isi dahulu, lalu minta lagi.",
}


class Bearer(TypedDict):
    """One person; a tag without a name is filled in by hand."""

    name: str
    size: str  # of the letters: "", "long", "longer", "longest"
    role: str  # "PESERTA"
    about: str  # post and village, or the institution


class NameTagsContent(TrainingContent):
    title: str
    title_size: str
    office: str
    emblem: str
    pages: list[list[Bearer]]


class TentCardsContent(TrainingContent):
    title: str
    title_size: str
    cards: list[Bearer]


class NameCards(TrainingDocument[Content]):
    """Common base of both: people and sizes."""

    audience = Audience.DISTRICT
    options = {"who": WHO}
    buttons = tuple(Button(label.capitalize(), {"who": who}) for who, label in WHO.items())
    sizes: tuple[int, int, int]  # maximum of characters of a name in the usual size, and in two smaller ones

    def label(self, parameters: Parameters) -> str:
        return f"{self.title}, {WHO[option(parameters, 'who') or 'semua']}"

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        found = self.chosen(parameters)
        if not self.bearers(training, found, None, frame.DEFAULT_TERMS["village"]):
            raise ValidationError(NOBODY[option(found, "who")])
        return found

    def bearers(self, training: Training, parameters: Parameters, user: User | None, village: str) -> list[Bearer]:
        """Participants by number, then narasumber, then the panitia; a person in two of them gets one of each."""
        who = option(parameters, "who")
        found: list[Bearer] = []
        if who in ("semua", "peserta"):
            found += [
                self.bearer(one.name, "Peserta", _of_participant(one, village))
                for one in roster.participants(training, user)
            ]
        if who in ("semua", "narasumber"):
            found += [self.bearer(one.name or one.about, "Narasumber", one.about if one.name else "")
                      for one in roster.speakers(training)]  # fmt: skip
        if who in ("semua", "panitia"):
            found += [
                self.bearer(one.person.name, "Panitia", one.role) for one in training.committee.select_related("person")
            ]
        return found

    def bearer(self, name: str, role: str, about: str) -> Bearer:
        return {"name": name, "size": sized(name, self.sizes), "role": role.upper(), "about": about}


class NameTags(NameCards[NameTagsContent]):
    """To be cut apart: the same size on both page sizes, ten on F4 and eight on A4."""

    kind, title, code_prefix = "name_tags", "Tanda pengenal", "TPG"
    template = "documents/name_tags.html"
    sizes = (32, 58, 90)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> NameTagsContent:
        head = base.head(training, self.label(parameters), base.first_day(training))
        rows = self.bearers(training, parameters, user, head["terms"]["village"])
        a_page = 8 if head["document"]["page_size"] == "a4" else 10
        # The rest of the last page is for unregistered participants.
        role = rows[-1]["role"] if option(parameters, "who") != "semua" else "PESERTA"
        rows += [self.bearer("", role, "")] * (-len(rows) % a_page)
        return {
            **base.apart(head),
            "title": str(training),
            "title_size": sized(str(training), (60, 110, 180)),
            "office": head["letterhead"]["office"] or str(training.district),
            "emblem": head["letterhead"]["emblem"],
            "pages": [rows[at : at + a_page] for at in range(0, len(rows), a_page)],
        }

    def expected(self, content: NameTagsContent, page: str) -> Expected:
        return Expected(texts=_texts([one for page_rows in content["pages"] for one in page_rows]))


class TentCards(NameCards[TentCardsContent]):
    """A4 folded along its middle: the name on both sides, the upper one upside down."""

    kind, title, code_prefix = "tent_cards", "Papan nama meja", "PNM"
    template = "documents/tent_cards.html"
    of_meetings = True
    sizes = (18, 40, 72)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TentCardsContent:
        day = base.first_day(training)
        head = base.head(training, self.label(parameters), day, page_size="tent")
        return {
            **base.apart(head),
            "title": str(training),
            "title_size": sized(str(training), (90, 150, 220)),
            "cards": self.bearers(training, parameters, user, head["terms"]["village"]),
        }

    def expected(self, content: TentCardsContent, page: str) -> Expected:
        return Expected(texts=_texts(content["cards"]))


def sized(text: str, sizes: tuple[int, int, int]) -> str:
    """The class of the font size that fits a text of this length."""
    for size, most in zip(("", "long", "longer"), sizes, strict=True):
        if len(text) <= most:
            return size
    return "longest"


def _of_participant(one: roster.Attendee, village: str) -> str:
    place = f"{village} {one.village_name}" if one.village_name else one.institution
    return ", ".join(part for part in (one.post, place) if part)


def _texts(rows: Sequence[Bearer]) -> list[str]:
    return [text for one in rows for text in (one["name"], one["about"]) if text]
