"""Rekap evaluasi: means of the anonymous sheets by aspect, and what people wrote. Names no participant.

A rekap administrasi: no number, no stamp, no official's name (docs/domain/documents.md, D16).
"""

from decimal import Decimal

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
from trainings.models import SpjItem, Training
from trainings.queries import evaluations, scores

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
        """Raises ValidationError where so few sheets came in that a mean would tell of single people."""
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
            _aspects(figures),
        ]
        for question, remarks in figures.remarks:
            if remarks:
                body += [blocks.heading(question.aspect), blocks.items(remarks)]
        return {**head, "body": [*body, *blocks.paragraphs(NOTE)]}


def _aspects(figures: evaluations.EvaluationFigures) -> Block:
    return blocks.table(
        [
            ("No", 8, "c"),
            ("Aspek", 0, "l"),
            *((str(mark), 14, "r") for mark in (1, 2, 3, 4)),
            ("Lembar", 16, "r"),
            ("Rata-rata", 20, "r"),
        ],
        [
            [str(row.question.number), _aspect(row), *map(str, row.counts), str(row.count), _mean(row.mean)]
            for row in figures.aspects
        ],
        footer=[["", "Semua aspek", "", "", "", "", "", _mean(figures.mean)]],
        caption="Penilaian per aspek",
    )


def _aspect(row: evaluations.AspectFigures) -> str:
    speaker = row.question.resource_person
    return f"{row.question.aspect} ({speaker})" if speaker else row.question.aspect


def _mean(value: Decimal | None) -> str:
    return "-" if value is None else formats.number_id(value, 2)
