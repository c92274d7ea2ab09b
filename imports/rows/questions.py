"""Questions about doubts in a file: one answer for all rows of a name, one for all figures of a column."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Min

from imports import registry
from imports.models import ImportRow, ImportRun
from imports.rows.rows import NEW, Row
from imports.services import lifecycle
from imports.values.cells import shown
from records.formats import number_id
from records.parsers import numbers

GONE = "Pertanyaan ini sudah berubah. Muat ulang halaman, lalu jawab lagi."
MAX_SHOWN = 10  # questions at a time; the next follow when these are answered


@dataclass(frozen=True)
class Question:
    """`name`: of its field in the form; `options`: (answer, text)."""

    name: str
    text: str
    count: int
    options: list[tuple[str, str]]


@dataclass
class DoubtfulFigures:
    """`found`: for each column the number of ambiguous cells, and the first of them."""

    found: dict[str, list] = field(default_factory=dict)

    def see(self, row: Row):
        for name in row.doubtful:
            known = self.found.setdefault(name, [0, shown(row.raw.get(name))[:40], row.where])
            known[0] += 1


def open_questions(run: ImportRun) -> tuple[list[Question], int]:
    """The first questions, those about most rows before others, and the number of all."""
    # The page has questions of its own about codes of villages and unknown words.
    beside = bool(run.reading.get("question")) + len(run.reading.get("words", []))
    figures = [_about_figures(run, name, *figure) for name, figure in run.reading.get("figures", {}).items()]
    asking = run.rows.filter(verdict=ImportRow.Verdict.UNCLEAR).exclude(question="").order_by()
    groups = asking.values("question").annotate(count=Count("pk"), first=Min("number")).order_by("-count", "first")
    total = beside + len(figures) + groups.count()
    left = MAX_SHOWN - beside - len(figures)
    kept = list(groups[: max(0, left)])
    firsts = {row.number: row for row in run.rows.filter(number__in=[group["first"] for group in kept])}
    questions = [_about_rows(firsts[group["first"]], group["count"]) for group in kept]
    return [*figures, *questions][: max(0, MAX_SHOWN - beside)], total


def answer(run: ImportRun, answers: dict[str, str], figures: dict[str, str]):
    """Stores {question: id of a person, "new" or another answer} for all its rows and {column: what the separator of
    figures separates}, and makes the preview again. Raises ValidationError.
    """
    with transaction.atomic():
        for question, choice in answers.items():
            rows = run.rows.filter(verdict=ImportRow.Verdict.UNCLEAR, question=question)
            first = rows.first()
            if first is None or choice not in choices_of(first):
                raise ValidationError(GONE)
            for old in set(rows.values_list("choice", flat=True)):
                person, _, reply = old.partition("+")
                chosen = (person, choice) if first.recognised.get("kind") else (choice, reply)
                run.rows.filter(question=question, choice=old, verdict=ImportRow.Verdict.UNCLEAR).update(
                    choice=ImportRow.joined(*chosen)
                )
        mapping = dict(run.mapping)
        for column, sign in figures.items():
            if column not in run.reading.get("figures", {}) or sign not in numbers.SIGNS_PART:
                raise ValidationError(GONE)
            mapping[column] = mapping[column] | {"figures": sign}
        lifecycle.check_again(run, mapping=mapping)


def turn_into_data(run: ImportRun, shown: set[tuple[str, int]], chosen: set[tuple[str, int]]):
    """Stores which lines (sheet, line) of the page are data after all, and makes the preview again.

    Raises ValidationError.
    """
    sheets = []
    for sheet in run.sheets:
        kept = {line for line in sheet.get("data_lines", ()) if (sheet["name"][:40], line) not in shown}
        lines = sorted(kept | {line for name, line in chosen if name == sheet["name"][:40]})
        sheets.append({key: value for key, value in sheet.items() if key != "data_lines"})
        if lines:
            sheets[-1]["data_lines"] = lines
    # Refused rows are identified by their number, which changes.
    counts = {name: count for name, count in run.counts.items() if name not in ("broken", "notice")}
    lifecycle.check_again(run, sheets=sheets, counts=counts)


def choices_of(row: ImportRow) -> list[str]:
    """The possible answers to the question of the row; only a person can be new."""
    if row.recognised.get("kind"):
        return [option["id"] for option in row.answers]
    return [option["id"] for option in row.people] + [NEW]


def _about_rows(row: ImportRow, count: int) -> Question:
    many = count > 1
    on_offer = row.answers if row.recognised.get("kind") else row.people
    options = [
        (option["id"], option.get("together", option["text"]) if many else option["text"]) for option in on_offer
    ]
    why = row.recognised.get("together", "") if many else ""
    text = why or f"{_named(row)}: {row.recognised.get('text', '')}"
    if not row.recognised.get("kind"):
        options.append((NEW, "Orang baru"))
    where = f"Baris {row.line}" + (f" dan {count - 1} baris lain" if many else "")
    return Question(f"tanya-{row.question}", f"{where}. {text}", count, options)


def _named(row: ImportRow) -> str:
    return ", ".join(row.understood[name] for name in ("name", "village") if name in row.understood) or row.label


def _figure(text: str) -> str:
    plain = text.replace(",", ".")
    return number_id(Decimal(plain)) if re.fullmatch(r"\d+(\.\d+)?", plain) else text


def _about_figures(run: ImportRun, name: str, count: int, sample: str, where: str) -> Question:
    label = registry.adapter(run.kind).column(name).label
    many = f"{count} isian" if count > 1 else "Satu isian"
    return Question(
        f"angka-{name}",
        f"{many} pada kolom {label} dapat dibaca dengan dua cara, misalnya “{sample}” pada {where}. "
        "Tanda di tengahnya:",
        count,
        [
            (sign, f"{text}: {_figure(numbers.decided(sample, sign))}")
            for sign, text in ((numbers.THOUSANDS, "pemisah ribuan"), (numbers.DECIMALS, "koma desimal"))
        ],
    )
