"""Pages of the links of the evaluation, for the office."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from records import formats
from trainings.forms.evaluation_links import EvaluationLinkForm
from trainings.models import EvaluationLink, TrainingDay
from trainings.queries.evaluation_links import links_of, qr_image, sheets_of_day, short_address
from trainings.services import evaluation_links as services
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin, TrainingPage


class EvaluationLinkMixin(TrainingMixin):
    """Base of pages of one link, which return to the list of days."""

    link: EvaluationLink

    def get_page_url(self):
        return reverse("trainings:evaluation_link_list", args=[self.training.pk])

    def find(self):
        rows = EvaluationLink.objects.filter(day__training=self.training).select_related("day__training")
        self.link = get_object_or_404(rows, pk=self.kwargs["pk"])


class EvaluationLinkList(TrainingPage):
    """Page with one entry per day: its link, the number of submitted sheets, and the largest possible number."""

    right, scope = TrainingMixin.right, TrainingMixin.scope
    template_name = "trainings/evaluation_link_list.html"
    page_name = "assessments"
    heading = "Tautan evaluasi"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            days=links_of(self.training),
            has_questions=self.training.evaluation_questions.exists(),
            back=reverse("trainings:assessments", args=[self.training.pk]),
            **kwargs,
        )


class EvaluationLinkOpen(EvaluationLinkMixin, ServiceFormView):
    form_class = EvaluationLinkForm
    heading = "Buka tautan evaluasi"
    submit_label = "Buka tautan"

    @cached_property
    def day(self) -> TrainingDay:
        return get_object_or_404(self.training.days.select_related("training"), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"day": self.day}

    def get_context_data(self, **kwargs):
        intro = (
            f"Peserta mengisi evaluasi {formats.day_date(self.day.date)} di ponselnya, tanpa nama. Tautan hanya "
            "berlaku hari itu."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, link):
        return f"Tautan evaluasi {formats.day_date(link.day.date)} dibuka. Cetak kodenya atau bagikan alamatnya."


class EvaluationLinkClose(EvaluationLinkMixin, QuestionView):
    heading = submit_label = "Tutup tautan"

    def texts(self):
        loss = "Alamat dan kode QR-nya tidak berlaku lagi. Lembar yang sudah masuk tetap."
        return {"question": f"Tutup tautan evaluasi {formats.day_date(self.link.day.date)}?", "loss": loss}

    def act(self):
        services.close_link(self.link, by=self.request.user)

    def get_done_message(self):
        return "Tautan evaluasi ditutup."


class LinkSheetsRemove(EvaluationLinkMixin, QuestionView):
    """Page that deletes all sheets submitted under the links of one day, if the URL was spread or tried out."""

    only_last = False
    heading = submit_label = "Hapus semua lembar tautan"

    def find(self):
        self.day = get_object_or_404(self.training.days.select_related("training"), pk=self.kwargs["pk"])
        self.count = sheets_of_day(self.day)

    def texts(self):
        if not self.count:
            return {"question": "Belum ada lembar yang masuk lewat tautan hari itu.", "loss": ""}
        which = "lembar terakhir" if self.only_last else f"{formats.number_id(self.count)} lembar"
        loss = "Nilai dan sarannya ikut terhapus dan tidak dapat dikembalikan. Lembar lain tetap."
        return {"question": f"Hapus {which} dari tautan {formats.day_date(self.day.date)}?", "loss": loss}

    def act(self):
        services.remove_sheets(self.day, by=self.request.user, only_last=self.only_last)

    def get_done_message(self):
        return f"{1 if self.only_last else formats.number_id(self.count)} lembar dari tautan dihapus."


class LastLinkSheetRemove(LinkSheetsRemove):
    only_last = True
    heading = submit_label = "Hapus lembar terakhir tautan"


class EvaluationLinkPoster(EvaluationLinkMixin, TemplateView):
    """Page to print the QR code."""

    template_name = "trainings/evaluation_link_poster.html"
    heading = "Cetak kode evaluasi"

    def get_context_data(self, **kwargs):
        self.find()
        return super().get_context_data(
            link=self.link,
            qr=qr_image(self.link, 12),
            address=short_address(self.link),
            page_url=self.get_page_url(),
            **kwargs,
        )
