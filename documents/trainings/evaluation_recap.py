"""Rekap evaluasi: means of the anonymous sheets by aspect, by narasumber, and written answers. No names of
participants.

A rekap administrasi: no number, no stamp, no official's name (docs/domain/documents.md, D16).
"""

from django.core.exceptions import ValidationError

from accounts.models import User
from documents.base import Button
from documents.choices import Audience
from documents.content import Parameters
from documents.issue_rules import when_training_closed
from documents.layout import blocks
from documents.layout.blocks import Block
from documents.signers import Letterhead
from documents.trainings import base
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from records import formats
from trainings.models import EvaluationQuestion, SpjItem, Training
from trainings.queries import evaluations, scores

UNKNOWN = "belum ada data"
NOTE = (
    "Rekap administrasi dari lembar evaluasi tanpa nama; bukan surat dinas. "
    "Skala: 1 kurang, 2 cukup, 3 baik, 4 sangat baik."
)


class EvaluationRecap(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "evaluation_recap", "Rekap evaluasi", "EVR"
    audience = Audience.DISTRICT
    issue_rule = when_training_closed
    letterhead = Letterhead.OFFICE
    spj_item = SpjItem.Document.EVALUATION
    buttons = (Button("Rekap evaluasi"),)
    filing = Filing(10)

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        if not training.evaluation_sheets.exists():
            raise ValidationError("Belum ada lembar evaluasi yang tercatat. Isi dahulu, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        """Raises ValidationError for so few sheets that a mean would reveal the answers of single people."""
        figures = evaluations.figures_of_evaluation(training)
        if user is not None and not scores.shows_totals(user, figures.sheets):
            raise ValidationError(
                f"Rekap evaluasi dicetak mulai {scores.LEAST_SHOWN} lembar, agar penilaian tetap tanpa nama."
            )
        signing = self.signing(training, base.last_day(training))
        head = base.head(training, "Rekap evaluasi", signing.day, signing=signing)
        body: list[Block] = [
            blocks.letterhead(),
            blocks.title("REKAP EVALUASI", *head["activity"]),
            blocks.facts([("Tanggal", head["span"]), ("Lembar terisi", figures.sheets_text)]),
        ]
        if figures.aspects:
            body.append(_aspects(figures.aspects, figures.mean_text, "Penilaian per aspek"))
        body += _remarks(figures.remarks)
        for speaker in figures.speakers:
            body += _speaker(speaker, user)
        return {**head, "body": [*body, *blocks.paragraphs(NOTE)]}


def _remarks(remarks: list[tuple[EvaluationQuestion, list[str]]]) -> list[Block]:
    found: list[Block] = []
    for question, texts in remarks:
        if texts:
            found += [blocks.heading(question.aspect), blocks.items(texts)]
    return found


def _speaker(speaker: evaluations.SpeakerFigures, user: User | None) -> list[Block]:
    """The table of one narasumber. With few sheets only for users who may see scores."""
    name = str(speaker.person)
    head = blocks.heading(f"Narasumber: {name}")
    if user is not None and speaker.sheets and not scores.shows_totals(user, speaker.sheets):
        return [head, *blocks.paragraphs(f"Penilaiannya dicetak mulai {scores.LEAST_SHOWN} lembar.")]
    found = [head, *blocks.paragraphs(f"Dinilai pada {formats.number_id(speaker.sheets)} lembar.")]
    if speaker.aspects:
        found.append(_aspects(speaker.aspects, speaker.mean_text, f"Penilaian {name}"))
    return found + _remarks(speaker.remarks)


def _aspects(aspects: list[evaluations.AspectFigures], mean: str, caption: str) -> Block:
    return blocks.table(
        [
            ("No", 8, "c"),
            ("Aspek", 0, "l"),
            *((str(mark), 14, "r") for mark in (1, 2, 3, 4)),
            ("Lembar", 16, "r"),
            ("Rata-rata", 22, "r"),
        ],
        [
            [str(row.question.number), _aspect(row), *map(str, row.counts), str(row.count), row.mean_text or UNKNOWN]
            for row in aspects
        ],
        footer=[["", "Semua aspek", "", "", "", "", "", mean or UNKNOWN]],
        caption=caption,
    )


def _aspect(row: evaluations.AspectFigures) -> str:
    speaker = row.question.resource_person
    return f"{row.question.aspect} ({speaker})" if speaker else row.question.aspect
