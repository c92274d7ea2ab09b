"""Laporan pelaksanaan: chapters I to V from the records and the Uraian, with jadwal, attendance and photos."""

from accounts.models import User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters
from documents.issue_rules import when_training_closed
from documents.layout import blocks
from documents.signers import DPMU_SIGNERS, Letterhead
from documents.trainings import base, gaps, results
from documents.trainings import training_report_annexes as annexes
from documents.trainings import training_report_results as chapter
from documents.trainings.base import Filing, TrainingBlocks, TrainingContent, TrainingDocument
from documents.trainings.gaps import Gap, Part
from documents.trainings.roster import speakers
from documents.trainings.terms_of_reference import Introduction, introduction
from records import formats
from trainings.models import Narrative, SpjItem, Training


class TrainingReport(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "training_report", "Laporan pelaksanaan", "LAP"
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    issue_rule = when_training_closed
    letterhead = Letterhead.OFFICE
    signers = DPMU_SIGNERS
    spj_item = SpjItem.Document.REPORT
    prints = (
        Part.PLACE,
        Part.BUDGET,
        Part.OBSTACLES,
    )
    buttons = (Button("Laporan"),)
    filing = Filing(15)
    of_meetings = True

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        base.needs_days(training)
        return {}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        own = ("background", "purpose") if training.is_meeting else ()  # a training has those of its KAK
        return gaps.narrative(training, *own, "obstacles", "recommendations") or gaps.marks(training)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        item = base.book_entry(training, SpjItem.Document.REPORT)
        dated = item.dated_on or base.last_day(training)
        signing = self.signing(training, dated)
        head = base.head(training, "Laporan pelaksanaan", dated, signing=signing)
        found = results.results(training, head["terms"]["village"])
        typed = results.narrative(training)
        start = _introduction(training, head, typed)
        title, *about = head["activity"]
        number = f"NOMOR: {item.number}" if item.number else ""
        body = [
            blocks.letterhead(),
            blocks.title("LAPORAN PELAKSANAAN", title, *about, number=number),
            blocks.heading("I. PENDAHULUAN"),
            blocks.heading("A. Latar belakang"),
            *blocks.paragraphs(results.typed(start.background)),
            blocks.heading("B. Maksud dan tujuan"),
            *blocks.paragraphs(results.typed(start.purpose)),
            blocks.heading("C. Dasar dan pembiayaan"),
            blocks.facts([*_basis(training), *results.budget_facts(training)]),
            *_execution(training, head, found),
            *chapter.results_chapter(training, found),
            blocks.heading("IV. KENDALA DAN REKOMENDASI"),
            blocks.heading("A. Kendala"),
            *blocks.paragraphs(results.typed(typed.obstacles)),
            blocks.heading("B. Rekomendasi"),
            *blocks.paragraphs(results.typed(typed.recommendations)),
            blocks.heading("V. PENUTUP"),
            *blocks.paragraphs(
                f"Demikian laporan pelaksanaan {results.full_name(training)} ini dibuat sebagai "
                "pertanggungjawaban dan bahan pertimbangan bagi kegiatan selanjutnya."
            ),
            blocks.signatures(*signing.blocks(placed=base.placed(signing))),
            *annexes.annexes(training, found),
        ]
        return {**head, "body": body}


def _introduction(training: Training, head: TrainingContent, typed: Narrative) -> Introduction:
    """That of the KAK. A meeting has no KAK: what is not in its Uraian is dotted."""
    if training.is_meeting:
        return Introduction(typed.background, typed.purpose)
    return introduction(training, head)


def _basis(training: Training) -> list[tuple[str, str]]:
    """The documents on which the training is based, from the accounts file."""
    rows = []
    for paper in (SpjItem.Document.TERMS, SpjItem.Document.COMMITTEE_DECREE):
        item = base.book_entry(training, paper)
        if item.number or item.dated_on:
            reference = f"{base.number_or_dots(item)}, tanggal {base.date_or_dots(item.dated_on)}"
            rows.append((str(paper.label), reference))
    return rows


def _execution(training: Training, head: TrainingContent, found: results.Results) -> list[blocks.Block]:
    body = [
        blocks.heading("II. PELAKSANAAN"),
        blocks.heading("A. Waktu dan tempat"),
        blocks.facts(
            [
                ("Hari/tanggal", head["weekdays"]),
                ("Waktu", results.meeting_times(training)),
                ("Tempat", head["place"] or base.DOTS),
                ("Penyelenggara", formats.in_sentence(training.organiser or head["document"]["office"]) or base.DOTS),
                *([("Jam pelajaran", f"{found.figures.lesson_hours} JP")] if found.figures.lesson_hours else []),
            ]
        ),
        blocks.heading("B. Peserta"),
        *blocks.paragraphs(_participants(found)),
    ]
    teaching = speakers(training)
    if teaching:
        columns = [("No", 10, "c"), ("Nama", 45, "l"), ("Jabatan/instansi", 45, "l"), ("Materi", 0, "l")]
        rows = [
            [str(number), speaker.name or "-", speaker.about or "-", "; ".join(speaker.topics)]
            for number, speaker in enumerate(teaching, 1)
        ]
        columns, rows = base.fitting(training, columns, rows)
        body += [blocks.heading("C. Narasumber"), blocks.table(columns, rows, caption="Narasumber")]
    committee = list(training.committee.select_related("person"))
    if committee:
        letter = "D" if teaching else "C"
        body += [
            blocks.heading(f"{letter}. Panitia"),
            blocks.items([f"{row.person.name}, {row.role}" for row in committee]),
        ]
    return [*body, *blocks.paragraphs("Jadwal terdapat pada Lampiran 1.")]


def _participants(found: results.Results) -> str:
    registered = f"Peserta terdaftar {found.figures.registered.text}."
    if not found.figures.invited:
        return registered
    invited = found.figures.invited_people
    total, of_villages = formats.number_id(invited.total), formats.number_id(invited.of_villages)
    among = f", {of_villages} di antaranya" if invited.others else ""
    cohort = found.training.cohort_year
    of = f" penerima TA {cohort}" if cohort else ""
    villages = f"{len(invited.villages)} {found.village_label.lower()}{of}"
    return f"Diundang {total} orang{among} dari {villages}. {registered}"
