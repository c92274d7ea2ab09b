"""Pages of learning materials (bahan ajar): the list of the office, and Pustaka, its public part without a login."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right
from accounts.scoping import EditableMixin, RightMixin, VisibleMixin
from records.editing import SaveMixin
from records.files import serve
from records.history import MAX_SHOWN
from records.search_keys import search_key
from trainings.exports import MATERIAL_COLUMNS
from trainings.forms.materials import LibraryFilter, MaterialFilter, MaterialForm
from trainings.models import LearningMaterial


def list_crumbs(*more) -> list[tuple[str, str]]:
    """The breadcrumbs of the list."""
    return [("Beranda", reverse("monitoring:home")), ("Bahan Ajar", reverse("trainings:material_list")), *more]


class MaterialList(ScopedList):
    model = LearningMaterial
    template_name = "trainings/material_list.html"
    search_fields = ("search_key",)
    filter_form = MaterialFilter
    export_title, export_columns = "Daftar bahan ajar", MATERIAL_COLUMNS
    sorts = {
        "judul": ("Judul", ("title",)),
        "kode": ("Kode", ("code", "title")),
        "terbaru": ("Terbaru", ("-pk",)),
    }

    def get_queryset(self):
        return super().get_queryset().select_related("file", "district")


class MaterialDetail(VisibleMixin, DetailView):
    model = LearningMaterial
    template_name = "trainings/material_detail.html"
    context_object_name = "material"

    def get_queryset(self):
        return super().get_queryset().select_related("file")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "events": self.object.events[:MAX_SHOWN],
            "is_public": LearningMaterial.objects.public().filter(pk=self.object.pk).exists(),
        }


class MaterialCreate(SaveMixin, RightMixin, CreateView):
    model = LearningMaterial
    form_class = MaterialForm
    right = Right.EDIT_TRAININGS
    submit_label = "Simpan bahan ajar"

    def get_cancel_url(self):
        return reverse("trainings:material_list")

    def get_context_data(self, **kwargs):
        crumbs = list_crumbs(("Tambah bahan ajar", ""))
        return super().get_context_data(heading="Tambah bahan ajar", crumbs=crumbs, **kwargs)


class MaterialUpdate(SaveMixin, EditableMixin, UpdateView):
    model = LearningMaterial
    form_class = MaterialForm
    right = Right.EDIT_TRAININGS
    submit_label = "Simpan bahan ajar"

    def get_queryset(self):
        return super().get_queryset().select_related("file")

    def get_context_data(self, **kwargs):
        stored = LearningMaterial.objects.get(pk=self.object.pk)
        crumbs = list_crumbs((stored.title, stored.get_absolute_url()), ("Ubah", ""))
        return super().get_context_data(heading=f"Ubah {stored}", crumbs=crumbs, **kwargs)


def _file_of(request, rows, pk, back):
    material = get_object_or_404(rows.select_related("file"), pk=pk)
    if material.file is None:
        raise Http404(f"Material {pk} is a link")
    return serve(request, material.file, back)


@require_safe
def material_file(request, pk):
    """The file of a material of the own kabupaten, public or not."""
    back = reverse("trainings:material_list")
    return _file_of(request, LearningMaterial.objects.visible_to(request.user), pk, back)


@method_decorator(login_not_required, name="dispatch")
class Library(ListView):
    """Page of Pustaka: public materials, for village, government and private partners. It contains no name or scope."""

    template_name = "trainings/library.html"
    paginate_by = 25

    def get_queryset(self):
        self.filters = LibraryFilter(self.request.GET, user=self.request.user)
        rows = self.filters.narrow(LearningMaterial.objects.public())
        if key := search_key(self.filters.cleaned_data.get("q") or ""):
            rows = rows.filter(search_key__contains=key)
        return rows.select_related("file", "district").order_by("title", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filters": self.filters}


@login_not_required
@require_safe
def library_file(request, pk):
    """The file of a public material, without a login."""
    return _file_of(request, LearningMaterial.objects.public(), pk, reverse("trainings:library"))
