"""Berita acara pelaksanaan: day, figures and hours in words, missing villages by name."""

from datetime import date

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.issue_rules import when_training_closed
from documents.layout import blocks
from documents.letter_parts import ACTIVITY, MINUTES_END, LetterPart, by_name
from documents.letters import Letter
from documents.signers import DPMU_SIGNERS, Letterhead
from documents.trainings import base, gaps, results
from documents.trainings.base import Filing, TrainingBlocks, TrainingContent, TrainingDocument
from documents.trainings.gaps import Gap, Part
from documents.trainings.results import counted
from documents.trainings.template_fields import TRAINING_FORM
from records import in_words
from trainings.models import SpjItem, Training


class OfficialMinutes(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "official_minutes", "Berita acara", "BAP"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    issue_rule = when_training_closed
    letterhead = Letterhead.OFFICE
    signers = DPMU_SIGNERS
    word_form = TRAINING_FORM
    letter_parts = by_name(
        LetterPart(
            "opening",
            "Kalimat pembuka",
            "Pada hari ini {hari_ini}, bertempat di {tempat}, telah dilaksanakan {kegiatan} {lama} {jam_pelajaran} "
            "{pada_tanggal} dengan hasil sebagai berikut:",
            f"{ACTIVITY} hari_ini lama jam_pelajaran pada_tanggal",
            required="hari_ini tempat kegiatan",
        ),
        LetterPart("closing", "Kalimat penutup", MINUTES_END, ACTIVITY),
    )
    spj_item = SpjItem.Document.OFFICIAL_MINUTES
    prints = (
        Part.NUMBER,
        Part.PLACE,
    )
    buttons = (Button("Berita acara"),)
    filing = Filing(13)
    of_meetings = True

    def label(self, parameters: Parameters) -> str:
        return "Berita acara pelaksanaan"

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        return gaps.number(base.book_entry(training, SpjItem.Document.OFFICIAL_MINUTES)) or gaps.marks(training)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        item = base.book_entry(training, SpjItem.Document.OFFICIAL_MINUTES)
        dated = item.dated_on or base.last_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, "Berita acara", dated, signing=signing)
        found = results.results(training, head["terms"]["village"])
        title, *about = head["activity"]
        letter = Letter(self, training.district, dated)
        values = base.letter_values(training, head) | _opening_values(training, head, found, dated)
        body = [
            blocks.letterhead(),
            blocks.title("BERITA ACARA PELAKSANAAN", title, *about, number=f"NOMOR: {base.number_or_dots(item)}"),
            *blocks.paragraphs(letter.text("opening", **values)),
            blocks.items(_facts(found)),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signing.blocks(placed=base.placed(signing))),
        ]
        return {**head, "body": body}


def _opening_values(training: Training, head: TrainingContent, found: results.Results, dated: date) -> dict[str, str]:
    """The other placeholders of its opening sentence; figures in words."""
    days, hours = len(base.dates(training)), found.figures.lesson_hours
    several = days > 1 or dated != base.last_day(training)
    return {
        "kegiatan": results.full_name(training),
        "hari_ini": in_words.date_in_words(dated),
        "lama": f"selama {counted(days)} hari," if days > 1 else "",
        "jam_pelajaran": f"{counted(hours)} jam pelajaran," if hours else "",
        "pada_tanggal": f"pada tanggal {head['span']}," if several else "",
    }


def _facts(found: results.Results) -> list[str]:
    what = "Acara" if found.training.is_meeting else "Materi"
    people, *others = results.outcome(found)
    missing = others[:1] if found.figures.invited else []
    lines = [people, *missing, f"{what} yang disampaikan sebagaimana jadwal terlampir", *others[len(missing) :]]
    return [f"{line};" for line in lines[:-1]] + [f"{lines[-1]}."]
