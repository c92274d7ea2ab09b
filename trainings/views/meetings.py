"""Rapat baru: what an office needs every week, on one short form."""

from django.urls import reverse
from django.views.generic import CreateView

from accounts.rights import Right
from accounts.scoping import RightMixin
from records.editing import SaveMixin
from trainings.forms.meetings import MeetingForm
from trainings.models import Training


class MeetingCreate(RightMixin, SaveMixin, CreateView):
    right = Right.EDIT_TRAININGS
    model = Training
    form_class = MeetingForm
    template_name = "trainings/training_form.html"
    submit_label = "Simpan rapat"
    saved_message = "{row} tersimpan. Undangan dan daftar hadirnya siap dicetak di bawah."

    def get_context_data(self, **kwargs):
        heading = "Rapat baru"
        way = [
            ("Beranda", reverse("monitoring:home")),
            ("Pelatihan", reverse("trainings:training_list")),
            (heading, ""),
        ]
        return super().get_context_data(heading=heading, crumbs=way, keep="rapat-baru", **kwargs)

    def get_cancel_url(self):
        return reverse("trainings:training_list")
