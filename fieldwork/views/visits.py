"""Pages of visits (kunjungan): list, detail and form."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right, may
from accounts.scoping import EditableMixin, PartMixin, VisibleMixin, require
from fieldwork.exports import VISIT_COLUMNS
from fieldwork.forms.visits import VillageChoice, VisitFilter, VisitForm
from fieldwork.models import Visit, VisitPhoto
from fieldwork.queries.visit_findings import findings_of_visits
from records.editing import SaveMixin
from records.files import serve
from records.formats import date_id
from records.history import MAX_SHOWN
from villages.models import Village
from villages.views.photos import more_photos


def list_crumbs(*more) -> list[tuple[str, str]]:
    return [("Beranda", reverse("monitoring:home")), ("Kunjungan", reverse("fieldwork:visit_list")), *more]


def crumbs_of(visit: Visit, *more) -> list[tuple[str, str]]:
    return list_crumbs((f"{visit.village}, {date_id(visit.on)}", visit.get_absolute_url()), *more)


class VisitList(ScopedList):
    model = Visit
    template_name = "fieldwork/visit_list.html"
    search_fields = ("village__search_key",)
    filter_form = VisitFilter
    export_title, export_columns = "Daftar kunjungan", VISIT_COLUMNS
    sorts = {
        "baru": ("Terbaru", ("-on", "-pk")),
        "desa": ("Desa", ("village__name", "-on")),
        "oleh": ("Yang berkunjung", ("by__name", "-on")),
    }

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict", "by")


class VisitDetail(VisibleMixin, DetailView):
    model = Visit
    template_name = "fieldwork/visit_detail.html"
    context_object_name = "visit"

    def get_queryset(self):
        rows = super().get_queryset().select_related("village__subdistrict", "by")
        return rows.prefetch_related("photos__file")

    def get_context_data(self, **kwargs):
        visit, user = self.object, self.request.user
        return super().get_context_data(**kwargs) | {
            "editable": Visit.objects.editable_by(user).filter(pk=visit.pk).exists(),
            "findings": findings_of_visits([visit])[visit.pk],
            "may_report": may(user, Right.RECORD_PROGRESS),
            "events": visit.events[:MAX_SHOWN],
            "crumbs": list_crumbs((str(visit.village), "")),
        }


def visited_by(user):
    """The villages whose visits this user may record."""
    return Village.objects.editable_by(user)


@require_safe
def visit_start(request):
    """Chooses the village; a user of only one village skips this page."""
    require(request.user, Right.RECORD_VISITS)
    villages = visited_by(request.user)
    some = list(villages[:2])
    if len(some) == 1:
        return redirect("fieldwork:visit_create", some[0].pk)
    form = VillageChoice(request.GET or None, villages=villages)
    if form.is_bound and form.is_valid():
        return redirect("fieldwork:visit_create", form.cleaned_data["desa"].pk)
    context = {"form": form, "any": bool(some), "crumbs": list_crumbs(("Catat kunjungan", ""))}
    return render(request, "fieldwork/visit_start.html", context)


class VisitCreate(PartMixin, SaveMixin, CreateView):
    model = Visit
    form_class = VisitForm
    whole, part_of = Village, "village"
    right = Right.RECORD_VISITS
    submit_label = "Simpan kunjungan"
    saved_message = "{row} tersimpan."

    def get_wholes(self):
        return visited_by(self.request.user).select_related("subdistrict__district__settings_row")

    def get_context_data(self, **kwargs):
        village = self.parent
        crumbs = list_crumbs((str(village), village.get_absolute_url()), ("Catat kunjungan", ""))
        keep = f"kunjungan-{village.pk}"
        return super().get_context_data(heading=f"Kunjungan {village}", crumbs=crumbs, keep=keep, **kwargs)


class VisitUpdate(SaveMixin, EditableMixin, UpdateView):
    model = Visit
    form_class = VisitForm
    right = Right.RECORD_VISITS
    submit_label = "Simpan kunjungan"
    saved_message = "{row} tersimpan."

    def get_queryset(self):
        return super().get_queryset().select_related("village__subdistrict")

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        stored = self.get_queryset().get(pk=self.kwargs["pk"])
        crumbs = crumbs_of(stored, ("Ubah", ""))
        return super().get_context_data(heading="Ubah kunjungan", crumbs=crumbs, **kwargs)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_photo_create(request, pk):
    """Adds photos that come later than the text."""
    require(request.user, Right.RECORD_VISITS)
    visits = Visit.objects.editable_by(request.user).select_related("village")
    visit = get_object_or_404(visits, pk=pk)
    return more_photos(request, visit, "Tambah foto kunjungan", crumbs_of(visit, ("Tambah foto", "")))


@require_safe
def visit_photo(request, pk):
    """Serves a photo to users who see the visit."""
    photos = VisitPhoto.objects.filter(visit__in=Visit.objects.visible_to(request.user))
    photo = get_object_or_404(photos.select_related("file", "visit"), pk=pk)
    return serve(request, photo.file, photo.visit.get_absolute_url())
