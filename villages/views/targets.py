"""Pages of the targets of the kabupaten, which the page of coverage shows."""

from django.urls import reverse
from django.views.generic import CreateView, UpdateView

from accounts.models import District
from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from records.editing import SaveMixin
from villages.forms.dossier import TargetForm
from villages.models import Target


class TargetPage(SaveMixin):
    model = Target
    form_class = TargetForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan target"
    saved_message = "Target {row} tersimpan."
    heading = ""

    def get_success_url(self):
        return reverse("monitoring:coverage") + "#target"

    def get_cancel_url(self):
        return self.get_success_url()

    def get_context_data(self, **kwargs):
        coverage = ("Cakupan", reverse("monitoring:coverage"))
        crumbs = [("Beranda", reverse("monitoring:home")), coverage, (self.heading, "")]
        return super().get_context_data(heading=self.heading, crumbs=crumbs, **kwargs)


class TargetCreate(TargetPage, PartMixin, CreateView):
    part_of = "district"
    heading = "Tambah target"

    def get_wholes(self):
        return District.objects.visible_to(self.request.user)

    def get_initial(self):
        """Presets year and indicator from a cell of the page of coverage."""
        requested = self.request.GET
        return super().get_initial() | {key: requested[key] for key in ("year", "indicator") if key in requested}


class TargetUpdate(TargetPage, EditableMixin, UpdateView):
    heading = "Ubah target"
