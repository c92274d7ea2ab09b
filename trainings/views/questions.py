"""Pages of questions of the test and aspects of the evaluation: two similar lists."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, UpdateView

from records.editing import SaveMixin
from trainings.forms.questions import EvaluationQuestionForm, FillForm, TestQuestionForm
from trainings.models import EvaluationQuestion, TestQuestion
from trainings.services import questions as services
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin, TrainingPage


class TestQuestionMixin(TrainingMixin):
    model = TestQuestion
    list_name = "test_question_list"
    noun = "soal"

    def get_page_url(self):
        return reverse(f"trainings:{self.list_name}", args=[self.training.pk])


class EvaluationQuestionMixin(TrainingMixin):
    model = EvaluationQuestion
    list_name = "evaluation_question_list"
    noun = "butir evaluasi"

    def get_page_url(self):
        return reverse(f"trainings:{self.list_name}", args=[self.training.pk])


class _QuestionList(TrainingPage):
    page_name = "assessments"

    def get_context_data(self, **kwargs):
        rows = list(services.questions_of(self.training, self.model))
        context = super().get_context_data(
            questions=rows,
            locked=self.locked_text if services.is_locked(self.training, self.model) else "",
            back=reverse("trainings:assessments", args=[self.training.pk]),
            **kwargs,
        )
        context["can_change"] = context["can_edit"] and not context["locked"]
        return context


class TestQuestionList(TestQuestionMixin, _QuestionList):
    """List with the answer key, therefore only for users who may edit the training."""

    __test__ = False
    right, scope, open_only = TrainingMixin.right, TrainingMixin.scope, False
    template_name = "trainings/test_question_list.html"
    heading = "Soal pre-test dan post-test"
    locked_text = services.TEST_LOCKED


class EvaluationQuestionList(EvaluationQuestionMixin, _QuestionList):
    right, scope, open_only = TrainingMixin.right, TrainingMixin.scope, False
    template_name = "trainings/evaluation_question_list.html"
    heading = "Butir evaluasi"
    locked_text = services.EVALUATION_LOCKED

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["questions"] = services.questions_of(self.training, self.model).select_related(
            "resource_person__person"
        )
        return context


class _Create(SaveMixin, CreateView):
    def get_form_kwargs(self):
        number = services.next_number(self.training, self.model)
        blank = self.model(training=self.training, number=number)
        initial = {"training": self.training.pk, "number": number}
        return super().get_form_kwargs() | {"instance": blank, "initial": initial}


class _Update(SaveMixin, UpdateView):
    def get_object(self, queryset=None):
        return get_object_or_404(services.questions_of(self.training, self.model), pk=self.kwargs["pk"])


class TestQuestionCreate(TestQuestionMixin, _Create):
    __test__ = False
    form_class = TestQuestionForm
    heading, submit_label = "Tambah soal", "Simpan soal"
    saved_message = "Soal {row.number} tersimpan."


class TestQuestionUpdate(TestQuestionMixin, _Update):
    __test__ = False
    form_class = TestQuestionForm
    heading, submit_label = "Ubah soal", "Simpan soal"
    saved_message = "Soal {row.number} tersimpan."


class EvaluationQuestionCreate(EvaluationQuestionMixin, _Create):
    form_class = EvaluationQuestionForm
    heading, submit_label = "Tambah butir evaluasi", "Simpan butir"
    saved_message = "Butir {row.number} tersimpan."


class EvaluationQuestionUpdate(EvaluationQuestionMixin, _Update):
    form_class = EvaluationQuestionForm
    heading, submit_label = "Ubah butir evaluasi", "Simpan butir"
    saved_message = "Butir {row.number} tersimpan."


class _Remove(QuestionView):
    @cached_property
    def row(self):
        rows = services.questions_of(self.training, self.model).select_related("training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def find(self):
        return self.row

    def texts(self):
        return {
            "question": f"Hapus {self.noun} no. {self.row.number}?",
            "loss": f"“{self.row}” dihapus; nomor di bawahnya naik.",
        }

    def act(self):
        services.remove_question(self.row, by=self.request.user)

    def get_done_message(self):
        return f"{self.noun.capitalize()} no. {self.row.number} dihapus."


class TestQuestionRemove(TestQuestionMixin, _Remove):
    __test__ = False
    submit_label = "Hapus soal"


class EvaluationQuestionRemove(EvaluationQuestionMixin, _Remove):
    submit_label = "Hapus butir"


class _Fill(ServiceFormView):
    form_class = FillForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "training": self.training,
            "model": self.model,
            "user": self.request.user,
        }

    def get_saved_message(self, count):
        return f"{count} {self.noun} disalin. Periksa dan sesuaikan bila perlu."


class TestQuestionFill(TestQuestionMixin, _Fill):
    __test__ = False
    heading, submit_label = "Isi soal", "Salin soal"


class EvaluationQuestionFill(EvaluationQuestionMixin, _Fill):
    heading, submit_label = "Isi butir evaluasi", "Salin butir"
