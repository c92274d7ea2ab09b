"""Content shared by documents of a training: days and place as printed, the number from the agenda book, signature
blocks. Plain values, for snapshots; the people are in documents.trainings.roster.

Unknown values are dots: numbers and dates of letters come from the accounts file (SpjItem) or stay dotted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localdate

from accounts.models import District, OfficeProfile, User
from documents.base import Button, Document
from documents.content import Content, Parameters, Snapshot
from documents.layout import frame
from documents.layout.blocks import Block
from documents.signatures import Signing
from documents.signers import Slot
from documents.trainings import gaps, roster
from documents.trainings.chairs import organiser_block
from documents.trainings.template_fields import TRAINING_FORM
from records import formats
from trainings.models import SpjItem, Training


@dataclass(frozen=True)
class Filing:
    """The place of a document within its line of the accounts file, and the options of each copy in Berkas lengkap.

    Documents with the same position are in the order of the registry.
    """

    position: int
    copies: tuple[Mapping[str, str], ...] = ({},)


DOTS = "." * 40
SHORT_DOTS = "." * 16
NO_DAYS = "Kegiatan ini belum mempunyai hari. Tambahkan dahulu, lalu minta lagi."


class TrainingContent(Snapshot):
    """The first keys of the content of every document of a training (`head`)."""

    letterhead: frame.PrintedLetterhead
    terms: frame.OfficeTerms
    activity: list[str]
    place: str
    span: str
    weekdays: str


class TrainingBlocks(TrainingContent):
    """The content of a document of a training made of blocks."""

    body: list[Block]


class BookEntry(TypedDict):
    """Number and date of an outgoing letter."""

    number: str
    dated_on: str  # ISO


class LetterBlocks(TrainingBlocks):
    letter: BookEntry | None  # None until number and date are recorded


class TrainingDocument(Document[Training, Content]):
    """A document of one training or meeting."""

    subjects: ClassVar[tuple[type[Model], ...]] = (Training,)
    spj_item: ClassVar[SpjItem.Document | None] = None  # its line of the accounts file
    buttons: ClassVar[tuple[Button, ...]] = ()  # on that line
    prints: ClassVar[tuple[gaps.Part, ...]] = ()  # what it leaves blank while that is not recorded
    filing: ClassVar[Filing | None] = None  # its place in Berkas lengkap
    of_meetings: ClassVar[bool] = False  # also for meetings
    lists_invited: ClassVar[bool] = False  # its peserta are the invited people, not those who came
    begins_meeting: ClassVar[Filing | None] = None  # its place among the documents for before a meeting

    def district_of(self, subject: Training) -> District:
        return subject.district

    def people(self, training: Training, user: User | None) -> list[roster.Attendee]:
        """The peserta of such a file."""
        return roster.participants(training, user, invited=self.lists_invited)

    def entry(self, training: Training, parameters: Parameters) -> BookEntry | None:
        """Number and date of the letter; None until both are recorded."""
        return number_of(book_entry(training, self.spj_item)) if self.spj_item else None

    def signing(self, training: Training, day: date) -> Signing:
        """Letterhead and signers of this document on that day; its own Ketua Panitia or chair before the settings."""
        signing = Signing(self, training.district, day, training.district.office_on(day))
        signers = signing.chosen or self.default_signers(training.district)
        if any(signer.place == Slot.COMMITTEE_HEAD for signer in signers):
            block = organiser_block(training, signing)
            signing.stand_ins = {Slot.COMMITTEE_HEAD: block} if block else {}
        return signing

    def line_of(self, parameters: Parameters) -> SpjItem.Document | None:
        """The line of the accounts file of such a file."""
        return self.spj_item

    def filed_as(self, options: Parameters, *, marked: bool) -> Parameters:
        """The parameters of the request by Berkas lengkap. `marked`: attendance was recorded."""
        return options

    def gap(self, training: Training, parameters: Parameters) -> gaps.Gap | None:
        """What it would lack today; such a document goes into Berkas lengkap only by choice."""
        return gaps.BLANK_FORM if self.is_blank_form else None


class NumberedLetter(TrainingDocument[Content]):
    """A letter that is sent with the number and date of the accounts file."""

    is_letter = True
    word_form = TRAINING_FORM
    number_page: ClassVar[str] = "spj_item_list"  # the page of the training where its number is recorded
    amended_by: ClassVar[str] = ""  # kind of the letter that tells what changed since it went out

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        """Number and date of the letter; None until both are recorded (reports.services.sent_letters)."""
        raise NotImplementedError

    def numbers(self, training: Training, parameters: Parameters) -> set[str]:
        """The numbers of the letters in the file; empty until they are recorded."""
        entry = self.number_of(training, parameters)
        return numbers_in(entry["number"] if entry else "")

    def entry(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return self.number_of(training, parameters)

    def gap(self, training: Training, parameters: Parameters) -> gaps.Gap | None:
        return gaps.number(book_entry(training, self.spj_item)) if self.spj_item else None


def needs_days(training: Training) -> None:
    """Raises ValidationError for a training without days."""
    if not training.days.exists():
        raise ValidationError(NO_DAYS)


HOURS = "JP"  # heading of the column
TableColumn = tuple[str, int, str]


def fitting(
    training: Training, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]
) -> tuple[list[TableColumn], list[list[str]]]:
    """Columns and rows of a table for this kind of event: a meeting has no JP, and its materi is called acara."""
    if not training.is_meeting:
        return list(columns), [list(row) for row in rows]
    kept = [at for at, column in enumerate(columns) if column[0] != HOURS]
    named = [("Acara" if head.startswith("Materi") else head, width, align) for head, width, align in columns]
    return [named[at] for at in kept], [[row[at] for at in kept] for row in rows]


# Days, place, names of the activity


def dates(training: Training) -> list[date]:
    return [day.date for day in training.days.all()]


def first_day(training: Training) -> date:
    """Today for a training without days, because its documents need an office."""
    return next(iter(dates(training)), localdate())


def last_day(training: Training) -> date:
    return (dates(training) or [localdate()])[-1]


def span(training: Training) -> str:
    """ "4 s.d. 6 Desember 2018"; dots without days."""
    found = dates(training)
    return formats.span(found[0], found[-1]) if found else DOTS


def weekdays(training: Training) -> str:
    """ "Selasa s.d. Kamis, 4 s.d. 6 Desember 2018"; days that are not consecutive are listed one by one."""
    return weekdays_of(dates(training))


def weekdays_of(found: list[date]) -> str:
    if not found:
        return DOTS
    if len(found) == 1:
        return formats.day_date(found[0])
    if (found[-1] - found[0]).days + 1 == len(found):
        days = f"{formats.DAYS[found[0].weekday()]} s.d. {formats.DAYS[found[-1].weekday()]}"
        return f"{days}, {formats.span(found[0], found[-1])}"
    *before, last = map(formats.day_date, found)
    return f"{'; '.join(before)}; dan {last}"


def starts_at(training: Training) -> str:
    """ "08.00 WIB s.d. selesai" of the first day; dots when no session or item has a time."""
    day = training.days.first()
    return from_hour(day.first_hour if day else None)


def from_hour(starts: time | None) -> str:
    return f"{formats.time_id(starts) if starts else SHORT_DOTS} WIB s.d. selesai"


def programme(training: Training) -> str:
    """ "Program Pamsimas III"; empty without a programme."""
    return training.programme.on_documents if training.programme else ""


def activity(training: Training) -> list[str]:
    """The centred lines below the title of a form: name in capitals, programme and kabupaten, wave."""
    lines = [training.title.upper(), f"{programme(training)} {training.district}".strip().upper()]
    if training.wave:
        lines.append(f"({training.wave})")
    return lines


# The head of a document


def head(
    training: Training,
    title: str,
    dated: date,
    *,
    subject: str = "",
    wide: bool = False,
    page_size: str = "",
    signing: Signing | None = None,
) -> TrainingContent:
    """Head of the file, letterhead and terms of the office of that day: the start of the content of every document.

    `dated`: the document's own day. `page_size` ("a4"): for kinds that do not fit the office's F4 or A4. `signing`: has
    the letterhead that the kabupaten chose for the kind; without it, that of the dinas.
    """
    office = signing.office if signing else training.district.office_on(dated)
    return {
        "document": frame.head(
            title=f"{title}: {training}",
            subject=subject or f"{title}, {span(training) if dates(training) else training.fiscal_year}",
            office=office,
            dated=dated,
            page_size=page_size or frame.page_size_of(office, wide=wide),
            watermark=frame.SAMPLE_MARK if training.is_sample else "",
        ),
        "letterhead": signing.letterhead() if signing else frame.office_letterhead(office),
        "terms": frame.office_terms(office),
        "activity": activity(training),
        "place": training.place,
        "span": span(training),
        "weekdays": weekdays(training),
    }


def apart(content: TrainingContent) -> TrainingContent:
    """The head of a document whose parts are handed out one by one: page numbers restart with each part."""
    return {**content, "document": {**content["document"], "apart": True}}


def book_entry(training: Training, paper: SpjItem.Document) -> SpjItem:
    """The line of the accounts file with number and date of this document, or an empty one."""
    return training.spj_items.filter(document=paper).first() or SpjItem(training=training, document=paper)


def number_of(item: SpjItem) -> BookEntry | None:
    """Number and date of an outgoing letter; None until both are recorded."""
    return {"number": item.number, "dated_on": item.dated_on.isoformat()} if item.number and item.dated_on else None


NUMBERS = "; "  # between the numbers of several letters in one file


def numbers_in(text: str | None) -> set[str]:
    """The numbers in a BookEntry."""
    return {number for number in (text or "").split(NUMBERS) if number}


def number_or_dots(item: SpjItem) -> str:
    return item.number or DOTS


def date_or_dots(day: date | None) -> str:
    return formats.date_id(day) if day else DOTS


def place_date(office: OfficeProfile | None, day: date | None) -> str:
    """ "Mesuji, 4 Desember 2018", with dots for an unknown half."""
    return f"{(office and office.place) or frame.DOTS}, {formats.date_id(day) if day else frame.DOTS}"


def letter_values(training: Training, head: TrainingContent) -> dict[str, str]:
    """The placeholders of every letter about a training (documents.letter_texts)."""
    return {
        "kegiatan": str(training),
        "hari_tanggal": head["weekdays"],
        "tempat": head["place"] or DOTS,
        "kabupaten": training.district.name,
        "dinas": formats.in_sentence(head["document"]["office"]) or DOTS,
    }


def budget_values(training: Training) -> dict[str, str]:
    """The placeholders about money: year, sources and numbers of the DPA from the budget of the training."""
    lines = list(training.budget_lines.all())
    sources = dict.fromkeys(line.source for line in lines if line.source)
    numbers = dict.fromkeys(line.dpa_number for line in lines if line.dpa_number)
    return {
        "tahun_anggaran": str(training.fiscal_year),
        "sumber_dana": ", ".join(sources) or DOTS,
        "dpa": ", ".join(numbers) or DOTS,
    }


def placed(signing: Signing) -> str:
    """Place and date of a document with a day of its own."""
    return frame.place_and_date(signing.office, signing.day)
