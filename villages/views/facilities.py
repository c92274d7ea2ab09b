"""Pages of water systems and their checks."""

from datetime import date

from django.db.models import Q
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, VisibleMixin
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from villages.forms.facilities import ConditionCheckForm, FacilityForm
from villages.models import Asset, ConditionCheck, Facility, Village
from villages.views.places import crumbs_of


class FacilityDetail(VisibleMixin, DetailView):
    model = Facility
    template_name = "villages/facility_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict").prefetch_related("operators__group")

    def get_context_data(self, **kwargs):
        facility = self.object
        checks = list(facility.checks.select_related("recorded_by").prefetch_related("photos"))
        assets = list(facility.assets.prefetch_related("checks"))
        events = Event.objects.filter(
            Q(kind=Facility._meta.label_lower, object_id=facility.pk)
            | Q(kind=Asset._meta.label_lower, object_id__in=[asset.pk for asset in assets])
        )
        return super().get_context_data(**kwargs) | {
            "checks": checks,
            "latest": checks[0] if checks else None,
            "assets": assets,
            "water_tests": facility.water_tests.all(),
            "events": events.select_related("by").order_by("-pk")[:MAX_SHOWN],
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

    def get_initial(self):
        """Presets `?tanggal=` and `?keadaan=` from a repair."""
        requested, known = self.request.GET, dict(ConditionCheck.Functioning.choices)
        initial = {"functioning": requested.get("keadaan")} if requested.get("keadaan") in known else {}
        try:
            return initial | {"checked_on": date.fromisoformat(requested["tanggal"])}
        except (KeyError, ValueError):
            return initial

    def get_context_data(self, **kwargs):
        facility = self.parent
        return super().get_context_data(
            heading=f"Catat pemeriksaan {facility}",
            intro="Pemeriksaan tidak dapat diubah. Untuk membetulkannya, catat sekali lagi pada tanggal yang sama.",
            crumbs=crumbs_of(facility.village, (facility.name, facility.get_absolute_url()), ("Catat pemeriksaan", "")),
            **kwargs,
        )
