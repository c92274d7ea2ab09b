"""Pages of the results of one test: entered person by person as score or as letters, or pasted from an online form."""

import re
import zlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.rights import Right
from accounts.scoping import require
from records import formats
from records.parsers.grids import read_choices
from trainings.models import Participant, TestResult
from trainings.queries.scores import absent_people, mean, mean_text
from trainings.services import pasted_results as paste
from trainings.services.result_people import match_rows
from trainings.services.scores import (
    CELLS,
    EMPTY,
    Mark,
    read_tokens,
    record_marks,
    score_of,
    stored_marks,
    write_tokens,
)
from trainings.views.base import TrainingMixin, TrainingPage, show_errors

LINE = re.compile(r"baris-([0-9]{1,6})")
MAX_TEXT = 500_000  # characters of pasted text


def fingerprint(text: str) -> str:
    """Digest of the text of a preview, independent of the line ends that browsers send."""
    return f"{zlib.crc32(' '.join(text.split()).encode()):x}"


class PhaseMixin(TrainingMixin):
    """Base of pages of personal scores, for users who may see them and edit the training."""

    right = Right.SEE_SCORES
    scope = "editable_by"
    open_only = False
    page_name = "assessments"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["phase"] not in TestResult.Phase.values:
            require(request.user, self.right)
            raise Http404("no such test")
        self.phase = TestResult.Phase(kwargs["phase"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def word(self) -> str:
        return str(self.phase.label)

    def saved_text(self) -> str:
        marks = stored_marks(self.training, self.phase)
        average = mean(mark.score for mark in marks.values())
        if average is None:
            return f"Nilai {self.word.lower()} tersimpan: belum ada yang diisi."
        return (
            f"Nilai {self.word.lower()} tersimpan: {formats.number_id(len(marks))} orang, "
            f"rata-rata {mean_text(average)}."
        )

    def read_clash_answers(self) -> tuple[dict[int, Mark], set[int]]:
        insisted, left = read_choices(self.request.POST, CELLS)
        return {pk: read_tokens(f"{pk}={token}").get(pk, EMPTY) for pk, token in insisted.items()}, left

    def unconfirmed(self, changed: dict[int, Mark]) -> list[Participant]:
        """Participants who get a score although they were absent, unless the page named all of them and was confirmed.

        A score is unlikely but possible then: the mark of attendance may be the wrong one.
        """
        absent = absent_people(self.training, [pk for pk, mark in changed.items() if mark != EMPTY])
        confirmed = set(self.request.POST.get("still_save", "").split("-"))
        return [] if {str(person.pk) for person in absent} <= confirmed else absent


class TestEntry(PhaseMixin, TrainingPage):
    """Page of all participants of the sheet, one field each."""

    __test__ = False
    right, scope = Right.SEE_SCORES, "editable_by"
    template_name = "trainings/test_entry.html"

    def get_heading(self):
        return f"Nilai {self.word.lower()}"

    def setup_page(self):
        self.questions = list(self.training.test_questions.all())
        self.by_letters = bool(self.questions) and self.request.GET.get("isi") == "jawaban"
        self.stored = stored_marks(self.training, self.phase)

    def text_of(self, mark: Mark) -> str:
        return mark.letters if self.by_letters else mark.text

    def read(self, text: str) -> Mark:
        """The mark typed. Raises ValidationError."""
        if not text:
            return EMPTY
        if not self.by_letters:
            return Mark(paste.read_score(text))
        letters = re.sub(r"[\s,;]", "", text).upper()
        return Mark(score_of(letters, self.questions), letters)

    def get(self, request, *args, **kwargs):
        self.setup_page()
        return self.page()

    def post(self, request, *args, **kwargs):
        self.setup_page()
        if locked := self.locked_answer():
            return locked
        insisted, left = self.read_clash_answers()
        seen = read_tokens(request.POST.get("version", ""))
        typed, wanted, errors = {}, {}, {}
        for pk, value in CELLS.read(request.POST):
            text = value.strip()[:200]
            typed[pk] = text
            if pk in left or text == self.text_of(seen.get(pk, EMPTY)):
                continue
            try:
                wanted[pk] = self.read(text)
            except ValidationError as error:
                errors[pk] = error.messages[0]
        if errors:
            return self.page(typed, errors=errors)
        if absent := self.unconfirmed(wanted):
            return self.page(typed, absent=absent)
        source = TestResult.Source.ANSWERS if self.by_letters else TestResult.Source.SCORE
        try:
            outcome = record_marks(
                self.training, self.phase, wanted, seen, by=request.user, source=source, chosen=insisted
            )
        except ValidationError as error:
            show_errors(request, error)
            return self.page(typed)
        if outcome.clashes:
            return self.page(typed, clashes=outcome.clashes)
        messages.success(request, self.saved_text())
        return redirect(self.get_success_url())

    def page(self, typed=None, errors=None, clashes=None, absent=()):
        editable = self.training.is_open
        rows = []
        people = self.training.participants.current().select_related("person", "village").order_by("number")
        for person in people:
            mark = self.stored.get(person.pk, EMPTY)
            text = (typed or {}).get(person.pk, self.text_of(mark))
            rows.append(
                {
                    "participant": person,
                    "name": CELLS.name(person.pk),
                    "text": text,
                    "mark": mark,
                    "unsaved": text != self.text_of(mark),
                    "error": (errors or {}).get(person.pk, ""),
                }
            )
        seen = self.request.POST.get("version", "") if typed is not None else write_tokens(self.stored)
        context = self.get_context_data(
            rows=rows,
            seen=seen,
            clashes=clashes or [],
            absent=absent,
            errors=[row for row in rows if row["error"]],
            editable=editable,
            questions=self.questions,
            by_letters=self.by_letters,
            phase=str(self.phase.value),
            phase_word=self.word,
            entered=len(self.stored),
            cancel_url=self.get_cancel_url(),
        )
        return render(self.request, self.template_name, context, status=409 if clashes else 200)


class TestPaste(PhaseMixin, TemplateView):
    """Page of pasted results: preview, choice of ambiguous persons, saving. Nothing is written before that."""

    __test__ = False
    open_only = True
    template_name = "trainings/test_paste.html"
    notes: tuple[str, ...] | list[str] = ()  # how the columns were parsed

    def get_heading(self):
        return f"Tempel hasil {self.word.lower()}"

    def get_cancel_url(self):
        return reverse("trainings:test_entry", args=[self.training.pk, self.phase.value])

    def post(self, request, *args, **kwargs):
        text = request.POST.get("teks", "")
        choices = {
            int(match[1]): value for name, value in request.POST.items() if (match := LINE.fullmatch(name)) and value
        }
        # Choices are valid only for the lines of the same text.
        if request.POST.get("diperiksa", "") != fingerprint(text):
            choices, saving = {}, False
        else:
            saving = request.POST.get("langkah") == "simpan"
        stored = stored_marks(self.training, self.phase)
        try:
            if len(text) > MAX_TEXT:
                raise ValidationError("Tempelan ini terlalu besar. Tempel sebagian dahulu.")
            results = paste.read_results(text, list(self.training.test_questions.all()), self.phase.value)
        except ValidationError as error:
            return self.page(text, error=error.messages[0])
        rows, self.notes = results.rows, results.notes
        match_rows(self.training, rows, choices, stored)
        if not saving:
            return self.page(text, rows, seen=write_tokens(stored))
        seen_text = request.POST.get("version", "")
        if paste.undecided(rows):
            return self.page(text, rows, seen=seen_text, error="Pilih orangnya untuk tiap baris di bawah, atau lewati.")
        insisted, left = self.read_clash_answers()
        seen = read_tokens(seen_text)
        marks = {row.participant.pk: row.mark for row in paste.to_save(rows) if row.participant.pk not in left}
        if absent := self.unconfirmed({pk: mark for pk, mark in marks.items() if mark != seen.get(pk, EMPTY)}):
            return self.page(text, rows, seen=seen_text, absent=absent)
        try:
            outcome = paste.save_pasted(
                self.training, self.phase, rows, seen, by=request.user, chosen=insisted, left=left
            )
        except ValidationError as error:
            return self.page(text, rows, seen=seen_text, error=error.messages[0])
        if outcome.clashes:
            return self.page(text, rows, seen=seen_text, clashes=outcome.clashes)
        messages.success(request, self.saved_text())
        return redirect(self.get_success_url())

    def page(self, text="", rows=None, seen="", error="", clashes=None, absent=()):
        rows = rows or []
        context = self.get_context_data(
            text=text,
            rows=rows,
            ready=len(paste.to_save(rows)),
            waiting=len(paste.undecided(rows)),
            notes=self.notes,
            unread=sum(bool(row.problem) and row.mark == EMPTY for row in rows),
            checked=fingerprint(text) if rows else "",
            seen=seen,
            error=error,
            clashes=clashes or [],
            absent=absent,
            phase_word=self.word,
            skip=paste.SKIP,
            cancel_url=self.get_cancel_url(),
        )
        return render(self.request, self.template_name, context, status=409 if clashes else 200)
