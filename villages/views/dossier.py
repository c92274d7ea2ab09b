"""Pages of the dossier of a village: former names, life cycle, water tests, sanitation."""

from functools import partial

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.generic import CreateView, UpdateView
from django.views.generic.base import View
from django.views.generic.detail import SingleObjectMixin

from accounts.rights import Right
from accounts.scoping import EditableMixin, PartMixin
from records import history
from records.confirming import confirm
from records.editing import SaveMixin
from records.files import drop_unused, serve
from records.models import Event
from villages.forms.dossier import SanitationForm, TimelineForm, VillageNameForm, WaterTestForm
from villages.models import SanitationMark, TimelineEntry, Village, VillageName, WaterTest
from villages.views.places import crumbs_of


class PartPage:
    """Base page of one row of the dossier. `anchor`: its section on the page of the village; `what`: its label."""

    right = Right.EDIT_REGISTRY
    anchor = ""
    what = ""

    def home(self, village) -> str:
        return f"{village.get_absolute_url()}#{self.anchor}"


class PartForm(PartPage, SaveMixin):
    verb = ""

    @property
    def submit_label(self):
        return f"Simpan {self.what}"

    def get_village(self):
        return self.object.village

    def get_success_url(self):
        return self.home(self.object.village)

    def get_cancel_url(self):
        return self.home(self.get_village())

    def get_context_data(self, **kwargs):
        heading = f"{self.verb} {self.what} {self.get_village()}"
        crumbs = crumbs_of(self.get_village(), (f"{self.verb} {self.what}", ""))
        return super().get_context_data(heading=heading, crumbs=crumbs, **kwargs)


class PartCreate(PartForm, PartMixin, CreateView):
    whole, part_of = Village, "village"
    verb = "Catat"

    def get_village(self):
        return self.parent


class PartUpdate(PartForm, EditableMixin, UpdateView):
    verb = "Ubah"

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict")


class PartRemove(PartPage, EditableMixin, SingleObjectMixin, View):
    """Deletes a row that was recorded by mistake, after a confirmation; the history of the village records it."""

    loss = "Riwayat desa tetap menyebutkannya."

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict")

    def get(self, request, *args, **kwargs):
        row = self.get_object()
        label = f"Hapus {self.what}"
        return confirm(
            request,
            partial(self.remove, row),
            heading=f"{label} {row.village}",
            question=f"Hapus {self.what} “{row}”?",
            loss=self.loss,
            submit_label=label,
            cancel_url=self.home(row.village),
            crumbs=crumbs_of(row.village, (label, "")),
        )

    post = get

    def remove(self, row) -> str:
        file = getattr(row, "file", None)
        with transaction.atomic():
            changes = {str(row._meta.verbose_name): [str(row), ""]}
            history.record(row.village, Event.Verb.CHANGE, by=self.request.user, changes=changes)
            row.remove(by=self.request.user)
            if file:
                drop_unused(file)
        return f"{self.what.capitalize()} “{row}” dihapus."


@require_safe
def part_file(request, pk, model):
    """Serves the file of a row to users who see its village."""
    row = get_object_or_404(model.objects.visible_to(request.user).select_related("file", "village"), pk=pk)
    if row.file is None:
        raise Http404
    return serve(request, row.file, row.village.get_absolute_url())


class NamePage:
    model = VillageName
    form_class = VillageNameForm
    anchor, what = "nama", "nama sebelumnya"
    saved_message = "Nama sebelumnya “{row}” tersimpan."


class NameCreate(NamePage, PartCreate):
    pass


class NameUpdate(NamePage, PartUpdate):
    pass


class NameRemove(NamePage, PartRemove):
    loss = "Desa tidak lagi ditemukan dengan nama itu. Riwayat desa tetap menyebutkannya."


class TimelinePage:
    model = TimelineEntry
    form_class = TimelineForm
    anchor, what = "siklus", "langkah"
    saved_message = "Langkah “{row}” tersimpan."


class TimelineCreate(TimelinePage, PartCreate):
    pass


class TimelineUpdate(TimelinePage, PartUpdate):
    pass


class TimelineRemove(TimelinePage, PartRemove):
    loss = "Tanggal, catatan, dan lampirannya ikut terhapus. Riwayat desa tetap menyebutkannya."


class WaterTestPage:
    model = WaterTest
    form_class = WaterTestForm
    anchor, what = "air", "uji air"
    saved_message = "Uji air {row} tersimpan."


class WaterTestCreate(WaterTestPage, PartCreate):
    pass


class WaterTestUpdate(WaterTestPage, PartUpdate):
    pass


class WaterTestRemove(WaterTestPage, PartRemove):
    loss = "Hasil laboratoriumnya ikut terhapus. Riwayat desa tetap menyebutkannya."


class SanitationPage:
    model = SanitationMark
    form_class = SanitationForm
    anchor, what = "air", "capaian STBM"
    saved_message = "Capaian STBM “{row}” tersimpan."


class SanitationCreate(SanitationPage, PartCreate):
    pass


class SanitationUpdate(SanitationPage, PartUpdate):
    pass


class SanitationRemove(SanitationPage, PartRemove):
    pass
