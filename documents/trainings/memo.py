"""Nota dinas from the Ketua DPMU to the head of the dinas: announces a training, or reports its results."""

from accounts.models import Signatory, User
from documents.base import Button
from documents.choices import Audience, Format
from documents.content import Parameters, option
from documents.layout import blocks
from documents.letter_parts import ACTIVITY, LetterPart, by_name
from documents.letters import Letter
from documents.signers import Letterhead, Signer, Slot
from documents.trainings import base, gaps, results
from documents.trainings.base import BookEntry, Filing, LetterBlocks, NumberedLetter, TrainingContent
from documents.trainings.gaps import Gap, Part
from records import formats, in_words
from trainings.models import Attendance, SpjItem, Training
from trainings.queries.invited import invited_people

PURPOSES = {"plan": "Nota dinas rencana pelaksanaan", "result": "Nota dinas hasil pelaksanaan"}


class Memo(NumberedLetter[LetterBlocks]):
    kind, title, code_prefix = "memo", "Nota dinas", "ND"
    template_version = 3
    formats = (Format.PDF, Format.DOCX)
    audience = Audience.DISTRICT
    of_all_villages = True
    options = {"purpose": PURPOSES}
    letterhead = Letterhead.OFFICE
    signers = (Signer(Slot.DPMU_HEAD),)
    letter_parts = by_name(
        LetterPart(
            "plan_opening",
            "Kalimat pembuka (rencana)",
            "Bersama ini kami sampaikan rencana pelaksanaan {kegiatan} dengan rincian sebagai berikut:",
            ACTIVITY,
            required="kegiatan",
        ),
        LetterPart(
            "plan_request",
            "Permohonan (rencana)",
            "Untuk itu mohon persetujuan dan arahan Bapak/Ibu lebih lanjut.",
            ACTIVITY,
        ),
        LetterPart(
            "result_opening",
            "Kalimat pembuka (hasil)",
            "Bersama ini kami laporkan bahwa {kegiatan} telah dilaksanakan:",
            ACTIVITY,
            required="kegiatan",
        ),
        LetterPart(
            "closing",
            "Kalimat penutup",
            "Demikian disampaikan, atas perhatian dan arahan Bapak/Ibu kami ucapkan terima kasih.",
            ACTIVITY,
        ),
    )
    spj_item = SpjItem.Document.MEMO
    prints = (
        Part.NUMBER,
        Part.PLACE,
    )
    buttons = (
        Button("Rencana pelaksanaan", {"purpose": "plan"}),
        Button("Hasil pelaksanaan", {"purpose": "result"}, spj_item=SpjItem.Document.RESULT_MEMO),
    )
    filing = Filing(0, ({"purpose": "plan"}, {"purpose": "result"}))
    of_meetings = True

    def label(self, parameters: Parameters) -> str:
        return PURPOSES[option(parameters, "purpose")]

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        """By default the memo announces the training, and reports its results after the first mark."""
        base.needs_days(training)
        if not parameters.get("purpose"):
            held = Attendance.objects.filter(session__day__training=training).exists()
            return {"purpose": "result" if held else "plan"}
        return self.chosen(parameters)

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> LetterBlocks:
        result = parameters["purpose"] == "result"
        item = _book_entry(training, result)
        dated = item.dated_on or (base.last_day(training) if result else base.first_day(training))
        signing = self.signing(training, dated)
        head = base.head(training, "Nota dinas", dated, signing=signing)
        found = results.results(training, head["terms"]["village"])
        to = signing.block(Signer(Signatory.Slot.OFFICE_HEAD))
        signed = signing.blocks()
        letter = Letter(self, training.district, dated)
        values = base.letter_values(training, head) | {"kegiatan": results.full_name(training)}
        copies = [line.strip() for line in results.narrative(training).copies_to.splitlines() if line.strip()]
        body = [
            blocks.letterhead(),
            blocks.title("NOTA DINAS", number=f"NOMOR: {base.number_or_dots(item)}"),
            blocks.facts(
                [
                    ("Kepada", to["title"].rstrip(",")),
                    ("Dari", signed[-1]["title"].rstrip(",")),
                    ("Tanggal", base.date_or_dots(item.dated_on)),
                    ("Sifat", "Biasa"),
                    ("Lampiran", base.SHORT_DOTS),
                    ("Hal", f"{'Laporan hasil' if result else 'Rencana pelaksanaan'} {training}"),
                ]
            ),
            *blocks.paragraphs(letter.text("result_opening" if result else "plan_opening", **values)),
            *(_result(training, head, found) if result else _plan(training, head, found)),
            *([] if result else blocks.paragraphs(letter.text("plan_request", **values))),
            *blocks.paragraphs(letter.text("closing", **values)),
            blocks.signatures(*signed),
            *([blocks.copies(copies)] if copies else []),
        ]
        return {**head, "letter": base.number_of(item), "body": body}

    def gap(self, training: Training, parameters: Parameters) -> Gap | None:
        result = parameters["purpose"] == "result"
        return gaps.number(_book_entry(training, result)) or (gaps.marks(training) if result else None)

    def parameters_of_part(self, part: str) -> Parameters:
        return {"purpose": "result" if part.startswith("result") else "plan"}

    def line_of(self, parameters: Parameters) -> SpjItem.Document:
        result = parameters.get("purpose") == "result"
        return SpjItem.Document.RESULT_MEMO if result else SpjItem.Document.MEMO

    def number_of(self, training: Training, parameters: Parameters) -> BookEntry | None:
        return base.number_of(_book_entry(training, parameters["purpose"] == "result"))


def _book_entry(training: Training, result: bool) -> SpjItem:
    """Number and day from the accounts file: each of the two memos has its own line."""
    return base.book_entry(training, SpjItem.Document.RESULT_MEMO if result else SpjItem.Document.MEMO)


def _frame(training: Training, head: TrainingContent) -> list[tuple[str, str]]:
    return [
        ("Hari/tanggal", head["weekdays"]),
        ("Waktu", results.meeting_times(training)),
        ("Tempat", head["place"] or base.DOTS),
    ]


def _plan(training: Training, head: TrainingContent, found: results.Results) -> list[blocks.Block]:
    invited = invited_people(training)
    whom = [results.invited_sentence(invited, found.village_label)] if invited.villages else []
    if found.origins.invited_offices:
        whom.append(f"{results.counted(found.origins.invited_offices)} instansi")
    purpose = results.narrative(training).purpose
    return [
        blocks.facts(
            [
                *_frame(training, head),
                ("Peserta", " dan ".join(whom) or base.DOTS),
                *_hours(found),
                *results.budget_facts(training),
                ("Jumlah anggaran", _ceiling(training)),
            ]
        ),
        *blocks.paragraphs(purpose),
    ]


def _result(training: Training, head: TrainingContent, found: results.Results) -> list[blocks.Block]:
    typed = results.narrative(training)
    return [
        blocks.facts([*_frame(training, head), *_hours(found)]),
        *blocks.paragraphs("Hasil kegiatan:"),
        blocks.items([f"{line}." for line in results.outcome(found)]),
        *(
            [*blocks.paragraphs("Kesimpulan dan kesepakatan:"), *results.agreements(typed.decisions)]
            if typed.decisions.strip()
            else []
        ),
        *_section("Kendala:", typed.obstacles),
        *_section("Rekomendasi:", typed.recommendations),
    ]


def _section(head: str, text: str) -> list[blocks.Block]:
    return [*blocks.paragraphs(head), *blocks.paragraphs(text)] if text.strip() else []


def _hours(found: results.Results) -> list[tuple[str, str]]:
    hours = found.figures.lesson_hours
    return [("Jam pelajaran", f"{hours} JP")] if hours else []


def _ceiling(training: Training) -> str:
    total = sum(line.ceiling for line in training.budget_lines.all())
    return f"{formats.rupiah_letter(total)} ({in_words.rupiah_in_words(total)})" if total else base.DOTS
