"""Pages of Dokumen dan SPJ of one training: its documents, their files, and the narrative."""

from django.http import Http404
from django.urls import reverse
from django.views.generic import UpdateView, View

from accounts.rights import sees_whole_district
from records.editing import SaveMixin
from records.files import serve
from records.history import MAX_SHOWN
from records.models import Event
from trainings.forms.spj import NarrativeForm, SpjItemForm
from trainings.models import Narrative, SpjItem, Training, TrainingFile
from trainings.queries.certificates import certificate_roll
from trainings.queries.figures import training_figures
from trainings.queries.list_counts import people_counts
from trainings.queries.spj import accounts_file
from trainings.views.base import TrainingPage
from trainings.views.document_mixins import DocumentMixin, DocumentReadMixin


class SpjItemList(TrainingPage):
    """Page of the documents: their state is visible to all in scope, files and counts only for the whole kabupaten."""

    template_name = "trainings/spj_item_list.html"
    page_name = "spj_item_list"
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
        if context["can_file"]:
            context["unsorted"] = training.files.filter(kind=TrainingFile.Kind.UNSORTED).count()
        if whole:
            figures = training_figures(training)
            roll = certificate_roll(training, figures)
            items = {row.document: row.item for row in context["accounts"].documents if row.item}
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


def spj_document(value: str) -> SpjItem.Document:
    """The document. Raises Http404 for an unknown one."""
    try:
        return SpjItem.Document(value)
    except ValueError:
        raise Http404(f"No such SPJ document: {value}") from None


class SpjItemUpdate(DocumentMixin, SaveMixin, UpdateView):
    """Page of one document; the first save adds the row."""

    form_class = SpjItemForm
    page_name = "spj_item_list"
    submit_label = "Simpan dokumen"
    saved_message = "{row} tersimpan."

    def get_object(self, queryset=None):
        document = spj_document(self.kwargs["document"])
        found = self.training.spj_items.select_related("file", "training").filter(document=document).first()
        return found or SpjItem(training=self.training, document=document)

    def get_heading(self):
        return str(spj_document(self.kwargs["document"]).label)


class SpjItemFile(DocumentReadMixin, View):
    """The file of one document."""

    def get(self, request, *args, **kwargs):
        item = self.training.spj_items.select_related("file").filter(document=spj_document(kwargs["document"])).first()
        if item is None or item.file is None:
            raise Http404(f"Training {self.training.pk} has no file of {kwargs['document']}")
        return serve(request, item.file, reverse("trainings:spj_item_list", args=[self.training.pk]))


class NarrativeUpdate(DocumentMixin, SaveMixin, UpdateView):
    """Page of Uraian; the first save adds the row."""

    form_class = NarrativeForm
    page_name = "spj_item_list"
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
