"""Sertifikat: front and back of every sertifikat given, in one file, to be printed on both sides."""

from typing import NotRequired, TypedDict

from django.core.exceptions import ValidationError

from accounts.models import Signatory, User
from documents import templates
from documents.base import AllVillages, Button
from documents.choices import Audience
from documents.content import Parameters, Verification
from documents.issue_rules import when_training_closed
from documents.layout import footer, frame
from documents.rendering.verification import Expected, rows_of_page
from documents.signatures import Signing
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, results, roster
from documents.trainings.base import Filing, TrainingContent, TrainingDocument
from records import formats
from trainings.models import Certificate, Participant, SpjItem, Training

# Maximum of characters in the usual size and in the smaller one; longer texts get the smallest.
MAX_NAME, MAX_LONG = 32, 70
MAX_REST, MAX_LONG_REST = 260, 420


class Topic(TypedDict):
    number: str
    topic: str
    hours: str


class PrintedCertificate(TypedDict):
    """One certificate; its first four keys belong to its verification code (reports.services.certificate_codes)."""

    participant: int
    plain_number: str
    lesson_hours: int
    dated_on: str  # ISO
    number: str
    name: str
    about: str
    hours: str  # "24 (dua puluh empat) jam pelajaran"; empty when unknown
    size: str  # of the letters, so that all text fits on the front: "", "long", "longest"
    day: str
    signatures: list[frame.SignatureBlock]
    verification: NotRequired[Verification]


class CertificatesContent(TrainingContent):
    title: str
    wave: str
    name: str
    organiser: str
    held: str  # "selama 3 (tiga) hari, tanggal 4 s.d. 6 Desember 2018"
    hours: str
    background: str  # a data URI; empty: the frame of the portal
    topics: list[Topic]
    rows: list[PrintedCertificate]


class Certificates(TrainingDocument[CertificatesContent]):
    kind, title, code_prefix = "certificates", "Sertifikat", "SRT"
    template_version = 4
    all_villages = (AllVillages("sertifikat", "Sertifikat", 6),)
    audience = Audience.DISTRICT
    issue_rule = when_training_closed
    names_people = True
    parts_have_codes = True
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.OFFICE_HEAD),)
    template = "documents/certificates.html"
    has_background = True
    spj_item = SpjItem.Document.CERTIFICATES
    buttons = (Button("Sertifikat"),)
    filing = Filing(14)

    def label(self, parameters: Parameters) -> str:
        return f"Sertifikat{roster.of_village(parameters)}"

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        """Raises ValidationError while no sertifikat was given."""
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
        """A fasilitator gets those of the people visible to them. Day and office are those of the newest one."""
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
        name = results.full_name(training)
        organiser = formats.in_sentence(training.organiser or head["document"]["office"]) or base.DOTS
        deed = len(name) + len(organiser) + len(head["place"])
        return {
            **head,
            "title": training.title,
            "wave": training.wave,
            "name": name,
            "organiser": organiser,
            "held": _held(training, head),
            "hours": str(total),
            "background": templates.background(self, training.district, dated),
            "topics": [
                {"number": str(number), "topic": item.topic, "hours": str(item.lesson_hours)}
                for number, item in enumerate(items, 1)
            ],
            "rows": [_row(signing, row, total, head["terms"]["village"], deed) for row in rows],
        }

    def expected(self, content: CertificatesContent, page: str) -> Expected:
        """The tables of the backs, and the name, number and hours on the fronts."""
        fronts = [text for row in content["rows"] for text in (row["name"], row["number"], row["hours"])]
        return Expected(tables=rows_of_page(page).tables, texts=fronts)

    def with_codes(self, content: CertificatesContent, codes: dict[int, str]) -> CertificatesContent:
        rows: list[PrintedCertificate] = [
            {**row, "verification": footer.verification(codes[row["participant"]])} for row in content["rows"]
        ]
        return {**content, "rows": rows}


def _held(training: Training, head: TrainingContent) -> str:
    """The period of a training as on its certificate; days that are not consecutive are listed."""
    days = base.dates(training)
    if len(days) == 1:
        return f"pada hari {formats.day_date(days[0])}"
    counted = f"selama {results.counted(len(days))} hari"
    in_a_row = (days[-1] - days[0]).days + 1 == len(days)
    return f"{counted}, tanggal {head['span']}" if in_a_row else f"{counted}, yaitu {head['weekdays']}"


def _row(signing: Signing, row: Certificate, total: int, village_label: str, deed: int) -> PrintedCertificate:
    """`deed`: number of characters of the sentence that all certificates share."""
    participant = row.participant
    village = f"{village_label} {participant.village.name}" if participant.village else participant.person.institution
    about = ", ".join(part for part in (participant.role_word, village) if part)
    return {
        "participant": participant.pk,
        "plain_number": row.number,
        "lesson_hours": row.lesson_hours,
        "dated_on": row.dated_on.isoformat(),
        "number": row.number or base.DOTS,
        "name": participant.person.name,
        "about": about,
        "hours": _hours(row.lesson_hours, total),
        "size": _size(participant.person.name, deed + len(about)),
        "day": formats.date_id(row.dated_on),
        "signatures": _signatures(signing, row),
    }


def _hours(followed: int, total: int) -> str:
    if not total:
        return ""
    of = f" dari {total}" if followed != total else ""
    return f"{results.counted(followed)}{of} jam pelajaran"


def _size(name: str, rest: int) -> str:
    if len(name) > MAX_LONG or rest > MAX_LONG_REST:
        return "longest"
    return "long" if len(name) > MAX_NAME or rest > MAX_REST else ""


def _signatures(signing: Signing, row: Certificate) -> list[frame.SignatureBlock]:
    """The default signer: the head of the dinas on that day if recorded, else the Ketua DPMU (our assumption)."""
    slot = Signatory.Slot
    head = signing.district.signatory_on(slot.OFFICE_HEAD, row.dated_on)
    own = [Signer(slot.OFFICE_HEAD if head else slot.DPMU_HEAD)]
    office = signing.district.office_on(row.dated_on)
    return signing.on(row.dated_on).blocks(own=own, placed=frame.place_and_date(office, row.dated_on))
