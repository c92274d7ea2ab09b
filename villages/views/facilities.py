"""Pages of water systems and their checks."""

from django.views.generic import CreateView, DetailView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, VisibleMixin
from records.editing import SaveMixin
from villages.forms.facilities import ConditionCheckForm, FacilityForm
from villages.models import ConditionCheck, Facility, Village
from villages.views.places import HISTORY, crumbs_of


class FacilityDetail(VisibleMixin, DetailView):
    model = Facility
    template_name = "villages/facility_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict")

    def get_context_data(self, **kwargs):
        checks = list(self.object.checks.select_related("recorded_by"))
        return super().get_context_data(**kwargs) | {
            "checks": checks,
            "latest": checks[0] if checks else None,
            "events": self.object.events[:HISTORY],
        }


class FacilityCreate(PartMixin, SaveMixin, CreateView):
    model = Facility
    form_class = FacilityForm
    whole, part_of = Village, "village"
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan sarana"
    saved_message = "Sarana {row} tersimpan. Catat pemeriksaannya agar keberfungsiannya diketahui."

    def get_context_data(self, **kwargs):
        heading = f"Tambah sarana {self.parent}"
        return super().get_context_data(heading=heading, crumbs=crumbs_of(self.parent, ("Tambah sarana", "")), **kwargs)


class FacilityUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Facility
    form_class = FacilityForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan sarana"
    saved_message = "Sarana {row} tersimpan."

    def get_context_data(self, **kwargs):
        facility = self.object
        crumbs = crumbs_of(facility.village, (facility.name, facility.get_absolute_url()), ("Ubah", ""))
        return super().get_context_data(heading=f"Ubah sarana {facility}", crumbs=crumbs, **kwargs)


class CheckCreate(PartMixin, SaveMixin, CreateView):
    model = ConditionCheck
    form_class = ConditionCheckForm
    whole, part_of = Facility, "facility"
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan pemeriksaan"
    saved_message = "Pemeriksaan {row} tersimpan."

    def get_context_data(self, **kwargs):
        facility = self.parent
        return super().get_context_data(
            heading=f"Catat pemeriksaan {facility}",
            intro="Pemeriksaan tidak dapat diubah. Untuk membetulkannya, catat sekali lagi pada tanggal yang sama.",
            crumbs=crumbs_of(facility.village, (facility.name, facility.get_absolute_url()), ("Catat pemeriksaan", "")),
            **kwargs,
        )
