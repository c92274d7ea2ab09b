"""Pages of the assets of a water system, their states, and the photos of a check."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import CreateView, FormView, UpdateView

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin, RightMixin, require
from records.editing import SaveMixin, warn_of_letters
from records.files import serve
from records.formats import date_id
from records.models import SentByAnother, SentOther
from records.resending import SentOnceMixin
from villages.forms.assets import AssetChecksForm, AssetForm
from villages.models import Asset, CheckPhoto, ConditionCheck, Facility
from villages.views.photos import more_photos
from villages.views.places import crumbs_of

ANCHOR = "#aset"


def facility_crumbs(facility: Facility, here: str) -> list[tuple[str, str]]:
    return crumbs_of(facility.village, (facility.name, facility.get_absolute_url()), (here, ""))


class AssetCreate(PartMixin, SaveMixin, CreateView):
    model = Asset
    form_class = AssetForm
    whole, part_of = Facility, "facility"
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan aset"
    saved_message = "Aset {row} tersimpan. Catat keadaannya bila sudah dilihat."

    def get_success_url(self):
        return self.parent.get_absolute_url() + ANCHOR

    def get_context_data(self, **kwargs):
        crumbs = facility_crumbs(self.parent, "Tambah aset")
        return super().get_context_data(heading=f"Tambah aset {self.parent}", crumbs=crumbs, **kwargs)


class AssetUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Asset
    form_class = AssetForm
    right = Right.EDIT_REGISTRY
    submit_label = "Simpan aset"
    saved_message = "Aset {row} tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("facility__village__subdistrict")

    def get_success_url(self):
        return self.object.get_absolute_url() + ANCHOR

    def get_context_data(self, **kwargs):
        crumbs = facility_crumbs(self.object.facility, "Ubah aset")
        return super().get_context_data(heading=f"Ubah aset {self.object}", crumbs=crumbs, **kwargs)


class AssetChecks(SentOnceMixin, RightMixin, FormView):
    """Form page of one check of all assets of a water system."""

    form_class = AssetChecksForm
    right = Right.EDIT_REGISTRY
    template_name = "partials/form_page.html"
    submit_label = "Simpan keadaan aset"
    another_label = "Simpan sebagai pemeriksaan lain"

    def get_facility(self):
        facilities = Facility.objects.editable_by(self.request.user).select_related("village__subdistrict")
        return get_object_or_404(facilities, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        self.facility = self.get_facility()
        return super().get_form_kwargs() | {"user": self.request.user, "assets": self.facility.assets.all()}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "heading": f"Catat keadaan aset {self.facility}",
            "intro": "Isi aset yang dilihat saja. Catatan keadaan tidak dapat diubah: untuk membetulkannya, catat "
            "sekali lagi pada tanggal yang sama.",
            "extra": "villages/_asset_checks.html",
            "submit_label": self.submit_label,
            "cancel_url": self.facility.get_absolute_url() + ANCHOR,
            "crumbs": facility_crumbs(self.facility, "Catat keadaan aset"),
        }

    def form_valid(self, form):
        try:
            count = self.store(form, AssetChecksForm.save)
        except (SentOther, SentByAnother) as error:
            return self.answer_resent(form, error)
        messages.success(self.request, f"Keadaan {count} aset {self.facility} tersimpan.")
        warn_of_letters(self.request, form)
        return redirect(self.facility.get_absolute_url() + ANCHOR)

    def get(self, request, *args, **kwargs):
        facility = self.get_facility()
        if not facility.assets.exists():
            messages.info(request, "Tambah aset dahulu, lalu catat keadaannya.")
            return redirect(reverse("villages:asset_create", args=[facility.pk]))
        return super().get(request, *args, **kwargs)


@require_http_methods(["GET", "HEAD", "POST"])
def photo_create(request, pk):
    """Adds photos to a recorded check."""
    require(request.user, Right.EDIT_REGISTRY)
    checks = ConditionCheck.objects.filter(facility__in=Facility.objects.editable_by(request.user))
    check = get_object_or_404(checks.select_related("facility__village__subdistrict"), pk=pk)
    heading = f"Tambah foto pemeriksaan {date_id(check.checked_on)}"
    return more_photos(request, check, heading, facility_crumbs(check.facility, "Tambah foto"))


@require_safe
def check_photo(request, pk):
    """Serves a photo of a check to users who see the water system."""
    photos = CheckPhoto.objects.filter(check_row__facility__in=Facility.objects.visible_to(request.user))
    photo = get_object_or_404(photos.select_related("file", "check_row__facility"), pk=pk)
    return serve(request, photo.file, photo.check_row.get_absolute_url())
