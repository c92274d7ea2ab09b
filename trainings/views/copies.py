"""Page that copies a training, which may be closed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import CreateView

from records.editing import SaveMixin
from trainings.forms.copies import CopyForm
from trainings.models import Training
from trainings.views.base import TrainingMixin


class TrainingCopy(TrainingMixin, SaveMixin, CreateView):
    model = Training
    form_class = CopyForm
    open_only = False
    heading = "Salin pelatihan"
    submit_label = "Buat salinan"
    saved_message = "{row} tersimpan sebagai pelatihan baru. Periksa susunan acara dan undangannya."

    def get(self, request, *args, **kwargs):
        """Redirects for a meeting, which is copied by the short form of meetings."""
        if self.training.is_meeting:
            return redirect(f"{reverse('trainings:meeting_create')}?dari={self.training.pk}")
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"source": self.training}

    def get_context_data(self, **kwargs):
        return super().get_context_data(intro=f"Dari {self.training}.", **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url()

    def saved(self, form):
        for sentence in form.left_out:
            messages.warning(self.request, sentence)
        return super().saved(form)
