"""Dokumen dan SPJ of one training: the papers, their files, and the words that no figure tells."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import UpdateView, View

from accounts.rights import sees_whole_district
from records.editing import SaveMixin
from records.files import serve
from records.history import MAX_SHOWN
from records.models import Event
from trainings.forms.spj import NarrativeForm, PaperForm
from trainings.models import Narrative, SpjItem, Training
from trainings.queries.certificates import certificate_roll
from trainings.queries.figures import training_figures
from trainings.queries.spj import accounts_file, people_counts
from trainings.views.base import TrainingPage
from trainings.views.document_mixins import LooksAtPapers, OfPapers


class Papers(TrainingPage):
    """Which papers are there: to see for everybody in scope; files and counts for who sees the whole kabupaten."""

    template_name = "trainings/papers.html"
    page_name = "papers"
    heading = "Dokumen dan SPJ"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        training = self.training
        whole = sees_whole_district(self.request.user)
        context |= {
            "accounts": accounts_file(training),
            "whole": whole,
            "can_file": context["runs"] and training.state != Training.State.CANCELLED,
        }
        if whole:
            figures = training_figures(training)
            roll = certificate_roll(training, figures)
            items = {row.paper: row.item for row in context["accounts"].papers if row.item}
            context |= {
                "roll": roll,
                "counts": people_counts(training, figures, roll, items),
                "present": figures.present,
                "narrative": Narrative.objects.filter(training=training).first(),
                "events": self._events(),
            }
        return context

    def _events(self):
        ids = self.training.spj_items.values("pk")
        rows = Event.objects.filter(kind=SpjItem._meta.label_lower, object_id__in=ids)
        return rows.select_related("by").order_by("-pk")[:MAX_SHOWN]


def paper_of(word: str) -> SpjItem.Paper:
    """Raises Http404 for what is no paper of the accounts file."""
    try:
        return SpjItem.Paper(word)
    except ValueError:
        raise Http404(f"No such paper: {word}") from None


class PaperUpdate(OfPapers, SaveMixin, UpdateView):
    """Records one paper: the row comes to be with the first saving."""

    form_class = PaperForm
    page_name = "papers"
    submit_label = "Simpan dokumen"
    saved_message = "{row} tersimpan."

    def get_object(self, queryset=None):
        paper = paper_of(self.kwargs["paper"])
        found = self.training.spj_items.select_related("file", "training").filter(paper=paper).first()
        return found or SpjItem(training=self.training, paper=paper)

    def get_heading(self):
        return str(paper_of(self.kwargs["paper"]).label)


class PaperFile(LooksAtPapers, View):
    """The file of one paper."""

    def get(self, request, *args, **kwargs):
        item = self.training.spj_items.select_related("file").filter(paper=paper_of(kwargs["paper"])).first()
        if item is None or item.file is None:
            raise Http404(f"Training {self.training.pk} has no file of {kwargs['paper']}")
        return serve(request, item.file, reverse("trainings:papers", args=[self.training.pk]))


class NarrativeUpdate(OfPapers, SaveMixin, UpdateView):
    """Uraian: comes to be with the first saving."""

    form_class = NarrativeForm
    page_name = "papers"
    heading = "Uraian untuk notulen, nota dinas dan laporan"
    submit_label = "Simpan uraian"
    saved_message = "Uraian tersimpan."

    def get_object(self, queryset=None):
        found = Narrative.objects.filter(training=self.training).select_related("training").first()
        return found or Narrative(training=self.training)

    def get_context_data(self, **kwargs):
        intro = (
            "Jumlah peserta, kehadiran, nilai, evaluasi dan RKTL tercetak dari catatan portal: tidak perlu ditulis di "
            "sini. Isian yang kosong tercetak sebagai titik-titik atau tidak dicetak."
        )
        return super().get_context_data(intro=intro, keep=f"uraian-{self.training.pk}", **kwargs)
