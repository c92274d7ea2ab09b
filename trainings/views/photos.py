"""Pages of Dokumentasi: photos of a training with caption, date and place."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import UpdateView, View

from records import formats
from records.editing import SaveMixin
from records.files import serve
from trainings.forms.spj import PhotoForm, PhotosForm
from trainings.models import Training, TrainingFile
from trainings.services.spj import remove_photo
from trainings.views.base import QuestionView, ServiceFormView, TrainingPage
from trainings.views.document_mixins import DocumentMixin, DocumentReadMixin

PHOTOS_SHOWN = 200  # more than one SPJ contains (our assumption); with more, the newest are not shown


def photos_of(training):
    return training.files.filter(kind=TrainingFile.Kind.PHOTO).select_related("file", "training")


class PhotoList(DocumentReadMixin, TrainingPage):
    template_name = "trainings/photo_list.html"
    page_name = "spj_item_list"
    heading = "Dokumentasi"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "photos": photos_of(self.training)[:PHOTOS_SHOWN],
            "can_file": context["runs"] and self.training.state != Training.State.CANCELLED,
        }


class PhotoListMixin:
    page_name = "spj_item_list"

    def get_page_url(self):
        return reverse("trainings:photo_list", args=[self.training.pk])


class PhotoCreate(PhotoListMixin, DocumentMixin, ServiceFormView):
    form_class = PhotosForm
    heading = "Tambah foto"
    submit_label = "Simpan foto"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training}

    def get_initial(self):
        first = self.training.days.values_list("date", flat=True).first()
        return {"place": self.training.venue[:120], "taken_on": first if first and first <= localdate() else None}

    def get_saved_message(self, rows):
        if not rows:
            return "Foto ini sudah tersimpan sebelumnya."
        return f"{formats.number_id(len(rows))} foto tersimpan."


class PhotoMixin(PhotoListMixin, DocumentMixin):
    def get_object(self, queryset=None) -> TrainingFile:
        return get_object_or_404(photos_of(self.training), pk=self.kwargs["pk"])


class PhotoUpdate(PhotoMixin, SaveMixin, UpdateView):
    form_class = PhotoForm
    heading = "Ubah keterangan foto"
    submit_label = "Simpan keterangan"
    saved_message = "Keterangan foto tersimpan."


class PhotoRemove(PhotoMixin, QuestionView):
    submit_label = "Hapus foto"
    done_message = "Foto dihapus."

    def find(self):
        self.photo = self.get_object()

    def texts(self):
        return {
            "question": f"Hapus foto “{self.photo}”?",
            "loss": "Fotonya terhapus dari portal dan tidak dapat dikembalikan.",
        }

    def act(self):
        remove_photo(self.photo, by=self.request.user)


class PhotoFile(DocumentReadMixin, View):
    def get(self, request, *args, **kwargs):
        photo = get_object_or_404(photos_of(self.training), pk=kwargs["pk"])
        return serve(request, photo.file, reverse("trainings:photo_list", args=[self.training.pk]))
