"""Pages of Anggaran: the lines of the DPA that pay for a training, with pagu and realisasi."""

from django.shortcuts import get_object_or_404
from django.views.generic import CreateView, UpdateView

from records import formats
from records.editing import SaveMixin
from records.sums import sum_known
from trainings.forms.budget import SOURCES, BudgetLineForm
from trainings.models import BudgetLine
from trainings.queries.indicator_parts import sources
from trainings.views.base import QuestionView, TrainingPage
from trainings.views.document_mixins import DocumentMixin, DocumentReadMixin


class Budget(DocumentReadMixin, TrainingPage):
    template_name = "trainings/budget.html"
    page_name = "budget"
    heading = "Anggaran"

    def get_context_data(self, **kwargs):
        lines = list(self.training.budget_lines.all())
        for line in lines:
            line.left = None if line.realised is None else line.ceiling - line.realised
        by_source = sources(self.training)
        return super().get_context_data(
            lines=lines,
            sources=by_source,
            ceiling=sum(row.ceiling for row in by_source),
            realised=sum_known(row.realised for row in by_source),
            left=sum_known(row.left for row in by_source),
            open_lines=sum(row.open_lines for row in by_source),
            can_change=self.runs and self.training.state != self.training.State.CANCELLED,
            **kwargs,
        )


class BudgetForm(DocumentMixin, SaveMixin):
    model = BudgetLine
    form_class = BudgetLineForm
    template_name = "trainings/budget_form.html"
    page_name = "budget"
    submit_label = "Simpan baris anggaran"
    saved_message = "Baris anggaran “{row}” tersimpan."

    def get_context_data(self, **kwargs):
        return super().get_context_data(source_words=SOURCES, **kwargs)


class BudgetCreate(BudgetForm, CreateView):
    heading = "Tambah baris anggaran"

    def get_form_kwargs(self):
        """Presets a new line from the last one, which mostly differs only in code and title."""
        last = self.training.budget_lines.order_by("pk").last()
        like = ("source", "sub_activity", "dpa_number")
        initial = {"training": self.training.pk} | ({name: getattr(last, name) for name in like} if last else {})
        return super().get_form_kwargs() | {"instance": BudgetLine(training=self.training), "initial": initial}


class BudgetLineMixin:
    def get_object(self, queryset=None) -> BudgetLine:
        return get_object_or_404(self.training.budget_lines.select_related("training"), pk=self.kwargs["pk"])


class BudgetUpdate(BudgetLineMixin, BudgetForm, UpdateView):
    heading = "Ubah baris anggaran"


class BudgetRemove(BudgetLineMixin, DocumentMixin, QuestionView):
    page_name = "budget"
    submit_label = "Hapus baris anggaran"

    def find(self):
        self.line = self.get_object()

    def texts(self):
        realised = f" dan realisasi {formats.rupiah(self.line.realised)}" if self.line.realised else ""
        loss = f"Pagu {formats.rupiah(self.line.ceiling)}{realised} tidak lagi terhitung."
        return {"question": f"Hapus “{self.line}”?", "loss": loss}

    def act(self):
        self.line.remove(by=self.request.user)

    def get_done_message(self):
        return f"Baris anggaran “{self.line}” dihapus."
