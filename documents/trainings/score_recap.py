"""Rekap nilai pre-test dan post-test: scores of single people, so only for the office (UU 27/2022, our assumption).

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
from documents.trainings import base, roster
from documents.trainings.base import Filing, TrainingBlocks, TrainingDocument
from records import formats
from trainings.models import SpjItem, TestResult, Training
from trainings.queries import scores

NOTE = "Rekap administrasi dari nilai yang tercatat di portal; bukan surat dinas."


class ScoreRecap(TrainingDocument[TrainingBlocks]):
    kind, title, code_prefix = "test_recap", "Rekap nilai", "NIL"
    audience = Audience.OFFICE
    issue_rule = when_training_closed
    letterhead = Letterhead.OFFICE
    spj_item = SpjItem.Document.TESTS
    buttons = (Button("Rekap nilai"),)
    filing = Filing(8)

    def label(self, parameters: Parameters) -> str:
        return "Rekap nilai pre-test dan post-test"

    def clean(self, training: Training, parameters: Parameters) -> Parameters:
        if not TestResult.objects.filter(participant__training=training).exists():
            raise ValidationError("Belum ada nilai tes yang tercatat. Isi nilainya dahulu, lalu minta lagi.")
        return {}

    def collect(self, training: Training, parameters: Parameters, user: User | None) -> TrainingBlocks:
        day = base.last_day(training)
        signing = self.signing(training, day)
        head = base.head(training, "Rekap nilai", day, signing=signing)
        figures = scores.figures_of_tests(training)
        body = [
            blocks.letterhead(),
            blocks.title("REKAP NILAI PRE-TEST DAN POST-TEST", *head["activity"]),
            blocks.facts([("Tanggal", head["span"]), ("Batas lulus", f"{figures.pass_mark} pada post-test")]),
            _scores(training, head["terms"]["village"], figures),
            blocks.facts(_sums(figures)),
        ]
        if figures.answered:
            body += [blocks.heading("Jawaban benar per soal"), _questions(figures)]
        return {**head, "body": [*body, *blocks.paragraphs(NOTE)]}


def _scores(training: Training, village: str, figures: scores.TestFigures) -> Block:
    rows = TestResult.objects.filter(participant__training=training).values_list("participant", "phase", "score")
    scores: dict[tuple[int | None, str], Decimal] = {(participant, phase): score for participant, phase, score in rows}
    Phase = TestResult.Phase
    lines = []
    for person in roster.participants(training, None):
        pre, post = (scores.get((person.pk, phase)) for phase in (Phase.PRE, Phase.POST))
        gain = None if pre is None or post is None else post - pre
        passed = "-" if post is None else ("Lulus" if post >= figures.pass_mark else "Belum")
        lines.append(
            [
                str(person.number),
                person.name,
                person.sex,
                person.post,
                person.village_name or person.institution or "-",
            ]
            + [_figure(value) for value in (pre, post, gain)]
            + [passed]
        )
    means = (figures.pre.mean_text, figures.post.mean_text, figures.gain_text)
    return blocks.table(
        [
            ("No", 8, "c"),
            ("Nama", 0, "l"),
            ("L/P", 8, "c"),
            ("Jabatan/Unsur", 35, "l"),
            (village, 32, "l"),
            ("Pre", 12, "r"),
            ("Post", 12, "r"),
            ("Naik", 12, "r"),
            ("Ket.", 14, "c"),
        ],
        lines,
        footer=[["", "Rata-rata", "", "", "", *(mean or "-" for mean in means), ""]],
        caption="Nilai per peserta",
        small=True,
    )


def _sums(figures: scores.TestFigures) -> list[tuple[str, str]]:
    return [
        ("Mengikuti pre-test", f"{figures.pre.count} orang"),
        ("Mengikuti post-test", f"{figures.post.count} orang"),
        ("Kenaikan dihitung dari", f"{figures.both} orang yang mengikuti keduanya"),
        ("Lulus pre-test", figures.pre.passed_text or "-"),
        ("Lulus post-test", figures.post.passed_text or "-"),
    ]


def _questions(figures: scores.TestFigures) -> Block:
    return blocks.table(
        [("No", 8, "c"), ("Soal", 0, "l"), ("Benar pada pre-test", 45, "l"), ("Benar pada post-test", 45, "l")],
        [
            [str(row.question.number), row.question.text, row.pre_text or "-", row.post_text or "-"]
            for row in figures.questions
        ],
        caption="Jawaban benar per soal",
    )


def _figure(value: Decimal | None) -> str:
    return "-" if value is None else formats.number_id(value)
