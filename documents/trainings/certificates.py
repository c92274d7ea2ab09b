"""Sertifikat: front and back of everybody who was given one, in one file, to be printed on both sides."""

from typing import NotRequired, TypedDict

from django.core.exceptions import ValidationError

from accounts.models import Signatory, User
from documents.base import AllVillages, Button
from documents.choices import Audience
from documents.content import Parameters, Verification
from documents.issue_rules import when_training_closed
from documents.layout import footer, frame
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results, roster
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from records import formats
from trainings.models import Certificate, Participant, SpjItem, Training


class Topic(TypedDict):
    number: str
    topic: str
    hours: str


class PrintedCertificate(TypedDict):
    """One certificate; the first four keys are kept with its verification code (reports.services.certificate_codes)."""

    participant: int
    plain_number: str
    lesson_hours: int
    dated_on: str  # ISO
    number: str
    name: str
    about: str
    hours: str
    day: str
    signatures: list[frame.SignatureBlock]
    verification: NotRequired[Verification]


class CertificatesContent(TrainingContent):
    title: str
    wave: str
    name: str
    organiser: str
    hours: str
    topics: list[Topic]
    rows: list[PrintedCertificate]


class Certificates(TrainingDocument[CertificatesContent]):
    kind, title, code_prefix = "certificates", "Sertifikat", "SRT"
    template_version = 2
    all_villages = (AllVillages("sertifikat", "Sertifikat", 6),)
    audience = Audience.DISTRICT
    issue_rule = when_training_closed
    names_people = True
    parts_have_codes = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    template = "documents/certificates.html"
    spj_item = SpjItem.Document.CERTIFICATES
    buttons = (Button("Sertifikat"),)
    filing = Filing(14)

    def label(self, parameters: Parameters) -> str:
        return f"Sertifikat{roster.of_village(parameters)}"

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        """Raises ValidationError, in words for people, while nobody was given one."""
        base.needs_days(training)
        if not training.certificates.exists():
            raise ValidationError(
                "Belum ada sertifikat yang diberikan pada pelatihan ini. Berikan dahulu, lalu minta lagi."
            )
        found = roster.one_village(training, parameters)
        if found and not training.certificates.filter(participant__village=roster.chosen_village(found)).exists():
            raise ValidationError("Belum ada sertifikat yang diberikan kepada peserta dari desa ini.")
        return found

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> CertificatesContent:
        """A fasilitator gets those of the people they may see. Day and office are those of the newest one."""
        given = Certificate.objects.filter(training=training).select_related(
            "participant__person", "participant__village"
        )
        if user is not None:
            given = given.filter(participant__in=Participant.objects.visible_to(user))
        if village := roster.chosen_village(parameters):
            roster.invited_villages(training, user, village=village)
            given = given.filter(participant__village=village)
        rows = list(given.order_by("participant__number"))
        dated = max((row.dated_on for row in rows), default=base.last_day(training))
        signing = self.signing(training, dated)
        head = base.head(training, self.label(parameters), dated, page_size="certificate", signing=signing)
        items = [item for item in results.agenda(training) if item.lesson_hours]
        total = sum(item.lesson_hours for item in items)
        return {
            **head,
            "title": training.title,
            "wave": training.wave,
            "name": results.full_name(training),
            "organiser": training.organiser or head["document"]["office"] or base.DOTS,
            "hours": str(total),
            "topics": [
                {"number": str(number), "topic": item.topic, "hours": str(item.lesson_hours)}
                for number, item in enumerate(items, 1)
            ],
            "rows": [_row(signing, row, total, head["terms"]["village"]) for row in rows],
        }

    def with_codes(self, content: CertificatesContent, codes: dict[int, str]) -> CertificatesContent:
        rows: list[PrintedCertificate] = [
            {**row, "verification": footer.verification(codes[row["participant"]])} for row in content["rows"]
        ]
        return {**content, "rows": rows}


def _row(signing: Signing, row: Certificate, total: int, village_label: str) -> PrintedCertificate:
    participant = row.participant
    village = f"{village_label} {participant.village.name}" if participant.village else participant.person.institution
    followed = f"{row.lesson_hours} dari {total}" if row.lesson_hours != total else str(total)
    return {
        "participant": participant.pk,
        "plain_number": row.number,
        "lesson_hours": row.lesson_hours,
        "dated_on": row.dated_on.isoformat(),
        "number": row.number or base.DOTS,
        "name": participant.person.name,
        "about": ", ".join(part for part in (participant.role_word, village) if part),
        "hours": followed,
        "day": formats.date_id(row.dated_on),
        "signatures": _signatures(signing, row),
    }


def _signatures(signing: Signing, row: Certificate) -> list[frame.SignatureBlock]:
    """Unless the settings say otherwise: the head of the dinas of that day where one is recorded, else the Ketua
    DPMU (our assumption).
    """
    slot = Signatory.Slot
    head = signing.district.signatory_on(slot.OFFICE_HEAD, row.dated_on)
    own = [Signer(slot.OFFICE_HEAD if head else slot.DPMU_HEAD)]
    office = signing.district.office_on(row.dated_on)
    return signing.on(row.dated_on).blocks(own=own, placed=frame.place_and_date(office, row.dated_on))
