"""Addressees of a letter about a training: offices line by line, villages, persons; and the lists in the annex."""

from collections.abc import Sequence
from functools import cached_property

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.layout import blocks, correspondence
from documents.layout.blocks import Block
from documents.layout.frame import OfficeTerms
from documents.trainings import base, roster
from documents.trainings.origins import Origins, origins_of
from documents.trainings.roster import Attendee
from trainings.models import Narrative, SpjItem, Training
from trainings.queries.invited import count_invited


def needs_invited(training: Training) -> None:
    """Raises ValidationError when nobody is invited."""
    if training.recipient_list or training.invitations.exists() or training.participants.invited().exists():
        return
    raise ValidationError(
        f"Belum ada yang diundang. Isi Yth. pada data {training.noun}, undang desa, atau daftarkan peserta dahulu, "
        "lalu minta lagi."
    )


def copies_of(narrative: Narrative, camats: list[str], *, typed_first: bool = True) -> list[str]:
    """Tembusan typed by the user replace the camat; a letter to one village keeps that village's own."""
    typed = [line.strip() for line in narrative.copies_to.splitlines() if line.strip()]
    if typed_first:
        return typed or camats
    return camats + [line for line in typed if not line.lower().startswith("camat")]


class Invited:
    """Addressees of one training, for a letter of that day. Two queries."""

    def __init__(self, training: Training, terms: OfficeTerms, user: User | None):
        self.training = training
        self.terms = terms
        self.recipients = training.recipient_list
        self.invitations = list(training.invitations.select_related("village__subdistrict").order_by("village__code"))
        self.people = roster.participants(training, user, invited=True)
        self.counts = count_invited(self.invitations, [(person.person, person.village) for person in self.people])

    @cached_property
    def origins(self) -> Origins:
        return origins_of(self.training, self.terms["village"])

    def addressees(self) -> list[str]:
        """Addressees in the letter to all, or a reference to their list."""
        return [f"({correspondence.ANNEXED})"] if self._listed else self._names()

    @property
    def _listed(self) -> bool:
        """Whether offices are in a list of their own."""
        return bool(self.recipients) and correspondence.are_annexed(self._names())

    def _names(self) -> list[str]:
        strangers = any(person.village is None for person in self.people)
        named = [f"Sdr. {self.terms['village_head']}"] if self.invitations else []
        named += ["Sdr. nama terlampir"] if strangers else []
        attached = " (terlampir)" if self.invitations and not strangers else ""
        together = " dan ".join(named) + attached
        return [*self.recipients, *([together] if together else [])]

    def camats(self) -> list[str]:
        names = dict.fromkeys(row.village.subdistrict.name for row in self.invitations)
        return [f"Camat {name}" for name in names]

    def lists(self, item: SpjItem) -> list[Block]:
        """The annexes of the letter with this number and date; empty when the letter itself names everybody."""
        body: list[Block] = []
        if self._listed:
            body += [*self._annex(item, "DAFTAR PENERIMA UNDANGAN"), self.recipient_table()]
        if self.invitations:
            body += [*self._annex(item, "DAFTAR DESA YANG DIUNDANG"), self.village_table()]
        if self.people:
            body += [*self._annex(item, "DAFTAR NAMA YANG DIUNDANG"), self.name_table(self.people)]
            body += self._to_name()
        return body

    def _to_name(self) -> list[Block]:
        """How many names are still to come, so that the list of names adds up to the list of villages."""
        unnamed = self.counts.unnamed
        if not unnamed:
            return []
        total = sum(row.unnamed for row in unnamed)
        villages = ", ".join(f"{row.invitation.village.name} {row.unnamed} orang" for row in unnamed)
        return blocks.paragraphs(f"Masih diajukan {total} nama lagi: {villages}.")

    def _annex(self, item: SpjItem, title: str) -> list[Block]:
        number, dated = base.number_or_dots(item), base.date_or_dots(item.dated_on)
        return correspondence.annex(number, dated, title, str(self.training).upper())

    def recipient_table(self) -> Block:
        heads = [f"Sdr. {self.terms['village_head']} (daftar berikut)"] if self.invitations else []
        return blocks.table(
            [("No", 10, "c"), ("Yth.", 0, "l")],
            [[str(number), line] for number, line in enumerate([*self.recipients, *heads], 1)],
            caption="Penerima undangan",
        )

    def village_table(self) -> Block:
        others = [["", "Di luar daftar ini (nama terlampir)", "", str(self.counts.others), ""]]
        return blocks.table(
            [
                ("No", 8, "c"),
                (self.terms["village"], 45, "l"),
                ("Kecamatan", 40, "l"),
                ("Jumlah orang", 18, "c"),
                ("Jabatan yang diharapkan", 0, "l"),
            ],
            [
                [
                    str(number),
                    row.invitation.village.name,
                    row.invitation.village.subdistrict.name,
                    str(row.count),
                    row.invitation.post_words or "-",
                ]
                for number, row in enumerate(self.counts.villages, 1)
            ],
            footer=[*(others if self.counts.others else []), ["", "Jumlah", "", str(self.counts.total), ""]],
            caption=f"{self.terms['village']} yang diundang",
        )

    def name_table(self, people: Sequence[Attendee]) -> Block:
        return blocks.table(
            [
                ("No", 8, "c"),
                ("Nama", 60, "l"),
                ("L/P", 10, "c"),
                (self.origins.post_heading, 40, "l"),
                (self.origins.heading, 0, "l"),
            ],
            [
                [str(number), person.name, person.sex, person.post or "-", person.place]
                for number, person in enumerate(people, 1)
            ],
            caption="Nama yang diundang",
        )
